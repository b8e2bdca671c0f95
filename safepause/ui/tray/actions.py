"""The actions of the tray's menu and of the home window. Both share one set of actions.

The actions are made once. A change of state only shows, hides and renames them, so that an open
menu stays open. Each action emits a request; `app` connects the requests.

The tray icon waits for this module, so it loads little. The first use of the name `Qt` takes 24 ms
and 1 MB, that of fonts 8 ms. Both come later. So `Qt` is not imported from PySide6.QtCore here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from safepause.core.agreement import more_time, next_morning
from safepause.core.pause import Pause, State, state_of
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.ui.tray.menu_text import elided, menu_text
from safepause.ui.tray.minute_timer import MinuteTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.clock import Clock

LENGTHS = tuple(timedelta(minutes=minutes) for minutes in (20, 30, 45, 60, 120))
"""The lengths in the menu "Pause for..."."""
EXTRAS = (timedelta(minutes=20), timedelta(hours=1))
"""The lengths in the menu "We need more time"."""
NAMES = 2
WIDGET_SHORTCUT = 0
"""The value of Qt.ShortcutContext.WidgetShortcut."""


class Actions(QObject):
    """The actions without a pause and those during one. Each emits a request."""

    pause_requested = Signal(object)
    """The name of the person who asks, or None."""
    pause_for_requested = Signal(object)
    """The length of the pause (a timedelta), or the return time (a datetime)."""
    more_time_requested = Signal(object)
    """A length more (a timedelta), or the new return time (a datetime)."""
    choose_time_requested = Signal()
    """The person wants to choose a new return time in the pause window."""
    show_requested = Signal()
    breathe_requested = Signal()
    practice_requested = Signal()
    how_requested = Signal()
    return_requested = Signal()
    """The two are both here. Before an early return, the window asks back."""
    undo_requested = Signal()
    breathe_in_pause_requested = Signal()
    let_go_requested = Signal()
    quick_exit_requested = Signal()
    start_again_requested = Signal()
    look_back_requested = Signal()
    agreement_requested = Signal()
    history_requested = Signal()
    settings_requested = Signal()
    support_requested = Signal()
    quit_requested = Signal()
    changed = Signal()
    """An action has changed: its text, or whether it is shown."""

    def __init__(
        self, clock: Clock, parent: QObject | None = None, *, menu_at_click: bool = False
    ) -> None:
        """Start without a pause, with the default settings.

        With `menu_at_click` a click on the icon opens the menu, and only a double click calls.
        """
        super().__init__(parent)
        self._clock = clock
        self.menu_at_click = menu_at_click
        self._settings = DEFAULTS
        self._menus: list[tuple[QMenu, QAction, QAction, QAction]] = []
        self.pause: Pause | None = None
        self.practising = False
        """Whether a practice runs."""
        self._can_undo = False
        self.minute = MinuteTimer(clock, self)
        self.minute.passed.connect(self.refresh)
        self._make_actions()
        self._make_lengths()
        self.offer_after_talk(again=False, look_back=False)
        self.refresh()

    def offer_after_talk(self, *, again: bool, look_back: bool) -> None:
        """Offer, or no longer offer, to start the talk again and to look back."""
        self.start_again.setVisible(again)
        self.look_back.setVisible(look_back)
        self.changed.emit()

    @property
    def state(self) -> State:
        """The state of the pause now."""
        return state_of(self.pause, self._clock.now())

    @property
    def can_ask_for_more(self) -> bool:
        """Whether the rules still allow a later return time."""
        pause = self.pause
        if pause is None or not pause.extensions_left:
            return False
        return max(pause.return_at, self._clock.now()) < pause.last_at

    def update(self, pause: Pause | None, settings: Settings, *, can_undo: bool = False) -> None:
        """Show the actions for a pause, or those without one; Undo if it is in time."""
        self.pause, self._settings, self._can_undo = pause, settings, can_undo
        self.minute.follow(pause)
        self.refresh()

    def refresh(self) -> None:
        """Update every text that depends on the time."""
        self._refresh_idle()
        self._refresh_paused()
        self._refresh_tomorrow()
        idle, more = self.pause is None, self.can_ask_for_more and self.state is State.PAUSED
        for _menu, pause_for, more_time_menu, line in self._menus:
            pause_for.setVisible(idle)
            more_time_menu.setVisible(more)
            line.setVisible(idle)
        self.changed.emit()

    def set_shortcut_text(self, keys: str) -> None:
        """Show the keys of the shortcut, such as "Ctrl+Alt+P", or none for ""."""
        # The menu only shows these keys; the desktop's shortcut works everywhere. setShortcut and
        # setShortcutContext would need `Qt`, which takes 1 MB, so setProperty replaces them.
        self.pause_now.setProperty("shortcutContext", WIDGET_SHORTCUT)
        known = bool(keys) and QKeySequence(keys).toString() == keys
        self.pause_now.setProperty("shortcut", keys if known else "")
        label = self._pause_now_label()
        self.pause_now.setText(label if known or not keys else f"{label}\t{menu_text(keys)}")

    def show_practising(self, *, practising: bool) -> None:
        """Say in menu, icon and home window that a practice runs, or that none does."""
        self.practising = practising
        self.practice.setText(_("Stop the practice") if practising else _("Practise"))
        self.refresh()

    def build_menu(self) -> QMenu:
        """Return a menu of all actions. This object keeps it."""
        menu = QMenu()
        pause_for, more = self.build_pause_for(), self.build_more_time()
        calm = (self.agreement, self.history, self.settings, self.how, self.support)
        parts: tuple[tuple[QAction | QMenu, ...], ...] = (
            (
                self.pause_now,
                *self.pause_by,
                pause_for,
                self.undo,
                self.header,
                self.breathe_in_pause,
                more,
                self.no_more_time,
                self.both_here,
                self.not_ready,
                self.let_go,
                self.quick_exit,
            ),
            (self.start_again, self.look_back, self.breathe, self.practice, *calm),
            (self.quit,),
        )
        for part in parts:
            for entry in part:
                if isinstance(entry, QMenu):
                    menu.addMenu(entry)
                else:
                    menu.addAction(entry)
            if part[-1] is not self.quit:
                menu.addSeparator()
        # A panel draws a separator between hidden actions, too. So this separator can be hidden.
        line = menu.insertSeparator(self.agreement)
        self._menus.append((menu, pause_for.menuAction(), more.menuAction(), line))
        menu.aboutToShow.connect(self.refresh)
        self.refresh()
        return menu

    def build_pause_for(self) -> QMenu:
        """Return the menu "Pause for...". The caller keeps it."""
        menu = QMenu(_("Pause for\u2026"))
        menu.addActions([*self._lengths, self.until_tomorrow])
        menu.aboutToShow.connect(self.refresh)
        return menu

    def build_more_time(self) -> QMenu:
        """Return the menu "We need more time". The caller keeps it."""
        menu = QMenu(_("We need more time"))
        menu.addActions([*self._extras, self.more_until_tomorrow, self.choose])
        menu.aboutToShow.connect(self.refresh)
        return menu

    def _make_actions(self) -> None:
        self.pause_now = self._add(self._pause_now_label(), lambda: self.pause_requested.emit(None))
        self.pause_now.setShortcutVisibleInContextMenu(True)
        self.pause_by = [self._name_action(place) for place in range(NAMES)]
        self.breathe = self._add(_("Just breathe"), self.breathe_requested.emit)
        self.practice = self._add(_("Practise"), self.practice_requested.emit)
        self.start_again = self._add(_("Start again"), self.start_again_requested.emit)
        self.look_back = self._add(_("Look back"), self.look_back_requested.emit)
        self.header = self._add("", self.show_requested.emit)
        bold = self.header.font()
        bold.setBold(True)
        self.header.setFont(bold)
        self.show = self._add(_("Show"), self.show_requested.emit)
        self.undo = self._add(_("Undo a slip"), self.undo_requested.emit)
        self.breathe_in_pause = self._add(_("Breathe"), self.breathe_in_pause_requested.emit)
        self.both_here = self._add(_("We're both here\u2026"), self.return_requested.emit)
        self.not_ready = self._add(_("Not ready yet"), self.choose_time_requested.emit)
        self.let_go = self._add(_("Let it rest today"), self.let_go_requested.emit)
        self.quick_exit = self._add(_("Quick exit"), self.quick_exit_requested.emit)
        self.no_more_time = self._add("", lambda: None)
        self.no_more_time.setEnabled(False)
        self.agreement = self._add(_("Our agreement"), self.agreement_requested.emit)
        self.history = self._add(_("Our pauses"), self.history_requested.emit)
        self.settings = self._add(_("Settings"), self.settings_requested.emit)
        self.how = self._add(_("How it works"), self.how_requested.emit)
        self.support = self._add(_("More support"), self.support_requested.emit)
        self.quit = self._add(_("Quit"), self.quit_requested.emit)

    def _pause_now_label(self) -> str:
        """Return the first line of the menu. Where the menu opens at a click, it is the largest."""
        label = _("Pause now")
        return label + "\n" + _("Or click the icon twice") if self.menu_at_click else label

    def _make_lengths(self) -> None:
        self._lengths = [self._length_action(length) for length in LENGTHS]
        self._extras = [self._extra_action(extra) for extra in EXTRAS]
        self.until_tomorrow = self._add("", self._pause_until_tomorrow)
        self.more_until_tomorrow = self._add("", self._more_until_tomorrow)
        self.choose = self._add(_("Choose\u2026"), self.choose_time_requested.emit)

    def _add(self, text: str, request: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(lambda: request())  # noqa: PLW0108  -- drops `checked`
        return action

    def _name_action(self, place: int) -> QAction:
        return self._add("", lambda: self.pause_requested.emit(self._names[place]))

    def _length_action(self, length: timedelta) -> QAction:
        return self._add(words.long_length(length), lambda: self.pause_for_requested.emit(length))

    def _extra_action(self, extra: timedelta) -> QAction:
        return self._add(words.long_length(extra), lambda: self.more_time_requested.emit(extra))

    @property
    def _names(self) -> tuple[str, ...]:
        return self._settings.agreement.names

    def _refresh_idle(self) -> None:
        idle = self.pause is None
        for action in (self.pause_now, self.breathe, self.practice, self.history, self.how):
            action.setVisible(idle)
        for place, action in enumerate(self.pause_by):
            known = place < len(self._names)
            action.setVisible(idle and known)
            if known:
                name = words.name(menu_text(elided(self._names[place])))
                action.setText(_("I need a pause - {name}").format(name=name))

    def _refresh_paused(self) -> None:
        pause = self.pause
        paused, due = self.state is State.PAUSED, self.state is State.DUE
        for action in (self.header, self.show, self.both_here, self.quick_exit):
            action.setVisible(pause is not None)
        self.undo.setVisible(self._can_undo)
        self.breathe_in_pause.setVisible(paused)
        self.no_more_time.setVisible(paused and not self.can_ask_for_more)
        for action in (self.not_ready, self.let_go):
            action.setVisible(due)
        if pause is not None:
            self.header.setText(words.back_at(pause, self._clock))
            self.no_more_time.setText(_no_more_time(pause))
            now = self._clock.now()
            for action, extra in zip(self._extras, EXTRAS, strict=True):
                action.setVisible(more_time(pause, now, extra) <= pause.last_at)

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
        if self.pause is None:
            return None
        morning = next_morning(self._clock, self.pause.last_at)
        return morning if morning is not None and morning > self.pause.return_at else None

    def _pause_until_tomorrow(self) -> None:
        self._request_morning(next_morning(self._clock), self.pause_for_requested.emit)

    def _more_until_tomorrow(self) -> None:
        self._request_morning(self._later_morning(), self.more_time_requested.emit)

    def _request_morning(
        self, morning: datetime | None, request: Callable[[datetime], object]
    ) -> None:
        """Request the next morning from now on. A panel may still show a text of yesterday."""
        self.show_requested.emit() if morning is None else request(morning)


def _no_more_time(pause: Pause) -> str:
    """Return the text that replaces "We need more time"."""
    if not pause.terms.extensions_allowed:
        return _("We agreed on no extra time")
    if not pause.extensions_left:
        return _("Extra time is used up for now")
    return _("A pause lasts a day at most")
