"""The ring around the entry of a list that has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QComboBox

from safepause.core.settings.catalogue import declared
from safepause.ui.pause.restart_steps import CloseStep
from safepause.ui.settings.boxes import ChoiceBox
from safepause.ui.theme.palette import PALETTES, Palette
from safepause.ui.theme.scale import RING
from safepause.ui.theme.style_sheet import TARGET, style_sheet
from safepause.ui.windows.history import HistoryWindow
from tests.fakes import FakeClock
from tests.ui.samples import NAMELESS, outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

ENDS = 8
"""The pixels looked at from an edge of an entry."""


def _choice() -> QComboBox:
    return ChoiceBox(declared("theme"))


def _day() -> QComboBox:
    step = CloseStep(FakeClock())
    step._another_day()  # noqa: SLF001  -- what its button does
    day = step.day
    day.setParent(None)
    return day


def _edges(view: QAbstractItemView, entry: QModelIndex) -> list[list[str]]:
    """Return the colours from the left edge, and from the upper edge, of an entry."""
    picture: QImage = view.viewport().grab().toImage()
    place = view.visualRect(entry)
    middle = place.center()
    across = [QColor(picture.pixel(place.left() + x, middle.y())).name() for x in range(ENDS)]
    down = [QColor(picture.pixel(middle.x(), place.top() + y)).name() for y in range(ENDS)]
    return [across, down]


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("make", [_choice, _day])
def test_a_choice_has_a_ring(qtbot: QtBot, make: Callable[[], QComboBox], palette: Palette) -> None:
    """The entry under the keys has a ring of 3 px in the letters' colour, and is 44 px high."""
    box = make()
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(palette))
    box.setCurrentIndex(1)
    box.show()
    view = box.view()
    view.window().resize(2 * box.width(), 8 * TARGET)
    view.window().grab()  # lays it out unseen: offscreen, Qt can give no pop-up the keyboard
    here, other = box.model().index(1, 0), box.model().index(0, 0)
    view.setCurrentIndex(here)
    for edge in _edges(view, here):
        assert edge[:RING] == [palette.ink] * RING
        assert edge[-1] != palette.ink
    assert all(palette.ink not in edge for edge in _edges(view, other))
    assert view.visualRect(here).height() >= TARGET


def test_a_past_pause_has_a_ring(qtbot: QtBot) -> None:
    """So has the line of a past pause, while the list has the keyboard."""
    window = HistoryWindow(FakeClock(), NAMELESS)
    qtbot.addWidget(window)
    window.bring_up()
    window.show_outcomes([outcome(number) for number in range(3)])
    view = window.findChild(QAbstractItemView)
    assert view is not None
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    here = view.currentIndex()
    assert here.isValid()
    ink = window.palette().windowText().color().name()
    for edge in _edges(view, here):
        assert edge[:RING] == [ink] * RING
        assert edge[RING] != ink
    window.setFocus()
    assert all(ink not in edge[:RING] for edge in _edges(view, here))
