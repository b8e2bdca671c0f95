"""The signals of the computer: shortcuts, notifications, screens, screen lock and clock."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSystemTrayIcon

from safepause.core.origin import Origin
from safepause.core.pause import Return, Start
from safepause.system.shortcut import NAME1, NAME2, PAUSE
from safepause.system.shortcut.base import Consent
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.restart_page import RestartPage
from tests.app import effects as e
from tests.app import scenes as s
from tests.app import senders as by
from tests.app.signal_rows.row import SignalRow

CLICK, DARK = (QSystemTrayIcon.ActivationReason.Trigger,), (Qt.ColorScheme.Dark,)
COLOURS = "QStyleHints.colorSchemeChanged"
TRAY, NOTIFICATION = Origin.TRAY, Origin.NOTIFICATION

ROWS = (
    SignalRow("Screens.changed", s.off_the_screen, by.screens, e.whole),
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
    SignalRow(
        "Notifications.chosen", s.idle, by.notifications, e.on_page(LookBackPage), ("look-back",)
    ),
    SignalRow(
        "Notifications.chosen", s.idle, by.notifications, e.on_page(RestartPage), ("start-again",)
    ),
    SignalRow("ScreenLock.locked", s.paused, by.lock, e.held),
    SignalRow("ScreenLock.unlocked", s.locked, by.lock, e.announced),
    SignalRow("ClockWatch.jumped", s.sleep, by.watch, e.announced),
    SignalRow("ClockWatch.woke", s.sleep_of_one_clock, by.watch, e.slept_for(timedelta(hours=1))),
    SignalRow("WarmUp.finished", s.idle, by.warm_up, e.forgets_warm_up),
)

OF_QT = (
    SignalRow("QSystemTrayIcon.messageClicked", s.hidden, by.icon, e.in_front),
    SignalRow("QSystemTrayIcon.activated", s.idle, by.icon, e.did(Start, TRAY), CLICK),
    SignalRow(
        "QStyleHints.colorSchemeChanged", s.dark_while_paused, by.style_hints, e.all_dark, DARK
    ),
    SignalRow(COLOURS, s.dark_while_calm, by.style_hints, e.all_dark, DARK),
)
"""Signals of Qt itself that the desktop emits."""
