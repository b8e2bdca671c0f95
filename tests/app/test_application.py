"""The whole program in one process: real windows and store, a fake clock and scheduler."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from safepause.core.pause import State
from safepause.core.ports import NotKept
from safepause.ui.pause.extend_page import ExtendPage
from tests.fakes import EVENING, at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.app.running import Program


def test_a_whole_pause(start: Callable[[], Program]) -> None:
    """A whole pause: click, breathing, heads-up, return, "We're both here", new start."""
    program = start()
    program.app.tray.tray.activated.emit()
    stage = program.app.flow.window
    assert stage is not None
    assert stage.isVisible()
    assert program.status()["state"] == "paused"
    program.wait(minutes=28)
    assert [notice.title for notice in program.notices] == ["Soon it is time"]
    assert not program.notices[0].urgent
    program.wait(minutes=2)
    assert program.notices[-1].title == "It is time"
    assert program.notices[-1].urgent
    assert program.status()["state"] == "due"
    program.press("We're both here")
    assert program.status()["state"] == "idle"
    assert stage.isVisible()
    assert "came back on time" in program.run("history")[1]
    program.wait(hours=25)
    assert len(program.notices) == 2


def test_a_second_call_changes_nothing(start: Callable[[], Program]) -> None:
    """A second call during a pause shows the window. Return time and caller do not change."""
    program = start()
    program.run("pause", "--by", "Alex", "--minutes", "45")
    before = program.app.service.pause
    stage = program.app.flow.window
    assert stage is not None
    stage.hide()
    program.wait(minutes=3)
    program.app.tray.tray.activated.emit()
    assert program.run("pause", "--by", "Sam")[0] == 0
    assert program.app.service.pause == before
    assert stage.isVisible()


def test_reminders_are_gentle_and_end(start: Callable[[], Program]) -> None:
    """Without an answer the return is repeated at its times, and the last time after a day."""
    program = start()
    program.run("pause")
    due = EVENING + timedelta(minutes=30)
    program.wait(hours=30)
    minutes = [round((at - due).total_seconds() / 60) for at in program.said_at]
    assert minutes[:8] == [-2, 0, 2, 5, 10, 20, 30, 60]
    assert minutes[-1] == 24 * 60 - 30
    assert "last reminder" in program.notices[-1].body
    assert program.status()["state"] == "due"


def test_the_next_start_takes_up_the_pause(start: Callable[[], Program]) -> None:
    """The next start of the program continues the pause, to the second."""
    first = start()
    first.run("pause", "--by", "Alex")
    standing = first.status()["pause"]
    first.stop()
    second = start()
    assert second.status()["pause"] == standing


def test_a_return_missed_while_off_is_said_once(start: Callable[[], Program]) -> None:
    """A return that became due while the program was off is announced at the start, once."""
    first = start()
    first.run("pause")
    first.stop()
    first.clock.move(hours=2)
    second = start()
    assert [notice.title for notice in second.notices] == ["It is time"]
    assert second.notices[0].body.startswith(f"It was {at(30)}.")
    stage = second.app.flow.window
    assert stage is not None
    assert stage.isVisible()
    second.app.reminders.time_moved()
    assert len(second.notices) == 1


def test_undo_from_the_window(start: Callable[[], Program]) -> None:
    """Undo hides the window, and the history stays empty."""
    program = start()
    program.app.tray.tray.activated.emit()
    program.press("Undo a slip")
    assert program.app.service.state is State.IDLE
    stage = program.app.flow.window
    assert stage is not None
    assert not stage.isVisible()
    assert program.app.service.pause is None
    assert not list(program.app.service.outcomes())


def test_a_notification_answers(start: Callable[[], Program]) -> None:
    """The notification's buttons end the pause, or show the new times."""
    program = start()
    program.run("pause")
    program.wait(minutes=30)
    program.app.delivery.notifications.chosen.emit("more-time")
    assert isinstance(program.page, ExtendPage)
    program.app.delivery.notifications.chosen.emit("here")
    assert program.app.service.state is State.IDLE


def test_more_time_is_counted_and_bounded(start: Callable[[], Program]) -> None:
    """Two extensions are accepted. The third one is refused with other ways."""
    program = start()
    program.run("pause")
    for _ in range(2):
        program.wait(minutes=40)
        assert program.run("extend", "--minutes", "20")[0] == 0
    code, _out, err = program.run("extend", "--minutes", "20")
    assert code == 1
    assert "ten small minutes" in err


def test_time_that_jumps_is_noticed(start: Callable[[], Program]) -> None:
    """After a sleep the return is announced at once, and once if the jump is told twice."""
    program = start()
    program.run("pause")
    program.clock.move(hours=1)
    program.app.events.watch.jumped.emit()
    assert [notice.title for notice in program.notices] == ["It is time"]
    program.app.events.watch.jumped.emit()
    assert len(program.notices) == 1


def test_a_store_that_cannot_write_is_said(tmp_path: Path, start: Callable[[], Program]) -> None:
    """A folder in the place of the database is reported and stays. A pause works."""
    (tmp_path / "safepause.sqlite3").mkdir()
    program = start()
    code, _out, err = program.run("pause")
    assert code == 0
    assert program.status()["state"] == "paused"
    assert "saved" in err + _out
    assert (tmp_path / "safepause.sqlite3").is_dir()


def test_the_menu_calls_for_a_length_or_until_an_instant(start: Callable[[], Program]) -> None:
    """The menu calls a pause of a length or until an instant. A name is shown as the caller."""
    program = start()
    actions, service = program.app.tray.actions, program.app.service
    actions.pause_for_requested.emit(timedelta(minutes=45))
    assert service.pause is not None
    assert service.pause.return_at == EVENING + timedelta(minutes=45)
    program.run("undo")
    actions.pause_for_requested.emit(EVENING + timedelta(hours=13))
    assert service.pause.return_at == EVENING + timedelta(hours=13)
    program.run("undo")
    actions.pause_requested.emit("Alex")
    assert service.pause.called_by == "Alex"


def test_the_menu_asks_for_more_time(start: Callable[[], Program]) -> None:
    """The menu extends a pause by a length or until an instant. The third request is refused."""
    program = start()
    actions, service = program.app.tray.actions, program.app.service
    program.run("pause")
    actions.more_time_requested.emit(timedelta(minutes=20))
    actions.more_time_requested.emit(EVENING + timedelta(hours=2))
    assert service.pause is not None
    assert service.pause.return_at == EVENING + timedelta(hours=2)
    stage = program.app.flow.window
    assert stage is not None
    stage.hide()
    actions.more_time_requested.emit(timedelta(minutes=20))
    assert stage.isVisible()
    labels = [label.text() for label in stage.findChildren(QLabel) if label.isVisible()]
    assert any("ten small minutes" in text for text in labels)


def test_a_setting_from_the_window_counts_for_the_next_pause(start: Callable[[], Program]) -> None:
    """A length that is set in the window is stored, and the next pause has it."""
    program = start()
    windows, service = program.app.windows, program.app.service
    windows.settings.set("length", 45)
    assert service.settings.number("length") == 45
    program.run("pause")
    assert service.pause is not None
    assert service.pause.return_at == EVENING + timedelta(minutes=45)


def test_forgetting_everything_ends_the_pause_too(start: Callable[[], Program]) -> None:
    """After everything is deleted, there is no pause, no outcome and no name. The list is empty."""
    program = start()
    program.run("settings", "set", "name1", "Alex")
    program.run("pause", "--by", "Alex")
    program.run("return")
    program.run("pause")
    program.app.windows.forget()
    assert program.says("No pauses here yet.")
    assert program.app.service.pause is None
    assert not list(program.app.service.outcomes())
    assert program.app.service.settings.text("name1") == ""


def test_a_late_failure_to_write_is_said_in_the_window(start: Callable[[], Program]) -> None:
    """On a full disk the pause runs, and its window says that it can't be saved."""
    program = start()

    def full(*_step: object) -> None:
        raise NotKept("disk is full")

    program.opened.store.commit = full  # type: ignore[assignment,method-assign]
    program.app.tray.tray.activated.emit()
    stage = program.app.flow.window
    assert stage is not None
    labels = [label.text() for label in stage.findChildren(QLabel) if label.isVisible()]
    assert any("can't be saved" in text for text in labels)
    assert "disk is full" in program.run("doctor")[1]


def test_a_notification_may_carry_a_name_if_wished(start: Callable[[], Program]) -> None:
    """A notification has a name only if the setting is on."""
    program = start()
    program.run("pause", "--by", "Alex")
    program.wait(minutes=28)
    assert "Alex" not in program.notices[-1].title + program.notices[-1].body
    program.run("settings", "set", "names_in_notifications", "yes")
    program.wait(minutes=2)
    assert "Alex" in program.notices[-1].title


def test_a_click_on_the_notification_shows_the_return(start: Callable[[], Program]) -> None:
    """A click on the notification itself shows the window."""
    program = start()
    program.run("pause")
    program.wait(minutes=30)
    stage = program.app.flow.window
    assert stage is not None
    stage.hide()
    program.app.delivery.notifications.chosen.emit("default")
    assert stage.isVisible()
