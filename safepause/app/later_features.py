"""The features that the tray icon does not wait for.

Each function imports its feature, and builds it for a running `App`, which starts it. These are
doors: nothing here is imported before the icon is shown.
"""

from __future__ import annotations

import importlib.util
import os
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.capability import CapabilityKey
from safepause.core.clock import DemoClock
from safepause.core.listeners import Order
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.after_talk import AfterTalk
    from safepause.app.application import App
    from safepause.app.bus_return import BusReturn
    from safepause.app.daily_prompts import DailyPrompts
    from safepause.app.delivery import Delivery
    from safepause.app.desktop_events import DesktopEvents
    from safepause.app.feature import Feature
    from safepause.app.first_run import FirstRun
    from safepause.app.hooks_controller import HooksController
    from safepause.app.media_controller import MediaController
    from safepause.app.quick_exit import QuickExit
    from safepause.app.reminders import Reminders
    from safepause.app.screen_reader import ScreenReader
    from safepause.app.shortcut_controller import ShortcutController
    from safepause.app.sound_controller import SoundController
    from safepause.app.undo_moment import UndoMoment
    from safepause.app.update_notice import UpdateNotice
    from safepause.core.ports import Autostart
    from safepause.system.notifications import Notifications

UNANSWERED = 3
"""The exit code of a request that no app has carried out."""


def commands(app: App) -> None:
    """Build the command server. It listens once it is started."""
    from safepause.app.command_server import CommandServer

    app.commands = CommandServer(app.service, app, app.faults, app.notice)


def no_answer() -> tuple[int, str, str]:
    """Return the answer to a request where the code of the commands is missing."""
    sentence = _("A part of SafePause is missing."), _("Please install SafePause again.")
    return UNANSWERED, "", " ".join(sentence) + "\n"


def update_notice(app: App) -> UpdateNotice:
    """Build what notices changed files of the program."""
    from safepause.app.update_notice import UpdateNotice

    app.notice = UpdateNotice(app.service, app.flow, app.windows, app.ending.restart)
    return app.notice


def say_data_trouble(app: App) -> None:
    """Say what became of the saved data, with a button for what a person can do."""
    if app.data.starts_anew:
        answer = doors.answer(_("Open the settings"), app.windows.settings.show_settings)
    else:
        answer = doors.answer(_("Start SafePause again"), partial(_start_again, app))
    app.say(app.data.notice, answer)


def _start_again(app: App) -> None:
    """Start again. A pause that stands is shown instead: it would end with the program."""
    if app.service.pause is None:
        app.ending.restart()
    else:
        app.flow.show()


def delivery(app: App) -> Delivery:
    """Build the delivery of prompts as notifications."""
    from safepause.app.delivery import Delivery

    app.delivery = Delivery(app.service, app.prompts, app.flow, app.tray.tray, app.bus)
    app.on_time_moved(CapabilityKey.NOTIFICATIONS, app.delivery.time_moved, Order.SHOW)
    app.bus.came.connect(app.delivery.follow_bus)
    return app.delivery


def hooks(app: App) -> HooksController:
    """Build what runs the person's own commands."""
    from safepause.app.hooks_controller import HooksController

    return HooksController(app.service, app.reminders, app.windows.updates)


def daily_prompts(app: App) -> DailyPrompts:
    """Build the daily prompts. They are off until the couple chooses a time."""
    from safepause.app.daily_prompts import DailyPrompts

    return DailyPrompts(app.service, app.reminders.agenda, app.prompts)


def desktop_events(app: App) -> DesktopEvents:
    """Build what follows the tray, the clock, sleep and the screen lock."""
    from safepause.app.desktop_events import DesktopEvents

    app.events = DesktopEvents(
        app.service,
        app.reminders.agenda,
        app.tray.tray,
        app.tray.fallback.tray_came,
        lambda: app.time_moved.tell(None),
        app.bus,
        app.faults,
    )
    app.flow.on_painted(CapabilityKey.CLOCK, app.events.window_painted)
    return app.events


def bus_return(app: App) -> BusReturn:
    """Build what starts the program again after the return of a lost bus."""
    from safepause.app.bus_return import BusReturn

    lost = app.buses is not None and app.buses.without_session and not app.buses.again
    restart = partial(app.ending.restart_unseen, for_bus=True)
    return BusReturn(app.qt, app.service, app.bus, restart, lost=lost)


def shortcuts(app: App) -> ShortcutController:
    """Build the shortcuts of this desktop."""
    from safepause.app.shortcut_controller import ShortcutController
    from safepause.system.shortcut import make_shortcuts

    made = make_shortcuts(app.qt.platformName(), os.environ, app.bus())
    app.bus.came.connect(lambda: made.use_bus(app.bus()))
    app.shortcuts = ShortcutController(app.service, app.flow, app.windows, app.tray.actions, made)
    return app.shortcuts


def warm_up(app: App) -> None:
    """Load and build, soon after the start, what a call and a return need."""
    from safepause.app.warm_up import WarmUp, give_back_memory

    app.warm_up = WarmUp(
        [
            (CapabilityKey.WINDOW, app.flow.prepare),
            (CapabilityKey.WINDOWS, app.windows.prepare),
            (CapabilityKey.AUTOSTART, app.autostart.prepare),
            (CapabilityKey.DATA, app.data.prepare),
            (CapabilityKey.PROGRAM, give_back_memory),
        ],
        app.faults,
    )
    app.warm_up.finished.connect(app.forget_warm_up)
    app.warm_up.start()


def autostart_record(app: App) -> Autostart:
    """Return the desktop's record of whether it starts SafePause. A demo does not change it."""
    from safepause.system.autostart import NoAutostart, autostart_of

    if isinstance(app.clock, DemoClock):
        return NoAutostart(_("A demo changes nothing on your computer."))
    return autostart_of(app.bus, app.autostart.answered)


def on_xwayland() -> bool:
    """Tell whether our X server is XWayland, a part of a Wayland desktop. Few callers need it."""
    from safepause.system.x11.display import Display, NoDisplay

    try:
        with closing(Display()) as display:
            return display.is_xwayland
    except NoDisplay:
        return False


def first_run(app: App) -> FirstRun:
    """Build what shows the first page, and the practice."""
    from safepause.app.first_run import FirstRun

    def notifications() -> Notifications:
        return app.delivery.made()

    parts = (app.service, app.flow, app.windows, app.tray)
    app.first_run = FirstRun(*parts, keys=lambda: app.shortcuts, notifications=notifications)
    app.windows.agreement.on_rehearse(app.first_run.rehearse)
    app.first_run.players_known = lambda: app.bus.is_open
    return app.first_run


def quick_exit(app: App) -> QuickExit:
    """Build what takes the notification and a practice away at a quick exit."""
    from safepause.app.quick_exit import QuickExit

    practice = () if app.first_run is None else (app.first_run.leave,)
    return QuickExit(app.qt, app.faults, app.delivery.leave, *practice)


def after_talk(app: App) -> AfterTalk:
    """Build what may follow a talk: the talk again, a reminder of another day, a look back."""
    from safepause.app.after_talk import AfterTalk

    made = AfterTalk(app.service, app.reminders.agenda, app.prompts, app.tray.actions, app.flow)
    app.flow.requests.later = made
    return made


def sound(app: App) -> SoundController:
    """Build the sound for closed eyes. What plays is imported with the first tone."""
    from safepause.app.sound_controller import SoundController

    made = SoundController(app.service, sound_installed, doors.sounds)
    app.flow.sound_offered = lambda: made.offered
    app.flow.on_breathing(CapabilityKey.SOUND, made.follow)
    app.prompts.add(CapabilityKey.SOUND, made.show_prompt)
    app.windows.settings.on_listen(made.listen)
    made.heard = app.windows.settings.tell_heard
    return made


def sound_installed() -> bool:
    """Return whether the extra `sound` is installed. It is not imported for that."""
    return importlib.util.find_spec("miniaudio") is not None


def media(app: App) -> MediaController:
    """Build what pauses players when a pause begins."""
    from safepause.app.media_controller import MediaController

    return MediaController(app.service, app.bus)


def reminders(app: App) -> Reminders:
    """Return the reminders, which App has built: what a pause needs was told to them already."""
    return app.reminders


def undo_moment(app: App) -> UndoMoment:
    """Build what ends the offer of Undo, ten seconds after a call or an end."""
    from safepause.app.undo_moment import UndoMoment

    def over() -> None:
        app.tray.update()
        if app.flow.window is not None:
            app.flow.window.offer_undo("")
        app.delivery.undo_over()

    made = UndoMoment(app.service, over)
    app.on_time_moved(CapabilityKey.TRAY, made.time_moved, Order.SHOW)
    return made


def screen_reader(app: App) -> ScreenReader:
    """Build what has a screen reader say that it is time."""
    from safepause.app.screen_reader import ScreenReader

    def keys() -> str:
        return app.shortcuts.shown if app.shortcuts is not None else ""

    return ScreenReader(app.service, app.prompts, app.flow, keys)


IN_ORDER: tuple[tuple[CapabilityKey, Callable[[App], Feature]], ...] = (
    (CapabilityKey.NOTIFICATIONS, delivery),
    (CapabilityKey.TRAY, undo_moment),
    (CapabilityKey.HOOKS, hooks),
    (CapabilityKey.SOUND, sound),
    (CapabilityKey.MEDIA, media),
    (CapabilityKey.CLOCK, desktop_events),
    (CapabilityKey.WINDOW, screen_reader),
    (CapabilityKey.REMINDERS, after_talk),
    (CapabilityKey.REMINDERS, daily_prompts),
    (CapabilityKey.REMINDERS, reminders),
    (CapabilityKey.WINDOWS, first_run),
    (CapabilityKey.WINDOWS, quick_exit),
)
"""The features that are built and started after the icon is shown, the first one first.

Reminders start after all that shows them. Whatever tells of a moment stands before them.
"""
