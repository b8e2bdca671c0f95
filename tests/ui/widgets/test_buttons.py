"""The ring around the button that has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from safepause.ui.theme.palette import PALETTES, Palette
from safepause.ui.theme.scale import RING
from safepause.ui.theme.style_sheet import TARGET, style_sheet
from safepause.ui.widgets.buttons import ButtonStyle, button

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def _column(shown: QPushButton) -> list[str]:
    """Return the colours in its window from the upper edge of a button down, beside its words."""
    picture, place = shown.window().grab().toImage(), shown.geometry()
    x = place.center().x()
    return [QColor(picture.pixel(x, place.top() + y)).name() for y in range(8)]


@pytest.mark.parametrize("style", ButtonStyle)
@pytest.mark.parametrize("palette", PALETTES)
def test_ring_with_a_gap(qtbot: QtBot, palette: Palette, style: ButtonStyle) -> None:
    """A focused button has a ring of 3 px in the letters' colour, then a gap. Its size stays."""
    window = QWidget()
    window.setProperty("role", "ground")
    window.setStyleSheet(style_sheet(palette))
    qtbot.addWidget(window)
    shown, other = button("Hide", list, style), button("Other", list)
    column = QVBoxLayout(window)
    column.addWidget(shown)
    column.addWidget(other)
    window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = shown.size()
    assert _column(shown)[:RING] != [palette.ink] * RING  # its border has 1 px
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    colours = _column(shown)
    assert colours[:RING] == [palette.ink] * RING
    ground = QColor(colours[RING]).lightnessF()
    assert ground == pytest.approx(QColor(palette.bg1).lightnessF(), abs=0.1)
    assert shown.size() == before
    assert shown.height() >= TARGET
