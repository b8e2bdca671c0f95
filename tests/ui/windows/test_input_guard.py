"""The input that a window ignores in its first moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from safepause.ui.windows.input_guard import SECONDS, InputGuard
from tests.fakes import FakeClock
from tests.ui.samples import record

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still."""
    return FakeClock()


@pytest.fixture
def button(qtbot: QtBot) -> QPushButton:
    """Return a visible button that is a window of its own."""
    made = QPushButton()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.hasFocus)
    return made


def space(button: QPushButton, *, repeated: bool) -> None:
    """Press and release Space in the native window. The press may be a repeat of a held key."""
    for kind, again in ((QEvent.Type.KeyPress, repeated), (QEvent.Type.KeyRelease, False)):
        event = QKeyEvent(
            kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=again
        )
        QCoreApplication.sendEvent(button.windowHandle(), event)


def test_a_held_key_is_ignored_until_it_is_released(button: QPushButton, clock: FakeClock) -> None:
    """A key that a person holds when the window comes up does nothing, however long it is held."""
    clicked = record(button.clicked)
    guard = InputGuard(clock, button)
    guard.watch(button.windowHandle())
    clock.move(seconds=SECONDS + 5)
    space(button, repeated=True)
    assert clicked == []
    space(button, repeated=False)
    assert len(clicked) == 1


def test_watching_again_starts_again(button: QPushButton, clock: FakeClock) -> None:
    """Each call of `watch` starts the moments of ignored input again."""
    clicked = record(button.clicked)
    guard = InputGuard(clock, button)
    for _time in range(2):
        guard.watch(button.windowHandle())
        space(button, repeated=False)
        clock.move(seconds=SECONDS + 0.01)
    assert clicked == []
    space(button, repeated=False)
    guard.watch(button.windowHandle())
    space(button, repeated=False)
    assert len(clicked) == 1
