"""What all windows but the pause window share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton

from safepause.ui.windows.base import Window
from tests.ui.samples import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

SIZE = QSize(400, 300)


def lightness(window: Window) -> int:
    """Return the lightness of the window's background, from 0 to 255."""
    return window.grab().toImage().pixelColor(5, 5).lightness()


@pytest.mark.parametrize(("theme", "dark"), [("system", True), ("light", False)])
def test_the_system_turns_dark(
    qtbot: QtBot, turn_dark: Callable[[], None], theme: str, *, dark: bool
) -> None:
    """An open window turns dark with the system, unless a person has chosen a theme."""
    window = Window(settings(theme=theme), SIZE)
    qtbot.addWidget(window)
    window.bring_up()
    assert lightness(window) > 200
    turn_dark()
    assert (lightness(window) < 50) is dark


def test_the_palette_alone_turns_dark(
    qtbot: QtBot, turn_palette: Callable[[QPalette], None], larger_letters: Callable[[], None]
) -> None:
    """A window follows a desktop that names no colour scheme, and the size of its letters."""
    window = Window(settings(theme="system"), SIZE)
    qtbot.addWidget(window)
    window.bring_up()
    turn_palette(QPalette(QColor("#222222")))
    assert lightness(window) < 50
    before = window.styleSheet()
    larger_letters()
    assert window.styleSheet() != before


def test_settings_change_the_colours(qtbot: QtBot) -> None:
    """An open window uses a theme as soon as a person chooses it."""
    window = Window(settings(theme="light"), SIZE)
    qtbot.addWidget(window)
    window.bring_up()
    window.use(settings(theme="dark"))
    assert lightness(window) < 50


def test_close_closes(qtbot: QtBot) -> None:
    """The button "Close" closes the window."""
    window = Window(settings(), SIZE)
    qtbot.addWidget(window)
    button = window.close_button()
    assert isinstance(button, QPushButton)
    window.bottom.addWidget(button)
    window.bring_up()
    button.click()
    assert not window.isVisible()
