"""A program whose files were changed: code out of memory, and what the person is told."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import safepause

if TYPE_CHECKING:
    import pytest

    from safepause.ui.windows.update import UpdateWindow
    from tests.app.running import Program

HISTORY = "safepause.ui.windows.history"
HOOKS = "safepause.system.hooks.process"
UPDATED = "SafePause was updated. Start it again?"


def missing(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Take modules out of memory. They come back after the test."""
    for name in names:
        importlib.import_module(name)
        monkeypatch.delitem(sys.modules, name)
        parent, _dot, last = name.rpartition(".")
        monkeypatch.delattr(sys.modules[parent], last)


def window_of(program: Program) -> UpdateWindow | None:
    """Return the window that asks, or None if nothing was said yet."""
    assert program.app.notice is not None
    return program.app.notice._window  # noqa: SLF001


def copy_of_package(folder: Path) -> Path:
    """Copy the program's package into a folder, and return the copy."""
    return Path(shutil.copytree(Path(safepause.__file__).parent, folder / "safepause"))
