"""Turns values into rows and rows into values. sqlite_store.py decides which rows there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.agreement import clean_name
from safepause.core.pause import LONGEST, SHORTEST, Ending, Outcome, Pause, Terms
from safepause.core.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

PauseRow = tuple[bytes, int, int, int, str | None, int, int, int]
OutcomeRow = tuple[bytes, int, int, int, str]
ReferenceRow = tuple[int, int | None, int, str | None, int | None, int]

PAUSE_COLUMNS = (
    "id, started_at, promised_at, return_at, called_by, extensions, extensions_allowed, undo_window"
)
OUTCOME_COLUMNS = "id, started_at, promised_at, ended_at, ending"
REFERENCE_COLUMNS = "given, named, measured, boot, ahead, moved_back"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_ID_BYTES = 16
_MOST_EXTENSIONS = 1000


def ticks(instant: datetime) -> int:
    """Return an instant as whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // _TICK


EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""The limits of instants. Local times and sums with instants between these can be calculated."""
FIRST, LAST = ticks(EARLIEST), ticks(LATEST)
_INSTANTS = " AND ".join(
    f"typeof({column}) = 'integer' AND +{column} BETWEEN {FIRST} AND {LAST}"
    for column in ("started_at", "promised_at", "ended_at")
)
_ENDINGS = ", ".join(f"'{ending.value}'" for ending in Ending)
OUTCOME_IS_READABLE = (
    f"typeof(id) = 'blob' AND length(id) = {_ID_BYTES} AND {_INSTANTS} "
    f"AND typeof(ending) = 'text' AND ending IN ({_ENDINGS})"
)
"""The condition, in SQL, for a row that `row_of_outcome` can have written."""


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


def pause_of_row(row: Sequence[object]) -> tuple[Pause | None, bool]:
    """Return the pause of a row, and whether the row is as `row_of_pause` wrote it.

    A value that can't be right is set right: a time by the other times, all else to what is usual.
    A row without any time is no pause.
    """
    raw_id, started_at, promised_at, return_at, called_by, extensions, allowed, undo_window = row
    times = _times(_instant(started_at), _instant(promised_at), _instant(return_at))
    if times is None:
        return None, False
    usual = Terms()
    pause = Pause(
        _uuid(raw_id if isinstance(raw_id, bytes) and len(raw_id) == _ID_BYTES else b""),
        *times,
        called_by=_name(called_by),
        extensions=_count(extensions, 0, _MOST_EXTENSIONS),
        terms=Terms(
            _count(allowed, usual.extensions_allowed, _MOST_EXTENSIONS),
            _count(undo_window, usual.undo_window // _TICK, LONGEST // _TICK) * _TICK,
        ),
    )
    return pause, row_of_pause(pause) == tuple(row)


def row_of_reference(reference: Reference) -> ReferenceRow:
    """Return a reference as `REFERENCE_COLUMNS`. The row of the pause has its times."""
    return (
        ticks(reference.given),
        None if reference.named is None else ticks(reference.named),
        reference.measured,
        reference.boot,
        None if reference.ahead is None else reference.ahead // _TICK,
        reference.moved_back // _TICK,
    )


def reference_of_row(row: Sequence[object], pause: Pause) -> Reference | None:
    """Return the reference of a row, for its pause; None if a value can't be right."""
    given, named, measured, boot, ahead, moved_back = row
    at, named_at, started = _instant(given), _instant(named), _instant(ahead)
    if at is None or not pause.started_at <= at <= pause.last_at or measured not in (0, 1):
        return None
    if (named is not None and named_at is None) or (ahead is not None and started is None):
        return None
    if not (boot is None or isinstance(boot, str)) or not (boot or "").isascii():
        return None
    if _count(moved_back, -1, LAST - ticks(pause.started_at)) != moved_back:
        return None
    seen = None if started is None else started - _EPOCH
    return Reference(pause, at, named_at, bool(measured), boot, seen, seen, moved_back * _TICK)


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
    """Return the outcome of a row for which `OUTCOME_IS_READABLE` is true."""
    raw_id, started_at, promised_at, ended_at, ending = row
    return Outcome(
        _uuid(raw_id),
        _EPOCH + started_at * _TICK,
        _EPOCH + promised_at * _TICK,
        _EPOCH + ended_at * _TICK,
        Ending(ending),
    )


def _uuid(raw: bytes) -> UUID:
    """Return the identifier with these bytes, or a new one if there are none."""
    from uuid import UUID, uuid4  # takes 2 ms, and a start with an empty store does not need it

    return UUID(bytes=raw) if raw else uuid4()


def _instant(count: object) -> datetime | None:
    if isinstance(count, int) and FIRST <= count <= LAST:
        return _EPOCH + count * _TICK
    return None


def _times(
    start: datetime | None, promise: datetime | None, back: datetime | None
) -> tuple[datetime, datetime, datetime] | None:
    """Return the start, the promise and the return of a pause; None if there is no time at all.

    A return is at most a day after the start. So two times that fit outweigh one that doesn't.
    """
    if not _fits(start, back):
        if _fits(start, promise):
            back = promise
        elif back or promise:
            back = back or promise
            start = back and back - SHORTEST
        else:
            back = start and start + SHORTEST
    if start is None or back is None:
        return None
    return start, promise if promise and _fits(start, promise) else back, back


def _fits(start: datetime | None, end: datetime | None) -> bool:
    return start is not None and end is not None and start <= end <= start + LONGEST


def _count(number: object, usual: int, most: int) -> int:
    return number if isinstance(number, int) and 0 <= number <= most else usual


def _name(text: object) -> str | None:
    """Return a name as a person can have given it; None if the text can't be one."""
    try:
        return (clean_name(text) or None) if isinstance(text, str) else None
    except ValueError:
        return None
