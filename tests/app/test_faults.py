"""A fault in one part of the program is reported, and the other parts work."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.app import doors, reminder_texts, warm_up
from safepause.app.autostart_controller import AutostartController
from safepause.app.command_server import CommandServer
from safepause.app.delivery import Delivery
from safepause.app.desktop_events import DesktopEvents
from safepause.app.event_recorder import EventRecorder
from safepause.app.hooks_controller import HooksController
from safepause.app.pause_flow import PauseFlow
from safepause.app.pause_following import PauseFollowing
from safepause.app.reminders import Reminders
from safepause.app.saved_data import SavedData
from safepause.app.shortcut_controller import ShortcutController
from safepause.app.tray_controller import TrayController
from safepause.app.tray_fallback import TrayFallback
from safepause.app.update_notice import UpdateNotice
from safepause.app.warm_up import WarmUp
from safepause.app.windows import Windows
from safepause.core.capability import CapabilityKey as Key
from safepause.core.pause import State
from safepause.core.reminder_engine import ReminderEngine
from safepause.core.restart import Step
from safepause.system.session.screen_lock import ScreenLock
from safepause.system.time.clock_watch import ClockWatch
from safepause.ui.pause.other_screens import OtherScreens
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.window import PauseWindow
from safepause.ui.tray.tray import Tray
from tests.app.breakage import Breakage, Broken, broken_parts, is_told, named
from tests.app.effects import all_dark
from tests.app.running import Program
from tests.app.senders import icon_of
from tests.couple import Couple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

EVERYTHING = {"window", "icon", "return page", "notification", "end", "last page"}


RETURN_AND_NOTIFICATION = frozenset({"return page", "notification"})
PARTS = [
    Broken(EventRecorder, "_changed", Key.LOG),
    Broken(EventRecorder, "_announced", Key.LOG),
    Broken(HooksController, "_changed", Key.HOOKS),
    Broken(HooksController, "_announced", Key.HOOKS),
    Broken(SavedData, "_tidy_later", Key.DATA),
    Broken(ClockWatch, "start", Key.CLOCK),
    Broken(ScreenLock, "start", Key.LOCK),
    Broken(Delivery, "_changed", Key.NOTIFICATIONS),
    Broken(Program, "notified", Key.NOTIFICATIONS, frozenset({"notification"})),
    Broken(Tray, "update", Key.TRAY, frozenset({"icon"})),
    Broken(PauseFollowing, "follow", Key.WINDOW, frozenset({"window", "last page"})),
    Broken(PauseFlow, "show_return", Key.WINDOW, frozenset({"return page"})),
    Broken(reminder_texts, "prompt_of", Key.REMINDERS),
    Broken(PauseWindow, "forget_pause", Key.WINDOW),
    Broken(doors, "full_screen", Key.WINDOW),
    Broken(AutostartController, "offer", Key.AUTOSTART),
    Broken(ReminderEngine, "_changed", Key.REMINDERS, RETURN_AND_NOTIFICATION),
]
"""What is called while the program runs."""

STARTS = [
    Broken(UpdateNotice, "__init__", Key.PROGRAM),
    Broken(UpdateNotice, "start", Key.PROGRAM),
    Broken(CommandServer, "__init__", Key.COMMANDS),
    Broken(Delivery, "__init__", Key.NOTIFICATIONS, frozenset({"notification"})),
    Broken(HooksController, "__init__", Key.HOOKS),
    Broken(DesktopEvents, "__init__", Key.CLOCK),
    Broken(ShortcutController, "__init__", Key.SHORTCUT),
    Broken(SavedData, "start", Key.DATA),
    Broken(EventRecorder, "start", Key.LOG),
    Broken(AutostartController, "start", Key.AUTOSTART),
    Broken(Windows, "start", Key.WINDOWS),
    Broken(PauseFlow, "start", Key.WINDOW),
    Broken(CommandServer, "start", Key.COMMANDS),
    Broken(Delivery, "start", Key.NOTIFICATIONS),
    Broken(HooksController, "start", Key.HOOKS),
    Broken(DesktopEvents, "start", Key.CLOCK),
    Broken(Reminders, "start", Key.REMINDERS),
    Broken(ShortcutController, "start", Key.SHORTCUT),
    Broken(TrayController, "start", Key.TRAY),
    Broken(TrayFallback, "wait", Key.TRAY),
    Broken(WarmUp, "start", Key.WINDOW),
]
"""What is built after the icon stands, and what is called as the program starts."""
READY = [
    Broken(PauseFlow, "prepare", Key.WINDOW),
    Broken(AutostartController, "prepare", Key.AUTOSTART),
    Broken(Windows, "prepare", Key.WINDOWS),
]
"""What makes the first call ready."""
DOORS = {
    "command_server": (Key.COMMANDS, frozenset[str]()),
    "delivery": (Key.NOTIFICATIONS, frozenset({"notification"})),
    "hooks_controller": (Key.HOOKS, frozenset[str]()),
    "desktop_events": (Key.CLOCK, frozenset[str]()),
    "shortcut_controller": (Key.SHORTCUT, frozenset[str]()),
    "update_notice": (Key.PROGRAM, frozenset[str]()),
    "warm_up": (Key.WINDOW, frozenset[str]()),
}
"""Modules that are imported after the icon stands: the part of each, and what is missed then."""


def a_pause(program: Program) -> set[str]:
    """Call a pause, let it become due, end it, and return what a person has noticed."""
    flow = program.app.flow
    program.app.tray.tray.activated.emit()
    noticed = {"window": flow.visible, "icon": "Back" in icon_of(program).toolTip()}
    program.wait(minutes=30)
    noticed["return page"] = flow.window is not None and isinstance(flow.window.page, ReturnPage)
    noticed["notification"] = any(each.urgent for each in program.notices)
    if flow.window is not None:
        flow.window.hide()
    Couple(program.app.service).come_back()
    noticed["end"] = program.app.service.state is State.IDLE
    noticed["last page"] = isinstance(program.page, RestartPage)
    if isinstance(program.page, RestartPage):
        program.page.show_step(Step.CLOSE)
    return {name for name, seen in noticed.items() if seen}


@pytest.mark.parametrize("broken", PARTS, ids=named)
def test_a_fault_takes_nothing_else_away(
    start: Callable[[], Program],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Broken,
) -> None:
    """A person notices everything of a pause except what the broken part does."""
    breakage = Breakage(monkeypatch, broken.kind, broken.method)
    program = start()
    breakage.broken = True
    program.app.events._watch()  # noqa: SLF001  -- as after the first frame of a pause
    assert a_pause(program) == EVERYTHING - broken.missed
    assert is_told(program, broken.part, caplog.text)
    assert "OSError: broken" in caplog.text
    breakage.broken = False


@pytest.mark.parametrize("method", ["__init__", "follow"])
def test_other_screens_that_fail_leave_the_window(
    start: Callable[[], Program],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    method: str,
) -> None:
    """A pause works, though the other screens can't show that it runs."""
    breakage = Breakage(monkeypatch, OtherScreens, method)
    program = start()
    program.run("settings", "set", "screens", "all")
    breakage.broken = True
    assert a_pause(program) == EVERYTHING
    assert is_told(program, Key.WINDOW, caplog.text)
    breakage.broken = False


@pytest.mark.parametrize("broken", STARTS, ids=named)
def test_a_feature_that_can_t_start_leaves_the_others(
    start: Callable[[], Program],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Broken,
) -> None:
    """If a feature can't be built or can't start, a pause works, and the features after it start.

    Without notifications the return is still shown in the window.
    """
    Breakage(monkeypatch, broken.kind, broken.method).broken = True
    program = start()
    assert a_pause(program) == EVERYTHING - broken.missed
    assert is_told(program, broken.part, caplog.text)
    assert program.keys.wanted or broken.part is Key.SHORTCUT


@pytest.mark.parametrize("broken", READY, ids=named)
def test_what_can_t_be_made_ready_leaves_the_others(
    start: Callable[[], Program],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    qtbot: QtBot,
    broken: Broken,
) -> None:
    """If a step of the warm-up fails, the others run, and a pause works."""
    monkeypatch.setattr(warm_up, "AFTER_START_MS", 0)
    Breakage(monkeypatch, broken.kind, broken.method).broken = True
    program = start()
    qtbot.waitUntil(lambda: program.app.warm_up is None)
    assert (program.app.flow.window is None) is (broken.part is Key.WINDOW)
    assert a_pause(program) == EVERYTHING
    assert is_told(program, broken.part, caplog.text)
    assert caplog.text.count("OSError: broken") == 1


@pytest.mark.parametrize("module", DOORS)
def test_a_feature_that_can_t_be_imported_leaves_the_others(
    start: Callable[[], Program],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    module: str,
) -> None:
    """If a feature can't be imported, that is a fault of this feature alone."""
    part, missed = DOORS[module]
    monkeypatch.setitem(sys.modules, f"safepause.app.{module}", None)
    program = start()
    assert a_pause(program) == EVERYTHING - missed
    assert is_told(program, part, caplog.text)
    assert program.keys.wanted or part is Key.SHORTCUT


def test_a_window_that_can_t_follow_a_setting_leaves_the_others(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """If the pause window can't follow a setting, the other windows follow it."""
    breakage = Breakage(monkeypatch, PauseFlow, "_use")
    program = start()
    program.app.windows.show_home()
    breakage.broken = True
    assert program.run("settings", "set", "theme", "dark")[0] == 0
    assert all_dark(program)
    assert broken_parts(program) == [Key.WINDOW]
    assert "OSError: broken" in caplog.text


def test_a_feature_that_can_t_be_asked_is_shown_as_broken(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """`doctor` shows a part that can't answer as broken, and all other parts."""
    breakage = Breakage(monkeypatch, HooksController, "capabilities")
    program = start()
    whole = [each.key for each in program.app.capabilities()]
    breakage.broken = True
    assert [each.key for each in program.app.capabilities()] == whole
    assert broken_parts(program) == [Key.HOOKS]
    assert "a fault in part hooks" in caplog.text


def test_the_end_reaches_every_feature(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each feature is stopped, the last one first, even if some raise errors."""
    program = start()
    stopped: list[object] = []

    def failing(feature: object) -> Callable[[], None]:
        def stop() -> None:
            stopped.append(feature)
            raise OSError("broken")

        return stop

    features = [feature for _part, feature in program.app.features]
    with monkeypatch.context() as patch:
        for feature in features:
            patch.setattr(feature, "stop", failing(feature))
        program.app.stop()
    assert stopped == features[::-1]
    assert program.session.closed
    assert caplog.text.count("OSError: broken") == len(features)
