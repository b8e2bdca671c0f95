"""Where the buttons of the pause window stand: at the lower edge, and always in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QPushButton

from safepause.ui.pause.breathing_page import BreathingPage, Part
from tests.ui.samples import pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.pause.scene import Scene

PAGES = ["call", "breathing", "rest", "return", "new times", "no more time", "restart"]
UNDER_A_NOTIFICATION = 170
"""How far a large notification reaches into a window at the upper edge of the screen, in pixels."""


def _show(scene: Scene, kind: str) -> None:
    """Show a page in a window that is up."""
    if kind == "return":
        scene.clock.move(minutes=30)
        scene.window.show_return(pause())
    elif kind == "new times":
        scene.window.show_more_time(pause())
    elif kind == "no more time":
        scene.window.show_more_time(replace(pause(), extensions=2))
    elif kind == "restart":
        scene.window.show_restart()
    else:
        scene.window.show_pause(pause(), fresh=True)
    scene.up()
    if kind == "rest":
        scene.wait(6)
        scene.click("Just rest")
    if kind == "breathing":
        scene.wait(6)
    scene.settle()


def _buttons(scene: Scene) -> list[QPushButton]:
    found = scene.page.findChildren(QPushButton)
    return [button for button in found if button.isVisibleTo(scene.window)]


def _whole(button: QPushButton) -> bool:
    """Tell whether a button is in sight, from edge to edge."""
    return button.visibleRegion().boundingRect().size() == button.size()


@pytest.mark.parametrize("kind", PAGES)
def test_no_button_stands_where_notifications_come(scene: Scene, kind: str) -> None:
    """A desktop's notification along the upper edge of the window covers no answer.

    While nothing is asked, Hide and Quick exit may stand there.
    """
    _show(scene, kind)
    asks = kind not in {"call", "breathing"}
    leave = () if asks else ("Hide", "Quick exit")
    buttons = [each for each in _buttons(scene) if each.accessibleName() not in leave]
    assert buttons
    for button in buttons:
        top = button.mapTo(scene.window, QPoint(0, 0)).y()
        assert top >= UNDER_A_NOTIFICATION, button.accessibleName()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("call", {"Undo a slip", "Hide"}),
        ("rest", {"Hide"}),
        ("return", {"We're both here", "Hide"}),
        ("new times", {"Back"}),
        ("no more time", {"We're both here", "Back"}),
        ("restart", {"Pause again", "Next"}),
    ],
)
def test_what_matters_is_in_sight_in_any_window(scene: Scene, kind: str, names: set[str]) -> None:
    """In a window too small for its page, these buttons are whole, and each can be clicked."""
    _show(scene, kind)
    for size in (QSize(420, 208), QSize(760, 560), QSize(420, 208)):
        scene.window.resize(size)
        scene.settle()
        whole = {each.accessibleName() for each in _buttons(scene) if _whole(each)}
        assert names <= whole
    assert scene.page.area.verticalScrollBar().maximum() > 0
    scene.window.resize(QSize(760, 800))
    scene.settle()
    assert all(_whole(each) for each in _buttons(scene))
    body = scene.page.area.widget()
    assert body is not None
    assert all(body.isAncestorOf(each) for each in _buttons(scene))


def test_a_hidden_undo_takes_no_room_below(scene: Scene) -> None:
    """In a small window, Undo goes after ten seconds, and Hide stays in sight."""
    _show(scene, "call")
    scene.window.resize(QSize(420, 208))
    scene.wait(11)
    scene.settle()
    whole = {each.accessibleName() for each in _buttons(scene) if _whole(each)}
    assert "Hide" in whole
    assert not scene.has_button("Undo a slip")


def test_the_window_grows_with_its_page(scene: Scene, larger_letters: Callable[[], None]) -> None:
    """If a later part of a page needs more room, the window takes it, and nothing scrolls."""
    larger_letters()
    _show(scene, "call")
    page = scene.page
    assert isinstance(page, BreathingPage)
    for number in range(4):
        page.add_choice(QPushButton(f"An answer that is long: {number}"))
    scene.settle()
    before = scene.window.height()
    scene.wait(6)
    scene.settle()
    assert page.part is Part.BREATHING
    assert scene.window.height() > before
    assert all(_whole(each) for each in _buttons(scene))


def test_a_window_with_large_letters_is_wide(
    scene: Scene, larger_letters: Callable[[], None]
) -> None:
    """With large letters the window takes the width that the screen has, and stays inside it."""
    _show(scene, "call")
    usual = scene.window.width()
    scene.window.hide()
    larger_letters()
    _show(scene, "call")
    screen = scene.window.screen().availableGeometry()
    assert usual < scene.window.width() <= screen.width()
