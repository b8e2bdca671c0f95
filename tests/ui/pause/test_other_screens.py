"""The cards on the other screens: the time and nothing else, no keys, gone with the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from safepause.ui.pause.other_screens import OtherScreens
from tests.fakes import FakeClock
from tests.ui.desk import pause, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

ALL = settings(screens="all")


class Elsewhere(QWidget):
    """A window of a pause that stands on a screen that isn't there: the real one is another."""

    def screen(self) -> None:  # type: ignore[override]
        """Stand on none of the screens."""


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[QWidget]:
    """Give the window of a pause, hidden."""
    window = Elsewhere()
    qtbot.addWidget(window)
    yield window
    window.hide()


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock at the start of the pause."""
    return FakeClock()


def lines(companions: OtherScreens) -> list[str]:
    """Return what the cards that can be seen say."""
    return [card.line.text() for card in companions.cards if card.isVisible()]


def test_the_cards_come_and_go_with_the_window(stage: QWidget, clock: FakeClock) -> None:
    """While the window is open each other screen says when the two come back."""
    companions = OtherScreens(stage, clock, ALL)
    companions.follow(pause(), ALL)
    assert lines(companions) == []
    stage.show()
    assert lines(companions) == ["We come back at 20:40."]
    stage.hide()
    assert lines(companions) == []
    stage.show()
    companions.follow(None, ALL)
    assert lines(companions) == []


def test_at_the_return_they_say_so(stage: QWidget, clock: FakeClock) -> None:
    """Once it is time, the cards say that, and nothing else."""
    companions = OtherScreens(stage, clock, ALL)
    stage.show()
    companions.follow(pause(), ALL)
    clock.move(minutes=30)
    companions.follow(pause(), ALL)
    assert lines(companions) == ["It is time"]


def test_only_where_a_person_wants_them(stage: QWidget, clock: FakeClock) -> None:
    """They come and go with the setting, also while the window is open."""
    pointer = settings(screens="pointer")
    companions = OtherScreens(stage, clock, pointer)
    stage.show()
    companions.follow(pause(), pointer)
    assert lines(companions) == []
    companions.follow(pause(), ALL)
    assert len(lines(companions)) == 1
    companions.follow(pause(), pointer)
    assert lines(companions) == []


def test_not_where_windows_cannot_choose_their_screen(
    stage: QWidget, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under Wayland they would lie on top of the window itself, so there are none."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    companions = OtherScreens(stage, clock, ALL)
    stage.show()
    companions.follow(pause(), ALL)
    assert lines(companions) == []


def test_the_windows_own_screen_has_none(qtbot: QtBot, clock: FakeClock) -> None:
    """With one screen there is nothing but the window."""
    window = QWidget()
    qtbot.addWidget(window)
    companions = OtherScreens(window, clock, ALL)
    window.show()
    companions.follow(pause(), ALL)
    assert lines(companions) == []


def test_a_click_takes_a_card_away(stage: QWidget, clock: FakeClock) -> None:
    """A card in the way goes with a click, and takes no keys before."""
    companions = OtherScreens(stage, clock, ALL)
    stage.show()
    companions.follow(pause(), ALL)
    [card] = companions.cards
    assert card.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    place = QPoint(5, 5)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert lines(companions) == []
    assert stage.isVisible()


def test_a_monitor_that_is_plugged_in_gets_a_card(
    stage: QWidget, clock: FakeClock, qapp: QApplication
) -> None:
    """Monitors that come or go while the window is open are followed."""
    companions = OtherScreens(stage, clock, ALL)
    stage.show()
    companions.follow(pause(), ALL)
    [before] = companions.cards
    qapp.screenAdded.emit(qapp.primaryScreen())
    [after] = companions.cards
    assert after is not before
    assert after.isVisible()
