"""The pictures of the tray icon, drawn from SVG: idle, paused and due.

The states differ in shape, not only in colour: two bars, a ring that empties around a dot, and two
dots in a full ring. No desktop says which colour its panel has, so the icon follows the system's
colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil, tau
from string import Template

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from safepause.assets import resource
from safepause.core.pause import Pause, State, state_of

STEPS = 20
"""The number of pictures from a full ring to an empty one."""
SIZES = (16, 22, 24, 32, 48, 64)
"""The sizes that panels ask for, in pixels."""
RADIUS = 9.5
"""The radius of the ring, in the units of the SVG."""


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


def svg(shown: IconState, ink: Ink) -> bytes:
    """Return the picture as SVG."""
    around = tau * RADIUS
    left = around * shown.step / STEPS
    return (
        Template(_template(shown.state))
        .substitute(
            ink=ink.ink,
            due=ink.due,
            left=f"{left:.2f}",
            gone=f"{around - left + 0.01:.2f}",
        )
        .encode()
    )


def icon(shown: IconState, *, dark: bool) -> QIcon:
    """Return the icon for a dark or a light panel, in all `SIZES`."""
    renderer = QSvgRenderer(QByteArray(svg(shown, ON_DARK if dark else ON_LIGHT)))
    found = QIcon()
    for size in SIZES:
        picture = QPixmap(size, size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        found.addPixmap(picture)
    return found


def read_pictures() -> None:
    """Read the picture of every state; no file is read after that."""
    for state in State:
        _template(state)


@cache
def _template(state: State) -> str:
    return resource("icons", f"tray-{state.value}.svg").read_text(encoding="utf-8")
