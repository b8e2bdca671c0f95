"""The two dots: they part and meet, and stay inside their picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safepause.ui.theme.palette import PALETTES, Palette
from safepause.ui.theme.style_sheet import style_sheet
from safepause.ui.widgets.two_dots import FAR, MOST, OVERLAP, TwoDots

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("together", [-1.0, 0.0, 0.4, 1.0, 2.0])
def test_both_are_whole(qtbot: QtBot, together: float) -> None:
    """Each dot is inside the picture, however near they are."""
    shown = TwoDots(together)
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    assert 0 <= shown.together <= 1
    assert all(QRectF(shown.rect()).contains(dot) for dot in shown.dots())


def test_apart_and_met(qtbot: QtBot) -> None:
    """Apart, the dots stand at the two sides. Met, they overlap, and both are seen."""
    shown = TwoDots(0)
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    teal, sand = shown.dots()
    assert not teal.intersects(sand)
    shown.come(1)
    teal, sand = shown.dots()
    assert sand.left() - teal.left() == pytest.approx(teal.width() * OVERLAP)


@pytest.mark.parametrize("palette", PALETTES)
def test_colours(qtbot: QtBot, palette: Palette) -> None:
    """The left dot is teal and the right one sand, in the colours of the letters around them."""
    around = QWidget()
    around.setStyleSheet(style_sheet(palette))
    qtbot.addWidget(around)
    shown = TwoDots(0)
    QVBoxLayout(around).addWidget(shown)
    around.show()
    picture = shown.grab().toImage()
    for dot, tone in zip(shown.dots(), (palette.teal, palette.sand), strict=True):
        seen = QColor(picture.pixel(dot.center().toPoint()))
        assert abs(seen.hslHue() - QColor(tone).hslHue()) < 12


@pytest.mark.parametrize("height", [0, 20, 44, 300])
def test_one_that_fills_gives_way(qtbot: QtBot, height: int) -> None:
    """It asks for no height, and paints nothing if it gets little. It grows to its most."""
    shown = TwoDots(fills=True)
    qtbot.addWidget(shown)
    assert (shown.sizeHint().height(), shown.minimumSizeHint().height()) == (0, 0)
    shown.resize(700, height)
    teal, sand = shown.dots()
    assert teal.width() <= MOST
    assert sand.right() - teal.left() < FAR * MOST
    picture = QImage(700, max(1, height), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    shown.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    assert (picture.pixelColor(350, height // 2).alpha() > 0) == (height >= 44)
