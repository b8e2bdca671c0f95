"""A value that is written as a row reads back equal, to the microsecond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given

from safepause.store import rows
from tests.store import samples

if TYPE_CHECKING:
    from safepause.core.pause import Outcome, Pause


@given(samples.pauses)
def test_a_pause_comes_back_as_it_was_written(pause: Pause) -> None:
    """A pause reads back equal, whatever its times, name and terms."""
    assert rows.pause_of_row(rows.row_of_pause(pause)) == pause


@given(samples.outcomes)
def test_an_outcome_comes_back_as_it_was_written(outcome: Outcome) -> None:
    """An outcome reads back equal."""
    assert rows.outcome_of_row(rows.row_of_outcome(outcome)) == outcome


def test_ticks_are_whole_microseconds() -> None:
    """An instant is an exact number of microseconds, before 1970 too."""
    instant = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert rows.ticks(instant) == 253_402_300_799_999_999
    assert rows.ticks(datetime(1970, 1, 1, tzinfo=UTC) - timedelta(microseconds=1)) == -1
