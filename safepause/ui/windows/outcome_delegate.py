"""Paints a past pause: a mark, its sentence, and its time below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from safepause.ui.theme.scale import CORNER, RING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

MET = Qt.ItemDataRole.UserRole
"""The role that says whether the two came back."""
_TEAL, _SAND = QColor("#7fb3b0"), QColor("#ecd3b0")
_MARK, _LEFT, _TEXT = 16, 6, 40
"""The size of the mark, the room before it, and where the words begin, in pixels."""
_PADDING = 8


class OutcomeDelegate(QStyledItemDelegate):
    """Paints two halves for a couple that came back, and an empty ring for one that let it rest."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for two lines."""
        return QSize(0, max(44, 2 * option.fontMetrics.height() + 2 * _PADDING))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Midlight))
        ink = palette.color(QPalette.ColorRole.WindowText)
        if option.state & QStyle.StateFlag.State_HasFocus:
            _paint_ring(painter, option.rect, ink)
        _paint_mark(painter, option.rect, ink, met=bool(index.data(MET)))
        sentence, _newline, time = str(index.data()).partition("\n")
        room = option.rect.adjusted(_TEXT, _PADDING, -_PADDING, -_PADDING)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        _paint_line(painter, room, font, ink, sentence, Qt.AlignmentFlag.AlignTop)
        _paint_line(painter, room, option.font, ink, time, Qt.AlignmentFlag.AlignBottom)
        painter.restore()


def _paint_ring(painter: QPainter, rect: QRect, ink: QColor) -> None:
    """Paint the ring around the row that has the keyboard."""
    half = RING / 2
    painter.setPen(QPen(ink, RING))
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), CORNER, CORNER)


def _paint_line(  # noqa: PLR0913, PLR0917  -- one line of text, as Qt asks for it
    painter: QPainter,
    room: QRect,
    font: QFont,
    ink: QColor,
    text: str,
    edge: Qt.AlignmentFlag,
) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, edge | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_mark(painter: QPainter, rect: QRect, ink: QColor, *, met: bool) -> None:
    middle = QPointF(rect.left() + _LEFT + _MARK / 2, rect.center().y())
    circle = QRectF(0, 0, _MARK, _MARK)
    circle.moveCenter(middle)
    if met:
        inside = circle.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TEAL)
        painter.drawPie(inside, 90 * 16, 180 * 16)
        painter.setBrush(_SAND)
        painter.drawPie(inside, 270 * 16, 180 * 16)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.4))
    painter.drawEllipse(circle)
