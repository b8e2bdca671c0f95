"""The cards on the other screens: they show the time, and come and go with the pause window."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from safepause.i18n.words import come_back_line
from safepause.ui.pause.other_screens import OtherScreens
from tests import fakes
from tests.fakes import FakeClock, at
from tests.ui.samples import pause, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
"""Finds the timer of the cards, and not that of their screens."""
ALL = settings(screens="all")


class Elsewhere(QWidget):
    """A pause window on a screen that doesn't exist, so that the real screen is another one."""

    def screen(self) -> None:  # type: ignore[override]
        """Return no screen."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Return a hidden pause window."""
    window = Elsewhere()
    qtbot.addWidget(window)
    yield window
    window.hide()


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock at the start of the pause."""
    return FakeClock()


def lines(other_screens: OtherScreens) -> list[str]:
    """Return the texts of the visible cards."""
    return [card.line.text() for card in other_screens.cards if card.isVisible()]


def test_the_cards_come_and_go_with_the_window(window: QWidget, clock: FakeClock) -> None:
    """While the window is open, the other screen shows the return time."""
    other_screens = OtherScreens(window, clock, ALL)
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == []
    window.show()
    assert lines(other_screens) == [f"We come back at {at(30)}."]
    window.hide()
    assert lines(other_screens) == []
    window.show()
    other_screens.follow(None, ALL)
    assert lines(other_screens) == []


def test_at_the_return_they_say_so(window: QWidget, clock: FakeClock) -> None:
    """When the return is due, the card says only that."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    clock.move(minutes=30)
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == ["It is time"]


def passes(other_screens: OtherScreens, clock: FakeClock, **length: float) -> None:
    """Let time pass, at the end of which the timer fires. It must run, for a minute at most."""
    [timer] = other_screens.findChildren(QTimer, options=DIRECT)
    assert timer.isActive()
    assert timer.remainingTime() <= 60_000 + 50
    clock.move(**length)
    timer.timeout.emit()


def test_tomorrow_becomes_today_at_midnight(window: QWidget, clock: FakeClock) -> None:
    """A card that is shown at midnight says another day from then on."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    tomorrow = clock.local(clock.now()).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), fakes.ZONE).astimezone(UTC)
    to_midnight = (midnight - clock.now()) // timedelta(minutes=1)
    late = pause(to_midnight + 10)
    other_screens.follow(late, ALL)
    before = lines(other_screens)
    assert before == [come_back_line(late, clock)]
    passes(other_screens, clock, minutes=to_midnight + 1)
    assert lines(other_screens) == [come_back_line(late, clock)] != before


def test_a_shown_card_says_by_itself_that_it_is_time(window: QWidget, clock: FakeClock) -> None:
    """A card that is shown while the return becomes due says so, and its timer ends."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    passes(other_screens, clock, minutes=30)
    assert lines(other_screens) == ["It is time"]
    assert not any(timer.isActive() for timer in other_screens.findChildren(QTimer))


def test_no_timer_runs_without_a_card(window: QWidget, clock: FakeClock) -> None:
    """While the window is hidden, and after the pause, no timer runs."""
    other_screens = OtherScreens(window, clock, ALL)
    [timer] = other_screens.findChildren(QTimer, options=DIRECT)
    other_screens.follow(pause(), ALL)
    assert not timer.isActive()
    window.show()
    assert timer.isActive()
    window.hide()
    assert not timer.isActive()
    window.show()
    other_screens.follow(None, ALL)
    assert not timer.isActive()


def test_only_where_a_person_wants_them(window: QWidget, clock: FakeClock) -> None:
    """The cards follow the setting, also while the window is open."""
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
    """On Wayland there are no cards: they would cover the pause window."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == []


def test_the_windows_own_screen_has_none(qtbot: QtBot, clock: FakeClock) -> None:
    """The screen of the pause window gets no card."""
    window = QWidget()
    qtbot.addWidget(window)
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    assert lines(other_screens) == []


def test_a_click_takes_a_card_away(window: QWidget, clock: FakeClock) -> None:
    """A click hides a card and not the window. A card takes no keyboard input."""
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
    window: QWidget, clock: FakeClock, qapp: QApplication, qtbot: QtBot, change: str
) -> None:
    """When a monitor comes or goes while the window is open, the cards are placed again."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    [before] = other_screens.cards
    getattr(qapp, change).emit(qapp.primaryScreen())
    qtbot.waitUntil(lambda: other_screens.cards != [before])
    [after] = other_screens.cards
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


def test_a_desktop_without_a_colour_scheme_turns_dark(
    window: QWidget, clock: FakeClock, turn_palette: Callable[[QPalette], None]
) -> None:
    """A card turns dark with the palette alone, as under a desktop that names no colour scheme."""
    system = settings(screens="all", theme="system")
    other_screens = OtherScreens(window, clock, system)
    window.show()
    other_screens.follow(pause(), system)
    assert lightness(other_screens) > 200
    turn_palette(QPalette(QColor("#222222")))
    assert lightness(other_screens) < 50


def test_the_system_gets_larger_letters(
    window: QWidget, clock: FakeClock, larger_letters: Callable[[], None]
) -> None:
    """The letters of a card follow the system's."""
    other_screens = OtherScreens(window, clock, ALL)
    window.show()
    other_screens.follow(pause(), ALL)
    [card] = other_screens.cards
    before = card.line.fontInfo().pixelSize()
    larger_letters()
    assert card.line.fontInfo().pixelSize() > before


@pytest.mark.parametrize("points", [14, 20, 28])
def test_the_whole_line_has_room(
    window: QWidget, clock: FakeClock, qapp: QApplication, points: int
) -> None:
    """A card is as large as its line needs, if letters are large before it comes or get so then."""
    before, font = qapp.font(), qapp.font()
    font.setPointSize(points)
    other_screens = OtherScreens(window, clock, ALL)
    other_screens.follow(pause(600), ALL)
    window.show()
    try:
        qapp.setFont(font)
        assert cut(other_screens) == []
        window.hide()
        window.show()
        assert cut(other_screens) == []
    finally:
        qapp.setFont(before)


def cut(other_screens: OtherScreens) -> list[QSize]:
    """Return the sizes of the visible cards that are too small for their line."""
    return [
        card.size()
        for card in other_screens.cards
        if card.line.height() < card.line.heightForWidth(card.line.width())
        or card.line.width() < card.line.minimumSizeHint().width()
    ]


def test_settings_change_the_colours(window: QWidget, clock: FakeClock) -> None:
    """A card uses a theme as soon as a person chooses it."""
    light, dark = (settings(screens="all", theme=theme) for theme in ("light", "dark"))
    other_screens = OtherScreens(window, clock, light)
    window.show()
    other_screens.follow(pause(), light)
    other_screens.follow(pause(), dark)
    assert lightness(other_screens) < 50
