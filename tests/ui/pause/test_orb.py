"""The orb: its motion follows a clock, and stops while nobody sees it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QImage

from safepause.core.breathing import BOX, EASIER, NOTICE, SOFT, Session
from safepause.ui.pause import orb_painting
from safepause.ui.pause.orb import INSET, LARGEST, STILL_FRAME_MS, Orb
from safepause.ui.pause.orb_painting import RING, fitting
from safepause.ui.theme.palette import DARK, LIGHT
from tests.fakes import FakeClock
from tests.ui.samples import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still."""
    return FakeClock()


@pytest.fixture
def orb(qtbot: QtBot, clock: FakeClock) -> Iterator[Orb]:
    """Return a visible orb."""
    made = Orb(clock, LIGHT)
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    yield made
    made.close()


def _picture(orb: Orb) -> QImage:
    return orb.grab().toImage()


def _width(orb: Orb) -> int:
    """Return how many pixels of a line above the words differ from the background."""
    picture = _picture(orb)
    ground = picture.pixelColor(40, 120)
    line = [picture.pixelColor(x, 120) for x in range(60, 340)]
    return sum(abs(colour.lightness() - ground.lightness()) > 12 for colour in line)


def test_follows_the_clock(orb: Orb, clock: FakeClock) -> None:
    """The ball grows with the breath, whatever frames were missed."""
    orb.follow(Session(SOFT), 0.0, still=False)
    widths = {}
    for second in (0, 2, 4, 10):
        clock.ticks = float(second)
        orb.advance()
        widths[second] = _width(orb)
    assert widths[0] < widths[2] < widths[4]
    assert widths[10] == widths[0]


def test_each_frame_follows_the_clock(orb: Orb, clock: FakeClock) -> None:
    """When the timer fires, the orb shows the breath as it is then."""
    orb.follow(Session(SOFT), 0.0, still=False)
    [timer] = orb.findChildren(QTimer)
    assert timer.isActive()
    clock.ticks = 2.0
    timer.timeout.emit()
    assert orb.fullness > 0.3


def test_words_of_each_phase(orb: Orb, clock: FakeClock) -> None:
    """The orb names each phase, for eyes and for screen readers."""
    orb.follow(Session(BOX), 0.0, still=False)
    said = []
    for second in (1, 5, 9, 13):
        clock.ticks = float(second)
        orb.advance()
        said.append(orb.word)
        assert orb.accessibleName() == orb.word
    assert said == ["Breathe in", "Hold, softly", "Breathe out", "Rest"]


def test_ends_on_a_whole_breath(orb: Orb, clock: FakeClock) -> None:
    """The session ends once, after its last breath."""
    ended = record(orb.finished)
    session = Session(EASIER)
    orb.follow(session, 0.0, still=False)
    clock.ticks = session.seconds - 0.01
    orb.advance()
    assert orb.fullness < 0.01
    clock.ticks = session.seconds
    orb.advance()
    orb.advance()
    assert ended == [()]
    assert not orb.running


def test_hidden_stands_still(orb: Orb) -> None:
    """A hidden orb makes no frames. Shown again, it goes on."""
    orb.follow(Session(), 0.0, still=False)
    running = [orb.running]
    for seen in (False, True):
        orb.setVisible(seen)
        running.append(orb.running)
    assert running == [True, False, True]


def test_unpaced_needs_no_frames(orb: Orb) -> None:
    """A technique without phases makes no frames."""
    orb.follow(Session(NOTICE), 0.0, still=False)
    assert orb.word == "Just notice"
    assert not orb.running


def test_less_motion(orb: Orb, clock: FakeClock) -> None:
    """With less motion the ball keeps its size, and changes at most three times a second."""
    orb.follow(Session(), 0.0, still=True)
    assert STILL_FRAME_MS * 3 >= 1000
    clock.ticks = 1.0
    orb.advance()
    faint, width = _picture(orb).pixelColor(200, 120), _width(orb)
    clock.ticks = 3.9
    orb.advance()
    assert _picture(orb).pixelColor(200, 120).lightness() < faint.lightness()
    assert _width(orb) == width


def test_ring_shows_the_share(orb: Orb) -> None:
    """The ring shows the share that is left, clockwise from the top."""
    orb.set_share(0.25)
    picture = _picture(orb)
    strong = sum(picture.pixelColor(x, 100).red() < 120 for x in range(330, 399))
    weak = sum(picture.pixelColor(x, 100).red() < 120 for x in range(60))
    assert strong > weak + 2


def test_ring_waits(orb: Orb) -> None:
    """A ring whose end moves by less than two pixels is not drawn again."""
    orb.set_share(0.5)
    before = _picture(orb)
    orb.set_share(0.4999)
    assert _picture(orb) == before
    orb.set_share(0.49)
    assert _picture(orb) != before


def test_colours(orb: Orb) -> None:
    """The orb uses new colours at once."""
    orb.rest("A quiet moment")
    before = _picture(orb).pixelColor(5, 5).lightness()
    orb.set_palette(DARK)
    assert _picture(orb).pixelColor(5, 5).lightness() < before / 2


def test_no_word_no_trouble(orb: Orb) -> None:
    """Without a word, and in one pixel, the orb is painted without an error."""
    orb.rest("")
    orb.setMinimumSize(1, 1)
    orb.resize(1, 1)
    assert not _picture(orb).isNull()


@pytest.mark.parametrize("pixels", [13, 15, 20, 27])
@pytest.mark.parametrize("word", ["Breathe out", "Ein wenig weiter", "Un momento di tranquillità"])
def test_words_stay_inside_the_full_breath(
    qapp: QApplication, orb: Orb, pixels: int, word: str
) -> None:
    """The words are inside the outline of the full breath, whatever letters the system has."""
    before = qapp.font()
    font = QFont(before)
    font.setPixelSize(pixels)
    qapp.setFont(font)
    try:
        orb.resize(250, 250)
        orb.rest("")
        bare = _picture(orb)
        orb.rest(word)
        written = _picture(orb)
    finally:
        qapp.setFont(before)
    far = _farthest(bare, written)
    assert 0 < far <= 250 * INSET * LARGEST / 2


def test_the_word_is_large(qapp: QApplication, orb: Orb) -> None:
    """In the room of a window of 760 x 560, the letters of the word are 36 px high or higher."""
    del qapp
    for word in ("Breathe in", "Breathe out", "Einatmen", "Ausatmen"):
        disc = QRectF(0, 0, 370 * LARGEST, 370 * LARGEST)
        [line, _hint] = orb_painting._inside((word, "small and soft"), orb, disc.width())  # noqa: SLF001
        assert line.font.pixelSize() >= 36


def test_the_breath_is_wide(orb: Orb, clock: FakeClock) -> None:
    """The ball has 42 % of the ring's width when empty, and 92 % when full."""
    ring = 400 * INSET - 2 * RING
    orb.follow(Session(SOFT), 0.0, still=False)
    sides = []
    for second in (0.0, 4.0):
        clock.ticks = second
        orb.advance()
        sides.append(orb._side(orb.fullness) / ring)  # noqa: SLF001
    assert sides == pytest.approx([0.42, 0.92])


def test_an_outline_shows_the_full_breath(orb: Orb) -> None:
    """Dots stand where the ball will be when it is full."""
    orb.rest("")
    picture = _picture(orb)
    reach = (400 * INSET - 2 * RING) * LARGEST / 2
    shades = {
        picture.pixelColor(
            round(200 + reach * math.cos(angle / 100)), round(200 + reach * math.sin(angle / 100))
        ).lightness()
        // 24
        for angle in range(628)
    }
    assert len(shades) > 1


def _farthest(bare: QImage, written: QImage) -> float:
    """Return how far from the middle two pictures differ."""
    wide, high = bare.width(), bare.height()
    return max(
        math.hypot(x + 0.5 - wide / 2, y + 0.5 - high / 2)
        for x in range(wide)
        for y in range(high)
        if bare.pixel(x, y) != written.pixel(x, y)
    )


def test_a_long_word_fits(qapp: QApplication) -> None:
    """A word that is wider than its line gets smaller letters."""
    font = QFont(qapp.font())
    font.setPixelSize(24)
    word = "Donaudampfschifffahrt"
    assert QFontMetrics(font).horizontalAdvance(word) > 150
    assert QFontMetrics(fitting(font, f"{word} ahoy", 150)).horizontalAdvance(word) <= 150
    assert fitting(QFont(font), "ahoy", 150).pixelSize() == font.pixelSize()
