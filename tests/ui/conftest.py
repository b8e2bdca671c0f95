"""Fixtures of all tests of the windows: a pause window, and a system that turns dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from tests.ui.pause.scene import Scene

_DARK = Qt.ColorScheme.Dark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    """Return a hidden pause window on a fake clock, with the default settings."""
    made = Scene(theme="light", motion="full")
    qtbot.addWidget(made.window)
    yield made
    made.window.close()


@pytest.fixture
def turn_dark(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that gives the system a dark colour scheme, and tells this as Qt does."""

    def turn() -> None:
        monkeypatch.setattr(type(qapp.styleHints()), "colorScheme", lambda _hints: _DARK)
        qapp.styleHints().colorSchemeChanged.emit(_DARK)

    return turn


@pytest.fixture
def turn_palette() -> Iterator[Callable[[QPalette], None]]:
    """Return a function that changes the system's colours, as without a colour scheme."""
    before = QApplication.palette()

    def turn(palette: QPalette) -> None:
        QApplication.setPalette(palette)
        QApplication.processEvents()

    yield turn
    QApplication.setPalette(before)


@pytest.fixture
def larger_letters() -> Iterator[Callable[[], None]]:
    """Return a function that makes the system's letters twice as large."""
    before = QApplication.font()

    def enlarge() -> None:
        font = QApplication.font()
        font.setPixelSize(2 * QFontInfo(font).pixelSize())
        QApplication.setFont(font)
        QApplication.processEvents()

    yield enlarge
    QApplication.setFont(before)
