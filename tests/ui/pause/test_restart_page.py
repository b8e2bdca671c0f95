"""The talk after a pause: its steps in sight, its turns, its ends, and nothing that is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QClipboard, QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from safepause.core.restart import DAYS, Step
from safepause.ui.pause.name_dot import NameDot, initial
from safepause.ui.pause.turn_step import COLOURS
from tests.fakes import EVENING, at
from tests.ui.samples import record, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.ui.pause.page import Page
    from safepause.ui.pause.restart_page import RestartPage
    from tests.ui.pause.scene import Scene


def at_step(scene: Scene, step: Step) -> RestartPage:
    """Return the page of the talk at a step, in a window that takes clicks."""
    page = scene.window.show_restart()
    page.show_step(step)
    scene.up()
    scene.wait(1)
    scene.settle()
    return page


def picture(page: RestartPage) -> QImage:
    """Return the picture of the dashes."""
    return page.dashes.grab().toImage()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step.HELLO, "Step 1 of 4: Hello"),
        (Step.WHO, "Step 2 of 4: Who starts"),
        (Step.TURNS, "Step 3 of 4: One speaks, one listens"),
        (Step.CLOSE, "Step 4 of 4: Close"),
    ],
)
def test_the_step_is_in_sight_and_heard(scene: Scene, step: Step, words: str) -> None:
    """As many dashes are full as steps have begun. A reader hears the number and the name."""
    page = at_step(scene, step)
    assert words in scene.texts()
    shown, full = picture(page), QColor(scene.window.built._palette.prim)  # noqa: SLF001
    wide, middle = shown.width() / len(Step), shown.height() // 2
    found = [shown.pixelColor(round(wide * (place + 0.3)), middle) == full for place in Step]
    assert found == [place <= step for place in Step]


def test_each_of_the_two_has_a_colour(scene: Scene) -> None:
    """The ring has the colour of the one who speaks, the dot that of the one who listens."""
    scene.window.use(settings(name1="Alex", name2="Sam"))
    page = at_step(scene, Step.TURNS)
    assert page.turn.dot.letter == "S"
    assert page.turn.ring.colour == COLOURS[0]
    assert page.turn.dot.colour == COLOURS[1]
    scene.click("Swap: Sam speaks")
    assert page.turn.dot.letter == "A"
    assert page.turn.ring.colour == COLOURS[1]
    assert page.turn.dot.colour == COLOURS[0]
    scene.click("Back")
    assert page.turn.dot.letter == "S"


def test_without_names_there_is_no_letter(scene: Scene) -> None:
    """Where the names are unknown, the one who listens has no dot."""
    page = at_step(scene, Step.TURNS)
    assert page.turn.dot.isHidden()
    assert "The other only listens, then says" in scene.texts()


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("alex", "A"),
        ("\u00d6gmundur", "\u00d6"),
        ("e\u0301lise", "E\u0301"),
        (
            "\U0001f469\u200d\U0001f469\u200d\U0001f467 us",
            "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        ),
        ("\u674e", "\u674e"),
        ("", ""),
    ],
)
def test_the_first_letter_of_a_name(name: str, letter: str) -> None:
    """The letter is whole: with its accent, and an emoji of several parts."""
    assert initial(name) == letter


def test_a_dot_is_painted(scene: Scene) -> None:
    """The dot is filled with its colour."""
    del scene
    dot = NameDot()
    dot.show_name("Sam", COLOURS[1])
    shown = dot.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, 4) == QColor(COLOURS[1])
    dot.close()


def test_the_fields_are_one_sentence(scene: Scene) -> None:
    """Each field stands beside its words, in the order of the sentence, and has its name."""
    page = at_step(scene, Step.TURNS)
    feel, about, need = page.fields
    assert [field.accessibleName() for field in page.fields] == [
        "I feel",
        "about (one thing that happened)",
        "and I need",
    ]
    assert feel.y() < about.y() < need.y()
    places = [item.geometry() for item in map(page.turn.lines[0].itemAt, range(3)) if item]
    assert len(places) == 3
    assert places[0].right() < places[1].left() <= places[1].right() < places[2].left()
    assert {field.height() >= 44 for field in page.fields} == {True}


def test_the_ring_gives_way_to_the_sentence(
    scene: Scene, larger_letters: Callable[[], None]
) -> None:
    """Where the ring has no room beside the fields, it is left out. With room, it is back."""
    larger_letters()
    page = at_step(scene, Step.TURNS)
    scene.window.resize(QSize(480, 420))
    scene.settle()
    assert page.turn.ring.isHidden()
    scene.window.resize(QSize(1400, 900))
    scene.settle()
    assert not page.turn.ring.isHidden()


def chosen(scene: Scene, asked: list[tuple[object, ...]]) -> datetime:
    """Return the time of the last reminder that was asked for, on the wall clock."""
    (when,) = asked[-1]
    assert isinstance(when, datetime)
    return scene.clock.local(when)


def typed(page: Page) -> list[QLineEdit]:
    """Type a word into each field, mark the last one, and return the fields."""
    fields = page.findChildren(QLineEdit)
    shown = [field for field in fields if field.isVisible()]
    for field in shown:
        field.setFocus()
        QTest.keyClicks(field, "hurt")
    assert [field.text() for field in shown] == ["hurt"] * len(shown)
    shown[-1].selectAll()
    return shown


def left_over(fields: list[QLineEdit]) -> bool:
    """Tell whether a word is left: in a field, in its history, or for a middle click."""
    marked = QGuiApplication.clipboard().text(QClipboard.Mode.Selection)
    return marked == "hurt" or any(
        each.text() or each.isUndoAvailable() or each.isRedoAvailable() for each in fields
    )


@pytest.mark.parametrize("way", ["Swap", "Skip", "Back", "Hide", "Escape"])
def test_no_typed_word_is_left(scene: Scene, way: str) -> None:
    """However a turn is left, its words are gone from fields, history and selection."""
    page = at_step(scene, Step.TURNS)
    fields = typed(page)
    if way == "Escape":
        scene.key(Qt.Key.Key_Escape)
    else:
        scene.click(way)
    scene.settle()
    QGuiApplication.processEvents()
    assert not left_over(fields)


@pytest.mark.parametrize("way", ["Done", "Escape", "forgotten"])
def test_no_word_of_a_look_back_is_left(scene: Scene, way: str) -> None:
    """However the look back is left, its words are gone from fields, history and selection."""
    scene.window.show_look_back()
    scene.up()
    scene.wait(1)
    fields = typed(scene.page)
    assert len(fields) == 3
    if way == "Escape":
        scene.key(Qt.Key.Key_Escape)
    elif way == "Done":
        scene.click("Done")
    else:
        scene.window.forget_pause()
    QGuiApplication.processEvents()
    assert not left_over(fields)


@pytest.mark.parametrize(
    ("end", "line"),
    [
        ("One small next step", "\u201cOne small thing I'll do is \u2026\u201d"),
        ("Thanks", "\u201cThank you for coming back.\u201d"),
    ],
)
def test_an_end_has_words_to_say(scene: Scene, end: str, line: str) -> None:
    """A small step and thanks are something to say. Nothing is asked for, and nothing is kept."""
    at_step(scene, Step.CLOSE)
    scene.click("Another day\u2026")
    scene.click(end)
    assert any(line in text for text in scene.texts())
    assert not scene.has_button("Remind us")


def test_another_day_has_a_day_and_a_time(scene: Scene) -> None:
    """The two choose one of the next seven days and a time; tomorrow at seven is offered."""
    page = at_step(scene, Step.CLOSE)
    asked = record(scene.window.talk_requested)
    scene.click("Another day\u2026")
    close = page.close_step
    assert close.day.count() == DAYS
    assert close.day.currentText() == "Tomorrow"
    scene.click("Remind us")
    local = scene.clock.local(EVENING)
    tomorrow = local.date() + timedelta(days=1)
    told = chosen(scene, asked)
    assert (told.date(), told.strftime("%H:%M")) == (tomorrow, "19:00")
    close.day.setCurrentIndex(DAYS - 1)
    close.time.setTime(close.time.time().addSecs(-3600 * 3))
    scene.click("Remind us")
    told = chosen(scene, asked)
    assert (told.date() - local.date(), told.strftime("%H:%M")) == (timedelta(days=DAYS), "16:00")


def test_tomorrow_is_the_day_that_was_shown(scene: Scene) -> None:
    """A list that stays open over midnight keeps its days: "Tomorrow" doesn't move by a day."""
    at_step(scene, Step.CLOSE)
    asked = record(scene.window.talk_requested)
    shown = scene.clock.local(EVENING).date() + timedelta(days=1)
    scene.click("Another day\u2026")
    scene.clock.move(hours=6)
    assert scene.clock.local(scene.clock.now()).date() == shown
    scene.click("Remind us")
    assert chosen(scene, asked).date() == shown


def test_a_reminder_is_said_and_can_be_taken_back(scene: Scene) -> None:
    """The page says when the reminder comes. "No reminder" asks for none, and says so."""
    at_step(scene, Step.CLOSE)
    scene.window.say_talk(EVENING + timedelta(days=1))
    assert f"A quiet reminder comes: tomorrow at {at(24 * 60)}." in scene.texts()
    asked = record(scene.window.talk_requested)
    scene.click("No reminder")
    assert asked == [(None,)]
    scene.window.say_talk(None)
    assert "There is no reminder now." in scene.texts()
    assert not scene.has_button("No reminder")


def test_a_look_back_is_said_once_it_is_kept(scene: Scene) -> None:
    """The button asks. Only when the program has kept the wish does it offer the opposite."""
    at_step(scene, Step.CLOSE)
    asked = record(scene.window.look_back_wanted)
    scene.click("Look back in an hour")
    assert asked == [(True,)]
    assert scene.has_button("Look back in an hour")
    scene.window.say_look_back(wanted=True)
    scene.click("Don't look back")
    assert asked == [(True,), (False,)]
