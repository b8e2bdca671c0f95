"""States and events of the running program, for the tables of connections."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from safepause.app.sound_controller import SoundController
from safepause.core.agenda import WakeUp
from safepause.core.agreed import yes
from safepause.core.capability import CapabilityKey
from safepause.core.events import HOOKS
from safepause.core.ports import NotKept
from safepause.core.restart import Step
from safepause.system import hooks as hooks_room
from safepause.system.shortcut import PAUSE
from safepause.system.shortcut.base import BindFailure, BindingState
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.settings.pages import Tab
from tests.app.senders import calm_check, icon_of, ideas
from tests.ui.samples import pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.running import Program

    Act = Callable[[Program], object]


# The states before


def idle(_program: Program) -> None:
    """No pause."""


def paused(program: Program) -> None:
    """A pause that was called just now."""
    assert program.run("pause")[0] == 0


def first_page(program: Program) -> None:
    """The page of the first run is open."""
    program.app.tray.actions.how.trigger()


def first_page_without_tray(program: Program) -> None:
    """The page of the first run is open, on a desktop without a tray."""
    first_page(program)
    program.app.windows.no_tray = True


def never_welcomed(program: Program) -> None:
    """A pause of two people who have never seen the first page."""
    program.app.service.set("welcomed", value=False)
    paused(program)


def never_welcomed_in_talk(program: Program) -> None:
    """The talk after the first pause of two people who have never seen the first page."""
    never_welcomed(program)
    assert program.run("return")[0] == 0


def let_go(program: Program) -> None:
    """The pause ends without a talk."""
    assert program.run("let-go")[0] == 0


def hide(program: Program) -> None:
    """A person hides the pause window."""
    program.window.hide_for_person()


def off_the_screen(program: Program) -> None:
    """A window of a pause that a smaller screen would show in part."""
    paused(program)
    program.window.move(program.window.screen().geometry().bottomRight())


def squeezed(program: Program) -> None:
    """A window of a pause that is too small for its page."""
    paused(program)
    program.window.resize(500, 300)


def breathing(program: Program) -> None:
    """A pause whose still seconds are over."""
    if program.app.service.pause is None:
        paused(program)
    program.clock.move(seconds=6)
    program.window.refresh()


def resting(program: Program) -> None:
    """A pause whose breathing is over."""
    paused(program)
    breathing(program)
    program.press("Just rest")


def saying(program: Program) -> None:
    """A sentence fills the window."""
    paused(program)
    program.press("Say it for me")


def idea_written(program: Program) -> None:
    """An idea is written in the settings. No signal was emitted."""
    settings(program)
    ideas(program).edit.setPlainText("Tea")


def checking(program: Program) -> None:
    """The calm check is shown."""
    resting(program)
    program.press("Am I calmer?")


def counting(program: Program) -> None:
    """A pulse is being counted. No signal was emitted."""
    checking(program)
    panel = calm_check(program).pulse
    panel.panel.show()
    panel.counts_until = program.clock.monotonic() + 30


def rated(program: Program) -> None:
    """Both ratings are chosen. No signal was emitted."""
    checking(program)
    calm_check(program).hottest.rating, calm_check(program).now.rating = 8, 2


def due(program: Program) -> None:
    """A pause whose return is due."""
    paused(program)
    program.wait(minutes=30)


def choosing(program: Program) -> None:
    """A new return time is being chosen."""
    due(program)
    program.press("Not ready yet")


def trusting(program: Program) -> None:
    """The page about somebody whom both trust."""
    due(program)
    program.run("extend", "--minutes", "20")
    program.run("extend", "--minutes", "20")
    program.wait(minutes=40)
    program.press("Not ready yet")
    program.press("Someone you both trust")


def asked_early(program: Program) -> None:
    """The window asks whether both are ready, before the return."""
    paused(program)
    program.app.tray.actions.both_here.trigger()


def ended(program: Program) -> None:
    """A pause that ended just now."""
    paused(program)
    program.run("return")


def slept_after_an_end(program: Program) -> None:
    """The computer slept in the ten seconds after the end of a pause."""
    ended(program)
    program.clock.sleep(minutes=1)


def closing(program: Program) -> None:
    """The two have come to the end of their talk."""
    ended(program)
    page = program.page
    assert isinstance(page, RestartPage)
    page.show_step(Step.CLOSE)


def at_close_unasked(program: Program) -> None:
    """The end of a talk is shown, and nobody was told of it yet."""
    ended(program)
    page = program.page
    assert isinstance(page, RestartPage)
    page.blockSignals(True)  # noqa: FBT003  -- Qt's own
    page.show_step(Step.CLOSE)
    page.blockSignals(False)  # noqa: FBT003


def talk_planned(program: Program) -> None:
    """A reminder of another talk is kept."""
    ended(program)
    program.app.flow.requests.talk_at(program.app.clock.now() + timedelta(hours=5))


def dropped(program: Program) -> None:
    """The two let the matter rest, as they say on the command line."""
    assert program.run("let-go")[0] == 0


def hidden(program: Program) -> None:
    """A pause whose window is hidden."""
    paused(program)
    program.window.hide()


def locked(program: Program) -> None:
    """A return that fell due while the screen was locked."""
    paused(program)
    program.app.events.lock.locked.emit()
    program.wait(minutes=40)


def home_waits(program: Program) -> None:
    """The home window waits until the pause leaves the screen."""
    paused(program)
    assert program.app.flow.wait_for_home()


def slip_a_pause_in(program: Program) -> None:
    """The actions have a pause. No signal was emitted."""
    program.app.tray.actions.pause = pause()


def a_minute_passes(program: Program) -> None:
    """A minute of a pause has passed. No signal was emitted."""
    paused(program)
    program.clock.move(minutes=1)


def set_back(program: Program) -> None:
    """The clock was set back after the return was said. No signal was emitted.

    By how much it was set back can't be measured here.
    """
    program.clock.has_steady = False
    said(program)
    program.clock.instant -= timedelta(minutes=10)


def put_right(program: Program) -> None:
    """The clock, an hour fast at the call, was put right. No signal was emitted."""
    paused(program)
    program.clock.instant -= timedelta(hours=1)


def sleep_of_one_clock(program: Program) -> None:
    """Only the wall clock has gone on in a sleep. No signal was emitted."""
    paused(program)
    program.clock.instant += timedelta(hours=1)


def sleep(program: Program) -> None:
    """The computer has slept through the return. No signal was emitted."""
    paused(program)
    program.clock.move(hours=1)


def other_keys(program: Program) -> None:
    """The desktop has bound other keys. No signal was emitted."""
    program.keys.change(PAUSE, "Meta+F9")


def other_keys_of_the_desktop(program: Program) -> None:
    """The settings window is open on a desktop that decides about keys. No signal was emitted."""
    settings(program)
    program.keys.desktop_decides = True
    other_keys(program)


def unasked(program: Program) -> None:
    """The desktop would ask about keys. No person has opened a window."""
    program.keys._put({PAUSE: BindingState(trouble=BindFailure.UNASKED)})  # noqa: SLF001


def hooks_unloaded(_program: Program) -> None:
    """No command was set, so the code that runs commands is not in memory."""
    sys.modules.pop("safepause.system.hooks.process", None)
    vars(hooks_room).pop("process", None)


def replaced(program: Program) -> None:
    """The program's files were replaced. Nobody has looked."""
    program.app.windows.updates._before = (b"of an older version", frozenset())  # noqa: SLF001


def update_asked(program: Program) -> None:
    """The person is asked whether the updated program starts again."""
    replaced(program)
    home(program)


def home(program: Program) -> None:
    """A person opens the home window."""
    program.app.windows.show_home()


def settings(program: Program) -> None:
    """The settings window is open."""
    program.app.windows.settings.show_settings()


def sound_settings(program: Program) -> None:
    """The settings of the sound are open, where its part of SafePause is not installed."""
    settings(program)
    found = program.app.windows.settings.window
    assert found is not None
    found.open(Tab.SOUND)
    (sound,) = [each for _, each in program.app.features if isinstance(each, SoundController)]
    program.patch.setattr(sound, "_installed", lambda: False)


def agreement(program: Program) -> None:
    """The window of the agreement is open."""
    program.app.windows.agreement.show()


def agreed(program: Program) -> None:
    """Both have said yes, and the window of the agreement is open."""
    service = program.app.service
    service.set("agreed", yes(service.settings, service.clock.now().date()))
    agreement(program)


def rehearsal(program: Program) -> None:
    """The window of the agreement is open, and nothing of the page of the first run."""
    agreement(program)


def record_changes(program: Program) -> None:
    """The desktop's autostart record was changed while the settings window was open."""
    settings(program)
    program.record.on = True


def record_refuses(program: Program) -> None:
    """The desktop's autostart record can't be changed."""
    settings(program)
    program.record.refuses = True


def fill_disk(program: Program) -> None:
    """From now on no setting is kept, and nothing is deleted."""

    def full(*_change: object) -> None:
        raise NotKept("disk is full")

    program.opened.store.set = full  # type: ignore[assignment,method-assign]
    program.opened.store.forget_all = full  # type: ignore[method-assign]


def full_disk(program: Program) -> None:
    """The disk is full while the settings window is open."""
    settings(program)
    fill_disk(program)


def outcome(program: Program) -> None:
    """A past pause is listed."""
    ended(program)
    program.app.windows.show_history()


def outcome_on_full_disk(program: Program) -> None:
    """A past pause is listed, and the disk is full."""
    outcome(program)
    fill_disk(program)


def no_tray(program: Program) -> None:
    """The home window says that there is no tray. The icon has a name."""
    program.app.windows.say_no_tray()
    program.app.windows.show_home()
    icon_of(program).setObjectName("first")


def windows(program: Program) -> None:
    """Every window outside a pause is open."""
    calm = program.app.windows
    calm.show_home()
    calm.show_history()
    calm.show_support()
    calm.settings.show_settings()


def log_in_the_way(program: Program) -> None:
    """A past pause is listed, and the log can't be emptied."""
    outcome(program)

    def read_only() -> None:
        raise NotKept("read-only")

    program.app.service.on_forget(CapabilityKey.LOG, read_only)


def hooks(program: Program) -> None:
    """The settings name a command for each state."""
    for key in HOOKS:
        program.run("settings", "set", key, "lights")


def said(program: Program) -> None:
    """A notification says that the return is due."""
    due(program)
    program.withdrawn = 0


def all_said(program: Program) -> None:
    """The last reminder was said long ago, and a clock watch runs for the pause."""
    paused(program)
    program.window.painted.emit()
    program.wait(hours=25)
    assert not program.app.reminders.agenda.waiting


def dark_scheme(program: Program) -> None:
    """The desktop's colour scheme has become dark. No signal was emitted."""
    hints = QGuiApplication.styleHints()
    program.patch.setattr(type(hints), "colorScheme", lambda _hints: Qt.ColorScheme.Dark)


def dark_while_paused(program: Program) -> None:
    """The desktop has become dark while the window of a pause was open. No signal was emitted."""
    paused(program)
    dark_scheme(program)


def dark_while_calm(program: Program) -> None:
    """The desktop has become dark while windows were open. No signal was emitted."""
    windows(program)
    dark_scheme(program)


# The events


def setting(key: str, value: str) -> Callable[[Program], None]:
    """A setting is changed on the command line."""

    def change(program: Program) -> None:
        assert program.run("settings", "set", key, value)[0] == 0

    return change


dark_theme, name2 = setting("theme", "dark"), setting("name2", "Sam")


def returned(program: Program) -> None:
    """The two come back, as they say on the command line."""
    assert program.run("return")[0] == 0


def written(program: Program) -> None:
    """The two are back, and write on the restart page, which is open."""
    ended(program)
    page = program.page
    assert isinstance(page, RestartPage)
    for field in page.fields:
        field.insert("words")


def forgotten(program: Program) -> None:
    """Everything is deleted, on the command line."""
    assert program.run("forget", "--all", "--yes")[0] == 0


def half_an_hour(program: Program) -> None:
    """Half an hour passes."""
    program.wait(minutes=30)


def heads_up(program: Program) -> None:
    """The time passes until the heads-up, which is the first that is said of a pause."""
    program.wait(minutes=28)


def frame(program: Program) -> None:
    """The pause window is painted."""
    program.window.painted.emit()


def jump(program: Program) -> None:
    """The clock watch tells that time has moved."""
    program.app.events.watch.jumped.emit()


def wake_up(program: Program) -> None:
    """Another feature puts a wake-up on the agenda."""
    at = program.clock.now() + timedelta(hours=1)
    program.app.reminders.agenda.set(WakeUp("other", at, lambda: None, CapabilityKey.WINDOW))
