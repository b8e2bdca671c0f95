"""A partner who has never seen the pause window can ask what it is, in one click."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from tests.fakes import at
from tests.ui.samples import pause, record

if TYPE_CHECKING:
    from tests.ui.pause.scene import Scene


def test_one_sentence_says_what_this_is(scene: Scene) -> None:
    """The button shows one sentence with the time of the return, and the pause goes on."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(1)
    scene.click("What is this?")
    said = f"One of us needs a break from this talk. We calm down, and talk on at {at(30)}."
    assert said in scene.texts()


def test_the_same_button_takes_it_away(scene: Scene) -> None:
    """The sentence takes room from the orb for as long as the person reads, and no longer."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(1)
    scene.click("What is this?")
    assert not scene.window.banner.isHidden()
    scene.wait(5)
    scene.click("What is this?")
    assert scene.window.banner.isHidden()
    scene.click("What is this?")
    assert not scene.window.banner.isHidden()


def test_a_return_on_another_day_is_said_with_its_day(scene: Scene) -> None:
    """A time alone would be taken for one of today."""
    tomorrow = replace(pause(), return_at=pause().started_at + timedelta(hours=13))
    scene.window.show_pause(tomorrow, fresh=True)
    scene.up()
    scene.wait(1)
    scene.click("What is this?")
    assert any("talk on tomorrow at" in text for text in scene.texts())


def test_without_a_pause_it_is_about_breathing(scene: Scene) -> None:
    """Breathing without a pause promises no talk."""
    scene.window.show_breathing()
    scene.up()
    scene.wait(1)
    scene.click("What is this?")
    assert "This is a guide for slow breathing. It ends by itself." in scene.texts()


def test_the_mark_of_a_practice_stays(scene: Scene) -> None:
    """The mark stands above every page, takes its room, and its button ends the practice."""
    end = QPushButton("End")
    asked = record(end.clicked)
    before = scene.window.full_size().height()
    scene.window.mark("Practice", end)
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.window.show_return(pause())
    assert "Practice" in scene.texts()
    assert scene.window.full_size().height() >= before
    end.click()
    assert asked
