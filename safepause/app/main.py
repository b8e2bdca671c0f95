"""Runs the program from its start to its end: Qt, clock, store, log and exit.

This module imports only what the tray icon needs. Other code is imported after the icon is shown.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtGui import QAccessible

from safepause import APP_ID
from safepause.app.application import App
from safepause.app.qt_start import start_qt
from safepause.core.capability import CapabilityKey
from safepause.core.clock import Clock, DemoClock, SystemClock
from safepause.i18n.language import right_to_left
from safepause.store import open_store
from safepause.system import paths
from safepause.system.core_dumps import forbid_core_dumps
from safepause.system.log.handler import logging_to
from safepause.system.session.logout import leave_quietly
from safepause.system.session.qt_buses import AGAIN, keep_from_hung_buses
from safepause.system.session.unix_signals import LeaveSignals
from safepause.system.time.scheduler import AFTER_FRAME, WallScheduler
from safepause.ui.windows.icon import window_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from safepause.core.faults import Faults
    from safepause.system.ipc.handover import FirstRequest

    Execute = Callable[[str, list[str]], object]

_HIDDEN = "--hidden"
"""The option for a start without a window. Its declaration would be an import before the icon."""


def main(*, hidden: bool = False, demo: bool = False, first: FirstRequest | None = None) -> int:
    """Run the program until it ends. The caller holds the instance lock.

    The program carries out the request `first` before any other.
    """
    forbid_core_dumps()
    buses = keep_from_hung_buses(os.environ)
    qt = _application()
    clock: Clock = DemoClock() if demo else SystemClock()
    with logging_to(paths.log_path()) as log_file:
        opened = open_store(Path(paths.home()), clock)
        scheduler = WallScheduler(clock, import_after=AFTER_FRAME)
        program = App(qt, clock, scheduler, opened, log_file=log_file, buses=buses)
        program.first = first
        sys.excepthook = partial(_unexpected, program.faults)
        with _leaving_on_signals(program.quit):
            program.start(hidden=hidden)
            QAccessible.setRootObject(qt)  # Qt asks the bus here, not at the first window
            buses.restore()
            code = qt.exec()
            program.stop()
    if program.ending.again:
        if program.ending.for_bus:
            os.environ[AGAIN] = "1"  # the new process does not do this a second time
        start_again(sys.executable, sys.orig_argv, hidden=program.ending.hidden)
    return code


def start_again(python: str, argv: list[str], *, hidden: bool, execute: Execute = os.execv) -> None:
    """Become a new process of the program. That needs no file of the old version.

    The system closes the instance lock, the socket and the display of this process.
    """
    words = [python, *(word for word in argv[1:] if word != _HIDDEN)]
    if hidden:
        words.append(_HIDDEN)
    execute(python, words)


def _application() -> QApplication:
    qt = start_qt("safepause")  # Qt takes the program's name from here
    qt.setApplicationDisplayName("SafePause")
    qt.setDesktopFileName(APP_ID)
    qt.setQuitOnLastWindowClosed(False)
    if right_to_left():  # otherwise Qt turns all windows around with its first translation
        qt.setLayoutDirection(QtCore.Qt.LayoutDirection.RightToLeft)
    leave_quietly(qt)
    qt.setWindowIcon(window_icon(APP_ID))
    return qt


@contextlib.contextmanager
def _leaving_on_signals(leave: Callable[[], None]) -> Iterator[None]:
    if os.name != "posix":
        yield
        return
    signals = LeaveSignals(leave)
    try:
        yield
    finally:
        signals.close()


def _unexpected(
    faults: Faults,
    _kind: type[BaseException],
    error: BaseException,
    _trace: TracebackType | None,
) -> None:
    """Log an uncaught error, as in a slot. The program goes on, so that the error ends no pause."""
    faults.add(CapabilityKey.PROGRAM, error)
