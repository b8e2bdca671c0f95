"""The table of signals: each signal, the object that emits it, and the effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSystemTrayIcon

from safepause.core.origin import Origin
from safepause.core.pause import Extend, LetGo, Return, Start, Undo
from safepause.core.shortcut.binding_lines import KeysOffer
from safepause.system.shortcut import NAME1, NAME2, PAUSE
from safepause.system.shortcut.base import Consent
from safepause.ui.agreement.window import AgreementWindow
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.early_page import EarlyPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.say_page import SayPage
from safepause.ui.pause.words_page import TrustedPage
from safepause.ui.settings.window import SettingsWindow
from safepause.ui.windows.first_run import FirstRunWindow
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.home import HomeWindow
from safepause.ui.windows.support import SupportWindow
from tests.app import effects as e
from tests.app import scenes as s
from tests.app import senders as by
from tests.fakes import EVENING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from tests.app.effects import Act
    from tests.app.running import Program

SHORT, MORE, LONG = timedelta(minutes=5), timedelta(minutes=20), timedelta(minutes=45)
LATER = EVENING + timedelta(hours=2)
CLICK, DARK = (QSystemTrayIcon.ActivationReason.Trigger,), (Qt.ColorScheme.Dark,)
COLOURS = "QStyleHints.colorSchemeChanged"
WINDOW, TRAY, NOTIFICATION = Origin.WINDOW, Origin.TRAY, Origin.NOTIFICATION


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One signal: the state before, the object that emits it, its values, and the effect."""

    signal: str
    """The class that declares the signal, and its name."""
    before: Act
    emitter: Callable[[Program], QObject | None]
    seen: Act
    values: tuple[object, ...] = ()


ROWS = (
    SignalRow("Tray.activated", s.idle, by.tray, e.did(Start, TRAY)),
    SignalRow("Tray.middle_clicked", s.idle, by.tray, e.on_page(BreathingPage)),
    SignalRow("Tray.middle_clicked", s.hidden, by.tray, e.in_front),
    SignalRow("Tray.menu_wanted", s.idle, by.tray, e.opened(HomeWindow)),
    SignalRow("Tray.message_clicked", s.hidden, by.tray, e.in_front),
    SignalRow("Actions.pause_requested", s.idle, by.actions, e.called_by("Alex"), ("Alex",)),
    SignalRow("Actions.pause_for_requested", s.idle, by.actions, e.returns_in(LONG), (LONG,)),
    SignalRow("Actions.pause_for_requested", s.idle, by.actions, e.home_says("20 min"), (SHORT,)),
    SignalRow("Actions.more_time_requested", s.paused, by.actions, e.did(Extend, TRAY), (MORE,)),
    SignalRow("Actions.choose_time_requested", s.hidden, by.actions, e.on_page(ExtendPage)),
    SignalRow("Actions.start_again_requested", s.idle, by.actions, e.on_page(RestartPage)),
    SignalRow("Actions.look_back_requested", s.idle, by.actions, e.on_page(LookBackPage)),
    SignalRow("Actions.show_requested", s.hidden, by.actions, e.in_front),
    SignalRow("Actions.show_requested", s.idle, by.actions, e.opened(HomeWindow)),
    SignalRow("Actions.practice_requested", s.idle, by.actions, e.practises),
    SignalRow("Actions.how_requested", s.idle, by.actions, e.opened(FirstRunWindow)),
    SignalRow("FirstRunWindow.practice_requested", s.first_page, by.first_page, e.practises),
    SignalRow(
        "FirstRunWindow.support_requested", s.first_page, by.first_page, e.opened(SupportWindow)
    ),
    SignalRow(
        "FirstRunWindow.settings_requested", s.first_page, by.first_page, e.opened(SettingsWindow)
    ),
    SignalRow(
        "FirstRunWindow.set_requested",
        s.first_page,
        by.first_page,
        e.set_to("name1", "Alex"),
        ("name1", "Alex"),
    ),
    SignalRow(
        "FirstRunWindow.left", s.first_page_without_tray, by.first_page, e.opened(HomeWindow)
    ),
    SignalRow("Actions.breathe_requested", s.idle, by.actions, e.on_page(BreathingPage)),
    SignalRow("Actions.return_requested", s.paused, by.actions, e.on_page(EarlyPage)),
    SignalRow("Actions.undo_requested", s.paused, by.actions, e.did(Undo, TRAY)),
    SignalRow(
        "Actions.breathe_in_pause_requested", s.resting, by.actions, e.on_page(BreathingPage)
    ),
    SignalRow("Actions.let_go_requested", s.due, by.actions, e.did(LetGo, TRAY)),
    SignalRow("Actions.agreement_requested", s.idle, by.actions, e.opened(AgreementWindow)),
    SignalRow(
        "Actions.settings_requested", s.idle, by.actions, e.opened(SettingsWindow, "Settings")
    ),
    SignalRow("Actions.history_requested", s.idle, by.actions, e.opened(HistoryWindow)),
    SignalRow("Actions.quick_exit_requested", s.paused, by.actions, e.gone),
    SignalRow("Actions.support_requested", s.idle, by.actions, e.opened(SupportWindow)),
    SignalRow("Actions.quit_requested", s.idle, by.actions, e.left),
    SignalRow("Actions.changed", s.slip_a_pause_in, by.actions, e.tool_tip("Back")),
    SignalRow("MinuteTimer.passed", s.a_minute_passes, by.minute, e.tool_tip("29 min")),
    SignalRow("PausePages.undo_requested", s.paused, by.window, e.did(Undo, WINDOW)),
    SignalRow("PausePages.return_requested", s.paused, by.window, e.did(Return, WINDOW)),
    SignalRow(
        "PausePages.more_time_requested", s.paused, by.window, e.did(Extend, WINDOW), (MORE,)
    ),
    SignalRow("PausePages.let_go_requested", s.due, by.window, e.did(LetGo, WINDOW)),
    SignalRow("PausePages.pause_again_requested", s.ended, by.window, e.did(Start, WINDOW)),
    SignalRow("PausePages.small_restart_requested", s.due, by.window, e.on_page(RestartPage)),
    SignalRow("PausePages.small_restart_requested", s.due, by.window, e.did(Return, WINDOW)),
    SignalRow("PausePages.talk_requested", s.ended, by.window, e.plans_talk, (LATER,)),
    SignalRow("PausePages.look_back_wanted", s.ended, by.window, e.plans_look_back, (True,)),
    SignalRow("PausePages.support_requested", s.due, by.window, e.opened(SupportWindow)),
    SignalRow("PausePages.hidden_by_person", s.home_waits, by.window, e.opened(HomeWindow)),
    SignalRow("Background.painted", s.paused, by.window, e.watches),
    SignalRow("Screens.changed", s.off_the_screen, by.screens, e.whole),
    SignalRow("Page.outgrown", s.squeezed, by.page, e.has_room),
    SignalRow("Page.hide_requested", s.paused, by.page, e.gone),
    SignalRow("Page.hide_requested", s.resting, by.page, e.gone),
    SignalRow("Page.hide_requested", s.due, by.page, e.gone),
    SignalRow("Page.hide_requested", s.choosing, by.page, e.gone),
    SignalRow("Page.hide_requested", s.ended, by.page, e.gone),
    SignalRow("Orb.finished", s.paused, by.orb, e.on_page(RestPage)),
    SignalRow("BreathingPage.undo_requested", s.paused, by.page, e.did(Undo, WINDOW)),
    SignalRow(
        "BreathingPage.say_requested", s.paused, by.page, e.on_page(SayPage), ("I'll be back.",)
    ),
    SignalRow(
        "StillView.say_requested", s.paused, by.still, e.on_page(SayPage), ("I'll be back.",)
    ),
    SignalRow("SayPage.back_requested", s.saying, by.page, e.on_page(BreathingPage)),
    SignalRow("BreathingPage.rest_requested", s.paused, by.page, e.on_page(RestPage)),
    SignalRow("RestPage.breathe_requested", s.resting, by.page, e.on_page(BreathingPage)),
    SignalRow("RestPage.check_requested", s.resting, by.page, e.on_page(CalmCheckPage)),
    SignalRow("RestPage.sleep_requested", s.resting, by.page, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("SleepButton.chosen", s.resting, by.sleep, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("SleepButton.chosen", s.paused, by.sleep, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("CalmCheckPage.back_requested", s.checking, by.page, e.on_page(RestPage)),
    SignalRow("CalmCheckPage.timed", s.counting, by.page, e.says("30 seconds left")),
    SignalRow("PulsePanel.timed", s.counting, by.pulse, e.says("30 seconds left")),
    SignalRow("RatingRow.rated", s.rated, by.rating, e.says("This is low")),
    SignalRow("RestPage.return_requested", s.resting, by.page, e.did(Return, WINDOW)),
    SignalRow("ReturnPage.return_requested", s.due, by.page, e.did(Return, WINDOW)),
    SignalRow("ReturnPage.more_time_wanted", s.due, by.page, e.on_page(ExtendPage)),
    SignalRow("ReturnPage.let_go_requested", s.due, by.page, e.did(LetGo, WINDOW)),
    SignalRow("ReturnPage.not_yet", s.set_back, by.page, e.on_page(RestPage)),
    SignalRow("ExtendPage.chosen", s.choosing, by.page, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("ExtendPage.back_requested", s.choosing, by.page, e.on_page(ReturnPage)),
    SignalRow("ExtendPage.return_requested", s.choosing, by.page, e.did(Return, WINDOW)),
    SignalRow("ExtendPage.let_go_requested", s.choosing, by.page, e.did(LetGo, WINDOW)),
    SignalRow("ExtendPage.small_restart_requested", s.choosing, by.page, e.on_page(RestartPage)),
    SignalRow("ExtendPage.trusted_wanted", s.choosing, by.page, e.on_page(TrustedPage)),
    SignalRow("TrustedPage.back_requested", s.trusting, by.page, e.on_page(ExtendPage)),
    SignalRow("EarlyPage.return_requested", s.asked_early, by.page, e.did(Return, WINDOW)),
    SignalRow("EarlyPage.rest_wanted", s.asked_early, by.page, e.on_page(BreathingPage)),
    SignalRow("RestartPage.pause_again_requested", s.ended, by.page, e.did(Start, WINDOW)),
    SignalRow(
        "RestartPage.step_shown", s.at_close_unasked, by.page, e.says("with your computer?"), (3,)
    ),
    SignalRow("RestartPage.talk_requested", s.ended, by.page, e.plans_talk, (LATER,)),
    SignalRow("RestartPage.look_back_wanted", s.ended, by.page, e.plans_look_back, (True,)),
    SignalRow("WhoStep.chosen", s.ended, by.who_step, e.takes_turns, (1,)),
    SignalRow("CloseStep.talk_requested", s.ended, by.close_step, e.plans_talk, (LATER,)),
    SignalRow("CloseStep.look_back_wanted", s.ended, by.close_step, e.plans_look_back, (True,)),
    SignalRow("RestartPage.autostart_wanted", s.closing, by.page, e.starts_with_computer),
    SignalRow(
        "AgreementWindow.support_requested", s.agreement, by.agreement, e.opened(SupportWindow)
    ),
    SignalRow(
        "AgreementWindow.set_requested",
        s.agreement,
        by.agreement,
        e.set_to("length", 45),
        ("length", 45),
    ),
    SignalRow("AgreementWindow.agreed", s.agreement, by.agreement, e.both_agreed),
    SignalRow(
        "AgreementWindow.withdrawn", s.agreed, by.agreement, lambda each: not e.both_agreed(each)
    ),
    SignalRow("AgreementWindow.rehearse_requested", s.rehearsal, by.agreement, e.rehearses),
    SignalRow(
        "AgreementWindow.save_requested",
        s.agreement,
        by.agreement,
        e.says("choose another place"),
        ("/nonexistent/ours.pdf",),
    ),
    SignalRow(
        "HistoryWindow.save_requested",
        s.outcome,
        by.history,
        e.says("choose another place"),
        ("/nonexistent/ours.csv",),
    ),
    SignalRow(
        "SaveRow.save_requested",
        s.agreement,
        by.save_row,
        e.says("choose another place"),
        ("/nonexistent/ours.pdf",),
    ),
    SignalRow("Line.set_requested", s.agreement, by.line, e.set_to("length", 45), ("length", 45)),
    SignalRow("SettingsWindow.came_back", s.record_changes, by.forms, e.checked("autostart")),
    SignalRow(
        "SettingsWindow.set_requested", s.settings, by.forms, e.set_to("length", 45), ("length", 45)
    ),
    SignalRow(
        "SettingsWindow.set_requested",
        s.settings,
        by.forms,
        e.noted("shortcut1", "already"),
        ("shortcut1", "Ctrl+Alt+P"),
    ),
    SignalRow(
        "SettingsWindow.set_requested",
        s.full_disk,
        by.forms,
        e.noted("length", "full"),
        ("length", 45),
    ),
    SignalRow(
        "SettingsWindow.set_requested",
        s.record_refuses,
        by.forms,
        e.noted("autostart", "read-only"),
        ("autostart", True),
    ),
    SignalRow("IdeasField.edited", s.settings, by.ideas, e.set_to("ideas", "Tea"), ("Tea",)),
    SignalRow("IdeasEdit.left", s.idea_written, by.ideas_edit, e.set_to("ideas", "Tea")),
    SignalRow(
        "SettingField.set_requested",
        s.settings,
        by.row("length"),
        e.set_to("length", 45),
        ("length", 45),
    ),
    SignalRow(
        "SettingField.set_requested",
        s.settings,
        by.row("autostart"),
        e.starts_with_computer,
        ("autostart", True),
    ),
    SignalRow(
        "CountBox.corrected", s.settings, by.box("length"), e.noted("length", "9999"), ("9999",)
    ),
    SignalRow(
        "ShortcutField.recorded",
        s.settings,
        by.box("shortcut1"),
        e.set_to("shortcut1", "Ctrl+Alt+O"),
        ("Ctrl+Alt+O",),
    ),
    SignalRow("SettingsWindow.offer_taken", s.settings, by.forms, e.asks_desktop, (KeysOffer.ASK,)),
    SignalRow("SettingsWindow.offer_taken", s.settings, by.forms, e.again, (KeysOffer.RESTART,)),
    SignalRow("OfferButton.taken", s.settings, by.offer, e.asks_desktop, (KeysOffer.ASK,)),
    SignalRow("UpdateWindow.restart_requested", s.update_asked, by.update, e.again),
    SignalRow("HistoryWindow.forget_requested", s.outcome, by.history, e.forgotten),
    SignalRow(
        "HistoryWindow.forget_requested", s.outcome_on_full_disk, by.history, e.says("disk is full")
    ),
    SignalRow(
        "HistoryWindow.forget_requested", s.log_in_the_way, by.history, e.says("except this: Log")
    ),
    SignalRow("Shortcuts.pressed", s.idle, by.keys, e.did(Start, Origin.SHORTCUT), (PAUSE,)),
    SignalRow("Shortcuts.pressed", s.name2, by.keys, e.called_by("Sam"), (NAME2,)),
    SignalRow("Shortcuts.changed", s.other_keys, by.keys, e.menu_shows("Meta+F9")),
    SignalRow(
        "Shortcuts.changed",
        s.other_keys_of_the_desktop,
        by.keys,
        e.noted("shortcut", "The desktop has set: Meta+F9"),
    ),
    SignalRow(
        "Shortcuts.answered",
        s.idle,
        by.keys,
        e.set_to("keys_refused", value=True),
        (Consent(ask=False, refused=True),),
    ),
    SignalRow(
        "Shortcuts.answered",
        s.idle,
        by.keys,
        e.set_to("keys_given", "name1 pause"),
        (Consent(ask=False, given=frozenset({PAUSE, NAME1})),),
    ),
    SignalRow(
        "Notifications.chosen", s.due, by.notifications, e.did(Return, NOTIFICATION), ("here",)
    ),
    SignalRow(
        "Notifications.chosen", s.due, by.notifications, e.on_page(ExtendPage), ("more-time",)
    ),
    SignalRow("Notifications.chosen", s.hidden, by.notifications, e.in_front, ("default",)),
    SignalRow("ScreenLock.locked", s.paused, by.lock, e.held),
    SignalRow("ScreenLock.unlocked", s.locked, by.lock, e.announced),
    SignalRow("ClockWatch.jumped", s.sleep, by.watch, e.announced),
    SignalRow("ClockWatch.woke", s.sleep_of_one_clock, by.watch, e.slept_for(timedelta(hours=1))),
    SignalRow("WarmUp.finished", s.idle, by.warm_up, e.forgets_warm_up),
    SignalRow("TrayWatcher.came", s.no_tray, by.watcher, e.word_taken_back),
    SignalRow("TrayWatcher.came", s.no_tray, by.watcher, e.icon_made_anew),
)
"""Every signal has a row, here or in `ELSEWHERE`. A signal that leads to more has more rows."""

OF_QT = (
    SignalRow("QSystemTrayIcon.messageClicked", s.hidden, by.icon, e.in_front),
    SignalRow("QSystemTrayIcon.activated", s.idle, by.icon, e.did(Start, TRAY), CLICK),
    SignalRow(
        "QStyleHints.colorSchemeChanged", s.dark_while_paused, by.style_hints, e.all_dark, DARK
    ),
    SignalRow(COLOURS, s.dark_while_calm, by.style_hints, e.all_dark, DARK),
)
"""Signals of Qt itself that the desktop emits."""

_PORTAL = "tests/system/shortcut/test_portal.py"
_CONSENT = "tests/system/shortcut/test_consent.py"
_TIME = "tests/system/time"
_SOUND = "tests/app/test_eyes_closed.py"
_TOLD = ["tests/ui/pause/test_pages.py::test_the_breathing_is_told"]
ELSEWHERE = {
    "BreathingPage.breathing_began": _TOLD,
    "BreathingPage.breathing_ended": _TOLD,
    "PausePages.breathing_began": _TOLD,
    "PausePages.breathing_ended": _TOLD,
    "Line.opened": ["tests/ui/agreement/test_window.py::test_a_line_opens_its_choices"],
    "Extra.set_requested": ["tests/ui/settings/test_window.py::test_a_group_has_further_widgets"],
    "EyesClosed.sound_requested": [f"{_SOUND}::test_the_button_brings_and_takes_tones"],
    "PausePages.sound_requested": [f"{_SOUND}::test_the_button_brings_and_takes_tones"],
    "PortalSession.unasked": [f"{_CONSENT}::test_a_start_without_a_person_asks_nothing"],
    "PortalSession.listed": [f"{_PORTAL}::test_bound_as_the_desktop_says"],
    "PortalSession.altered": [f"{_PORTAL}::test_the_desktop_changes_the_keys"],
    "PortalSession.refused": [f"{_PORTAL}::test_not_bound_is_never_pretended"],
    "PortalSession.activated": [f"{_PORTAL}::test_a_held_key_calls_once"],
    "PortalSession.released": [f"{_PORTAL}::test_a_held_key_calls_once"],
    "PortalSession.ended": [f"{_PORTAL}::test_the_desktop_ends_it"],
    "DBusNotifications.chosen": [
        "tests/system/notifications/test_notifications.py::test_a_button_is_pressed"
    ],
    "PowerEvents.resumed": [f"{_TIME}/test_windows_power.py::test_the_watch_uses_it_on_windows"],
    "ClockSetAlarm.clock_set": [f"{_TIME}/test_clock_watch.py::test_a_cancelled_timer_is_a_jump"],
    "WallScheduler._due": [f"{_TIME}/test_scheduler.py::test_a_call_that_is_late_is_made_at_once"],
    "Bus.ready": ["tests/system/dbus/test_lasting_bus.py::test_a_bus_that_comes_late_is_found"],
    "LastingBus.came": [
        "tests/app/test_desktop_events.py::test_a_tray_is_watched_on_a_bus_that_is_back",
        "tests/system/session/test_screen_lock.py::test_the_locks_come_back_with_their_bus",
        "tests/system/time/test_clock_watch.py::test_a_system_bus_that_comes_back_is_followed",
    ],
    "LastingBus.lost": [
        "tests/app/test_desktop_events.py::test_a_lost_bus_cuts_the_icon_off",
        "tests/system/session/test_screen_lock.py::test_a_lost_bus_unlocks",
        "tests/system/session/test_screen_lock.py::test_a_lost_system_bus_unlocks",
    ],
    "Bus.closed": [
        "tests/system/dbus/test_lasting_bus.py::test_a_lost_bus_is_logged_and_found_again",
        "tests/system/session/test_screen_lock.py::test_a_lost_bus_unlocks",
        "tests/system/session/test_screen_lock.py::test_a_lost_system_bus_unlocks",
        f"{_PORTAL}::test_the_bus_goes",
    ],
    "Caller.closed": [
        "tests/system/ipc/test_unix_socket_limits.py::test_a_crowd_that_reads_nothing_waits"
    ],
}
"""Signals whose receivers are all in system/, each with the tests that fail if they are cut off."""
