"""Sentences that a screen reader says at once, even if the window does not have the keyboard.

Orca, on Linux, reads a widget with the role of a notification when it comes. Its older versions do
not hear Qt's announcements, which are what the readers of other systems hear.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from safepause.i18n.heard_words import spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

_ROLE: QAccessible.Role | None = (
    getattr(QAccessible.Role, "Notification", None) if sys.platform == "linux" else None
)
"""The role that Orca reads; None before Qt 6.9, and elsewhere than on Linux."""
_TYPED = getattr(QtWidgets, "QAccessibleWidget", None)
"""What gives a widget a role; None in versions of PySide without it."""
_registered: list[object] = []
"""The roles in use.

Qt owns and deletes them. Python would delete one, too, if nothing here referred to it: a crash.
"""


def announce(window: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence. The window must be on the screen by then."""
    if _ROLE is None or _TYPED is None:
        event = QAccessibleAnnouncementEvent(window, spoken(sentence))
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
        return
    note = window.findChild(Announced) or Announced(window)
    note.say(spoken(sentence))


class Announced(QWidget):
    """One pixel in a corner, with the sentence as its name. It takes no key and no click."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(1, 1)
        self.hide()
        if _TYPED is not None and _ROLE is not None:
            typed = _TYPED(self, _ROLE, "")
            _registered.append(typed)
            QAccessible.registerAccessibleInterface(typed)

    def say(self, sentence: str) -> None:
        """Come anew, with a sentence."""
        self.hide()
        self.setAccessibleName(sentence)
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stay hidden when the window comes again: the sentence was said."""
        super().hideEvent(event)
        self.hide()
