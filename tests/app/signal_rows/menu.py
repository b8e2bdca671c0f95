"""The signals of the icon, its menu and the home window's actions."""

from __future__ import annotations

from datetime import timedelta

from safepause.core.origin import Origin
from safepause.core.pause import Extend, LetGo, Start, Undo
from safepause.ui.agreement.window import AgreementWindow
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.early_page import EarlyPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.settings.window import SettingsWindow
from safepause.ui.windows.first_run import FirstRunWindow
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.home import HomeWindow
from safepause.ui.windows.support import SupportWindow
from tests.app import effects as e
from tests.app import scenes as s
from tests.app import senders as by
from tests.app.signal_rows.row import MORE, SignalRow

SHORT, LONG = timedelta(minutes=5), timedelta(minutes=45)
TRAY = Origin.TRAY

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
    SignalRow("TrayWatcher.came", s.no_tray, by.watcher, e.word_taken_back),
    SignalRow("TrayWatcher.came", s.no_tray, by.watcher, e.icon_made_anew),
)
