"""The orb that breathes, inside the ring that counts down.

One picture of the orb is made once and scaled in each frame; background, ring and words are made
only when they change. It moves only while it can be seen: no timer runs otherwise. Where a person
wants less motion its size stays, and its opacity changes slowly instead.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRadialGradient,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from safepause.core.breathing import Phase, Position, Session
from safepause.core.clock import Clock
from safepause.ui.theme import HINT, WORD, Palette, font_size, ground
from safepause.words import _, phase

FRAME_MS = 33
"""Between two frames: at most half a pixel of motion, which no eye tells from 60 a second."""
STILL_FRAME_MS = 125
"""Between two frames without motion."""
SMALLEST, LARGEST = 0.62, 0.86
"""The orb's width, as a share of the ring's."""
FAINTEST = 0.45
"""The least opacity without motion."""
RING = 3.0
"""The ring's line, in pixels."""


class Orb(QWidget):
    """Shows a breathing session, or rests with a word. Decides nothing but where a breath is."""

    finished = Signal()
    """A session ran to the end of its last breath."""

    def __init__(self, clock: Clock, palette: Palette) -> None:
        """Rest without a word."""
        super().__init__()
        self._clock = clock
        self._palette = palette
        self._session: Session | None = None
        self._started = 0.0
        self._still = False
        self._share: float | None = None
        self._word = self._hint = ""
        self._position: Position | None = None
        self._place: tuple[QPoint, QSize, float] | None = None
        self._ground: QPixmap | None = None
        self._ball: QPixmap | None = None
        self._text: QPixmap | None = None
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for the room of the mock-up."""
        return QSize(290, 290)

    def minimumSizeHint(self) -> QSize:
        """Keep enough room for the words."""
        return QSize(190, 190)

    def set_palette(self, palette: Palette) -> None:
        """Take new colours."""
        self._palette = palette
        self._redraw()

    def set_share(self, share: float | None) -> None:
        """Show the share of the pause that is left, 0 to 1; None shows a plain ring."""
        if share != self._share:
            self._share = share
            self._ground = None
            self.update()

    def rest(self, word: str) -> None:
        """Stand still with a word on it."""
        self._session = self._position = None
        self._timer.stop()
        self._say(word, "")
        self.update()

    def follow(self, session: Session, started: float, *, still: bool) -> None:
        """Show the session that began when the monotonic clock showed `started`.

        `still` keeps the orb's size and changes its opacity instead.
        """
        self._session, self._started, self._still = session, started, still
        self.advance()
        self._run()

    @property
    def running(self) -> bool:
        """Whether frames are being made."""
        return self._timer.isActive()

    @property
    def position(self) -> Position | None:
        """Where the session stood at the last frame."""
        return self._position

    def advance(self) -> None:
        """Show where the session stands now; after its last breath, rest and say so."""
        if self._session is None:
            return
        position = self._session.at(self._clock.monotonic() - self._started)
        before = self._orb_rect()
        self._position = position
        if position is None:
            self._session = None
            self._timer.stop()
            self.finished.emit()
            return
        breathing = position.phase in (Phase.IN, Phase.OUT, Phase.TOP_UP)
        self._say(phase(position.phase), _("small and soft") if breathing else "")
        after = self._orb_rect()
        if self._still or after != before:
            self.update(before.united(after).toAlignedRect())

    def _run(self) -> None:
        moving = self._session is not None and bool(self._session.technique.phases)
        if moving and self.isVisible() and not self.window().isMinimized():
            self._timer.start(STILL_FRAME_MS if self._still else FRAME_MS)
        else:
            self._timer.stop()

    def _say(self, word: str, hint: str) -> None:
        if (word, hint) != (self._word, self._hint):
            self._word, self._hint, self._text = word, hint, None
            self.setAccessibleName(word)
            self.update()

    def _redraw(self) -> None:
        self._ground = self._ball = self._text = None
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
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the pictures together."""
        ratio = self.devicePixelRatioF()
        place = (self.mapTo(self.window(), QPoint()), self.window().size(), ratio)
        if place != self._place:
            self._place = place
            self._ground = self._ball = self._text = None
        if self._ground is None:
            self._ground = self._draw_ground(ratio)
        if self._ball is None:
            self._ball = self._draw_ball(ratio)
        if self._text is None:
            self._text = self._draw_text(ratio)
        painter = QPainter(self)
        area = QRectF(event.rect())
        source = QRectF(area.topLeft() * ratio, area.size() * ratio)
        painter.drawPixmap(area, self._ground, source)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(self._opacity())
        painter.drawPixmap(self._orb_rect(), self._ball, QRectF(self._ball.rect()))
        painter.setOpacity(1.0)
        painter.drawPixmap(self._text_rect().topLeft(), self._text)
        painter.end()

    def _ring_rect(self) -> QRectF:
        side = min(self.width(), self.height()) - 2 * RING
        middle = QRectF(self.rect()).center()
        return QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)

    def _orb_rect(self) -> QRectF:
        """Return where the orb is: a breath further in makes it larger, or fainter if still."""
        fullness = 0.5 if self._still or self._position is None else self._position.fullness
        ring = self._ring_rect()
        side = ring.width() * (SMALLEST + (LARGEST - SMALLEST) * fullness)
        return QRectF(ring.center() - QPointF(side, side) / 2, QSizeF(side, side))

    def _opacity(self) -> float:
        if not self._still or self._position is None:
            return 1.0
        return FAINTEST + (1 - FAINTEST) * self._position.fullness

    def _text_rect(self) -> QRect:
        ring = self._ring_rect()
        side = ring.width() * LARGEST
        return QRectF(ring.center() - QPointF(side, side) / 2, QSizeF(side, side)).toAlignedRect()

    def _draw_ground(self, ratio: float) -> QPixmap:
        drawn = _pixmap(self.size(), ratio)
        painter = QPainter(drawn)
        window = self.window()
        painter.setBrushOrigin(-self.mapTo(window, QPoint()))
        painter.fillRect(self.rect(), ground(self._palette, QSizeF(window.size())))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._palette.line), RING))
        painter.drawEllipse(self._ring_rect())
        if self._share:
            pen = QPen(QColor(self._palette.orb3), RING, Qt.PenStyle.SolidLine)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(self._ring_rect(), 90 * 16, -round(360 * 16 * self._share))
        painter.end()
        return drawn

    def _draw_ball(self, ratio: float) -> QPixmap:
        side = max(1, round(self._ring_rect().width() * LARGEST))
        drawn = _pixmap(QSize(side, side), ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        gradient = QRadialGradient(QPointF(side / 2, side * 0.45), side * 0.74)
        gradient.setColorAt(0, QColor(self._palette.orb1))
        gradient.setColorAt(0.62, QColor(self._palette.orb2))
        gradient.setColorAt(1, QColor(self._palette.orb3))
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawEllipse(QRectF(0.5, 0.5, side - 1, side - 1))
        painter.end()
        return drawn

    def _draw_text(self, ratio: float) -> QPixmap:
        area = self._text_rect()
        drawn = _pixmap(area.size(), ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setPen(QColor(self._palette.ink))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(
            Qt.TextFlag.TextWordWrap
        )
        box = QRectF(0, 0, area.width(), area.height()).adjusted(8, 0, -8, 0)
        lines = []
        for text, factor, weight in (
            (self._word, WORD, QFont.Weight.Medium),
            (self._hint, HINT, QFont.Weight.Normal),
        ):
            font = QFont(self.font())
            font.setPixelSize(font_size(factor))
            font.setWeight(weight)
            painter.setFont(font)
            height = painter.boundingRect(box, flags, text).height() if text else 0.0
            lines.append((text, font, height))
        top = (box.height() - sum(height for _text, _font, height in lines)) / 2
        for text, font, height in lines:
            painter.setFont(font)
            painter.drawText(QRectF(box.left(), top, box.width(), height), flags, text)
            top += height
        painter.end()
        return drawn


def _pixmap(size: QSize, ratio: float) -> QPixmap:
    drawn = QPixmap((QSizeF(size) * ratio).toSize().expandedTo(QSize(1, 1)))
    drawn.setDevicePixelRatio(ratio)
    return drawn
