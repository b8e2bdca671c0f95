"""The pages of the pause window: which one is shown when, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from safepause.core.restart import Step
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.breathing_parts import Part
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from tests.fakes import EVENING, at
from tests.ui.samples import pause, record

if TYPE_CHECKING:
    from tests.ui.pause.scene import Scene


def test_first_words(scene: Scene) -> None:
    """A fresh pause shows who asked, when the two come back, and that nothing is to decide."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert "\u2068Alex\u2069 asked for a pause" in scene.texts()
    assert "Nothing to decide now. It can wait." in scene.texts()
    assert isinstance(scene.page, BreathingPage)
    assert at(30) in scene.page.promise.text()


def test_whole_pause(scene: Scene) -> None:
    """Stillness, five minutes of breathing, and rest follow each other without a click."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    page = scene.page
    assert isinstance(page, BreathingPage)
    scene.wait(4.9)
    assert page.part is Part.STILL
    scene.wait(0.1)
    assert page.orb.word == "Breathe in"
    scene.wait(299.9)
    assert isinstance(scene.page, BreathingPage)
    scene.wait(0.2)
    assert isinstance(scene.page, RestPage)


def test_undo_ten_seconds(scene: Scene) -> None:
    """Undo can be clicked for ten seconds. Hide stays."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    heard = record(scene.window.undo_requested)
    scene.wait(9.9)
    scene.click("Undo a slip")
    assert heard == [()]
    scene.wait(0.2)
    assert not scene.has_button("Undo a slip")
    assert scene.has_button("Hide")


def test_undo_real_seconds(scene: Scene) -> None:
    """If the wall clock is sixty times as fast, Undo still lasts ten real seconds."""
    fast = replace(pause(), terms=replace(pause().terms, undo_window=timedelta(minutes=10)))
    scene.window.show_pause(fast, fresh=True)
    scene.up()
    scene.wait(9)
    assert scene.has_button("Undo a slip")
    scene.wait(2)
    assert not scene.has_button("Undo a slip")


def test_second_call_changes_nothing(scene: Scene) -> None:
    """Shown again, a pause doesn't start the breathing again."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(5)
    scene.wait(5)
    page = scene.page
    assert isinstance(page, BreathingPage)
    before = page.orb.word
    scene.window.show_pause(pause(), fresh=False)
    scene.window.refresh()
    assert before == page.orb.word == "Breathe out"


@pytest.mark.parametrize(("age", "kind"), [(60, BreathingPage), (600, RestPage)])
def test_taken_up_after_a_restart(scene: Scene, age: int, kind: type) -> None:
    """A pause of an earlier run shows breathing in its first minutes, else rest."""
    scene.clock.move(seconds=age)
    scene.window.show_pause(pause(), fresh=False)
    scene.up()
    assert isinstance(scene.page, kind)
    assert not scene.has_button("Undo a slip")


def test_new_time_shown(scene: Scene) -> None:
    """A pause with a new return time shows it on the same page."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    scene.window.show_pause(pause(50), fresh=False)
    page = scene.page
    assert isinstance(page, BreathingPage)
    assert at(50) in page.promise.text()


def test_lengthened_once_due(scene: Scene) -> None:
    """After more time was chosen at the return, rest is shown."""
    scene.window.show_pause(pause(), fresh=True)
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.window.show_pause(pause(50), fresh=False)
    assert isinstance(scene.page, RestPage)


def test_no_breathing_and_again(scene: Scene) -> None:
    """A person can skip the breathing and start it again."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    scene.click("Just rest")
    assert isinstance(scene.page, RestPage)
    scene.click("Breathe")
    page = scene.page
    assert isinstance(page, BreathingPage)
    assert page.orb.word == "Breathe in"


def test_early_return(scene: Scene) -> None:
    """Before an early return, the page asks back, with words that fit the time."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    heard = record(scene.window.return_requested)
    scene.wait(6)
    scene.click("Just rest")
    scene.click("We're both here")
    assert heard == []
    assert "It's early. A body needs 20 minutes to settle." in scene.texts()
    scene.click("Keep resting")
    scene.wait(21 * 60)
    scene.click("We're both here")
    assert "A little early is fine. Are you both ready?" in scene.texts()
    scene.click("We both feel ready")
    assert heard == [()]


def test_return(scene: Scene) -> None:
    """The return page shows the time. Each button requests its own thing."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.up()
    assert {f"It's {at(30)}", "Time to come back"} <= set(scene.texts())
    back, off = record(scene.window.return_requested), record(scene.window.let_go_requested)
    scene.wait(1)
    scene.click("We're both here")
    scene.click("Let it rest today")
    assert (back, off) == ([()], [()])


def test_return_left_alone(scene: Scene) -> None:
    """Twelve minutes later, the return page shows the time now and the promised time."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.wait(12 * 60)
    assert {f"It's {at(42)}", f"We said {at(30)}. Later is fine."} <= set(scene.texts())


def test_more_time_from_the_return(scene: Scene) -> None:
    """An offered time keeps its meaning for minutes. "Back" leads to the return."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.up()
    scene.wait(1)
    heard = record(scene.window.more_time_requested)
    scene.click("Not ready yet")
    scene.wait(150)
    scene.click(f"In 20 minutes: {at(51)}")
    assert heard == [(EVENING + timedelta(minutes=51),)]
    scene.click("Back")
    assert isinstance(scene.page, ReturnPage)


def test_back_before_due(scene: Scene) -> None:
    """Before the return, "Back" leads from the new times to the pause."""
    scene.window.show_pause(pause(), fresh=True)
    scene.window.show_more_time(pause())
    scene.up()
    scene.wait(6)
    scene.click("Back")
    assert isinstance(scene.page, BreathingPage)


def test_refusal_told(scene: Scene) -> None:
    """A refusal is shown above the page until another page is shown."""
    scene.window.show_more_time(pause())
    scene.up()
    scene.window.tell("The new time must be later than 20:40.")
    assert "The new time must be later than 20:40." in scene.texts()
    scene.window.show_return(pause())
    assert scene.window.banner.isHidden()


def test_the_dots_come_nearer(scene: Scene) -> None:
    """From step to step of the talk the two dots are nearer. At its end they have met."""
    page = scene.window.show_restart()
    near = []
    for step in Step:
        page.show_step(step)
        near.append(page.dots.together)
    assert near == sorted(set(near))
    assert near[-1] == 1
    page.begin()
    assert page.dots.together == near[0]


def test_restart_keeps_nothing(scene: Scene) -> None:
    """The next step and the button "Done" forget all texts and their undo history."""
    page = scene.window.show_restart()
    page.show_step(Step.TURNS)
    scene.up()
    scene.wait(1)
    fields = page.fields
    for field in fields:
        field.setFocus()
        scene.key(Qt.Key.Key_X)
    assert [field.text() for field in fields] == ["x", "x", "x"]
    scene.click("Skip")
    assert not any(field.text() or field.isUndoAvailable() for field in fields)
    scene.click("Done")
    assert not scene.window.isVisible()
    assert not any(field.text() or field.isUndoAvailable() for field in fields)


def test_pause_again(scene: Scene) -> None:
    """The button "Pause again" requests a pause."""
    scene.window.show_restart()
    scene.up()
    scene.wait(1)
    heard = record(scene.window.pause_again_requested)
    scene.click("Pause again")
    assert heard == [()]
    assert isinstance(scene.page, RestartPage)


def test_just_breathe(scene: Scene) -> None:
    """Breathing without a pause shows no return time, and starts at once."""
    scene.window.show_breathing()
    scene.up()
    texts = scene.texts()
    assert "Just breathe" in texts
    assert not any("left" in text or "come back" in text for text in texts)
    page = scene.page
    assert isinstance(page, BreathingPage)
    assert page.orb.word == "Breathe in"
    scene.wait(300.1)
    assert isinstance(scene.page, RestPage)
    assert not scene.has_button("We're both here")


def test_clock_set_back(scene: Scene) -> None:
    """If the clock is set back, the promised time stays, and the breathing goes on."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(10)
    scene.clock.set(datetime(2026, 3, 10, 20, 0, tzinfo=UTC))
    scene.window.refresh()
    assert f"We come back at {at(30)}." in scene.texts()
    scene.wait(200)
    assert isinstance(scene.page, BreathingPage)


def test_what_is_typed_stays_while_the_window_comes_up_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On X11 a call shows the window anew. What is typed at the restart stays."""
    scene.window.show_restart()
    scene.up()
    field = scene.window.findChildren(QLineEdit)[0]
    field.setText("worried")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    scene.up()
    QCoreApplication.processEvents()
    assert field.text() == "worried"
