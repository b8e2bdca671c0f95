"""The moment in which a call, or the end of a pause, can be undone.

For ten real seconds, the tray's menu and the window offer Undo. One timer ends this moment. It runs
only after a call or an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause.core.capability import CapabilityKey
from safepause.core.listeners import Order
from safepause.core.pause import UNDO_WINDOW, Start, Undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.capability import Capability
    from safepause.core.service import Accepted, PauseService

SPARE_MS = 50
"""How long after the last moment for an undo the offer goes: an early timer would leave it."""


class UndoMoment:
    """Follows the pause, and says when nothing can be undone any more."""

    def __init__(self, service: PauseService, over: Callable[[], object]) -> None:
        """Call `over` at the end of each moment."""
        self._service = service
        self._over = over
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        service.on_change(CapabilityKey.TRAY, self._follow, Order.SHOW)
        service.on_forget(CapabilityKey.TRAY, self._end)

    def start(self) -> None:
        """Do nothing. A call or an end begins the moment."""

    def stop(self) -> None:
        """Forget the pause that ended last."""
        self._timer.stop()
        self._service.last_end.forget()

    def capabilities(self) -> list[Capability]:
        """Return nothing: this needs nothing of the desktop."""
        return []

    def _follow(self, accepted: Accepted) -> None:
        step = accepted.transition
        if step.begins_pause or (accepted.pause is None and not isinstance(step.command, Undo)):
            self._timer.start(round(UNDO_WINDOW.total_seconds() * 1000) + SPARE_MS)
        elif not isinstance(step.command, Start):
            self._stop_unless_open()

    def time_moved(self) -> None:
        """End the moment after a sleep: the timer stands still in it, and the ten seconds don't."""
        if self._timer.isActive() and not self._can_undo:
            self._end()

    @property
    def _can_undo(self) -> bool:
        return self._service.last_end.can_undo(self._service.pause)

    def _stop_unless_open(self) -> None:
        if not self._can_undo:
            self._timer.stop()

    def _end(self) -> None:
        self._timer.stop()
        self._service.last_end.forget()
        self._over()
