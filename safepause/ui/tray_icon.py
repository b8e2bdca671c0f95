"""The tray icon: idle, paused with the share left as a ring, due; drawn for any panel.

The states differ in shape, not only in colour: two bars, a ring that empties around a dot, two dots
in a full ring. What colour the panel has, no desktop says; it is taken to follow the system's.
Painted, not rendered from SVG, whose library would be 2 MB more at rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPalette, QPixmap

from safepause.core.pause import Pause, State, state_of

STEPS = 20
"""How many pictures a ring takes from full to empty: few enough to cost nothing."""
SIZES = (16, 22, 24, 32, 48, 64)
"""What panels ask for, in pixels."""
UNITS = 24
"""The length of a side in the units of the drawing; below, everything is in them."""
MIDDLE = UNITS / 2
RADIUS = 9.5
"""The ring's."""
NARROW, WIDE = 2.2, 3.2
"""How wide the ring's line is."""
TOP = 90
"""Where twelve o'clock is, in degrees as Qt counts them."""
ROLE = QPalette.ColorRole.Window
"""The one colour of a palette that the drawing uses."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of the icon, of a middle lightness: each is seen on the other panel, too."""

    ink: str
    due: str


ON_LIGHT = Ink(ink="#35797c", due="#ae7018")
ON_DARK = Ink(ink="#6bb0ad", due="#d39f4b")


@dataclass(frozen=True, slots=True)
class Look:
    """What the icon shows."""

    state: State
    step: int = 0
    """How much of the pause is left, in `STEPS`; 0 unless paused."""


IDLE = Look(State.IDLE)


def look_of(pause: Pause | None, now: datetime) -> Look:
    """Return what the icon shows for a pause at `now`."""
    state = state_of(pause, now)
    if pause is None or state is not State.PAUSED:
        return Look(state)
    share = (pause.return_at - now) / max(pause.return_at - pause.started_at, timedelta(seconds=1))
    return Look(state, min(STEPS, max(1, ceil(share * STEPS))))


def icon(look: Look, *, dark: bool) -> QIcon:
    """Return the icon for a dark or a light panel, in all sizes that panels ask for."""
    found = QIcon()
    for size in SIZES:
        found.addPixmap(picture(look, ON_DARK if dark else ON_LIGHT, size))
    return found


def picture(look: Look, ink: Ink, size: int) -> QPixmap:
    """Return the icon in one size, in pixels."""
    made = QPixmap(size, size)
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / UNITS, size / UNITS)
    if look.state is State.DUE:
        _fill(painter, ink.due, _ring(WIDE), _dot(8.7, 2.7), _dot(15.3, 2.7))
    elif look.state is State.IDLE:
        _fill(painter, ink.ink, _ring(NARROW), _bar(9.5), _bar(14.5))
    else:
        painter.setOpacity(0.35)
        _fill(painter, ink.ink, _ring(NARROW))
        painter.setOpacity(1)
        _fill(painter, ink.ink, _ring(WIDE, look.step / STEPS), _dot(MIDDLE, 4.2))
    painter.end()
    return made


def _fill(painter: QPainter, colour: str, *shapes: QPainterPath) -> None:
    """Fill shapes with a colour.

    The brush is a palette's: to make a pen or a brush, Python builds all of `Qt`, which costs 24 ms
    of the start and 1 MB at rest.
    """
    palette = QPalette()
    palette.setColor(ROLE, QColor.fromString(colour))
    for shape in shapes:
        painter.fillPath(shape, palette.brush(ROLE))


def _ring(width: float, share: float = 1) -> QPainterPath:
    """Return a share of the ring, from the top on as clocks go."""
    outer, inner = _square(RADIUS + width / 2), _square(RADIUS - width / 2)
    path = QPainterPath()
    if share >= 1:
        path.addEllipse(outer)
        path.addEllipse(inner)
        return path
    path.arcMoveTo(outer, TOP)
    path.arcTo(outer, TOP, -360 * share)
    path.arcTo(inner, TOP - 360 * share, 360 * share)
    path.closeSubpath()
    return path


def _dot(x: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(x - radius, MIDDLE - radius, 2 * radius, 2 * radius))
    return path


def _bar(x: float) -> QPainterPath:
    """Return one of the two bars, with round ends."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(x - 1.2, 7.4, 2.4, 9.2), 1.2, 1.2)
    return path


def _square(radius: float) -> QRectF:
    """Return the square around a circle in the middle."""
    return QRectF(MIDDLE - radius, MIDDLE - radius, 2 * radius, 2 * radius)
