"""Desktop events: jumps of time, the screen lock, and a tray that comes.

Sleep, clock steps and the screen lock are watched only while a pause stands, or something else is
on the agenda. The tray is watched from the start on. This wakes nothing up until a tray comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause.core.capability import CapabilityKey
from safepause.system.dbus.lasting_bus import system_bus
from safepause.system.session.screen_lock import ScreenLock
from safepause.system.session.tray_watcher import TrayWatcher
from safepause.system.time.clock_watch import ClockWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.agenda import Agenda
    from safepause.core.capability import Capability
    from safepause.core.faults import Faults
    from safepause.core.service import PauseService
    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.lasting_bus import LastingBus
    from safepause.ui.tray.tray import Tray

LATEST_MS = 1000
"""How long the watches wait for the window of a pause to be painted: it may be hidden."""


class DesktopEvents:
    """Watches the clock, the screen lock and the tray."""

    def __init__(  # noqa: PLR0913, PLR0917  -- built in one place, each part once
        self,
        service: PauseService,
        agenda: Agenda,
        tray: Tray,
        tray_came: Callable[[], None],
        time_moved: Callable[[], None],
        bus: LastingBus,
        faults: Faults,
    ) -> None:
        """Follow the service. `tray_came` is called when a tray has come after the icon was made.

        `time_moved` is called after a sleep, and after a change of the clock or the zone.
        `bus` is the session bus.
        """
        self._service = service
        self._agenda = agenda
        self._tray = tray
        self._tray_came = tray_came
        self._bus = bus
        self._faults = faults
        self._time_moved = time_moved
        self._watcher: TrayWatcher | None = None
        self._watched: Bus | None = None
        bus.came.connect(self._follow_tray)
        bus.lost.connect(tray.cut_off)
        self._latest = QTimer(singleShot=True, interval=LATEST_MS)
        self._latest.timeout.connect(self._watch)
        system = system_bus()
        self.watch = ClockWatch(service.clock, system)
        self.watch.woke.connect(lambda: service.follow_clock(slept=True))
        self.watch.jumped.connect(time_moved)
        self.lock = ScreenLock(bus, system)
        self.lock.locked.connect(agenda.hold)
        self.lock.unlocked.connect(agenda.release)
        service.on_change(CapabilityKey.CLOCK, lambda _accepted: self._follow())
        agenda.on_waiting(CapabilityKey.CLOCK, lambda _waiting: self._follow())

    def start(self) -> None:
        """Watch the tray, and soon what a standing pause needs."""
        self._follow_tray()
        self._follow()

    def stop(self) -> None:
        """Stop the watches of the clock and of the screen lock."""
        self._latest.stop()
        self.watch.stop()
        self.lock.stop()

    def capabilities(self) -> list[Capability]:
        """Say how a sleep, a clock step and a locked screen are noticed here."""
        return [*self.watch.capabilities(), self.lock.capability()]

    def window_painted(self) -> None:
        """Start the watches that have waited for the first frame of the pause window."""
        if self._latest.isActive():
            self._latest.stop()
            self._watch()

    def _follow(self) -> None:
        """Start or stop the watches. In a new pause they wait for the window's first frame."""
        if self._needed:
            self._latest.start()
        else:
            self.stop()

    @property
    def _needed(self) -> bool:
        return self._service.pause is not None or self._agenda.waiting

    def _watch(self) -> None:
        self._faults.guard(CapabilityKey.CLOCK, self.watch.start)
        self._faults.guard(CapabilityKey.LOCK, self.lock.start)
        if self._service.clock_was_set():  # while nobody watched it
            self._time_moved()

    def _follow_tray(self) -> None:
        """Add the icon to every tray that comes from now on, also on a bus that has come back."""
        bus = self._bus()
        if bus is None or bus is self._watched:
            return
        met = self._watched is None and self._tray.available()
        if self._watcher is not None:
            self._watcher.deleteLater()
        self._watched = bus
        self._watcher = TrayWatcher(bus, met=met)
        self._watcher.came.connect(self._tray.reregister)
        self._watcher.came.connect(self._tray_came)
