"""The actions of the tray's menu and of the home window. Both share one set of actions.

The actions are made once. A change of state only shows, hides and renames them, so that an open
menu stays open. Each action emits a request; `app` connects the requests.

The tray icon waits for this module, so it loads little. The first use of the name `Qt` takes 24 ms
and 1 MB, that of fonts 8 ms. Both come later. So `Qt` is not imported from PySide6.QtCore here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from safepause.core.pause import Pause, State, state_of
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.ui.tray.lengths import LengthActions
from safepause.ui.tray.menu_text import elided, menu_text
from safepause.ui.tray.minute_timer import MinuteTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.clock import Clock

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
        self.lengths = LengthActions(self, clock)
        self._make_actions()
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

    def update(self, pause: Pause | None, settings: Settings, *, can_undo: bool = False) -> None:
        """Show the actions for a pause, or those without one; Undo if it is in time."""
        self.pause, self._settings, self._can_undo = pause, settings, can_undo
        self.minute.follow(pause)
        self.refresh()

    def refresh(self) -> None:
        """Update every text that depends on the time."""
        self._refresh_idle()
        self._refresh_paused()
        self.lengths.refresh(self.pause)
        idle = self.pause is None
        more = self.state is State.PAUSED and self.lengths.can_ask_for_more
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
        pause_for, more = self.lengths.build_pause_for(), self.lengths.build_more_time()
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
                self.lengths.no_more_time,
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

    def _make_actions(self) -> None:
        self.pause_now = self.add(self._pause_now_label(), lambda: self.pause_requested.emit(None))
        self.pause_now.setShortcutVisibleInContextMenu(True)
        self.pause_by = [self._name_action(place) for place in range(NAMES)]
        self.breathe = self.add(_("Just breathe"), self.breathe_requested.emit)
        self.practice = self.add(_("Practise"), self.practice_requested.emit)
        self.start_again = self.add(_("Start again"), self.start_again_requested.emit)
        self.look_back = self.add(_("Look back"), self.look_back_requested.emit)
        self.header = self.add("", self.show_requested.emit)
        bold = self.header.font()
        bold.setBold(True)
        self.header.setFont(bold)
        self.show = self.add(_("Show"), self.show_requested.emit)
        self.undo = self.add(_("Undo a slip"), self.undo_requested.emit)
        self.breathe_in_pause = self.add(_("Breathe"), self.breathe_in_pause_requested.emit)
        self.both_here = self.add(_("We're both here\u2026"), self.return_requested.emit)
        self.not_ready = self.add(_("Not ready yet"), self.choose_time_requested.emit)
        self.let_go = self.add(_("Let it rest today"), self.let_go_requested.emit)
        self.quick_exit = self.add(_("Quick exit"), self.quick_exit_requested.emit)
        self.agreement = self.add(_("Our agreement"), self.agreement_requested.emit)
        self.history = self.add(_("Our pauses"), self.history_requested.emit)
        self.settings = self.add(_("Settings"), self.settings_requested.emit)
        self.how = self.add(_("How it works"), self.how_requested.emit)
        self.support = self.add(_("More support"), self.support_requested.emit)
        self.quit = self.add(_("Quit"), self.quit_requested.emit)

    def _pause_now_label(self) -> str:
        """Return the first line of the menu. Where the menu opens at a click, it is the largest."""
        label = _("Pause now")
        return label + "\n" + _("Or click the icon twice") if self.menu_at_click else label

    def add(self, text: str, request: Callable[[], object]) -> QAction:
        """Return a new action that makes a request."""
        action = QAction(text, self)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(lambda: request())  # noqa: PLW0108  -- drops `checked`
        return action

    def _name_action(self, place: int) -> QAction:
        return self.add("", lambda: self.pause_requested.emit(self._names[place]))

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
        for action in (self.not_ready, self.let_go):
            action.setVisible(due)
        if pause is not None:
            self.header.setText(words.back_at(pause, self._clock))
