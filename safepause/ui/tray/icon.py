"""The pictures of the tray icon: idle, paused and due.

The states differ in shape, not only in colour: two dots that meet, two bars in a ring that empties,
and two dots that meet in a full disc. Neither dot stands in front of the other: where they meet,
both are seen. No desktop says which colour its panel has, so the icon follows the system's colours.
The pictures are painted here. SVG files would need QtSvg, which takes 1.4 MB.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPalette, QPixmap

from safepause.core.pause import Pause, State, state_of

STEPS = 20
"""The number of pictures from a full ring to an empty one."""
SIZES = (16, 22, 24, 32, 48, 64)
"""The sizes that panels ask for, in pixels."""
UNITS = 24
"""The length of a side in the units of the drawing. All lengths below are in these units."""
MIDDLE = UNITS / 2
RADIUS = 10.0
"""The radius of the ring."""
NARROW, WIDE = 2.2, 3.0
"""The widths of the ring's line: of the time that has passed, and of the time that is left."""
DISC = 11.7
"""The radius of the disc."""
FAINT = 0.35
"""The opacity of the part of the ring that has passed."""
TOP = 90
"""Twelve o'clock in degrees, as Qt counts them."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of the icon. Their lightness is medium: any panel shows them."""

    ink: str
    due: str


ON_LIGHT = Ink(ink="#35797c", due="#ae7018")
ON_DARK = Ink(ink="#6bb0ad", due="#d39f4b")


@dataclass(frozen=True, slots=True)
class IconState:
    """What the icon shows."""

    state: State
    step: int = 0
    """How much of the pause is left, from 1 to `STEPS`. It is 0 unless paused."""


IDLE = IconState(State.IDLE)


def icon_state(pause: Pause | None, now: datetime) -> IconState:
    """Return the state of the icon for a pause at `now`."""
    state = state_of(pause, now)
    if pause is None or state is not State.PAUSED:
        return IconState(state)
    share = (pause.return_at - now) / max(pause.return_at - pause.started_at, timedelta(seconds=1))
    return IconState(state, min(STEPS, max(1, ceil(share * STEPS))))


def icon(shown: IconState, *, dark: bool) -> QIcon:
    """Return the icon for a dark or a light panel, in all `SIZES`."""
    found = QIcon()
    for size in SIZES:
        found.addPixmap(painted(shown, ON_DARK if dark else ON_LIGHT, size))
    return found


def painted(shown: IconState, ink: Ink, size: int) -> QPixmap:
    """Return the icon in one size, in pixels."""
    made = QPixmap(size, size)
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / UNITS, size / UNITS)
    if shown.state is State.DUE:
        _fill(painter, ink.due, _odd(_square(DISC), *_two_dots(5.2, 3.4)))
    elif shown.state is State.IDLE:
        _fill(painter, ink.ink, _odd(*_two_dots(6.9, 4.5)))
    else:
        painter.setOpacity(FAINT)
        _fill(painter, ink.ink, _ring(NARROW))
        painter.setOpacity(1)
        _fill(painter, ink.ink, _ring(WIDE, shown.step / STEPS), _bar(7.5), _bar(13.5))
    painter.end()
    return made


def _fill(painter: QPainter, colour: str, *shapes: QPainterPath) -> None:
    """Fill shapes with a colour.

    The brush comes from a palette: to make a brush or a pen, PySide needs all of `Qt`, which takes
    24 ms of the start.
    """
    role = QPalette.ColorRole.Window
    palette = QPalette()
    palette.setColor(role, QColor.fromString(colour))
    for shape in shapes:
        painter.fillPath(shape, palette.brush(role))


def _ring(width: float, share: float = 1) -> QPainterPath:
    """Return a share of the ring, clockwise from the top."""
    outer, inner = _square(RADIUS + width / 2), _square(RADIUS - width / 2)
    if share >= 1:
        return _odd(outer, inner)
    path = QPainterPath()
    path.arcMoveTo(outer, TOP)
    path.arcTo(outer, TOP, -360 * share)
    path.arcTo(inner, TOP - 360 * share, 360 * share)
    path.closeSubpath()
    return path


def _two_dots(radius: float, apart: float) -> tuple[QRectF, QRectF]:
    """Return the squares around two dots, each `apart` from the middle."""
    square = _square(radius)
    return square.translated(-apart, 0), square.translated(apart, 0)


def _odd(*around: QRectF) -> QPainterPath:
    """Return what lies in an odd number of circles: a path in Qt is filled so."""
    path = QPainterPath()
    for square in around:
        path.addEllipse(square)
    return path


def _bar(left: float) -> QPainterPath:
    """Return one of the two bars, with round ends. At 16 pixels its sides are sharp."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(left, 7.5, 3, 9), 1.5, 1.5)
    return path


def _square(radius: float) -> QRectF:
    """Return the square around a circle in the middle."""
    return QRectF(MIDDLE - radius, MIDDLE - radius, 2 * radius, 2 * radius)
