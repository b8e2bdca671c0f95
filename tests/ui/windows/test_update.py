"""The window after an update: its words are in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from safepause.ui.windows.update import UpdateWindow
from tests.ui.samples import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("said", ["ask", "say_gone", "say_unfinished"])
def test_all_words_are_in_sight(
    qtbot: QtBot, larger_letters: Callable[[], None], said: str, *, large: bool
) -> None:
    """The window comes up as high as its words need, with large letters, too."""
    if large:
        larger_letters()
    window = UpdateWindow(settings())
    qtbot.addWidget(window)
    getattr(window, said)()
    window.bring_up()
    QApplication.processEvents()
    assert window.area.verticalScrollBar().maximum() == 0
