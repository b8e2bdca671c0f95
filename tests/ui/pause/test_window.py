"""The pause window as a window: its input, its focus, its timers and its size."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication

from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.rest_page import RestPage
from tests.ui.pause.scene import LONG_NAME, Scene
from tests.ui.samples import pause, record


def test_escape_hides(scene: Scene) -> None:
    """Esc hides the window and requests nothing else."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    asked = record(
        scene.window.undo_requested, scene.window.return_requested, scene.window.let_go_requested
    )
    hidden = record(scene.window.hidden_by_person)
    scene.wait(1)
    scene.key(Qt.Key.Key_Escape)
    assert not scene.window.isVisible()
    assert hidden == [()]
    assert asked == []


def test_closing_hides(scene: Scene) -> None:
    """Closing the window hides it. Shown again, it has the same page."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(20)
    scene.window.close()
    assert not scene.window.isVisible()
    scene.window.show_pause(pause(), fresh=False)
    scene.up()
    assert isinstance(scene.page, BreathingPage)
    assert scene.page.orb.running


def test_deaf_at_first(scene: Scene) -> None:
    """Keys and clicks of the first 0.7 s do nothing. Later ones work."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    heard = record(scene.window.undo_requested)
    scene.wait(0.69)
    scene.click("Undo a slip")
    scene.key(Qt.Key.Key_Escape)
    assert scene.window.isVisible()
    assert heard == []
    scene.wait(0.02)
    scene.click("Undo a slip")
    assert heard == [()]


def test_deaf_again(scene: Scene) -> None:
    """Each time the window comes up, it ignores input for a moment."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.up()
    scene.wait(1)
    scene.key(Qt.Key.Key_A)
    scene.up()
    scene.key(Qt.Key.Key_Escape)
    assert scene.window.isVisible()


def test_space_presses_nothing(scene: Scene) -> None:
    """No button has the focus at first, so Space and Enter press none."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.up()
    heard = record(scene.window.return_requested)
    scene.wait(1)
    scene.key(Qt.Key.Key_Space)
    scene.key(Qt.Key.Key_Return)
    assert heard == []


def test_enter_presses_the_focused(scene: Scene) -> None:
    """Enter presses the focused button, as Space does."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.up()
    scene.wait(1)
    heard = record(scene.window.return_requested)
    scene.button("We're both here").setFocus()
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Space)
    assert heard == [(), ()]


def test_tab_reaches_all(scene: Scene) -> None:
    """Tab reaches every button of the return page."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.up()
    scene.wait(1)
    reached = set()
    for _turn in range(6):
        scene.key(Qt.Key.Key_Tab)
        reached.add(scene.window.focusWidget().accessibleName())
    assert {"Hide", "We're both here", "Not ready yet", "Let it rest today"} <= reached


def test_nothing_ticks_hidden(scene: Scene) -> None:
    """A hidden or minimised window runs no timer."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(20)
    page = scene.page
    assert isinstance(page, BreathingPage)
    assert (page.orb.running, scene.ticking) == (True, True)
    scene.window.hide()
    assert (page.orb.running, scene.ticking) == (False, False)
    scene.up()
    assert (page.orb.running, scene.ticking) == (True, True)
    scene.window.showMinimized()
    assert (page.orb.running, scene.ticking) == (False, False)
    scene.window.showNormal()
    assert (page.orb.running, scene.ticking) == (True, True)


def test_hidden_through_the_breathing(scene: Scene) -> None:
    """A window that was hidden until after the breathing shows rest."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(20)
    scene.window.hide()
    scene.clock.move(minutes=6)
    scene.window.show_pause(pause(), fresh=False)
    scene.up()
    assert isinstance(scene.page, RestPage)


def test_no_focus_stolen(scene: Scene) -> None:
    """A window that comes up by itself asks for no focus, and stays on top."""
    scene.clock.move(minutes=30)
    scene.window.show_return(pause())
    scene.window.bring_up(steal_focus=False)
    assert scene.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    scene.window.bring_up(steal_focus=True)
    assert not scene.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert scene.window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint


@pytest.mark.parametrize("name", [LONG_NAME, "Ж" * 60, "👩‍❤️‍👩" * 7, "<b>&amp;</b>", "אלכסנדרה"])
def test_any_name_fits(scene: Scene, name: str) -> None:
    """Whatever the name, the first page needs no scroll bar, and shows markup as text."""
    scene.window.show_pause(replace(pause(), id=UUID(int=2), called_by=name), fresh=True)
    scene.up()
    scene.settle()
    assert f"\u2068{name}\u2069 asked for a pause" in scene.texts()
    page = scene.page
    assert isinstance(page, BreathingPage)
    assert page.title.textFormat() is Qt.TextFormat.PlainText
    assert not page.area.verticalScrollBar().isVisible()
    assert not page.area.horizontalScrollBar().isVisible()


def test_small_screen_scrolls(scene: Scene) -> None:
    """On a small screen, the page scrolls and cuts nothing off."""
    scene.window.show_restart()
    scene.up()
    scene.window.setMinimumSize(0, 0)
    scene.window.resize(QSize(300, 160))
    scene.settle()
    body = scene.page.area.widget()
    assert body is not None
    least = scene.page.column.totalHeightForWidth(body.width())
    assert body.height() >= least > scene.page.area.height()


def test_within_the_screen(scene: Scene) -> None:
    """The window comes up inside the screen."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert QGuiApplication.primaryScreen().availableGeometry().contains(scene.window.geometry())


@pytest.mark.parametrize("kind", ["return", "restart", "no more time"])
def test_the_main_action_is_in_sight_in_any_window(scene: Scene, kind: str) -> None:
    """In a window too small for its page, the main button is whole, and the page scrolls."""
    scene.clock.move(minutes=30)
    if kind == "return":
        scene.window.show_return(pause())
    elif kind == "restart":
        scene.window.show_restart()
    else:
        scene.window.show_more_time(replace(pause(), extensions=2))
    scene.up()
    main = scene.button("Next" if kind == "restart" else "We're both here")
    scene.window.setMinimumSize(0, 0)  # as on a small screen
    for size in (QSize(300, 160), QSize(760, 560), QSize(300, 160)):
        scene.window.resize(size)
        scene.settle()
        assert main.visibleRegion().boundingRect().size() == main.size()
    assert scene.page.area.verticalScrollBar().maximum() > 0
    scene.window.resize(QSize(760, 760))
    scene.settle()
    body = scene.page.area.widget()
    assert body is not None
    assert body.isAncestorOf(main)


@pytest.mark.parametrize("kind", ["breathing", "rest", "return"])
def test_a_narrow_window_needs_no_sideways_scrolling(scene: Scene, kind: str) -> None:
    """At 300 % on a small screen, what is side by side elsewhere is one below the other."""
    if kind == "return":
        scene.clock.move(minutes=30)
        scene.window.show_return(pause())
    else:
        scene.window.show_pause(pause(), fresh=kind == "breathing")
    scene.up()
    if kind == "rest":
        scene.wait(1)
        scene.click("Just rest")
    scene.window.resize(QSize(410, 208))
    scene.settle()
    assert scene.page.area.horizontalScrollBar().maximum() == 0
