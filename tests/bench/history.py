"""Prints the milliseconds from a click until the history window is painted.

As in the app, the window is imported with its first use.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from safepause.core.clock import SystemClock
from safepause.store import open_store


class _Painted(QObject):
    """Notices the first paint of a window."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's own name
        """Record that something was painted. Let Qt handle the event."""
        self.seen = self.seen or event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


def main() -> int:
    """Show the window for the data folder in the first argument."""
    qt = QApplication(sys.argv)
    clock = SystemClock()
    store = open_store(Path(sys.argv[1]), clock).store
    settings, painted = store.settings(), _Painted()
    started = time.perf_counter()
    from safepause.ui.windows.history import HistoryWindow

    window = HistoryWindow(clock, settings)
    window.installEventFilter(painted)
    window.show_outcomes(store.outcomes())
    window.bring_up()
    while not painted.seen:
        qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    qt.processEvents()
    print(1000 * (time.perf_counter() - started))
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
