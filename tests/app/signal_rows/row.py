"""What a row of the tables of signals is, and the values that rows share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.fakes import EVENING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from tests.app.effects import Act
    from tests.app.running import Program

MORE = timedelta(minutes=20)
LATER = EVENING + timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One signal: the state before, the object that emits it, its values, and the effect."""

    signal: str
    """The class that declares the signal, and its name."""
    before: Act
    emitter: Callable[[Program], QObject | None]
    seen: Act
    values: tuple[object, ...] = ()
