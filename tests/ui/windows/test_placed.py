"""A window is whole, inside a screen, and stays so when the screen changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen

from safepause.ui.windows import placed
from safepause.ui.windows.placed import FRAME, Placed, room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

WHOLE = QRect(0, 0, 800, 800)
SMALL = QRect(0, 40, 500, 400)


class Monitor:
    """A screen whose room the test sets."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.free = WHOLE
        patch.setattr(placed, "room", lambda _screen: self.free)


@pytest.fixture
def monitor(monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """Return the screen of all windows."""
    return Monitor(monkeypatch)


@pytest.fixture
def window(qtbot: QtBot, monitor: Monitor) -> Iterator[Placed]:
    """Return a shown window in the middle of the screen."""
    assert monitor.free == WHOLE
    made = Placed()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.place(QGuiApplication.primaryScreen())
    made.show()
    yield made
    made.close()


def with_frame(window: Placed) -> QRect:
    """Return the place of a window with the room that is kept for its frame."""
    return QRect(window.frameGeometry().topLeft(), window.size() + FRAME)


def test_it_follows_a_screen_that_gets_smaller_and_larger(window: Placed, monitor: Monitor) -> None:
    """On a smaller screen the window is whole. Later it has its first size again."""
    monitor.free = SMALL
    window.stay_whole()
    assert SMALL.contains(with_frame(window))
    monitor.free = WHOLE
    window.stay_whole()
    assert window.size() == QSize(600, 500)
    assert WHOLE.contains(with_frame(window))


def test_a_screen_without_room_leaves_the_size(window: Placed, monitor: Monitor) -> None:
    """A screen that is off leaves no tiny window. Once it is on, the window is in its middle."""
    monitor.free = QRect(0, 0, 70, 70)
    window.stay_whole()
    assert window.size() == QSize(600, 500)
    assert window.pos() == QPoint(0, 0)
    monitor.free = WHOLE
    window.stay_whole()
    assert with_frame(window).center() == WHOLE.center()


def test_a_window_that_is_whole_stays(window: Placed, monitor: Monitor) -> None:
    """A window that a person has moved, and that is whole, is left there."""
    window.move(3, 4)
    monitor.free = WHOLE.adjusted(0, 0, 0, -20)
    window.stay_whole()
    assert window.pos() == QPoint(3, 4)


def test_a_hidden_window_waits(window: Placed, monitor: Monitor) -> None:
    """A hidden window is placed when it comes up, not when the screen changes."""
    window.hide()
    before = window.geometry()
    monitor.free = SMALL
    window.stay_whole()
    assert window.geometry() == before


@pytest.mark.parametrize("change", ["screenAdded", "screenRemoved"])
def test_it_hears_of_screens_that_come_and_go(
    window: Placed, qapp: QApplication, qtbot: QtBot, change: str
) -> None:
    """A screen that comes or goes has the window placed if it is not whole."""
    window.move(700, 700)
    getattr(qapp, change).emit(qapp.primaryScreen())
    qtbot.waitUntil(lambda: WHOLE.contains(with_frame(window)))


@pytest.mark.parametrize("change", ["geometryChanged", "availableGeometryChanged"])
def test_it_hears_of_screens_that_change(window: Placed, qtbot: QtBot, change: str) -> None:
    """A screen or panel that changes its size has the window placed if it is not whole."""
    window.move(700, 700)
    getattr(QGuiApplication.primaryScreen(), change).emit(WHOLE)
    qtbot.waitUntil(lambda: WHOLE.contains(with_frame(window)))


def test_scaled_room_ends_with_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """On X11, scaled by two, 33 pixels of panel are 17 of the window's, and the rest is free."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    screen = QGuiApplication.primaryScreen()
    monkeypatch.setattr(QScreen, "geometry", lambda _self: QRect(0, 0, 640, 400))
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _self: QRect(0, 33, 640, 384))
    monkeypatch.setattr(QScreen, "devicePixelRatio", lambda _self: 2.0)
    assert room(screen) == QRect(0, 17, 640, 383)
