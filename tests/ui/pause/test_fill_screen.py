"""The setting with which a pause fills the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.samples import pause, settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pause.scene import Scene


def test_a_pause_does_not_fill_the_screen_by_itself(scene: Scene) -> None:
    """Without the setting, the window has its own size."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert not scene.window.isFullScreen()
    assert scene.window.width() < scene.window.screen().geometry().width()


def test_a_pause_fills_the_screen_if_that_is_set(scene: Scene, qtbot: QtBot) -> None:
    """With the setting, the window has the size of its screen, and hides as ever."""
    scene.window.use(settings(fill_screen=True))
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert scene.window.isFullScreen()
    whole = scene.window.screen().geometry()
    qtbot.waitUntil(lambda: scene.window.geometry() == whole)
    scene.wait(2)  # in its first moment, the window takes no click
    scene.click("Hide")
    assert not scene.window.isVisible()


def test_a_shown_pause_keeps_its_size(scene: Scene) -> None:
    """The setting is followed when the window comes up the next time, not under a person's eyes."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.window.use(settings(fill_screen=True))
    scene.up()
    assert not scene.window.isFullScreen()
    scene.window.hide()
    scene.up()
    assert scene.window.isFullScreen()
    scene.window.hide()
    scene.window.use(settings(fill_screen=False))
    scene.up()
    assert not scene.window.isFullScreen()


def test_letters_grow_with_the_window(scene: Scene) -> None:
    """In a window that fills a large screen, letters are up to 1.8 times as large; the orb, too."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert scene.page.fitting.scale == 1.0
    scene.window.resize(1400, 1080)
    scene.settle()
    assert scene.page.fitting.scale == 1.8
    scene.window.resize(760, 560)
    scene.settle()
    assert scene.page.fitting.scale == 1.0
