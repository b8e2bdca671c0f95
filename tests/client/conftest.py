"""A command line in a folder of its own, with a display."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.system import paths
from tests.client.client_rig import Rig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Return a rig that has its own folder and a display."""
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for key in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(key, raising=False)
    rig = Rig()
    yield rig
    rig.lock.release()
