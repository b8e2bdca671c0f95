"""The connections inside the pause window: each signal and each timer has its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QCursor, QPalette

from safepause.core.restart import Step
from safepause.ui.pause.background import Background
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.breathing_parts import Part
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from tests.fakes import EVENING
from tests.ui.pause.scene import Scene
from tests.ui.samples import pause, record, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

    from safepause.ui.pause.page import Page

LATER = 700
"""Milliseconds after which a window that came below the pointer takes the keyboard."""


class DesktopCloses(QCloseEvent):
    """A close event from the desktop, not from the program."""

    def spontaneous(self) -> bool:
        """Return that the desktop has sent it."""
        return True


@pytest.mark.parametrize("kind", [BreathingPage, RestPage, ReturnPage, RestartPage])
def test_hide_hides(scene: Scene, kind: type[Page]) -> None:
    """The button "Hide" of each page that has it hides the window, and this is told."""
    if kind is RestPage:
        scene.clock.move(minutes=10)
    if kind is ReturnPage:
        scene.clock.move(minutes=30)
        scene.window.show_return(pause())
    elif kind is RestartPage:
        scene.window.show_restart()
    else:
        scene.window.show_pause(pause(), fresh=kind is BreathingPage)
    scene.up()
    assert isinstance(scene.page, kind)
    scene.wait(1)
    hidden = record(scene.window.hidden_by_person)
    scene.click("Hide")
    assert not scene.window.isVisible()
    assert hidden == [()]


def test_only_a_close_by_the_desktop_is_told(scene: Scene) -> None:
    """`hidden_by_person` is emitted if the desktop closes the window, not if the program does."""
    scene.window.show_restart()
    scene.up()
    hidden = record(scene.window.hidden_by_person)
    scene.window.close()
    assert hidden == []
    scene.window.closeEvent(DesktopCloses())
    assert hidden == [()]


@pytest.mark.parametrize("below_pointer", [False, True])
def test_a_return_takes_the_keyboard_once_it_is_there(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, *, below_pointer: bool
) -> None:
    """A window that came by itself takes the keyboard later. Below the pointer, it waits longer."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.window.bring_up(steal_focus=False)
    place = scene.window.frameGeometry()
    pointer = place.center() if below_pointer else place.topLeft() - QPoint(1, 0)
    monkeypatch.setattr(QCursor, "pos", lambda: pointer)
    handle = scene.window.windowHandle()
    scene.window.painted.emit()
    assert handle.property("_q_showWithoutActivating") is below_pointer
    [later] = [each for each in scene.window.findChildren(QTimer) if each.interval() == LATER]
    assert later.isActive() is below_pointer
    later.timeout.emit()
    assert not handle.property("_q_showWithoutActivating")
    scene.window.hide()
    assert not later.isActive()


def test_the_timer_updates_the_page(scene: Scene) -> None:
    """When the window's timer fires after five seconds, the breathing starts."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    timers = [each for each in scene.window.children() if isinstance(each, QTimer)]
    [timer] = [each for each in timers if each.isActive() and each.interval() > 0]
    assert timer.interval() == 5000
    scene.clock.move(seconds=5)
    timer.timeout.emit()
    assert isinstance(scene.page, BreathingPage)
    assert scene.page.part is Part.BREATHING


def test_the_return_page_goes_if_the_clock_is_set_back(scene: Scene) -> None:
    """If the return is in the future again, the window shows the pause."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.clock.set(EVENING)
    scene.window.refresh()
    assert isinstance(scene.page, RestPage)


def test_the_choice_of_a_time_takes_the_keyboard(scene: Scene) -> None:
    """A window past the window manager returns to it, so that a person can type a time."""
    bypass = Qt.WindowType.BypassWindowManagerHint
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.window.bring_up(steal_focus=False, unmanaged=True)
    assert scene.window.windowFlags() & bypass
    scene.wait(1)
    scene.click("Not ready yet")
    assert isinstance(scene.page, ExtendPage)
    assert not scene.window.windowFlags() & bypass
    assert scene.window.isVisible()


def test_the_palette_alone_turns_dark(
    scene: Scene, turn_palette: Callable[[QPalette], None], larger_letters: Callable[[], None]
) -> None:
    """The window follows a desktop that names no colour scheme, and the size of its letters."""
    scene.window.use(settings(theme="system"))
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    turn_palette(QPalette(QColor("#222222")))
    assert scene.window.grab().toImage().pixelColor(5, 5).lightness() < 50
    before = scene.window.styleSheet()
    larger_letters()
    assert scene.window.styleSheet() != before


def test_the_system_turns_dark(qtbot: QtBot, turn_dark: Callable[[], None]) -> None:
    """With the theme "system", the window and its orb turn dark with the system."""
    scene = Scene(theme="system", motion="full")
    qtbot.addWidget(scene.window)
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    page = scene.page
    assert isinstance(page, BreathingPage)

    def lightness() -> list[int]:
        pictures = [scene.window.grab().toImage(), page.orb.grab().toImage()]
        return [picture.pixelColor(5, 5).lightness() for picture in pictures]

    assert min(lightness()) > 200
    turn_dark()
    assert max(lightness()) < 50
    scene.window.close()


def test_scrolling_draws_the_background_behind_the_orb_again(
    scene: Scene, larger_letters: Callable[[], None]
) -> None:
    """With large letters in a small window, the orb's background fits the window's everywhere."""
    larger_letters()
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.window.resize(scene.window.minimumSize())
    scene.settle()
    page = scene.page
    assert isinstance(page, BreathingPage)
    scene.window.grab()
    bar = page.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    shown = scene.window.grab().toImage()
    page.orb.redraw()
    assert scene.window.grab().toImage() == shown


def test_autostart_is_requested(scene: Scene) -> None:
    """The answer "Yes" to the offer is passed on, and its outcome replaces the question."""
    page = scene.window.show_restart()
    page.offer_autostart()
    scene.up()
    assert "Start SafePause with your computer?" not in scene.texts()
    page.show_step(Step.CLOSE)
    scene.wait(1)
    wanted = record(page.autostart_wanted)
    assert "Start SafePause with your computer?" in scene.texts()
    scene.click("Yes")
    assert wanted == [()]
    page.say_autostart("SafePause starts with your computer now.")
    assert "SafePause starts with your computer now." in scene.texts()
    assert not scene.has_button("Yes")
    assert not scene.has_button("Not now")


def test_autostart_is_declined(scene: Scene) -> None:
    """The answer "Not now" hides the offer, and asks for nothing."""
    page = scene.window.show_restart()
    page.offer_autostart()
    scene.up()
    assert "Start SafePause with your computer?" not in scene.texts()
    page.show_step(Step.CLOSE)
    scene.wait(1)
    wanted = record(page.autostart_wanted)
    scene.click("Not now")
    page.say_autostart("SafePause doesn't start with your computer.")
    assert wanted == []
    assert not any("with your computer" in text for text in scene.texts())


def test_settings_reach_a_running_session(scene: Scene) -> None:
    """Changed settings change the colours, and slow the frames of a session that runs."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    page = scene.page
    assert isinstance(page, BreathingPage)
    [timer] = page.orb.findChildren(QTimer)
    assert timer.interval() == 33
    scene.window.use(settings(theme="dark", motion="less"))
    assert timer.interval() == 334
    assert scene.window.grab().toImage().pixelColor(5, 5).lightness() < 50


def test_each_time_the_window_comes_up_its_first_frame_is_told(
    scene: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`painted` is emitted once for each request, after the frame, for a visible window, too."""
    order: list[str] = []
    paint = Background.paintEvent

    def paint_event(window: Background, event: QPaintEvent) -> None:
        paint(window, event)
        order.append("frame")

    monkeypatch.setattr(Background, "paintEvent", paint_event)
    scene.window.painted.connect(lambda: order.append("told"))
    scene.window.show_pause(pause(), fresh=True)
    for times in (1, 2):
        scene.up()
        assert order.count("told") == times - 1
        qtbot.waitUntil(lambda times=times: order.count("told") == times)  # type: ignore[misc]
        assert order[-2:] == ["frame", "told"]
        scene.window.repaint()
        scene.settle()
    assert order.count("told") == 2
