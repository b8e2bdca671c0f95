"""What the tests of the pause window share: a fake clock, real input, and the visible texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from safepause.ui.pause.orb import Orb
from safepause.ui.pause.window import PauseWindow
from tests.fakes import FakeClock
from tests.ui.samples import settings

if TYPE_CHECKING:
    from safepause.core.settings.declaration import Value
    from safepause.ui.pause.page import Page

LONG_NAME = "Maximiliana-Konstantinopolitanskaya von Sachsen-Coburg-Gotha"


def ticks(window: PauseWindow) -> bool:
    """Tell whether a timer of the window itself runs, and not one of its parts."""
    own = Qt.FindChildOption.FindDirectChildrenOnly
    return any(timer.isActive() for timer in window.findChildren(QTimer, options=own))


class Scene:
    """A pause window on a fake clock."""

    def __init__(self, **values: Value) -> None:
        """Make the window with some settings."""
        self.clock = FakeClock()
        self.window = PauseWindow(self.clock, settings(**values))

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.window.page
        assert page is not None
        return page

    @property
    def ticking(self) -> bool:
        """Whether a timer of the window runs."""
        return ticks(self.window)

    def wait(self, seconds: float) -> None:
        """Let time pass, and update window and orb as their timers would."""
        self.clock.move(seconds=seconds)
        self.window.refresh()
        for orb in self.window.findChildren(Orb):
            orb.advance()

    def up(self) -> None:
        """Bring the window up, as after a person's own call."""
        self.window.bring_up(steal_focus=True)

    def settle(self) -> None:
        """Let Qt finish the layouts that are due."""
        QCoreApplication.sendPostedEvents()
        QCoreApplication.sendPostedEvents()

    def texts(self) -> list[str]:
        """Return every visible text, as a screen reader has it."""
        found = [
            widget.accessibleName()
            for widget in self.window.findChildren(QLabel) + self.window.findChildren(QPushButton)
            if widget.isVisibleTo(self.window)
        ]
        return [text for text in found if text]

    def button(self, name: str) -> QPushButton:
        """Return the visible button called `name`."""
        (found,) = [
            button
            for button in self.window.findChildren(QPushButton)
            if button.accessibleName() == name and button.isVisibleTo(self.window)
        ]
        return found

    def has_button(self, name: str) -> bool:
        """Tell whether a button called `name` is visible."""
        return name in self.texts()

    def click(self, name: str) -> None:
        """Click through the native window, as a real mouse does."""
        self.settle()
        button = self.button(name)
        at = button.mapTo(self.window, button.rect().center())
        QTest.mouseClick(
            self.window.windowHandle(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(at),
        )

    def key(self, key: Qt.Key) -> None:
        """Press a key through the native window, as a real keyboard does."""
        QTest.keyClick(self.window.windowHandle(), key)
