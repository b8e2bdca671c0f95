"""The agreement as one page of A4 to print: a PDF, made by Qt."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter

from safepause.i18n.language import _
from safepause.ui.widgets.labels import breakable

RESOLUTION = 300
"""Dots in an inch."""
_MARGIN_MM = 20
_LARGEST, _SMALLEST = 20.0, 6.0
"""The sizes of letters, in points, between which the page looks for the largest that fits."""
_STEP = 0.5
_TO_SIGN = "_" * 32
_WORDS = Qt.TextFlag.TextWordWrap


def agreement_page(sentences: tuple[str, ...], names: tuple[str, ...], said: str) -> bytes:
    """Return a PDF of one page with these sentences, and a line for each of the names to sign.

    Without a name, the line stands alone. `said` comes below, if there is something to say.
    """
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(_("Our pause agreement"))
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    paragraphs = [
        (_("Our pause agreement"), 1.7, True),
        *(
            (f"{number}.  {breakable(text)}", 1.0, False)
            for number, text in enumerate(sentences, 1)
        ),
        *((f"\n{_TO_SIGN}\n{breakable(name)}", 0.75, False) for name in names),
        *([(said, 0.75, False)] if said else []),
    ]
    _paint(painter, QRectF(0, 0, writer.width(), writer.height()), paragraphs)
    painter.end()
    buffer.close()
    return bytes(content.data())


def _paint(painter: QPainter, page: QRectF, paragraphs: list[tuple[str, float, bool]]) -> None:
    """Paint the page with the largest letters at which everything is on it."""
    size = _LARGEST
    while size > _SMALLEST and _height(painter, page, paragraphs, size) > page.height():
        size -= _STEP
    top = 0.0
    for text, factor, bold in paragraphs:
        font = _font(painter, size * factor, bold=bold)
        painter.setFont(font)
        room = QRectF(0, top, page.width(), page.height() - top)
        used = painter.drawText(room, _WORDS, text)
        top += used.height() + _space(painter, size)


def _height(
    painter: QPainter, page: QRectF, paragraphs: list[tuple[str, float, bool]], size: float
) -> float:
    total = 0.0
    for text, factor, bold in paragraphs:
        metrics = QFontMetricsF(_font(painter, size * factor, bold=bold), painter.device())
        total += metrics.boundingRect(page, _WORDS, text).height() + _space(painter, size)
    return total


def _space(painter: QPainter, size: float) -> float:
    return QFontMetricsF(_font(painter, size, bold=False), painter.device()).lineSpacing()


def _font(painter: QPainter, size: float, *, bold: bool) -> QFont:
    font = QFont(painter.font())
    font.setPointSizeF(size)
    font.setBold(bold)
    return font
