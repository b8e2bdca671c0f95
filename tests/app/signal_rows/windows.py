"""The signals of the windows outside a pause: settings, agreement, past pauses, first page."""

from __future__ import annotations

from safepause.core.breathing import EVEN, Session
from safepause.core.settings.patterns import own_pattern
from safepause.core.shortcut.binding_lines import KeysOffer
from safepause.ui.settings.window import SettingsWindow
from safepause.ui.windows.home import HomeWindow
from safepause.ui.windows.support import SupportWindow
from tests.app import effects as e
from tests.app import scenes as s
from tests.app import senders as by
from tests.app.signal_rows.row import SignalRow

TRIED = Session(EVEN, 3)

ROWS = (
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
        "FirstRunWindow.players_asked",
        s.first_page,
        by.first_page,
        e.kept("asked_players"),
    ),
    SignalRow(
        "FirstRunWindow.left", s.first_page_without_tray, by.first_page, e.opened(HomeWindow)
    ),
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
    SignalRow("SettingsWindow.try_requested", s.settings, by.forms, e.breathes(EVEN), (TRIED,)),
    SignalRow("Extra.try_requested", s.settings, by.techniques, e.breathes(EVEN), (TRIED,)),
    SignalRow(
        "Extra.set_requested",
        s.settings,
        by.techniques,
        e.set_to("technique", "even"),
        ("technique", "even"),
    ),
    SignalRow(
        "PatternEditor.kept",
        s.settings,
        by.pattern_editor,
        e.set_to("patterns", "Evening: 4/0/6/0"),
        (own_pattern("Evening", (4, 0, 6, 0)),),
    ),
    SignalRow(
        "SettingsWindow.listen_requested",
        s.sound_settings,
        by.forms,
        e.says("Its part of SafePause is not installed."),
        ("warm",),
    ),
    SignalRow(
        "Extra.listen_requested",
        s.sound_settings,
        by.voices,
        e.says("Its part of SafePause is not installed."),
        ("warm",),
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
)
