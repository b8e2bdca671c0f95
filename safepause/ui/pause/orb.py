"""The orb that breathes, inside the ring that counts down.

One picture of the orb is made once and scaled in each frame; background, ring and words are made
only when they change. It moves only while it can be seen: no timer runs otherwise. Where a person
wants less motion its size stays, and its opacity changes slowly instead.
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

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.ui.theme.palette import Palette

FRAME_MS = 33
"""Between two frames: less than a pixel of motion, so the eye can't tell it from 60 a second."""
STILL_FRAME_MS = 334
"""Between two frames without motion: never more than three changes of brightness a second."""
SMALLEST, LARGEST = 0.62, 0.86
"""The orb's width, as a share of the ring's."""
FAINTEST = 0.45
"""The least opacity without motion."""
INSET = 0.94
"""The ring's width, as a share of the room."""
RING_STEP = 2.0
"""The least that the end of the ring moves, in pixels."""
RIM = 1.5
"""How far the ball's picture stays inside its smooth disc, in pixels."""
HALF = 0.5
_SMOOTH, _NO_LINE = QPainter.RenderHint.Antialiasing, Qt.PenStyle.NoPen
_SOFT = frozenset({Phase.IN, Phase.TOP_UP, Phase.OUT})


class Orb(QWidget):
    """Shows a breathing session, or rests with a word. Decides nothing but where a breath is."""

    finished = Signal()
    """A session ran to the end of its last breath."""

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
        self.setMinimumSize(self.sizeHint())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for enough room for the words; the orb takes all that is left besides."""
        return QSize(150, 150)

    def set_palette(self, palette: Palette) -> None:
        """Take new colours."""
        self._palette = palette
        self._rim = rim_colour(palette)
        self.redraw()

    def set_share(self, share: float | None) -> None:
        """Show the share of the pause that is left, 0 to 1; None shows a plain ring.

        The ring is drawn anew only where its end has moved so far that one could see it.
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
        """Stand still with a word on it."""
        self._session = self._phase = None
        self._fullness = HALF
        self._timer.stop()
        self._say(word, "")
        self.update()

    def follow(self, session: Session, started: float, *, still: bool) -> None:
        """Show the session that began when the monotonic clock showed `started`.

        `still` keeps the orb's size and changes its opacity instead.
        """
        if still != self._still:
            self._ball = None
        self._session, self._started, self._still = session, started, still
        self._phase = None
        self.advance()
        self._run()

    @property
    def running(self) -> bool:
        """Whether frames are being made."""
        return self._timer.isActive()

    @property
    def word(self) -> str:
        """What the orb says."""
        return self._texts[0]

    @property
    def fullness(self) -> float:
        """How far the breath is in, 0 to 1, at the last frame."""
        return self._fullness

    def advance(self) -> None:
        """Show where the session stands now; after its last breath, rest and say so.

        This runs for each frame: words and pictures are touched only when they change.
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
            self._say(phase(position.phase), _("small and soft") if self._phase in _SOFT else "")
        before, self._fullness = self._fullness, position.fullness
        if before != position.fullness:
            self._update_ball(max(before, position.fullness))

    def _update_ball(self, fullness: float) -> None:
        """Ask for a new frame of no more than the ball as it is at `fullness`."""
        half = int(self._side(fullness) / 2) + 2
        across, down = self._middle
        self.update(int(across) - half, int(down) - half, 2 * half + 1, 2 * half + 1)

    def _side(self, fullness: float) -> float:
        """Return the ball's width in pixels: more the further the breath is in, unless still."""
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
            self.update()

    def redraw(self) -> None:
        """Make the pictures anew: size, place or colours have changed."""
        self._ground = self._ball = self._words = None
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the session and move again."""
        super().showEvent(event)
        self.advance()
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Make no frames that nobody sees."""
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the pictures anew."""
        super().resizeEvent(event)
        self._middle = (self.width() / 2, self.height() / 2)
        self._ring = self._centred(min(self.width(), self.height()) * INSET - 2 * RING)
        self.redraw()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Fetch the piece of the window's ground that lies behind the new place."""
        super().moveEvent(event)
        self.redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Put the pictures together."""
        ratio = self.devicePixelRatioF()
        if ratio != self._ratio:
            self._ratio = ratio
            self._ground = self._ball = self._words = None
        if self._ground is None:
            self._ground = draw_ground(self, self._ring, self._share, self._palette)
        if self._words is None:
            box = self._centred(self._ring.width() * LARGEST).toAlignedRect()
            self._words = draw_words(self._texts, box.adjusted(8, 0, -8, 0), self, self._palette)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)  # Qt clips it to what was asked for
        self._paint_ball(painter, ratio)
        painter.drawPixmap(self._words.corner, self._words.picture)
        painter.end()

    def _paint_ball(self, painter: QPainter, ratio: float) -> None:
        """Paint the ball: a smooth disc for its rim, the picture's colours over it.

        The picture is scaled without smoothing, which takes a third of the time of smooth scaling
        and can't be seen: its rim has the disc's colour.
        """
        side = self._side(self._fullness)
        rect = self._centred(side)
        if self._ball is None:
            widest = side if self._still else self._side(1.0)
            self._ball = draw_ball(max(1, round(widest)), ratio, self._palette)
            self._ball_area = QRectF(self._ball.rect())
        if self._still:
            painter.setOpacity(FAINTEST + (1 - FAINTEST) * self._opacity())
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

    def _opacity(self) -> float:
        """Return how strong the ball is without motion, 0 to 1: full while it rests."""
        return 1.0 if self._session is None else self._fullness

    def _centred(self, side: float) -> QRectF:
        """Return a square in the middle."""
        across, down = self._middle
        return QRectF(across - side / 2, down - side / 2, side, side)
