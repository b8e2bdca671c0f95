"""What a click brings up is in sight, however low the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QSize

from tests.ui.every_window import VIEWS
from tests.ui.view import letters, press, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

VIEW = {view.name: view for view in VIEWS}


@pytest.mark.parametrize("points", [10, 20])
@pytest.mark.parametrize(
    ("name", "pressed"),
    [
        ("history", "Save a copy\u2026"),
        ("history", "Forget everything\u2026"),
        ("agreement", "We both agree"),
        ("agreement", "Print"),
        ("calm-check", "Tap along"),
        ("settings-breathing-own", "Add a pattern"),
    ],
)
def test_a_question_is_in_sight_in_the_smallest_window(
    qtbot: QtBot, name: str, pressed: str, points: int
) -> None:
    """The answer that has the keyboard is whole, and does not wait below the lower edge."""
    with letters(points), shown(VIEW[name], QSize(480, 420)) as window:
        press(window, pressed)

        def is_whole() -> bool:
            focused = cast("QWidget | None", window.focusWidget())
            return focused is not None and (
                focused.visibleRegion().boundingRect() == focused.rect()
            )

        qtbot.waitUntil(is_whole)
