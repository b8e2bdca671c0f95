"""Words of the talk and of the calm check give way in a small window, for what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLabel

from safepause.core.restart import Step
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.restart_page import RestartPage
from tests.ui.every_window import PAUSE
from tests.ui.view import letters, press, settle, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

pytestmark = pytest.mark.usefixtures("qapp")

SMALL, LARGE = QSize(480, 420), QSize(1100, 800)
VIEWS = {view.name: view for view in PAUSE}


def _in_sight(page: RestartPage | CalmCheckPage, part: QWidget) -> bool:
    """Tell whether a part of a page is whole in what its scrolled area shows."""
    port = page.area.viewport()
    return port.rect().contains(QRect(part.mapTo(port, QPoint()), part.size()))


def test_a_turn_shows_what_the_listener_says() -> None:
    """In the smallest window the name of the step and the time give way. They come back."""
    with shown(VIEWS["restart-turns"], SMALL) as window:
        (page,) = window.findChildren(RestartPage)
        assert not page.turn.time_left.isVisible()
        assert _in_sight(page, page.turn.dot)
        assert page.heard() == "Step 3 of 4: One speaks, one listens."
        window.resize(LARGE)
        settle()
        assert page.turn.time_left.isVisible()


def test_each_step_has_its_words_anew() -> None:
    """What gave way at one step is back at the next one, if that has room for it."""
    with shown(VIEWS["restart-turns"], SMALL) as window:
        (page,) = window.findChildren(RestartPage)
        window.setMaximumSize(SMALL)  # else it grows with its contents
        page.show_step(Step.WHO)
        settle()
        assert page.who.line.isVisible()
        page.show_step(Step.TURNS)
        settle()
        assert not page.turn.time_left.isVisible()


@pytest.mark.parametrize("points", [10, 20])
def test_the_advice_comes_into_sight(points: int) -> None:
    """Whoever has chosen both numbers sees the advice, in a window of any size."""
    with letters(points), shown(VIEWS["calm-check"], SMALL) as window:
        (page,) = window.findChildren(CalmCheckPage)
        subs = [each for each in page.findChildren(QLabel) if each.property("role") == "sub"]
        assert not any(each.isVisible() for each in subs)
        press(window, "At its hottest: 8")
        before = page.area.verticalScrollBar().value()
        press(window, "Now: 4")
        assert before == 0
        assert page.advice.text()
        assert _in_sight(page, page.advice)
