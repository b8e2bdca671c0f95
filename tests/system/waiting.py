"""What tests of waiting share: the system's clock, moved by hand, and what was called."""

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
    """The system's clock as APScheduler and the program read it, moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
        """Take the clock's place."""
        self.instant = instant
        shown = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no Self needed
                return shown.instant.astimezone(tz)

        monkeypatch.setattr(base, "datetime", Moved)
        monkeypatch.setattr(SystemClock, "now", lambda _clock: shown.instant)


def settle() -> None:
    """Let everything happen that is due now."""
    for _round in range(10):
        QCoreApplication.processEvents()


def timers(owner: QObject) -> list[QTimer]:
    """Return the timers that run."""
    return [timer for timer in owner.findChildren(QTimer) if timer.isActive()]


def now() -> datetime:
    """Return the system's instant."""
    return SystemClock().now()


class Calls(list[datetime]):
    """When it was called."""

    def __call__(self) -> None:
        """Note the instant."""
        self.append(now())
