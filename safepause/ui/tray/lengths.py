"""The actions of the lengths that a person can choose: of a pause, and of more time in one.

Each action asks through `Actions`. Those that the rules don't allow are hidden.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from safepause.core.agreement import more_time, next_morning, overnight_until
from safepause.core.pause import Pause, State, state_of
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from safepause.core.clock import Clock
    from safepause.ui.tray.actions import Actions

LENGTHS = tuple(timedelta(minutes=minutes) for minutes in (20, 30, 45, 60, 120))
"""The lengths in the menu "Pause for..."."""
EXTRAS = (timedelta(minutes=20), timedelta(hours=1))
"""The lengths in the menu "We need more time"."""


class LengthActions:
    """The actions in the menus "Pause for..." and "We need more time", and what replaces them."""

    def __init__(self, actions: Actions, clock: Clock) -> None:
        """Make the actions, which belong to `actions` and ask through it."""
        self._actions = actions
        self._clock = clock
        self._pause: Pause | None = None
        self._lengths = [self._length_action(length) for length in LENGTHS]
        self._extras = [self._extra_action(extra) for extra in EXTRAS]
        self.until_tomorrow = actions.add("", self._pause_until_tomorrow)
        self.more_until_tomorrow = actions.add("", self._more_until_tomorrow)
        self.choose = actions.add(_("Choose\u2026"), actions.choose_time_requested.emit)
        self.no_more_time = actions.add("", lambda: None)
        self.no_more_time.setEnabled(False)

    @property
    def can_ask_for_more(self) -> bool:
        """Whether the rules still allow a later return time. Late at night, that is the morning."""
        pause = self._pause
        if pause is None:
            return False
        if not pause.extensions_left:
            return self._later_morning() is not None
        return max(pause.return_at, self._clock.now()) < pause.last_at

    def refresh(self, pause: Pause | None) -> None:
        """Show the lengths that a pause, or the time without one, allows now."""
        self._pause = pause
        now = self._clock.now()
        paused = state_of(pause, now) is State.PAUSED
        self.no_more_time.setVisible(paused and not self.can_ask_for_more)
        if pause is not None:
            self.no_more_time.setText(_no_more_time(pause))
            left = bool(pause.extensions_left)
            for action, extra in zip(self._extras, EXTRAS, strict=True):
                action.setVisible(left and more_time(pause, now, extra) <= pause.last_at)
            self.choose.setVisible(left)
        self._refresh_tomorrow()

    def build_pause_for(self) -> QMenu:
        """Return the menu "Pause for...". The caller keeps it."""
        return self._menu(_("Pause for\u2026"), [*self._lengths, self.until_tomorrow])

    def build_more_time(self) -> QMenu:
        """Return the menu "We need more time". The caller keeps it."""
        entries = [*self._extras, self.more_until_tomorrow, self.choose]
        return self._menu(_("We need more time"), entries)

    def _menu(self, title: str, entries: list[QAction]) -> QMenu:
        menu = QMenu(title)
        menu.addActions(entries)
        menu.aboutToShow.connect(self._actions.refresh)
        return menu

    def _length_action(self, length: timedelta) -> QAction:
        ask = self._actions.pause_for_requested
        return self._actions.add(words.long_length(length), lambda: ask.emit(length))

    def _extra_action(self, extra: timedelta) -> QAction:
        ask = self._actions.more_time_requested
        return self._actions.add(words.long_length(extra), lambda: ask.emit(extra))

    def _refresh_tomorrow(self) -> None:
        for action, morning in (
            (self.until_tomorrow, next_morning(self._clock)),
            (self.more_until_tomorrow, self._later_morning()),
        ):
            action.setVisible(morning is not None)
            if morning is not None:
                when = words.return_time(morning, self._clock)
                action.setText(_("Until {day_and_time}").format(day_and_time=when))

    def _later_morning(self) -> datetime | None:
        """Return the next morning, if the rules allow the pause to last until then."""
        if self._pause is None:
            return None
        if not self._pause.extensions_left:
            return overnight_until(self._pause, self._clock)
        morning = next_morning(self._clock, self._pause.last_at)
        return morning if morning is not None and morning > self._pause.return_at else None

    def _pause_until_tomorrow(self) -> None:
        self._request_morning(next_morning(self._clock), self._actions.pause_for_requested.emit)

    def _more_until_tomorrow(self) -> None:
        self._request_morning(self._later_morning(), self._actions.more_time_requested.emit)

    def _request_morning(
        self, morning: datetime | None, request: Callable[[datetime], object]
    ) -> None:
        """Request the next morning from now on. A panel may still show a text of yesterday."""
        self._actions.show_requested.emit() if morning is None else request(morning)


def _no_more_time(pause: Pause) -> str:
    """Return the text that replaces "We need more time"."""
    if not pause.terms.extensions_allowed:
        return _("We agreed on no extra time")
    if not pause.extensions_left:
        return _("Extra time is used up for now")
    return _("A pause lasts a day at most")
