"""The offer to take back an end: its sentence, its ring, and its ten seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMargins, QTimer

from safepause.ui.pause.undo_banner import UndoBanner
from safepause.ui.theme.palette import DARK, LIGHT
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Offer:
    """A banner on a fake clock, and how often its button was used."""

    def __init__(self, qtbot: QtBot) -> None:
        """Show an empty banner."""
        self.clock, self.undone = FakeClock(), 0
        room = QMargins()
        self.banner = UndoBanner(self.clock, LIGHT, self._undo, around=room, inside=room)
        qtbot.addWidget(self.banner)

    def _undo(self) -> None:
        self.undone += 1

    @property
    def timer(self) -> QTimer:
        """The timer of the ring."""
        [found] = self.banner.findChildren(QTimer)
        return found

    def wait(self, seconds: float) -> None:
        """Let time pass, and let the timer say so."""
        self.clock.move(seconds=seconds)
        self.timer.timeout.emit()

    def ring(self) -> bytes:
        """Return the pixels of the ring."""
        shown = self.banner.button.icon().pixmap(self.banner.button.iconSize()).toImage()
        return bytes(shown.constBits())


@pytest.fixture
def offer(qtbot: QtBot) -> Offer:
    """Return a banner without an offer."""
    return Offer(qtbot)


def test_it_goes_after_ten_seconds(offer: Offer) -> None:
    """The ring shows how much of ten seconds is left, and then the banner goes by itself."""
    offer.banner.tell("The pause has ended.")
    full = offer.ring()
    offer.wait(5)
    assert offer.ring() != full
    offer.wait(4.9)
    assert offer.banner.isVisible()
    offer.wait(0.2)
    assert not offer.banner.isVisible()
    assert not offer.timer.isActive()


def test_no_timer_runs_while_nothing_is_shown(offer: Offer) -> None:
    """The timer runs only while the banner is in sight. A banner that comes back is not new."""
    assert not offer.timer.isActive()
    offer.banner.tell("The pause has ended.")
    assert offer.timer.isActive()
    offer.banner.hide()
    assert not offer.timer.isActive()
    offer.clock.move(seconds=11)
    offer.banner.show()
    assert not offer.banner.isVisible()
    assert not offer.timer.isActive()


def test_one_click_undoes_once(offer: Offer) -> None:
    """The first click of a double click ends the offer."""
    offer.banner.tell("The pause has ended.")
    offer.banner.button.click()
    offer.banner.button.click()
    assert offer.undone == 1
    assert not offer.banner.isVisible()


def test_it_follows_the_colours(offer: Offer) -> None:
    """The ring is drawn again in other colours."""
    offer.banner.tell("The pause has ended.")
    before = offer.ring()
    offer.banner.use(DARK)
    assert offer.ring() != before
