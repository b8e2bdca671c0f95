"""What the start of the program does not import and do, because it would cost time and memory."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from safepause.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.app.running import Program

HEAVY = (
    *("apscheduler", "argparse", "asyncio", "ctypes", "difflib", "json", "platform", "uuid"),
    *("logging.handlers", "platformdirs", "plyer", "subprocess", "jeepney"),
    *("safepause.app.shortcut_controller", "safepause.client.remote_command", "safepause.commands"),
    *(
        "safepause.system.dbus.connection",
        "safepause.system.x11.full_screen",
        "safepause.system.hooks.runner",
    ),
    *("safepause.system.notifications", "safepause.system.session.screen_lock"),
    *(
        "safepause.system.ipc.server",
        "safepause.system.shortcut",
        "safepause.system.time.clock_watch",
    ),
    *(
        "safepause.ui.windows.raising",
        "safepause.ui.pause.page",
        "safepause.ui.pause.window",
        "safepause.ui.theme.palette",
    ),
    *("safepause.ui.windows.base", "safepause.ui.settings.window"),
    *("safepause.app.screen_reader", "safepause.ui.widgets.announced"),
)
"""Modules that nothing needs before the tray icon stands. Those of PySide6's own are its affair."""

ICON_STANDS = """
import builtins, gc, os, sys
own = builtins.__import__
from safepause import cli
from safepause.app.import_hook import import_qt
import_qt()
bare = set(sys.modules)
from safepause.app import main

class Stopping(main.App):
    def start(self, *, hidden):
        super().start(hidden=hidden)
        facts = builtins.__import__ is own, gc.isenabled()
        print(*facts, *sorted(set(sys.modules) - bare), flush=True)
        os._exit(0)

main.App = Stopping
sys.argv = ["safepause", "--hidden"]
cli.main()
"""


@pytest.fixture
def started(tmp_path: Path) -> list[str]:
    """Start hidden. Return what the icon's moment shows.

    That is: whether `__import__` is Python's own, whether garbage is collected, and the modules.
    """
    env = {**os.environ, paths.VARIABLE: str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", ICON_STANDS]
    done = subprocess.run(  # noqa: S603  -- our own program
        command, env=env, stdout=subprocess.PIPE, check=True, timeout=60
    )
    return done.stdout.decode().split()


@pytest.mark.parametrize("name", [name for name in HEAVY if name.startswith("safepause.")])
def test_a_module_that_the_icon_must_not_need_exists(name: str) -> None:
    """Each of our modules in the list exists."""
    assert find_spec(name) is not None


def test_the_icon_waits_for_nothing_that_only_a_pause_or_a_command_needs(
    started: list[str],
) -> None:
    """When the tray icon is shown, no parser, bus, window or shortcut is imported."""
    assert "safepause.ui.tray.tray" in started
    assert not set(started) & set(HEAVY)


def test_modules_are_imported_without_reading_their_source(started: list[str]) -> None:
    """Python's own `__import__` is in place, and not that of PySide6, which reads each source."""
    assert started[0] == "True"


def test_garbage_is_not_collected_until_the_icon_stands(started: list[str]) -> None:
    """Garbage collection is disabled when the tray icon is shown."""
    assert started[1] == "False"


def test_garbage_is_collected_after_the_start(start: Callable[[], Program]) -> None:
    """Garbage collection is enabled when every feature has started."""
    gc.disable()
    try:
        start()
        assert gc.isenabled()
    finally:
        gc.enable()
