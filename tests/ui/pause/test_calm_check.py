"""The calm check: for this person alone, kept nowhere, and no gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QPushButton

from safepause.core.calm_check import MOST_BEATS
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.theme.style_sheet import TARGET
from tests.ui.samples import pause

if TYPE_CHECKING:
    from tests.ui.pause.scene import Scene


@pytest.fixture
def page(scene: Scene) -> CalmCheckPage:
    """Return the calm check of a pause, on the screen."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    scene.click("Just rest")
    scene.click("Am I calmer?")
    shown = scene.page
    assert isinstance(shown, CalmCheckPage)
    return shown


def rate(scene: Scene) -> None:
    """Choose 8 and 5."""
    scene.click("At its hottest: 8")
    scene.click("Now: 5")


def chosen(page: CalmCheckPage) -> list[QPushButton]:
    """Return the numbers that are chosen."""
    return [each for each in page.findChildren(QPushButton) if each.isChecked()]


def test_two_rows(scene: Scene, page: CalmCheckPage) -> None:
    """Both rows are there at once. The advice comes with the second number."""
    assert "Choose a number in each row." in scene.texts()
    scene.click("At its hottest: 8")
    assert "Choose a number in each row." in scene.texts()
    scene.click("Now: 5")
    assert "Softer than before. A slow walk may help the rest." in scene.texts()
    scene.click("Now: 9")
    assert [each.accessibleName() for each in chosen(page)] == ["At its hottest: 8", "Now: 9"]
    assert "More stirred up than before. Soft breaths may help." in scene.texts()


def test_the_promise_stands(scene: Scene, page: CalmCheckPage) -> None:
    """Whatever a person feels, the return stays, and so does the way back to rest."""
    scene.click("At its hottest: 0")
    scene.click("Now: 10")
    line = page.anyway.accessibleName()
    assert line.startswith("You come back at ")
    assert line.endswith("You can ask for more time then.")
    scene.click("Back to rest")
    assert isinstance(scene.page, RestPage)


def test_no_promise_that_is_used_up(scene: Scene) -> None:
    """Without an extension left, the page promises no more time."""
    scene.window.show_pause(pause(extensions=2), fresh=True)
    scene.up()
    scene.wait(6)
    scene.click("Just rest")
    scene.click("Am I calmer?")
    assert any(text.endswith("You choose together what comes next.") for text in scene.texts())


def test_without_a_pause(scene: Scene) -> None:
    """After breathing without a pause, the page says nothing of a return."""
    scene.window.show_breathing()
    scene.up()
    scene.wait(301)
    scene.click("Am I calmer?")
    assert isinstance(scene.page, CalmCheckPage)
    assert not any("come back" in text for text in scene.texts())


@pytest.mark.parametrize("way", ["back", "hide", "forget", "return"])
def test_gone_when_left(scene: Scene, page: CalmCheckPage, way: str) -> None:
    """However the page is left, nothing is chosen or counted on it afterwards."""
    rate(scene)
    page.pulse.tap_along.click()
    page.pulse.tap.pressed.emit()
    if way == "back":
        scene.click("Back to rest")
    elif way == "hide":
        scene.key(Qt.Key.Key_Escape)
        assert not scene.window.isVisible()
    elif way == "forget":
        scene.window.forget_pause()
    else:
        scene.clock.move(minutes=30)
        scene.window.show_return(pause())
        assert isinstance(scene.page, ReturnPage)
    assert chosen(page) == []
    assert (page.hottest.rating, page.now.rating) == (None, None)
    assert page.pulse.panel.isHidden()
    assert page.pulse.taps == []
    assert page.advice.accessibleName() == "Choose a number in each row."


def test_nothing_can_be_kept_by_a_field(page: CalmCheckPage) -> None:
    """The page has no field whose text could be selected, copied or taken back."""
    assert not page.findChildren(QLineEdit)
    assert not page.findChildren(QPlainTextEdit)
    assert not page.findChildren(QAbstractSpinBox)


def test_counting(scene: Scene, page: CalmCheckPage) -> None:
    """A person counts for 30 seconds, and then says how many beats there were."""
    scene.click("Count my pulse, 30 seconds")
    assert "Count the beats. 30 seconds left." in scene.texts()
    assert scene.ticking
    scene.wait(12)
    assert "Count the beats. 18 seconds left." in scene.texts()
    scene.wait(18)
    assert "How many beats did you count?" in scene.texts()
    assert page.refresh() is None
    scene.click("5 more")
    scene.click("1 less")
    texts = scene.texts()
    assert "44 beats" in texts
    assert "About 88 beats a minute, as a rough guide. How you feel counts more." in texts
    for _click in range(30):
        page.pulse.add(5)
    assert page.pulse.beats.accessibleName() == f"{MOST_BEATS} beats"
    assert "About 240 beats a minute, as a rough guide. A longer rest may help." in scene.texts()


def test_no_timer_while_hidden(scene: Scene, page: CalmCheckPage) -> None:
    """A window that is hidden while a person counts has no timer, and has forgotten the count."""
    scene.click("Count my pulse, 30 seconds")
    scene.key(Qt.Key.Key_Escape)
    assert not scene.ticking
    assert page.refresh() is None


def test_tapping_along(scene: Scene, page: CalmCheckPage) -> None:
    """After 15 seconds of taps, the pulse is shown. Each tap counts as the finger goes down."""
    scene.click("Tap along")
    assert "Tap with each beat. 15 seconds left." in scene.texts()
    for _beat in range(19):
        QTest.mousePress(page.pulse.tap, Qt.MouseButton.LeftButton)
        QTest.mouseRelease(page.pulse.tap, Qt.MouseButton.LeftButton)
        scene.clock.move(seconds=0.8)
    assert "Tap with each beat. 1 second left." in scene.texts()
    QTest.keyClick(page.pulse.tap, Qt.Key.Key_Space)
    assert "About 75 beats a minute, as a rough guide. How you feel counts more." in scene.texts()


def test_targets(page: CalmCheckPage) -> None:
    """Every button is at least 44 pixels wide and high."""
    shown = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert len(shown) == 22 + 4
    assert all(min(each.width(), each.height()) >= TARGET for each in shown)


def test_arrow_keys(scene: Scene, page: CalmCheckPage) -> None:
    """The arrow keys choose another number of a row."""
    scene.click("Now: 5")
    scene.key(Qt.Key.Key_Right)
    assert page.now.rating == 6
