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
from tests.ui.samples import pause, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

ALL = settings(screens="all")


class Elsewhere(QWidget):
    """A window of a pause that stands on a screen that isn't there: the real one is another."""

    def screen(self) -> None:  # type: ignore[override]
        """Stand on none of the screens."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Give the window of a pause, hidden."""
    window = Elsewhere()
    qtbot.addWidget(window)
    yield window
    window.hide()


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock at the start of the pause."""
    return FakeClock()


def lines(other_screens: OtherScreens) -> list[str]:
    """Return what the cards that can be seen say."""
    return [card.line.text() for card in other_screens.cards if card.isVisible()]


def test_the_cards_come_and_go_with_the_window(window: QWidget, clock: FakeClock) -> None:
    """While the window is open each other screen says when the two come back."""
    other_screens = OtherScreens(window, clock, ALL)
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == []
    window.show()
    assert lines(other_screens) == ["We come back at 20:40."]
    window.hide()
    assert lines(other_screens) == []
    window.show()
    other_screens.follow(None, ALL)
    assert lines(other_screens) == []


def test_at_the_return_they_say_so(window: QWidget, clock: FakeClock) -> None:
    """Once it is time, the cards say that, and nothing else."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    clock.move(minutes=30)
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == ["It is time"]


def test_only_where_a_person_wants_them(window: QWidget, clock: FakeClock) -> None:
    """They come and go with the setting, also while the window is open."""
    pointer = settings(screens="pointer")
    other_screens = OtherScreens(window, clock, pointer)
    window.show()
    other_screens.follow(pause(), pointer)
    assert lines(other_screens) == []
    other_screens.follow(pause(), ALL)
    assert len(lines(other_screens)) == 1
    other_screens.follow(pause(), pointer)
    assert lines(other_screens) == []


def test_not_where_windows_cannot_choose_their_screen(
    window: QWidget, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under Wayland they would lie on top of the window itself, so there are none."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == []


def test_the_windows_own_screen_has_none(qtbot: QtBot, clock: FakeClock) -> None:
    """With one screen there is nothing but the window."""
    window = QWidget()
    qtbot.addWidget(window)
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == []


def test_a_click_takes_a_card_away(window: QWidget, clock: FakeClock) -> None:
    """A card in the way goes with a click, and takes no keys before."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    [card] = other_screens.cards
    assert card.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    place = QPoint(5, 5)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert lines(other_screens) == []
    assert window.isVisible()


@pytest.mark.parametrize("change", ["screenAdded", "screenRemoved"])
def test_the_cards_follow_the_monitors(
    window: QWidget, clock: FakeClock, qapp: QApplication, change: str
) -> None:
    """When a monitor comes or goes while the window is open, the cards are placed again."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    [before] = other_screens.cards
    getattr(qapp, change).emit(qapp.primaryScreen())
    [after] = other_screens.cards
    assert after is not before
    assert after.isVisible()


def lightness(other_screens: OtherScreens) -> int:
    """Return the lightness of the card's background, from 0 to 255."""
    [card] = other_screens.cards
    return card.grab().toImage().pixelColor(5, 5).lightness()


def test_the_system_turns_dark(
    window: QWidget, clock: FakeClock, turn_dark: Callable[[], None]
) -> None:
    """A card turns dark with the system."""
    other_screens = OtherScreens(window, clock, settings(screens="all", theme="system"))
    window.show()
    other_screens.follow(pause(), settings(screens="all", theme="system"))
    assert lightness(other_screens) > 200
    turn_dark()
    assert lightness(other_screens) < 50


def test_settings_change_the_colours(window: QWidget, clock: FakeClock) -> None:
    """A card uses a theme as soon as a person chooses it."""
    light, dark = (settings(screens="all", theme=theme) for theme in ("light", "dark"))
    other_screens = OtherScreens(window, clock, light)
    window.show()
    other_screens.follow(pause(), light)
    other_screens.follow(pause(), dark)
    assert lightness(other_screens) < 50
