"""The signals whose effect is proven by a test of their own."""

from __future__ import annotations

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
    "Orb.word_shown": ["tests/ui/pause/test_heard.py::test_a_phase_is_heard_only_if_wished"],
    "Tabs.chosen": ["tests/ui/settings/test_window.py::test_each_tab_opens_its_page"],
    "Leaving.left": [
        "tests/app/test_quick_exit.py::test_the_notification_goes_with_the_windows",
        "tests/app/test_quick_exit.py::test_a_practice_ends_without_a_word",
    ],
    "Line.opened": ["tests/ui/agreement/test_window.py::test_a_line_opens_its_choices"],
    "PatternEditor.left": ["tests/ui/settings/test_techniques.py::test_cancel_changes_nothing"],
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
