"""The table of signals: each signal, the object that emits it, and the effect."""

from __future__ import annotations

from tests.app.signal_rows import computer, menu, pause, windows

ROWS = (*menu.ROWS, *pause.ROWS, *windows.ROWS, *computer.ROWS)
"""Every signal has a row, here or in `elsewhere`. A signal that leads to more has more rows."""
