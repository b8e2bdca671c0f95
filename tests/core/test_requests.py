"""Requests: how commands get their identifiers and instants."""

from __future__ import annotations

from datetime import timedelta

from safepause.core import requests
from safepause.core.pause import UNDO_WINDOW, Pause, Terms
from safepause.core.settings.catalogue import DEFAULTS, Settings
from tests.fakes import EVENING, FakeClock

HALF_HOUR = timedelta(minutes=30)
AGREED = Settings({**DEFAULTS.values, "length": 45, "extensions": 1})


def test_a_call_lasts_as_agreed() -> None:
    """A call without a time begins now, and has the agreed length and terms."""
    command = requests.start(AGREED, FakeClock(), by="Alex")
    assert (command.at, command.return_at) == (EVENING, EVENING + timedelta(minutes=45))
    assert command.called_by == "Alex"
    assert command.terms == Terms(extensions_allowed=1, undo_window=UNDO_WINDOW)


def test_a_call_names_a_length_or_an_instant() -> None:
    """A length counts from now, up to a whole minute. An instant is used as it is."""
    clock = FakeClock(EVENING + timedelta(seconds=20))
    command = requests.start(AGREED, clock, HALF_HOUR)
    assert command.return_at == EVENING + HALF_HOUR + timedelta(minutes=1)
    until = EVENING + timedelta(hours=2, seconds=7)
    named = requests.start(AGREED, clock, until)
    assert (named.return_at, named.clock_time) == (until, True)
    assert not command.clock_time


def test_nobody_in_particular_is_nobody() -> None:
    """A call with an empty name has no caller."""
    assert requests.start(AGREED, FakeClock(), by="").called_by is None


def test_every_call_is_its_own() -> None:
    """Two calls at the same instant have different identifiers."""
    clock = FakeClock()
    assert requests.start(AGREED, clock).id != requests.start(AGREED, clock).id


def test_a_fast_clock_has_a_longer_undo() -> None:
    """With a clock that runs 60 times as fast, the undo window is ten minutes."""
    command = requests.start(AGREED, FakeClock(speed=60))
    assert command.terms.undo_window == timedelta(minutes=10)


def test_more_time_counts_from_the_return_or_from_now() -> None:
    """A length counts from the return, or from now if that is due. An instant is used as it is."""
    clock = FakeClock()
    command = requests.start(AGREED, clock, HALF_HOUR)
    back = command.return_at
    pause = Pause(command.id, EVENING, back, back)
    assert requests.extend(pause, clock, HALF_HOUR).return_at == back + HALF_HOUR
    clock.move(hours=1)
    assert requests.extend(pause, clock, HALF_HOUR).return_at == clock.now() + HALF_HOUR
    until = EVENING + timedelta(hours=3)
    assert requests.extend(pause, clock, until).return_at == until


def test_more_time_without_a_pause_is_a_request_all_the_same() -> None:
    """Without a pause a length counts from now. The service refuses such a request."""
    assert requests.extend(None, FakeClock(), HALF_HOUR).return_at == EVENING + HALF_HOUR


def test_a_request_counts_from_when_it_was_asked() -> None:
    """A length counts from the instant of the request, which the command has."""
    clock, asked = FakeClock(EVENING + timedelta(minutes=5)), EVENING
    call = requests.start(AGREED, clock, HALF_HOUR, at=asked)
    assert (call.at, call.return_at) == (asked, asked + HALF_HOUR)
    more = requests.extend(None, clock, HALF_HOUR, at=asked)
    assert (more.at, more.return_at) == (asked, asked + HALF_HOUR)
    until = EVENING + timedelta(hours=3)
    assert requests.extend(None, clock, until).at == clock.now()
