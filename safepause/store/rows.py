"""Turns values into rows and rows into values. sqlite_store.py decides which rows there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.pause import Ending, Outcome, Pause, Terms

if TYPE_CHECKING:
    from uuid import UUID

PauseRow = tuple[bytes, int, int, int, str | None, int, int, int]
OutcomeRow = tuple[bytes, int, int, int, str]

PAUSE_COLUMNS = (
    "id, started_at, promised_at, return_at, called_by, extensions, extensions_allowed, undo_window"
)
OUTCOME_COLUMNS = "id, started_at, promised_at, ended_at, ending"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks(instant: datetime) -> int:
    """Return an instant as whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // _TICK


def row_of_pause(pause: Pause) -> PauseRow:
    """Return a pause as `PAUSE_COLUMNS`."""
    return (
        pause.id.bytes,
        ticks(pause.started_at),
        ticks(pause.promised_at),
        ticks(pause.return_at),
        pause.called_by,
        pause.extensions,
        pause.terms.extensions_allowed,
        pause.terms.undo_window // _TICK,
    )


def pause_of_row(row: PauseRow) -> Pause:
    """Return the pause that `row_of_pause` wrote.

    Raises:
        ValueError, TypeError, OverflowError: the row is damaged.

    """
    raw_id, started_at, promised_at, return_at, called_by, extensions, allowed, undo_window = row
    return Pause(
        id=_uuid(raw_id),
        started_at=_instant(started_at),
        promised_at=_instant(promised_at),
        return_at=_instant(return_at),
        called_by=called_by,
        extensions=extensions,
        terms=Terms(allowed, undo_window * _TICK),
    )


def row_of_outcome(outcome: Outcome) -> OutcomeRow:
    """Return an outcome as `OUTCOME_COLUMNS`."""
    return (
        outcome.id.bytes,
        ticks(outcome.started_at),
        ticks(outcome.promised_at),
        ticks(outcome.ended_at),
        outcome.ending.value,
    )


def outcome_of_row(row: OutcomeRow) -> Outcome:
    """Return the outcome that `row_of_outcome` wrote.

    Raises:
        ValueError, TypeError, OverflowError: the row is damaged.

    """
    raw_id, started_at, promised_at, ended_at, ending = row
    return Outcome(
        _uuid(raw_id),
        _instant(started_at),
        _instant(promised_at),
        _instant(ended_at),
        Ending(ending),
    )


def _uuid(raw: bytes) -> UUID:
    from uuid import UUID  # takes 2 ms, and a start with an empty store does not need it

    return UUID(bytes=raw)


def _instant(count: int) -> datetime:
    return _EPOCH + count * _TICK
