"""The table of listeners: each listener, the event that it is told of, and the effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.windows.first_run import FirstRunWindow
from safepause.ui.windows.update import UpdateWindow
from tests.app import effects as e
from tests.app import scenes as s

if TYPE_CHECKING:
    from tests.app.effects import Act


@dataclass(frozen=True, slots=True)
class ListenerRow:
    """One listener: the state before, the event, and the effect."""

    listener: str
    """The kind of event, the part of the program, and the class that listens."""
    before: Act
    happens: Act
    seen: Act


AUTOSTART_ON = s.setting("autostart", "yes")
ROWS = (
    ListenerRow("change window PauseFollowing", s.idle, s.paused, e.in_front),
    ListenerRow("change tray TrayController", s.idle, s.paused, e.tool_tip("Back")),
    ListenerRow("change reminders ReminderEngine", s.idle, s.paused, e.scheduled("return")),
    ListenerRow("change reminders AfterTalk", s.due, s.returned, e.offers_again),
    ListenerRow("change log EventRecorder", s.idle, s.paused, e.logged("paused until")),
    ListenerRow("change hooks HooksController", s.hooks, s.paused, e.ran("hook_paused")),
    ListenerRow("change notifications Delivery", s.said, s.returned, e.withdrawn),
    ListenerRow("change clock DesktopEvents", s.all_said, s.dropped, e.watches_nothing),
    ListenerRow("change program UpdateNotice", s.update_asked, s.paused, e.closed(UpdateWindow)),
    ListenerRow("change windows FirstRun", s.never_welcomed, s.let_go, e.opened(FirstRunWindow)),
    ListenerRow(
        "gone windows PauseFlow", s.never_welcomed_in_talk, s.hide, e.opened(FirstRunWindow)
    ),
    ListenerRow("settings windows FirstRun", s.first_page, s.name2, e.shows_name("Sam")),
    ListenerRow("waiting clock DesktopEvents", s.idle, s.wake_up, e.will_watch),
    ListenerRow("painted clock PauseFlow", s.paused, s.frame, e.watches),
    ListenerRow("settings window PauseFlow", s.paused, s.dark_theme, e.all_dark),
    ListenerRow("settings windows Windows", s.windows, s.dark_theme, e.all_dark),
    ListenerRow("settings tray TrayController", s.idle, s.name2, e.menu_offers("Sam")),
    ListenerRow(
        "settings reminders ReminderEngine",
        s.paused,
        s.setting("heads_up", "10"),
        e.scheduled("heads-up", minutes=20),
    ),
    ListenerRow(
        "settings hooks HooksController",
        s.hooks_unloaded,
        s.setting("hook_due", "true"),
        e.loaded("safepause.system.hooks.process"),
    ),
    ListenerRow(
        "settings autostart AutostartController",
        s.closing,
        AUTOSTART_ON,
        e.says("SafePause starts with your computer now."),
    ),
    ListenerRow(
        "settings windows SettingsController", s.settings, AUTOSTART_ON, e.checked("autostart")
    ),
    ListenerRow(
        "settings shortcut ShortcutController",
        s.idle,
        s.setting("shortcut", "Ctrl+Alt+O"),
        e.menu_shows("Ctrl+Alt+O"),
    ),
    ListenerRow("opened shortcut Windows", s.unasked, s.home, e.asks_desktop),
    ListenerRow("opened program Windows", s.replaced, s.home, e.opened(UpdateWindow)),
    ListenerRow("settings program UpdateNotice", s.update_asked, s.dark_theme, e.all_dark),
    ListenerRow("prompt tray App", s.paused, s.half_an_hour, e.tool_tip("since")),
    ListenerRow("announcement reminders App", s.paused, s.half_an_hour, e.announced),
    ListenerRow("prompt window PauseFlow", s.hidden, s.half_an_hour, e.on_page(ReturnPage)),
    ListenerRow("prompt notifications Delivery", s.paused, s.half_an_hour, e.announced),
    ListenerRow("announcement log EventRecorder", s.paused, s.half_an_hour, e.logged("said: due")),
    ListenerRow("announcement hooks HooksController", s.hooks, s.due, e.ran("hook_due")),
    ListenerRow("forget windows Windows", s.outcome, s.forgotten, e.forgotten),
    ListenerRow("forget reminders AfterTalk", s.talk_planned, s.forgotten, e.no_talk),
    ListenerRow("forget window PauseFlow", s.written, s.forgotten, e.nothing_typed),
    ListenerRow(
        "forget autostart PauseService",
        s.setting("autostart", "yes"),
        s.forgotten,
        lambda program: not program.record.on,
    ),
    ListenerRow("time reminders App", s.put_right, s.jump, e.scheduled("return", minutes=-30)),
    ListenerRow("time tray App", s.a_minute_passes, s.jump, e.tool_tip("29 min")),
    ListenerRow("time tray App", s.slept_after_an_end, s.jump, e.offers_no_undo),
    ListenerRow("time window App", s.set_back, s.jump, e.on_page(RestPage)),
    ListenerRow("time notifications App", s.set_back, s.jump, e.withdrawn),
    ListenerRow("time reminders App", s.sleep, s.jump, e.announced),
)
"""Every listener has a row, here or in `ELSEWHERE`."""

ELSEWHERE = {
    "change tray UndoMoment": ["tests/app/test_undo_of_an_end.py::test_the_offer_ends"],
    "forget tray UndoMoment": ["tests/app/test_undo_of_an_end.py::test_forgetting_ends_the_offer"],
    "forget windows FirstRun": ["tests/app/test_practice.py::test_forgetting_everything_ends_it"],
    "settings reminders DailyPrompts": [
        "tests/app/test_daily_prompts.py::test_a_prompt_comes_every_day"
    ],
    "change program BusReturn": ["tests/app/test_bus_return.py::test_a_pause_is_not_disturbed"],
    "change media MediaController": ["tests/system/test_media.py::test_a_pause_pauses_what_plays"],
    "breathing sound SoundController": [
        "tests/app/test_sound_controller.py::test_tones_come_with_the_wish_and_go_with_the_breathing"
    ],
    "settings sound SoundController": [
        "tests/app/test_sound_controller.py::test_another_voice_is_heard_at_once"
    ],
    "prompt window ScreenReader": ["tests/app/test_screen_reader.py::test_the_return_is_said"],
    "prompt sound SoundController": [
        "tests/app/test_sound_controller.py::test_the_return_has_a_sound_if_wanted"
    ],
    "forget data sweep_demo_folders": [
        "tests/end2end/test_private.py::test_a_killed_demo_leaves_nothing"
    ],
    "forget log LogFile": [
        "tests/app/test_event_recorder.py::test_to_forget_everything_empties_the_log"
    ],
    "change data SavedData": [
        "tests/app/test_saved_data.py::test_a_trace_is_deleted_once_nobody_reads"
    ],
    "settings data SavedData": [
        "tests/app/test_saved_data.py::test_a_trace_of_a_setting_is_deleted_once_nobody_reads"
    ],
}
"""Listeners that a test of their own proves."""
