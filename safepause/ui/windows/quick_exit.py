"""Quick exit: every window of the program is gone at once, with no question, and its notification.

It opens nothing, ends nothing, and says nothing of traces. A pause goes on. Every window offers it,
by its button or by Shift, pressed three times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from safepause.i18n.language import _
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.selection import give_up_selection
from safepause.ui.widgets.tab_order import last_stop
from safepause.ui.windows.leaving import tell_left

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

TIMES = 3
"""How often Shift is pressed."""
WITHIN_MS = 2000
"""The time in which that happens, from the first press to the last."""


def leave_at_once() -> None:
    """Hide every window of the program, open menus and lists first."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.isVisible():
        popup.hide()
    for window in QApplication.topLevelWidgets():
        window.hide()
    give_up_selection()
    tell_left()


def quick_exit_button() -> QPushButton:
    """Return the button of the quick exit."""
    made = button(_("Quick exit"), leave_at_once, ButtonStyle.QUIET)
    made.setAccessibleDescription(_("Hides every window. Shift three times does so, too."))
    made.setToolTip(made.accessibleDescription())
    return last_stop(made)


class ShiftThreeTimes:
    """Counts how often Shift alone is pressed."""

    def __init__(self) -> None:
        self._presses: list[int] = []
        """When Shift was pressed, in milliseconds."""

    def pressed(self, event: QKeyEvent) -> bool:
        """Take a key press. Return whether it is the third one of Shift in a short time."""
        if event.type() != QEvent.Type.KeyPress or event.isAutoRepeat():
            return False
        if event.key() != Qt.Key.Key_Shift:
            self._presses.clear()
            return False
        now = event.timestamp()
        self._presses = [then for then in self._presses if now - then <= WITHIN_MS] + [now]
        if len(self._presses) < TIMES:
            return False
        self._presses.clear()
        return True
