"""The whole program when the clock is put right during a pause: what moves, and what is said."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from safepause.core.pause import State
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.other_screens import TimeCard
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.window import PauseWindow
from tests.app import scenes
from tests.app.senders import icon_of
from tests.fakes import EVENING, at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.running import Program

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)
SAID = "The clock was set"


def step(program: Program, by: timedelta) -> None:
    """Set the clock. The clock watch notices it, and what is due at once happens."""
    program.clock.set(program.clock.now() + by)
    program.app.events.watch.jumped.emit()
    program.wait(seconds=0)


def returns_at(program: Program) -> float:
    """Return how many minutes after `EVENING` the return is."""
    pause = program.app.service.pause
    assert pause is not None
    return (pause.return_at - EVENING) / timedelta(minutes=1)


def shows_the_return(program: Program) -> bool:
    """Tell whether the window has the page of the return."""
    return isinstance(program.page, ReturnPage)


def titles(program: Program) -> list[str]:
    """Return the titles of the notifications."""
    return [notice.title for notice in program.notices]


def test_a_moved_return_is_said_anew(program: Program) -> None:
    """Window, icon and one notification say the new clock time, and the reminders follow it."""
    program.run("pause", "--by", "Alex")
    program.wait(minutes=1)
    step(program, -HOUR)
    assert returns_at(program) == -30
    assert isinstance(program.page, BreathingPage)
    assert program.says(f"The clock was set. We come back at {at(-30)}.")
    assert f"Back at {at(-30)} - 29 min" in icon_of(program).toolTip()
    [notice] = program.notices
    assert (notice.title, notice.body) == (SAID, f"We come back at {at(-30)}.")
    assert not notice.urgent
    assert [key for key, _label in notice.actions] == ["default"]
    program.wait(minutes=30)
    assert titles(program) == [SAID, "Soon it is time", "It is time"]
    assert program.said_at[-1] == EVENING - timedelta(minutes=30)


def test_a_hidden_window_stays_hidden(program: Program) -> None:
    """The new time is said discreetly: a notification comes, and no window."""
    scenes.hidden(program)
    step(program, -HOUR)
    assert not program.app.flow.visible
    assert titles(program) == [SAID]
    program.app.show()
    assert program.says(at(-30))


def test_the_cards_follow_a_new_zone(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a journey, a card on another screen has the clock time of the new zone at once."""
    program.run("pause")
    with monkeypatch.context() as patch:  # another screen than the only one has the window
        patch.setattr(PauseWindow, "screen", lambda _window: None)
        program.run("settings", "set", "screens", "all")
    [card] = [each for each in QApplication.topLevelWidgets() if isinstance(each, TimeCard)]
    assert card.line.text() == f"We come back at {at(30)}."
    offset = program.clock.local(EVENING).utcoffset()
    assert offset is not None
    program.clock.zone = timezone(offset + timedelta(minutes=-90))
    program.app.events.watch.jumped.emit()
    assert card.line.text() == f"We come back at {at(-60)}."


def test_a_step_of_seconds_is_not_said(program: Program) -> None:
    """NTP's small steps change nothing that people see or are told."""
    program.run("pause")
    for seconds in (-20, 15, -30):
        step(program, timedelta(seconds=seconds))
    assert (returns_at(program), program.notices) == (30, [])
    assert not program.says(SAID)


def test_a_locked_screen_hears_it_at_the_unlock(program: Program) -> None:
    """While the screen is locked nothing is said. The unlock says it once."""
    program.run("pause")
    program.app.events.lock.locked.emit()
    step(program, -HOUR)
    assert program.notices == []
    program.app.events.lock.unlocked.emit()
    assert titles(program) == [SAID]


def test_a_locked_screen_hears_only_of_a_return_that_is_due(program: Program) -> None:
    """The return came due before the unlock: the unlock says that, and nothing of the clock."""
    program.run("pause")
    program.app.events.lock.locked.emit()
    step(program, -HOUR)
    program.clock.sleep(minutes=31)
    program.app.events.lock.unlocked.emit()
    assert titles(program) == ["It is time"]


def test_what_ended_meanwhile_is_not_said(program: Program) -> None:
    """A pause that ends, or gets a new time, before the unlock says no old time."""
    for command in ("return", "undo"):
        program.run("pause")
        program.app.events.lock.locked.emit()
        step(program, -HOUR)
        assert program.run(command)[0] == 0
        program.app.events.lock.unlocked.emit()
        program.wait(seconds=0)
        assert SAID not in titles(program)


def test_a_heads_up_is_said_once(program: Program) -> None:
    """A step after the heads-up takes its old time away. It is not said again."""
    program.run("pause")
    program.wait(minutes=28)
    program.withdrawn = 0
    step(program, -HOUR)
    assert program.withdrawn == 1
    assert titles(program) == ["Soon it is time", SAID]
    program.wait(minutes=2)
    assert titles(program) == ["Soon it is time", SAID, "It is time"]


@pytest.mark.parametrize("by", [-HOUR, -YEAR, timedelta(seconds=-90), HOUR])
def test_a_due_return_stays_due(program: Program, by: timedelta) -> None:
    """A step while the return is due changes the shown time only: page and notification stay."""
    scenes.said(program)
    program.wait(seconds=30)
    program.notices.clear()
    step(program, by)
    assert program.app.service.state is State.DUE
    assert isinstance(program.page, ReturnPage)
    assert program.withdrawn == 0 or by > timedelta(0)  # forward: a later reminder replaces it
    assert "It is time" not in titles(program) or by > timedelta(0)
    assert SAID not in titles(program)
    assert program.run("return")[0] == 0


def test_the_page_of_new_times_offers_right_ones(program: Program) -> None:
    """A person who chooses a new time sees times by the clock that was put right."""
    program.run("pause")
    program.app.flow.show_more_time()
    step(program, -HOUR)
    assert isinstance(program.page, ExtendPage)
    program.settle()
    program.press(f"20 minutes more: {at(-10)}")
    assert returns_at(program) == -10


def test_a_click_before_the_news_counts_from_the_right_time(program: Program) -> None:
    """More time that is asked for before the watch has noticed the step is no hour more."""
    program.run("pause")
    program.wait(minutes=1)
    program.clock.set(program.clock.now() - HOUR)
    program.app.tray.actions.more_time_requested.emit(timedelta(minutes=20))
    assert returns_at(program) == -10


@pytest.mark.parametrize("command", ["status", "pause", "extend --minutes 10"])
def test_every_command_knows_of_the_step(program: Program, command: str) -> None:
    """A command that comes before the watch has noticed the step is judged by the right times."""
    program.run("pause")
    program.clock.set(program.clock.now() - YEAR)
    assert program.run(*command.split())[0] == 0
    longer = 10 if command.startswith("extend") else 0
    year = YEAR / timedelta(minutes=1)
    assert returns_at(program) == 30 + longer - year


def test_hook_and_log_follow(program: Program) -> None:
    """The command of a pause runs with the new return time, and the log has it. A due one not."""
    scenes.hooks(program)
    program.run("pause")
    program.wait(minutes=1)
    step(program, -HOUR)
    moved = program.hooks[-1]
    assert moved.name == "hook_paused"
    assert moved.environment == {
        "SAFEPAUSE_EVENT": "moved",
        "SAFEPAUSE_STATE": "paused",
        "SAFEPAUSE_RETURN_AT": "2026-03-10T19:40:00Z",
    }
    assert "moved until 2026-03-10T19:40:00Z" in program.facts.lines
    program.wait(minutes=30)
    ran = len(program.hooks)
    step(program, -HOUR)
    assert len(program.hooks) == ran


def test_a_pause_from_the_future_is_moved_at_the_start(start: Callable[..., Program]) -> None:
    """Called while the clock was a year fast: the next start says the time that is right now."""
    first = start()
    first.clock.move(days=365)
    first.run("pause", "--by", "Alex")
    first.stop()
    first.clock.set(EVENING)
    second = start()
    second.wait(seconds=0)
    assert returns_at(second) == 30
    assert titles(second) == [SAID]
    assert f"Back at {at(30)}" in icon_of(second).toolTip()
    second.run("return")
    assert second.run("pause")[0] == 0
    assert returns_at(second) == 30


def test_a_step_before_the_watch_of_the_clock_runs(program: Program) -> None:
    """The watch waits for the window's first frame. A step before that is noticed as it starts."""
    program.app.events.watch.stop()
    program.run("pause")
    program.clock.move(seconds=0.5)
    program.clock.set(program.clock.now() - HOUR)
    assert returns_at(program) == 30
    program.app.events._watch()  # noqa: SLF001
    program.wait(seconds=0)
    assert returns_at(program) == -30
    assert titles(program) == [SAID]


def test_a_step_while_the_program_starts(start: Callable[..., Program]) -> None:
    """The clock is put right before the watch runs, and the return looked due: it comes again."""
    first = start()
    first.run("pause")
    first.stop()
    first.clock.reboot(EVENING + 62 * timedelta(minutes=1))
    second = start(hidden=False)
    second.wait(seconds=1)
    second.clock.set(second.clock.now() - HOUR)
    second.notices.clear()
    second.app.events._watch()  # noqa: SLF001
    second.wait(minutes=28)
    assert titles(second) == ["Soon it is time", "It is time"]


def test_the_computer_starts_in_1970(start: Callable[..., Program]) -> None:
    """The return that stands is said by the clock of 1970, and then as it was promised."""
    first = start()
    first.run("pause", "--by", "Alex")
    first.stop()
    first.clock.reboot(EVENING - 56 * YEAR)
    second = start()
    second.wait(minutes=2)
    assert second.app.service.state is State.PAUSED
    assert titles(second) == [SAID]
    step(second, 56 * YEAR)
    assert returns_at(second) == 30
    assert titles(second) == [SAID, SAID]
    assert f"Back at {at(30)} - 28 min" in icon_of(second).toolTip()
    second.wait(minutes=28)
    assert titles(second)[2:] == ["Soon it is time", "It is time"]


def test_the_computer_starts_an_hour_ahead(start: Callable[..., Program]) -> None:
    """The return looks due, and isn't once the clock is put right: window and icon show the pause.

    At the promised time the return comes again.
    """
    first = start()
    first.run("pause")
    first.stop()
    first.clock.reboot(EVENING + 62 * timedelta(minutes=1))
    second = start(hidden=False)
    second.wait(seconds=1)
    assert shows_the_return(second)
    step(second, -HOUR)
    assert returns_at(second) == 30
    assert second.app.service.state is State.PAUSED
    assert not shows_the_return(second)
    assert second.says(at(30))
    assert f"Back at {at(30)} - 27 min" in icon_of(second).toolTip()
    second.notices.clear()
    second.wait(minutes=28)
    assert titles(second) == ["Soon it is time", "It is time"]


def test_a_time_that_has_just_passed_is_not_tomorrow(program: Program) -> None:
    """In the window, a person chooses a clock time that has just passed: a sentence says so."""
    program.run("pause")
    program.wait(minutes=41)
    program.app.flow.show_more_time()
    page = program.window.page
    assert isinstance(page, ExtendPage)
    page.time.setTime(page.time.time().addSecs(-35 * 60))
    program.press("Take this time")
    assert program.says(f"{at(35)} has just passed. Please choose a later time.")
    assert returns_at(program) == 30
