"""A practice plays the real chain, says so on every screen, and leaves no trace."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from safepause.app.pause_flow import PauseFlow
from safepause.app.practice import SECONDS
from safepause.app.updates import NoWindow
from safepause.core.origin import Origin
from safepause.core.pause import State
from safepause.core.restart import Step
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.windows.first_run import FirstRunWindow
from tests.fakes import FakeClock, FakeScheduler

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.practice import Practice
    from safepause.ui.pause.window import PauseWindow
    from tests.app.running import Program


LENGTH = 30
"""The minutes of a practised pause."""


class Rehearsal:
    """A program with a practice, whose time the test moves."""

    def __init__(self, program: Program) -> None:
        """Begin the practice as the menu does."""
        self.program = program
        self.clock = FakeClock()
        self.scheduler = FakeScheduler(self.clock)
        assert program.app.first_run is not None
        self.first_run = program.app.first_run
        self.first_run.time = lambda: (self.clock, self.scheduler)
        self.before = dict(program.app.service.settings.values)
        program.app.tray.actions.practice.trigger()

    @property
    def practice(self) -> Practice:
        """The practice, which must run."""
        assert self.first_run.practice is not None
        return self.first_run.practice

    @property
    def window(self) -> PauseWindow:
        """Its window."""
        assert self.practice.flow.window is not None
        return self.practice.flow.window

    def wait(self, minutes: float) -> None:
        """Let time of the practice pass."""
        self.scheduler.run_until(self.clock.now() + timedelta(minutes=minutes))

    def stop_in_menu(self) -> None:
        """End the practice in the menu, some seconds after it began."""
        self.program.clock.move(seconds=2)
        self.program.app.tray.actions.practice.trigger()

    def says(self, text: str) -> bool:
        """Tell whether the window of the practice says something."""
        return any(
            text in each.text() for each in self.window.findChildren(QLabel) if each.isVisible()
        )

    def press(self, text: str) -> None:
        """Press a button of the window."""
        buttons = self.window.findChildren(QPushButton)
        next(each for each in buttons if each.isVisible() and each.text() == text).click()


@pytest.fixture
def rehearsal(wired: Program) -> Rehearsal:
    """Return a practice that has just begun."""
    return Rehearsal(wired)


def test_it_says_so_on_every_screen(rehearsal: Rehearsal) -> None:
    """Window, icon, menu and notification say that it is a practice, and the page says it, too."""
    program, actions = rehearsal.program, rehearsal.program.app.tray.actions
    assert rehearsal.says("Practice: the clock runs fast. Nothing is kept.")
    assert "practice" in rehearsal.window.windowTitle()
    assert actions.practice.text() == "Stop the practice"
    assert "Practice" in program.app.tray.tray._tip  # noqa: SLF001
    rehearsal.wait(30)
    assert isinstance(rehearsal.window.page, ReturnPage)
    assert rehearsal.says("Practice: the clock runs fast. Nothing is kept.")
    assert program.notices
    assert all(notice.title.startswith("Practice: ") for notice in program.notices)
    assert all(notice.quiet for notice in program.notices)


def test_it_goes_from_the_call_to_the_talk(rehearsal: Rehearsal) -> None:
    """The return is answered as in a real pause, and the talk follows. Then it ends gently."""
    rehearsal.wait(30)
    rehearsal.practice.flow.requests.come_back(Origin.WINDOW)
    assert isinstance(rehearsal.window.page, RestartPage)
    rehearsal.window.hide_for_person()
    rehearsal.program.settle()
    assert rehearsal.first_run.practice is None
    assert rehearsal.program.shown(FirstRunWindow) is not None
    assert rehearsal.program.says("That was a whole pause. Nothing of it was kept.")
    assert rehearsal.program.app.tray.actions.practice.text() == "Practise"


def test_nothing_is_kept(rehearsal: Rehearsal) -> None:
    """A whole practice leaves no pause, no outcome, no setting, no line of the log and no hook."""
    program = rehearsal.program
    program.run("settings", "set", "hook_paused", "true")
    program.run("settings", "set", "hook_returned", "true")
    lines = list(program.facts.lines)
    assert program.app.service.pause is None
    rehearsal.wait(30)
    assert program.status()["state"] == "idle"
    rehearsal.practice.flow.requests.come_back(Origin.WINDOW)
    rehearsal.window.hide_for_person()
    program.settle()
    assert list(program.app.service.outcomes()) == []
    assert program.facts.lines == lines
    assert program.hooks == []
    assert not program.app.service.settings.flag("asked_autostart")


def test_a_real_call_wins_at_once(rehearsal: Rehearsal) -> None:
    """A real call ends the practice: only the real pause is on the screen, without the mark."""
    program = rehearsal.program
    practised = rehearsal.window
    program.run("pause")
    assert rehearsal.first_run.practice is None
    assert not practised.isVisible()
    assert program.app.flow.visible
    assert program.app.service.state is State.PAUSED
    assert program.window.marked is None
    assert program.shown(FirstRunWindow) is None
    assert not program.app.tray.actions.practising


def test_in_a_pause_nobody_practises(wired: Program) -> None:
    """During a pause, the practice is not in the menu, and asking for it shows the pause."""
    wired.run("pause")
    wired.window.hide_for_person()
    assert not wired.app.tray.actions.practice.isVisible()
    assert wired.app.first_run is not None
    wired.app.first_run.practise()
    assert wired.app.first_run.practice is None
    assert wired.app.flow.visible


def let_go_and_hide(rehearsal: Rehearsal) -> None:
    """Let it rest for today, and hide the page that says so."""
    rehearsal.practice.flow.requests.let_go(Origin.WINDOW)
    rehearsal.window.hide_for_person()


@pytest.mark.parametrize(
    "end",
    [
        lambda rehearsal: rehearsal.press("Stop the practice"),
        lambda rehearsal: rehearsal.stop_in_menu(),
        lambda rehearsal: rehearsal.practice._alone.timeout.emit(),  # noqa: SLF001
        lambda rehearsal: rehearsal.practice.flow.requests.undo(Origin.WINDOW),
        let_go_and_hide,
    ],
    ids=["button", "menu", "left alone", "undone", "let go"],
)
def test_it_ends_gently(rehearsal: Rehearsal, end: Callable[[Rehearsal], object]) -> None:
    """However it ends, its window goes, and the first page says that nothing was kept."""
    window = rehearsal.window
    end(rehearsal)
    rehearsal.program.settle()
    assert rehearsal.first_run.practice is None
    assert rehearsal.program.says("The practice has stopped. Nothing of it was kept.")
    assert window not in rehearsal.program.app.qt.topLevelWidgets()


@pytest.mark.parametrize("returned", [True, False], ids=["in the talk", "at the return"])
def test_it_was_whole_if_its_pause_was(rehearsal: Rehearsal, *, returned: bool) -> None:
    """Whoever stops in the talk has seen a whole pause. Whoever stops at the return has not."""
    rehearsal.wait(30)
    if returned:
        rehearsal.press("We're both here")
    rehearsal.press("Stop the practice")
    rehearsal.program.settle()
    assert rehearsal.program.says("That was a whole pause.") == returned
    assert rehearsal.program.says("The practice has stopped.") != returned


def practised(rehearsal: Rehearsal) -> FirstRunWindow:
    """End the practice, and return the page that says so."""
    rehearsal.press("Stop the practice")
    rehearsal.program.settle()
    page = rehearsal.program.shown(FirstRunWindow)
    assert page is not None
    return page


def test_it_asks_about_music_once(rehearsal: Rehearsal) -> None:
    """The end of the first practice asks whether music and videos pause, too. A tick keeps that."""
    program = rehearsal.program
    page = practised(rehearsal)
    assert page.players.isVisible()
    assert not page.players.isChecked()
    assert not program.app.service.settings.flag("pause_media")
    page.players.click()
    assert program.app.service.settings.flag("pause_media")
    page.players.click()
    assert not program.app.service.settings.flag("pause_media")
    page.close()
    assert not practised(Rehearsal(program)).players.isVisible()


def test_it_asks_again_if_a_call_came_between(rehearsal: Rehearsal) -> None:
    """A question that a call took from the screen counts as not asked."""
    program = rehearsal.program
    practised(rehearsal)
    program.run("pause")
    program.run("undo")
    assert practised(Rehearsal(program)).players.isVisible()


def test_it_asks_nothing_where_no_player_can_be_paused(rehearsal: Rehearsal) -> None:
    """Without a message bus there is nothing to ask, and no more where it is wanted already."""
    rehearsal.first_run.players_known = lambda: False
    assert not practised(rehearsal).players.isVisible()
    rehearsal.first_run.players_known = lambda: True
    rehearsal.program.app.service.set("pause_media", value=True)
    assert not practised(Rehearsal(rehearsal.program)).players.isVisible()


def test_a_double_click_does_not_end_it(rehearsal: Rehearsal) -> None:
    """The second click of a double click is ignored."""
    rehearsal.program.app.tray.actions.practice.trigger()
    assert rehearsal.first_run.practice is not None


def test_a_missing_window_is_told(wired: Program) -> None:
    """Where the code of the pause window is missing, no practice is left half begun."""
    assert wired.app.first_run is not None

    def missing() -> None:
        raise NoWindow

    wired.patch.setattr(PauseFlow, "open_window", lambda _flow: missing())
    wired.app.first_run.practise()
    assert wired.app.first_run.practice is None
    assert not wired.app.tray.actions.practising


def test_a_hidden_practice_goes_on(rehearsal: Rehearsal) -> None:
    """A practice that is hidden before its return calls back, as a real pause does."""
    rehearsal.window.hide_for_person()
    rehearsal.program.settle()
    assert rehearsal.first_run.practice is not None
    rehearsal.wait(30)
    assert rehearsal.practice.flow.visible


def test_the_return_is_said_once(rehearsal: Rehearsal) -> None:
    """The fast clock does not repeat the return."""
    rehearsal.wait(30)
    said = len(rehearsal.program.notices)
    rehearsal.wait(60)
    assert len(rehearsal.program.notices) == said


@pytest.mark.parametrize(
    ("action", "done"),
    [
        ("here", lambda rehearsal: rehearsal.practice.service.pause is None),
        ("more-time", lambda rehearsal: rehearsal.window.page.choosing),
        ("let-rest", lambda rehearsal: rehearsal.practice.service.pause is None),
        ("default", lambda rehearsal: rehearsal.practice.flow.visible),
    ],
)
def test_the_notification_is_answered(
    rehearsal: Rehearsal, action: str, done: Callable[[Rehearsal], bool]
) -> None:
    """The buttons of the notification act on the practice, and not on a real pause."""
    rehearsal.wait(30)
    rehearsal.window.hide()
    rehearsal.practice._notifications.chosen.emit(action)  # noqa: SLF001
    assert done(rehearsal)
    assert rehearsal.program.last is None


def test_its_end_can_be_undone_for_ten_seconds(rehearsal: Rehearsal) -> None:
    """Undo stands below the page, works, and goes when its time is over."""
    rehearsal.wait(30)
    rehearsal.practice.flow.requests.come_back(Origin.WINDOW)
    rehearsal.press("Undo")
    assert rehearsal.practice.service.pause is not None
    rehearsal.practice.flow.requests.come_back(Origin.WINDOW)
    assert rehearsal.window.slip.isVisible()
    timer = rehearsal.practice._undo._timer  # noqa: SLF001
    assert timer.isActive()
    timer.timeout.emit()
    assert not rehearsal.window.slip.isVisible()
    rehearsal.practice.finish()
    assert not timer.isActive()


def test_what_may_follow_its_talk_is_shown_and_not_kept(rehearsal: Rehearsal) -> None:
    """At its end the two can try what they could plan: nothing of that comes, or is kept."""
    program = rehearsal.program
    rehearsal.wait(30)
    rehearsal.press("We're both here")
    page = rehearsal.window.page
    assert isinstance(page, RestartPage)
    page.show_step(Step.CLOSE)
    rehearsal.press("Another day\u2026")
    rehearsal.press("Remind us")
    assert rehearsal.says("A quiet reminder comes: tomorrow at 19:00.")
    rehearsal.press("No reminder")
    assert rehearsal.says("There is no reminder now.")
    rehearsal.press("Look back in an hour")
    assert dict(program.app.service.settings.values) == rehearsal.before
    assert not program.app.tray.actions.start_again.isVisible()


def test_a_new_time_comes_as_soon_as_the_first_one(wired: Program) -> None:
    """Whoever tries "Sleep on it" does not wait for a quarter of an hour."""
    assert wired.app.first_run is not None
    wired.app.first_run.practise()
    practice = wired.app.first_run.practice
    assert practice is not None
    service = practice.service
    practice.flow.requests.extend(Origin.WINDOW, timedelta(hours=11))
    assert service.pause is not None
    left = service.pause.return_at - service.clock.now()
    assert left > timedelta(hours=11)
    assert left.total_seconds() / service.clock.speed <= SECONDS
    practice.finish()


@pytest.mark.parametrize("minutes", [0, 30, 31])
def test_a_quick_exit_ends_it(rehearsal: Rehearsal, minutes: int) -> None:
    """Wherever the two are in it, nothing of it comes up again, and the menu offers a new one."""
    program = rehearsal.program
    rehearsal.wait(minutes)
    if minutes > LENGTH:
        rehearsal.practice.flow.requests.come_back(Origin.WINDOW)
    said = len(program.notices)
    program.app.tray.actions.quick_exit.trigger()
    program.settle()
    assert rehearsal.first_run.practice is None
    rehearsal.wait(60)
    assert not [each for each in program.app.qt.topLevelWidgets() if each.isVisible()]
    assert len(program.notices) == said
    assert program.app.tray.actions.practice.text() == "Practise"


def test_forgetting_everything_ends_it(rehearsal: Rehearsal) -> None:
    """It knows the names of the two, so it must not outlive them."""
    rehearsal.program.run("forget", "--all", "--yes")
    assert rehearsal.first_run.practice is None
    assert not rehearsal.program.app.tray.actions.practising


def test_the_end_of_the_program_ends_it(rehearsal: Rehearsal) -> None:
    """A program that ends leaves no window of a practice."""
    window = rehearsal.window
    rehearsal.program.stop()
    assert not window.isVisible()
