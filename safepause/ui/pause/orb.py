"""The orb: a ball that grows and shrinks with the breath, inside a ring that counts down.

The picture of the ball is made once and scaled in each frame. The pictures of background, ring and
words are made only when they change. The timer runs only while the orb can be seen. If a person
wants less motion, the ball keeps its size and changes its opacity slowly.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from safepause.core.breathing import Phase, Session
from safepause.i18n.language import _
from safepause.i18n.words import phase
from safepause.ui.pause.orb_painting import (
    RING,
    Words,
    draw_ball,
    draw_ground,
    draw_words,
    rim_colour,
)
from safepause.ui.theme.style_sheet import font_size

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.ui.theme.palette import Palette

FRAME_MS = 33
"""The time between two frames. The rim moves less than a pixel in it, so the eye sees no steps."""
STILL_FRAME_MS = 334
"""The time between two frames with less motion: at most three changes of brightness a second."""
SMALLEST, LARGEST = 0.42, 0.92
"""The ball's width, as a share of the ring's width."""
FAINTEST = 0.45
"""The least opacity of the ball with less motion."""
LEAST, LETTERS = 150, 7
"""The least side of the widget, in pixels and in heights of the system's letters."""
INSET = 0.98
"""The ring's width, as a share of the widget's shorter side."""
RING_STEP = 2.0
"""The ring is drawn again when its end has moved by this many pixels."""
RIM = 1.5
"""The width of the rim that the ball's picture leaves free on its smooth disc, in pixels."""
HALF = 0.5
_SMOOTH, _NO_LINE = QPainter.RenderHint.Antialiasing, Qt.PenStyle.NoPen
_SOFT = frozenset({Phase.IN, Phase.TOP_UP, Phase.OUT})


class Orb(QWidget):
    """Shows a breathing session, or one word without motion."""

    finished = Signal()
    """The last breath of a session has ended."""
    word_shown = Signal(str)
    """Another word is on the orb, such as a phase of the breath."""

    def __init__(self, clock: Clock, palette: Palette) -> None:
        """Rest without a word."""
        super().__init__()
        self._clock = clock
        self._palette = palette
        self._rim = rim_colour(palette)
        self._session: Session | None = None
        self._started = 0.0
        self._still = False
        self._share: float | None = None
        self._phase: Phase | None = None
        self._texts = ("", "")
        self._fullness = HALF
        self._ring = QRectF()
        self._middle = (0.0, 0.0)
        self._ratio = 0.0
        self._ground: QPixmap | None = None
        self._ball: QPixmap | None = None
        self._ball_area = QRectF()
        self._words: Words | None = None
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.reserve(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return a size with room for the words. The orb also takes all room that is left."""
        side = max(LEAST, font_size(LETTERS))
        return QSize(side, side)

    def reserve(self, height: int) -> None:
        """Keep room for a ring of this height."""
        self._reserved = height
        least = QSize(0, math.ceil((height + 2 * RING) / INSET))
        self.setMinimumSize(self.sizeHint().expandedTo(least))

    def set_palette(self, palette: Palette) -> None:
        """Use the colours of `palette`, and the present size of the system's letters."""
        self.reserve(self._reserved)
        self._palette = palette
        self._rim = rim_colour(palette)
        self.redraw()

    def set_share(self, share: float | None) -> None:
        """Show the share of the pause that is left, from 0 to 1. None shows a plain ring.

        The ring is drawn again only if a person can see the difference.
        """
        if share is not None and self._share is not None:
            moved = abs(share - self._share) * self._ring.width() * math.pi
            if moved < RING_STEP:
                return
        if share != self._share:
            self._share = share
            self._ground = None
            self.update()

    def rest(self, word: str) -> None:
        """Show a word, without motion."""
        self._session = self._phase = None
        self._fullness = HALF
        self._timer.stop()
        self._say(word, "")
        self.update()

    def follow(self, session: Session, started: float, *, still: bool) -> None:
        """Show the session that began when the monotonic clock showed `started`.

        With `still`, the ball keeps its size and changes its opacity.
        """
        if still != self._still:
            self._ball = self._words = None
        self._session, self._started, self._still = session, started, still
        self._phase = None
        self.advance()
        self._run()

    @property
    def running(self) -> bool:
        """Whether the timer makes frames."""
        return self._timer.isActive()

    @property
    def ring_height(self) -> float:
        """The height of the ring, in pixels."""
        return self._ring.height() + 2 * RING

    @property
    def word(self) -> str:
        """The word on the orb."""
        return self._texts[0]

    @property
    def fullness(self) -> float:
        """How far the breath was in at the last frame, from 0 to 1."""
        return self._fullness

    def advance(self) -> None:
        """Show the session as it is now. After its last breath, rest and emit `finished`.

        This runs for each frame, so it changes words and pictures only when they differ.
        """
        if self._session is None:
            return
        position = self._session.at(self._clock.monotonic() - self._started)
        if position is None:
            self._session = None
            self._timer.stop()
            self.finished.emit()
            return
        if position.phase is not self._phase:
            self._phase = position.phase
            self._say(phase(position.phase), self._hint())
        before, self._fullness = self._fullness, position.fullness
        if before != position.fullness:
            self._update_ball(max(before, position.fullness))

    def _hint(self) -> str:
        if self._phase is Phase.NOTICE:
            return _("the air that comes and goes, your feet on the floor, the sounds around you")
        return _("small and soft") if self._phase in _SOFT else ""

    def _update_ball(self, fullness: float) -> None:
        """Have Qt paint the ball's area at `fullness` again, and nothing else."""
        half = int(self._side(fullness) / 2) + 2
        across, down = self._middle
        self.update(int(across) - half, int(down) - half, 2 * half + 1, 2 * half + 1)

    def _side(self, fullness: float) -> float:
        """Return the ball's width in pixels. It grows with `fullness`, unless still."""
        share = SMALLEST + (LARGEST - SMALLEST) * (HALF if self._still else fullness)
        return self._ring.width() * share

    def _run(self) -> None:
        moving = self._session is not None and bool(self._session.technique.phases)
        if moving and self.isVisible() and not self.window().isMinimized():
            self._timer.start(STILL_FRAME_MS if self._still else FRAME_MS)
        else:
            self._timer.stop()

    def _say(self, word: str, hint: str) -> None:
        if (word, hint) != self._texts:
            self._texts, self._words = (word, hint), None
            self.setAccessibleName(word)
            self.setAccessibleDescription(hint)
            self.update()
            self.word_shown.emit(word)

    def redraw(self) -> None:
        """Draw all pictures again, because size, place or colours have changed."""
        self._drop_pictures()
        self.update()

    def _drop_pictures(self) -> None:
        self._ground = self._ball = self._words = None

    def showEvent(self, event: QShowEvent) -> None:
        """Show the session as it is now, and start the timer."""
        super().showEvent(event)
        self.advance()
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the timer, because nobody sees its frames, and drop the pictures (1 MB)."""
        super().hideEvent(event)
        self._timer.stop()
        self._drop_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the pictures in the new size."""
        super().resizeEvent(event)
        self._middle = (self.width() / 2, self.height() / 2)
        self._ring = self._centred(min(self.width(), self.height()) * INSET - 2 * RING)
        self.redraw()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Draw the part of the window's background that is behind the new place."""
        super().moveEvent(event)
        self.redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint background, ball and words over each other."""
        ratio = self.devicePixelRatioF()
        if ratio != self._ratio:
            self._ratio = ratio
            self._drop_pictures()
        if self._ground is None:
            self._ground = draw_ground(self, self._ring, LARGEST, self._share, self._palette)
        if self._words is None:
            widest = self._centred(self._ring.width() * LARGEST)
            self._words = draw_words(self._texts, widest, self, self._palette)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)  # Qt clips the picture to the event's area
        self._paint_ball(painter, ratio)
        painter.drawPixmap(self._words.corner, self._words.picture)
        painter.end()
        if not self.isVisible():
            self._drop_pictures()

    def _paint_ball(self, painter: QPainter, ratio: float) -> None:
        """Paint a smooth disc, which becomes the ball's rim, and the ball's picture over it.

        The picture is scaled without smoothing, in a third of the time that smooth scaling takes.
        Its edge has the disc's colour, so no person sees the difference.
        """
        side = self._side(self._fullness)
        rect = self._centred(side)
        if self._ball is None:
            widest = side if self._still else self._side(1.0)
            self._ball = draw_ball(max(1, round(widest)), ratio, self._palette)
            self._ball_area = QRectF(self._ball.rect())
        if self._still:
            shown = 1.0 if self._session is None else self._fullness
            painter.setOpacity(FAINTEST + (1 - FAINTEST) * shown)
            painter.drawPixmap(rect.topLeft().toPoint(), self._ball)
            painter.setOpacity(1.0)
            return
        painter.setRenderHint(_SMOOTH)
        painter.setPen(_NO_LINE)
        painter.setBrush(self._rim)
        painter.drawEllipse(rect)
        painter.setRenderHint(_SMOOTH, False)
        inside = side - 2 * RIM
        painter.drawPixmap(self._centred(inside), self._ball, self._ball_area)

    def _centred(self, side: float) -> QRectF:
        """Return a square in the middle of the widget."""
        across, down = self._middle
        return QRectF(across - side / 2, down - side / 2, side, side)
