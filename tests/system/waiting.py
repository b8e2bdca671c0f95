"""What the tests of the scheduler share: a fake of the system's clock, and recorded calls."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from apscheduler.schedulers import base
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from safepause.core.clock import SystemClock

if TYPE_CHECKING:
    import pytest

SOON = timedelta(milliseconds=40)
HOUR = timedelta(hours=1)


class System:
    """The system's clock as APScheduler and the program read it. Tests move it by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
        """Replace the clock of APScheduler."""
        self.instant = instant
        shown = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no Self needed
                return shown.instant.astimezone(tz)

        monkeypatch.setattr(base, "datetime", Moved)
        monkeypatch.setattr(SystemClock, "now", lambda _clock: shown.instant)


def settle() -> None:
    """Process all events that are due now."""
    for _round in range(10):
        QCoreApplication.processEvents()


def timers(owner: QObject) -> list[QTimer]:
    """Return the timers that run."""
    return [timer for timer in owner.findChildren(QTimer) if timer.isActive()]


def now() -> datetime:
    """Return the present instant of the system's clock."""
    return SystemClock().now()


class Calls(list[datetime]):
    """The instants of the calls."""

    def __call__(self) -> None:
        """Record the present instant."""
        self.append(now())
