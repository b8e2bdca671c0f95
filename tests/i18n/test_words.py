"""The sentences that more than one place shows, and how times and lengths are written."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from safepause.core.breathing import TECHNIQUES, Phase
from safepause.core.capability import CapabilityKey
from safepause.core.pause import Ending, Outcome, Pause, Reason, Refusal
from safepause.core.settings.catalogue import DECLARED, NAMED, SETTINGS
from safepause.core.settings.declaration import SettingError, Wrong
from safepause.core.shortcut.binding_lines import Desktop, ReadyLine
from safepause.i18n import setting_words, words
from tests.fakes import EVENING, FakeClock, at

ONE = UUID(int=1)


def pause(minutes: float = 30, by: str | None = None) -> Pause:
    """Return a pause that started at `EVENING`."""
    back = EVENING + timedelta(minutes=minutes)
    return Pause(ONE, EVENING, back, back, by)


@pytest.mark.parametrize(
    ("length", "short", "long"),
    [
        (0, "under 1 min", "less than a minute"),
        (59, "under 1 min", "less than a minute"),
        (60, "1 min", "1 minute"),
        (26 * 60 + 59, "26 min", "26 minutes"),
        (3600, "1 h", "1 hour"),
        (7200, "2 h", "2 hours"),
        (7500, "2 h 5 min", "2 h 5 min"),
        (-5, "under 1 min", "less than a minute"),
    ],
)
def test_lengths(length: int, short: str, long: str) -> None:
    """A length is written in whole minutes and hours, in a short and in a long form."""
    assert words.short_length(timedelta(seconds=length)) == short
    assert words.long_length(timedelta(seconds=length)) == long


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        (0, "20:10"),
        (13, f"tomorrow at {at(13 * 60)}"),
        (-24, "yesterday at 20:10"),
        (72, f"2026-03-13, {at(72 * 60)}"),
    ],
)
def test_a_return_time_names_its_day(hours: int, shown: str) -> None:
    """A time of day alone means today; any other day is named."""
    assert words.return_time(EVENING + timedelta(hours=hours), FakeClock()) == shown


def test_the_shown_time_follows_the_zone() -> None:
    """An instant is shown as the time of day of the clock's zone."""
    clock = FakeClock(zone=ZoneInfo("Asia/Tokyo"))
    assert words.clock_time(EVENING, clock) == "05:10"
    clock.zone = ZoneInfo("Europe/Berlin")
    assert words.clock_time(EVENING, clock) == "21:10"


def test_the_promise_in_one_line() -> None:
    """Tooltip and promise have the return time; for a due pause, since when it is due."""
    clock = FakeClock()
    assert words.back_at(pause(), clock) == f"Back at {at(30)} - 30 min"
    assert words.back_at(pause(800), clock) == f"Back tomorrow at {at(800)} - 13 h 20 min"
    assert words.come_back_line(pause(), clock) == f"We come back at {at(30)}."
    assert words.come_back_line(pause(800), clock) == f"We come back tomorrow at {at(800)}."
    assert words.time_left(pause(), clock) == "30 minutes left"
    clock.move(minutes=30)
    assert words.back_at(pause(), clock) == f"Time to come back, since {at(30)}"


def test_a_name_keeps_its_own_direction() -> None:
    """A name is between direction marks, which keep its letters apart from the sentence."""
    assert words.who_asked(pause(by="דנה")) == "\u2068דנה\u2069 asked for a pause"
    assert words.who_asked(pause()) == "A pause, together"


@pytest.mark.parametrize("reason", list(Reason))
def test_every_refusal_has_a_sentence(reason: Reason) -> None:
    """Each reason has a sentence, without an unfilled name and without the word "fail"."""
    said = words.refused(Refusal(reason, EVENING, allowed=2), FakeClock())
    assert said.endswith(".")
    assert "{" not in said
    assert "fail" not in said.lower()


def test_a_call_that_is_over_is_about_no_earlier_pause() -> None:
    """The sentence for a call that is too old speaks of its return, not of another pause."""
    said = words.refused(Refusal(Reason.PASSED), FakeClock())
    assert said == "That came too late: the time to come back has passed already."


def test_used_up_says_what_else_one_can_do() -> None:
    """The sentence names three things that the person can do, and the morning if that is near."""
    assert "You agreed on no more time" in words.used_up(0)
    assert "a new time, once" in words.used_up(1)
    for way in ("ten small minutes", "let it rest", "someone you both trust"):
        assert way in words.used_up(3)
        assert way in words.day_over()
    assert "Sleep on it" not in words.used_up(3)
    assert words.used_up(2, morning=True).startswith(
        "You agreed: a new time, twice. This was the second. Sleep on it, if you like. Try ten"
    )


@pytest.mark.parametrize("wrong", [wrong for wrong in Wrong if wrong is not Wrong.UNKNOWN])
def test_every_wrong_setting_has_a_sentence(wrong: Wrong) -> None:
    """Each error has a sentence, and a long value is cut."""
    said = setting_words.wrong_setting(SettingError(wrong, "length", "x" * 500))
    assert said.endswith(".")
    assert len(said) < 200


def test_an_unknown_setting_names_the_list() -> None:
    """The sentence has the wrong name and the command that lists all settings."""
    said = setting_words.wrong_setting(SettingError(Wrong.UNKNOWN, "lenght", "lenght"))
    assert "lenght" in said
    assert "settings list" in said


def test_quoted_text_can_do_no_harm() -> None:
    """A quoted text is cut and has no control characters."""
    assert words.shortened("a\x1b[31mb\n") == "a\ufffd[31mb\ufffd"
    assert words.shortened("x" * 50) == "x" * 39 + "\u2026"


def test_outcomes_blame_no_one() -> None:
    """Each outcome says what happened: early, on time, later, let go."""
    ends = {-20: "came back early", 0: "came back on time", 30: "came back later"}
    for minutes, said in ends.items():
        ended = EVENING + timedelta(minutes=minutes)
        assert words.outcome(Outcome(ONE, EVENING, EVENING, ended, Ending.RETURNED)) == said
    assert words.outcome(Outcome(ONE, EVENING, EVENING, EVENING, Ending.LET_GO)) == "let go"


@pytest.mark.parametrize("key", list(CapabilityKey))
def test_every_capability_has_a_name(key: CapabilityKey) -> None:
    """`doctor` and the settings have a name to show for each."""
    assert words.capability_label(key)


def test_every_phase_and_choice_has_words() -> None:
    """Each phase of a breath and each choice of a setting has words."""
    assert all(words.phase(part) for part in Phase)
    for setting in DECLARED:
        for choice in setting.choices:
            assert setting_words.choice(choice)
    assert set(SETTINGS["technique"].choices) == set(TECHNIQUES)


def test_every_setting_has_a_label() -> None:
    """Each setting that a person can name has one, and no label is left over."""
    assert set(setting_words.LABELS) == {setting.key for setting in NAMED}


@pytest.mark.parametrize("desktop", list(Desktop))
def test_every_desktop_has_a_place_for_keys(desktop: Desktop) -> None:
    """A desktop has a name; a line goes into its file, or else into a page of its settings."""
    assert setting_words.desktop(desktop) == desktop or desktop is Desktop.OTHER
    assert setting_words.binding_place(ReadyLine(desktop, "line", "~/file")) == "~/file"
    page = setting_words.binding_place(ReadyLine(desktop, "line"))
    assert page.endswith(("It is:", "The command is:"))


def test_values_as_a_person_reads_them() -> None:
    """Yes, no, lengths and choices are words; no length at all is "none"."""
    assert setting_words.value("gentle_start", given=True) == "yes"
    assert setting_words.value("gentle_start", given=False) == "no"
    assert setting_words.value("technique", "easier") == "Easier"
    assert setting_words.value("length", 30) == "30 minutes"
    assert setting_words.value("heads_up", 0) == "none"
    assert setting_words.value("extensions", 2) == "2"
    assert setting_words.value("name1", "Alex") == "Alex"
