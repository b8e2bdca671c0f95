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

from safepause import APP_ID
from safepause.app.application import App
from safepause.app.qt_start import start_qt
from safepause.core.capability import CapabilityKey
from safepause.core.clock import Clock, DemoClock, SystemClock
from safepause.i18n.language import right_to_left
from safepause.store import open_store
from safepause.system import paths
from safepause.system.log.handler import logging_to
from safepause.system.session.logout import leave_quietly
from safepause.system.session.unix_signals import LeaveSignals
from safepause.system.time.scheduler import AFTER_FRAME, WallScheduler
from safepause.ui.windows.icon import window_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from safepause.core.faults import Faults
    from safepause.system.ipc.handover import FirstRequest


def main(*, hidden: bool = False, demo: bool = False, first: FirstRequest | None = None) -> int:
    """Run the program until it ends. The caller holds the instance lock.

    The program carries out the request `first` before any other.
    """
    qt = _application()
    clock: Clock = DemoClock() if demo else SystemClock()
    with logging_to(paths.log_path()) as log_file:
        opened = open_store(Path(paths.home()), clock)
        scheduler = WallScheduler(clock, import_after=AFTER_FRAME)
        program = App(qt, clock, scheduler, opened, log_file=log_file)
        program.first = first
        sys.excepthook = partial(_unexpected, program.faults)
        with _leaving_on_signals(program.quit):
            program.start(hidden=hidden)
            code = qt.exec()
            program.stop()
    return code


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
