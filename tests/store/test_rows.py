"""A value that is written as a row reads back equal. An odd row is set right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.pause import LONGEST, SHORTEST, Pause, Terms
from safepause.core.reference import Reference
from safepause.store import rows
from tests.fakes import EVENING
from tests.store import samples

if TYPE_CHECKING:
    from safepause.core.pause import Outcome


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(samples.pauses)
def test_a_pause_comes_back_as_it_was_written(pause: Pause) -> None:
    """A pause reads back equal, whatever its times, name and terms."""
    assert rows.pause_of_row(rows.row_of_pause(pause)) == (pause, True)


references = st.builds(
    Reference,
    pause=st.just(samples.a_pause()),
    given=st.timedeltas(timedelta(0), LONGEST).map(lambda length: EVENING + length),
    named=st.none() | samples.instants,
    measured=st.booleans(),
    boot=st.none() | st.uuids().map(str),
    ahead=st.none() | samples.instants.map(lambda instant: instant - EPOCH),
    seen=st.none(),
    moved_back=st.timedeltas(timedelta(0), timedelta(days=365 * 6000)),
)


@given(references)
def test_a_reference_comes_back_as_it_was_written(reference: Reference) -> None:
    """A reference reads back equal. The last look was at its own clocks."""
    row = rows.row_of_reference(reference)
    expected = replace(reference, seen=reference.ahead)
    assert rows.reference_of_row(row, reference.pause) == expected


@pytest.mark.parametrize("column", rows.REFERENCE_COLUMNS.split(", "))
def test_an_odd_reference_is_none(column: str) -> None:
    """A reference with a value that can't be right is left out."""
    pause = samples.a_pause()
    columns = rows.REFERENCE_COLUMNS.split(", ")
    usual = dict(zip(columns, rows.row_of_reference(samples.a_reference(pause)), strict=True))
    assert rows.reference_of_row(tuple(usual.values()), pause) is not None
    for odd in (b"\0", "s\udcff", -(2**63), 2**63 - 1, 1.5):
        assert rows.reference_of_row(tuple((usual | {column: odd}).values()), pause) is None


START, PROMISED, BACK = (EVENING + timedelta(minutes=minutes) for minutes in (0, 30, 60))
A_ROW = rows.row_of_pause(Pause(UUID(int=1), START, PROMISED, BACK, "Alex", 1))
ODD = [None, "soon", b"\0", 1.5, -(2**63), 2**63 - 1, 253_402_300_799_999_999]
"""Values of every type that SQLite has, and the last microsecond of the year 9999."""


def _read(**odd: object) -> tuple[Pause, bool]:
    """Return the pause of a row with some odd values."""
    values = dict(zip(rows.PAUSE_COLUMNS.split(", "), A_ROW, strict=True)) | odd
    found, as_written = rows.pause_of_row(tuple(values.values()))
    assert found is not None
    return found, as_written


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("started_at", (BACK - SHORTEST, BACK, BACK)),
        ("promised_at", (START, BACK, BACK)),
        ("return_at", (START, PROMISED, PROMISED)),
    ],
)
def test_an_odd_time_is_set_right_by_the_others(
    column: str, odd: object, expected: tuple[datetime, ...]
) -> None:
    """A time that can't be read, or is out of reach, follows from the other two. It is noticed."""
    found, as_written = _read(**{column: odd})
    assert (found.started_at, found.promised_at, found.return_at) == expected
    assert (found.called_by, found.extensions) == ("Alex", 1)
    assert not as_written


def test_a_time_that_is_years_away_is_set_right() -> None:
    """A return a year after the start, and a start a year after the return, are set right."""
    year = timedelta(days=365)
    late, _ = _read(return_at=rows.ticks(BACK + year))
    assert (late.started_at, late.return_at) == (START, PROMISED)
    future, _ = _read(started_at=rows.ticks(START + year))
    assert (future.started_at, future.return_at) == (BACK - SHORTEST, BACK)


def test_one_time_is_enough_for_a_pause() -> None:
    """With two odd times the third counts. With three there is no pause."""
    start, _ = _read(promised_at=None, return_at=b"")
    assert (start.started_at, start.return_at) == (START, START + SHORTEST)
    promise, _ = _read(started_at=None, return_at="soon")
    assert promise.return_at == promise.promised_at == PROMISED
    back, _ = _read(started_at=None, promised_at=2**62)
    assert back.return_at == back.promised_at == BACK
    assert rows.pause_of_row((b"", None, "soon", 2**62, None, 0, 0, 0)) == (None, False)


@pytest.mark.parametrize(
    ("column", "odd", "attribute", "expected"),
    [
        *[("called_by", odd, "called_by", None) for odd in (b"Alex", 7, 1.5, "x" * 61, "a\0b")],
        *[("called_by", "\udcff\udcfe", "called_by", None)],
        *[("called_by", odd, "called_by", "A B") for odd in ("A\nB", " A  B", "A \u202eB")],
        ("called_by", "\u202e", "called_by", None),
        *[("extensions", odd, "extensions", 0) for odd in (None, "1", b"", -1, 2**40)],
        *[("extensions_allowed", odd, "terms", Terms()) for odd in (None, "1", b"", -1, 2**40)],
        *[("undo_window", odd, "terms", Terms()) for odd in (None, "1", b"", -1, 2**62)],
    ],
)
def test_an_odd_value_becomes_the_usual_one(
    column: str, odd: object, attribute: str, expected: object
) -> None:
    """A caller that is no name, a number that can't be right: the pause stands without them."""
    found, as_written = _read(**{column: odd})
    assert getattr(found, attribute) == expected
    assert (found.id, found.return_at) == (UUID(int=1), BACK)
    assert not as_written


@pytest.mark.parametrize("odd", [None, b"", b"short", "sixteen letters!", 5])
def test_an_odd_identifier_becomes_a_new_one(odd: object) -> None:
    """A pause whose identifier can't be read has a new one."""
    found, as_written = _read(id=odd)
    assert found.return_at == BACK
    assert not as_written


@given(st.tuples(*[st.none() | st.integers() | st.text() | st.binary() | st.floats()] * 8))
def test_no_row_ends_the_program(row: tuple[object, ...]) -> None:
    """Whatever a row holds, there is a pause of a day at most, or none."""
    found, _as_written = rows.pause_of_row(row)
    if found is not None:
        assert found.started_at <= found.promised_at <= found.last_at
        assert found.started_at <= found.return_at <= found.last_at
        assert found.undo_until >= found.started_at


@given(samples.outcomes)
def test_an_outcome_comes_back_as_it_was_written(outcome: Outcome) -> None:
    """An outcome reads back equal."""
    assert rows.outcome_of_row(rows.row_of_outcome(outcome)) == outcome


def test_ticks_are_whole_microseconds() -> None:
    """An instant is an exact number of microseconds, before 1970 too."""
    instant = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert rows.ticks(instant) == 253_402_300_799_999_999
    assert rows.ticks(datetime(1970, 1, 1, tzinfo=UTC) - timedelta(microseconds=1)) == -1
