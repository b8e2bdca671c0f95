"""The rules of the talk: the day of another talk, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from safepause.core.restart import DAYS, TALK_TIME, read, talk_at, written
from tests.fakes import FakeClock


@pytest.mark.parametrize("ahead", range(1, DAYS + 1))
def test_another_day_has_the_chosen_day_and_time(ahead: int) -> None:
    """The instant shows the chosen day and time on the wall clock."""
    clock = FakeClock()
    day = clock.local(clock.now()).date() + timedelta(days=ahead)
    for wall in (TALK_TIME, time(0, 0), time(23, 59)):
        local = clock.local(talk_at(day, wall, clock))
        assert (local.date(), local.time()) == (day, wall)


def test_an_instant_is_kept_and_read_back() -> None:
    """What is written is read back. An instant of none is empty."""
    when = datetime(2026, 3, 11, 18, 30, tzinfo=UTC)
    assert read(written(when)) == when
    assert written(None) == ""
    assert len(written(when)) <= 40


@pytest.mark.parametrize("text", ["", "soon", "2026-03-11", "2026-03-11T18:30:00"])
def test_what_is_no_instant_is_none(text: str) -> None:
    """A text that is no instant, or has no zone, is no reminder."""
    assert read(text) is None
