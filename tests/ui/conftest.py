"""Fixtures of all tests of the windows: a pause window, and a system that turns dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tests.ui.pause.scene import Scene

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
def turn_dark(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Return a function that turns the system's colours dark, and tells this as Qt does."""
    before = QApplication.palette()

    def turn() -> None:
        QApplication.setPalette(QPalette(QColor("#222222")))
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    yield turn
    QApplication.setPalette(before)
