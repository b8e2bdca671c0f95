"""What the tests of the windows share: settings, pauses, and a record of signals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from safepause.core.pause import Ending, Outcome, Pause, Terms
from safepause.core.settings.catalogue import DEFAULTS, Settings
from tests.fakes import EVENING

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from safepause.core.settings.declaration import Value

NAMELESS = DEFAULTS


def settings(**values: Value) -> Settings:
    """Return the default settings with some changed."""
    return Settings({**DEFAULTS.values, **values})


def pause(minutes: float = 30, *, extensions: int = 0, allowed: int = 2) -> Pause:
    """Return a pause called at EVENING by Alex."""
    return Pause(
        id=UUID(int=1),
        started_at=EVENING,
        promised_at=EVENING + timedelta(minutes=minutes),
        return_at=EVENING + timedelta(minutes=minutes),
        called_by="Alex",
        extensions=extensions,
        terms=Terms(allowed),
    )


def outcome(number: int) -> Outcome:
    """Return a pause that ended `number` days ago, on time."""
    start = EVENING - timedelta(days=number)
    end = start + timedelta(minutes=30)
    return Outcome(UUID(int=number + 1), start, end, end, Ending.RETURNED)


def record(*signals: SignalInstance) -> list[tuple[object, ...]]:
    """Return a list that collects the arguments of each emitted signal."""
    heard: list[tuple[object, ...]] = []

    def note(*values: object) -> None:
        heard.append(values)

    for signal in signals:
        signal.connect(note)
    return heard
