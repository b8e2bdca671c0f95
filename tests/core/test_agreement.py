"""Names, and wall-clock times across the changes of daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.agreement import (
    NAME_LENGTH,
    clean_name,
    more_time,
    named_at,
    next_at,
    next_morning,
    promise,
)
from safepause.core.pause import LONGEST, SHORTEST, Pause
from tests.fakes import EVENING, FakeClock

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    UTC,
    BERLIN,
    ZoneInfo("America/New_York"),
    ZoneInfo("Australia/Lord_Howe"),  # half an hour of daylight saving
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Pacific/Apia"),
]


class SystemLikeClock(FakeClock):
    """A fake clock whose local times have an offset only, as those of the system's clock."""

    def local(self, instant: datetime) -> datetime:
        """Return the instant in the offset that the fake zone has then."""
        shown = instant.astimezone(self.zone)
        offset = shown.utcoffset()
        assert offset is not None
        return shown.replace(tzinfo=timezone(offset))


def _berlin(day: str, wall: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{wall}").replace(tzinfo=BERLIN, fold=fold)


clocks = pytest.mark.parametrize("kind", [FakeClock, SystemLikeClock])


@clocks
@pytest.mark.parametrize(
    ("now", "wall", "expected"),
    [
        ("20:10", "20:40", "2026-03-10T20:40"),
        ("20:10", "20:10", "2026-03-11T20:10"),
        ("20:10", "07:00", "2026-03-11T07:00"),
    ],
)
def test_a_wall_time_is_the_next_one(
    kind: type[FakeClock], now: str, wall: str, expected: str
) -> None:
    """A later time of day is today. The present minute and earlier times are tomorrow."""
    clock = kind(_berlin("2026-03-10", now).astimezone(UTC), BERLIN)
    found = next_at(time.fromisoformat(wall), clock)
    assert found.tzinfo is UTC
    assert found == datetime.fromisoformat(expected).replace(tzinfo=BERLIN)


@clocks
def test_a_time_after_the_clocks_change_is_meant_as_shown(kind: type[FakeClock]) -> None:
    """Before a change of the clocks, 07:00 means 07:00 as the clock will show it."""
    for day, change in (("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25")):
        clock = kind(_berlin(day, "22:00").astimezone(UTC), BERLIN)
        assert next_at(time(7), clock) == _berlin(change, "07:00")


@clocks
def test_a_time_that_is_skipped_comes_an_hour_later(kind: type[FakeClock]) -> None:
    """02:30 in the night when 02:00 becomes 03:00 means 03:30."""
    clock = kind(_berlin("2026-03-28", "22:00").astimezone(UTC), BERLIN)
    found = next_at(time(2, 30), clock)
    assert clock.local(found).strftime("%m-%d %H:%M") == "03-29 03:30"


@clocks
def test_a_time_that_comes_twice_is_found_twice(kind: type[FakeClock]) -> None:
    """In the night when 03:00 becomes 02:00, each of the two 02:30 is found in its turn."""
    first, second = (_berlin("2026-10-25", "02:30", fold=fold) for fold in (0, 1))
    clock = kind(_berlin("2026-10-24", "22:00").astimezone(UTC), BERLIN)
    assert next_at(time(2, 30), clock).timestamp() == first.timestamp()
    clock.set(first.astimezone(UTC) + timedelta(minutes=15))
    assert next_at(time(2, 30), clock).timestamp() == second.timestamp()
    clock.set(second.astimezone(UTC) - timedelta(minutes=15))
    assert next_at(time(2, 30), clock).timestamp() == second.timestamp()
    clock.set(second.astimezone(UTC))
    assert next_at(time(2, 30), clock) == _berlin("2026-10-26", "02:30")


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    wall=st.times().map(lambda one: one.replace(microsecond=0, fold=0)),
    zone=st.sampled_from(ZONES),
    kind=st.sampled_from([FakeClock, SystemLikeClock]),
)
def test_the_next_wall_time_is_near_and_shown(
    now: datetime, wall: time, zone: ZoneInfo, kind: type[FakeClock]
) -> None:
    """The instant is in the future, at most a day and an hour away, and shows the wall time."""
    clock = kind(now, zone)
    found = next_at(wall, clock)
    assert now < found <= now + timedelta(hours=25)
    shown = clock.local(found)
    skipped = shown.replace(tzinfo=None) - datetime.combine(shown.date(), wall)
    assert skipped in {timedelta(0), timedelta(minutes=30), timedelta(hours=1)} or (
        shown.time() < wall  # what was skipped lay before midnight
    )


@clocks
@pytest.mark.parametrize(
    ("day", "wall", "hours"),
    [
        ("2026-03-10", "20:10", 12 + 50 / 60),
        ("2026-03-28", "20:00", 12),  # an hour is lost that night
        ("2026-10-24", "20:00", 14),  # and one is gained here
        ("2026-10-24", "10:00", 24),
    ],
)
def test_next_morning_is_nine_by_the_wall(
    kind: type[FakeClock], day: str, wall: str, hours: float
) -> None:
    """The next morning is the next 09:00 of the clock, in a longer or shorter night, too."""
    now = _berlin(day, wall).astimezone(UTC)
    assert next_morning(kind(now, BERLIN)) == now + timedelta(hours=hours)


@clocks
def test_next_morning_is_offered_inside_the_day_only(kind: type[FakeClock]) -> None:
    """There is no next morning if it is more than 24 h away, or after the allowed latest time."""
    assert next_morning(kind(_berlin("2026-03-10", "08:59").astimezone(UTC), BERLIN)) is None
    assert next_morning(kind(_berlin("2026-10-24", "09:30").astimezone(UTC), BERLIN)) is None
    night = _berlin("2026-03-10", "01:00").astimezone(UTC)
    assert next_morning(kind(night, BERLIN)) == night + timedelta(hours=8)
    now = _berlin("2026-03-10", "20:10").astimezone(UTC)
    morning = _berlin("2026-03-11", "09:00")
    assert next_morning(kind(now, BERLIN), morning) == morning
    assert next_morning(kind(now, BERLIN), morning - SHORTEST) is None


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("20:10:00", 30, "20:40:00"),
        ("20:10:00.000001", 30, "20:41:00"),
        ("20:10:59", 30, "20:41:00"),
    ],
)
def test_a_promise_is_a_whole_minute(start: str, minutes: int, expected: str) -> None:
    """The return time is rounded up to a whole minute."""
    day = EVENING.date()
    found = promise(
        datetime.combine(day, time.fromisoformat(start), UTC), timedelta(minutes=minutes)
    )
    assert found == datetime.combine(day, time.fromisoformat(expected), UTC)


def test_a_promise_of_a_day_stays_inside_the_day() -> None:
    """Rounding does not make a pause of 24 h longer than 24 h."""
    start = EVENING + timedelta(seconds=17)
    assert promise(start, LONGEST) == start + LONGEST
    assert promise(start, LONGEST + SHORTEST) == start + LONGEST + SHORTEST


@given(st.integers(0, 59_999_999), st.integers(0, 30 * 60))
def test_a_promise_is_as_long_as_asked_and_under_a_minute_longer(micros: int, minutes: int) -> None:
    """A return time is not before the asked time, and less than a minute after it, within 24 h."""
    start, length = EVENING + timedelta(microseconds=micros), timedelta(minutes=minutes)
    given_length = promise(start, length) - start
    assert length <= given_length < length + timedelta(minutes=1)
    assert given_length <= max(length, LONGEST)


def test_more_time_up_to_the_last_moment_is_not_rounded_past_it() -> None:
    """If a whole minute would be past the 24 h, the return time is not rounded."""
    start = EVENING + timedelta(seconds=17)
    back = promise(start, SHORTEST)
    pause = Pause(uuid4(), start, back, back)
    now = pause.last_at - timedelta(minutes=20, seconds=10)
    assert more_time(pause, now, timedelta(minutes=20)) == now + timedelta(minutes=20)
    assert more_time(pause, now, timedelta(minutes=10)).second == 0


def test_more_time_counts_from_the_return_or_from_now() -> None:
    """More time counts from the return, or from now once the return is due."""
    back = EVENING + SHORTEST
    pause = Pause(uuid4(), EVENING, back, back)
    assert more_time(pause, EVENING, SHORTEST) == back + SHORTEST
    late = back + SHORTEST
    assert more_time(pause, late, SHORTEST) == late + SHORTEST
    assert pause.last_at == EVENING + LONGEST


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Alex \t Marie\n", "Alex Marie"),
        ("", ""),
        ("\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}\u0645\u0644", "\u0623\u0645\u0644"),
        ("\N{WOMAN}\u200d\N{ROCKET}", "\N{WOMAN}\u200d\N{ROCKET}"),
        ("<b>Bo</b>", "<b>Bo</b>"),
        ("x" * NAME_LENGTH, "x" * NAME_LENGTH),
    ],
)
def test_names_are_kept_as_typed_but_for_blanks(typed: str, kept: str) -> None:
    """A name may have any script, emoji and markup. Only spaces are folded."""
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [("x" * (NAME_LENGTH + 1), "long"), ("a\0b", "control"), ("\x1b[1m", "control")],
)
def test_some_names_are_refused(typed: str, why: str) -> None:
    """A name that is too long, or has control characters, is refused with the reason."""
    with pytest.raises(ValueError, match=why):
        clean_name(typed)


def test_broken_text_is_no_name() -> None:
    """A lone surrogate, which no file can hold, is refused."""
    with pytest.raises(ValueError, match="control"):
        clean_name("Al\udcffex")


def test_a_name_turns_nothing_around_it() -> None:
    """Marks that change the writing direction are removed from a name."""
    assert clean_name("\u202eAlex\u2069 \u2066S") == "Alex S"
    assert clean_name("דנה") == "דנה"


@pytest.mark.parametrize(
    ("ago", "meant"),
    [(0, 0), (1, -1), (60, -60), (179, -179), (180, 21 * 60), (240, 20 * 60), (-1, 1)],
)
def test_a_clock_time_that_has_just_passed_is_not_tomorrow(ago: int, meant: int) -> None:
    """A clock time of the last three hours means that past time. Any other means the next one."""
    clock = FakeClock(EVENING, UTC)
    wall = (EVENING - timedelta(minutes=ago)).time()
    assert named_at(wall, clock, EVENING) == EVENING + timedelta(minutes=meant)


def test_midnight_has_just_passed_too() -> None:
    """At 00:01 the time 23:59 is that of the day before."""
    clock = FakeClock(datetime(2026, 3, 11, 0, 1, tzinfo=UTC), UTC)
    assert named_at(time(23, 59), clock, clock.now()) == clock.now() - timedelta(minutes=2)


def test_a_repeated_clock_time_that_comes_again_is_meant() -> None:
    """Where the clocks go back, 02:30 has just passed and comes again: it means the second one."""
    first, second = _berlin("2026-10-25", "02:30"), _berlin("2026-10-25", "02:30", fold=1)
    clock = FakeClock(first.astimezone(UTC) + timedelta(minutes=15), BERLIN)
    assert named_at(time(2, 30), clock, clock.now()).timestamp() == second.timestamp()
    clock.set(second.astimezone(UTC) + timedelta(minutes=15))
    assert named_at(time(2, 30), clock, clock.now()) <= clock.now()
