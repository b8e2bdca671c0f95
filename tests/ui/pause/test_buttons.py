"""Where the buttons of the pause window stand: at the lower edge, and always in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtWidgets import QPushButton

from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.breathing_parts import Part
from tests.ui.samples import pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

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


class Layouts(QObject):
    """Counts how often Qt is asked for a layout."""

    asked = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  -- Qt's own
        """Count, and let the event pass."""
        self.asked += event.type() is QEvent.Type.LayoutRequest
        return False


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_comes_to_rest(scene: Scene, qapp: QApplication, kind: str) -> None:
    """Once a page stands, Qt is not asked for a layout again, so the page costs nothing."""
    _show(scene, kind)
    layouts = Layouts()
    qapp.installEventFilter(layouts)
    for _turn in range(30):
        layouts.asked = 0
        qapp.processEvents()
    qapp.removeEventFilter(layouts)
    assert layouts.asked == 0


@pytest.mark.parametrize("kind", PAGES)
def test_no_button_stands_where_notifications_come(scene: Scene, kind: str) -> None:
    """A desktop's notification along the upper edge of the window covers no answer.

    While nothing is asked, Hide may stand there.
    """
    _show(scene, kind)
    asks = kind not in {"call", "breathing"}
    buttons = [each for each in _buttons(scene) if asks or each.accessibleName() != "Hide"]
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
    scene.window.setMinimumSize(0, 0)  # as on a small screen
    for size in (QSize(420, 208), QSize(760, 560), QSize(420, 208)):
        scene.window.resize(size)
        scene.settle()
        whole = {each.accessibleName() for each in _buttons(scene) if _whole(each)}
        assert names <= whole
    scrolls = scene.page.area.verticalScrollBar().maximum() > 0
    assert scrolls or all(_whole(each) for each in _buttons(scene))
    scene.window.resize(QSize(760, 800))
    scene.settle()
    assert all(_whole(each) for each in _buttons(scene))
    body = scene.page.area.widget()
    assert body is not None
    assert all(body.isAncestorOf(each) for each in _buttons(scene))


def test_a_hidden_undo_takes_no_room_below(scene: Scene) -> None:
    """In a small window, Undo goes after ten seconds, and Hide stays in sight."""
    _show(scene, "call")
    scene.window.setMinimumSize(0, 0)  # as on a small screen
    scene.window.resize(QSize(420, 208))
    scene.wait(11)
    scene.settle()
    whole = {each.accessibleName() for each in _buttons(scene) if _whole(each)}
    assert "Hide" in whole
    assert not scene.has_button("Undo a slip")


def test_the_window_grows_with_its_page(scene: Scene) -> None:
    """If a later part of a page needs more room, the window takes it, and nothing scrolls."""
    _show(scene, "call")
    page = scene.page
    assert isinstance(page, BreathingPage)
    for number in range(6):
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
