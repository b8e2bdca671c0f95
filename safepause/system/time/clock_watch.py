"""Watches for jumps of time: the computer has slept, or somebody has set its clock or zone.

Timers use a clock that stops in suspend, and that doesn't change when the wall clock is set. So
other sources report jumps, without any wake-up. On Linux these are logind's signal after a sleep,
timedated's signal of another zone, and a timerfd that the kernel cancels when the wall clock is set
(timerfd.py). Windows reports the end of a sleep (windows_power.py). macOS reports it in Objective-C
only. Where there is no timerfd, the wall clock is compared with the monotonic clock once a minute.
One jump may be reported twice.
"""

from __future__ import annotations

import logging
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.dbus.message import Message, Rule
from safepause.system.time.timerfd import ClockSetAlarm

if TYPE_CHECKING:
    from datetime import datetime

    from safepause.core.clock import Clock
    from safepause.system.dbus.lasting_bus import LastingBus
    from safepause.system.time.windows_power import PowerEvents

LOGIND = "org.freedesktop.login1"
LOGIND_PATH = "/org/freedesktop/login1"
LOGIND_MANAGER = "org.freedesktop.login1.Manager"
TIMEDATED = "org.freedesktop.timedate1"
TIMEDATED_PATH = "/org/freedesktop/timedate1"
PROPERTIES = "org.freedesktop.DBus.Properties"
COMPARE_EVERY = timedelta(minutes=1)
JUMP = timedelta(seconds=2)
"""The difference between the clocks that counts as a jump. NTP's corrections are far smaller."""

log = logging.getLogger(__name__)


class ClockWatch(QObject):
    """Watches between `start` and `stop`. Otherwise nothing runs and nothing is open."""

    jumped = Signal()
    """Time may have jumped. Whatever depends on the time must be checked."""

    def __init__(
        self,
        clock: Clock,
        system: LastingBus,
        parent: QObject | None = None,
        *,
        platform: str = sys.platform,
    ) -> None:
        """Watch nothing yet. `platform` decides which sources are used.

        `system` is connected while something is watched.
        """
        super().__init__(parent)
        self._clock = clock
        self._linux = platform == "linux"
        self._windows = platform == "win32"
        self._power: PowerEvents | None = None
        self._watching = False
        self._bus = system
        self._bus.came.connect(self._follow_system_bus)
        self._came_before = False
        self._alarm: ClockSetAlarm | None = None
        self._seen = (self._wall(), clock.monotonic())
        self._compare = QTimer(self)
        self._compare.setInterval(int(COMPARE_EVERY.total_seconds() * 1000))
        self._compare.timeout.connect(self.compare)

    def start(self) -> None:
        """Watch from now on, with the sources that this computer has. May be called twice."""
        if self._watching:
            return
        self._watching = True
        self._seen = (self._wall(), self._clock.monotonic())
        if self._linux:
            self._bus()
            self._alarm = self._open_alarm()
        if self._windows:
            self._power = self._follow_windows()
        if self._alarm is None:
            self._compare.start()

    def stop(self) -> None:
        """Watch no longer. May be called twice."""
        self._watching = False
        self._compare.stop()
        self._bus.close()
        self._came_before = False
        if self._alarm is not None:
            self._alarm.close()
            self._alarm.deleteLater()
            self._alarm = None
        if self._power is not None:
            self._power.close()
            self._power.deleteLater()
            self._power = None

    def compare(self) -> None:
        """Report a jump if the two clocks have moved differently since the last comparison."""
        wall, ticks = self._wall(), self._clock.monotonic()
        passed = timedelta(seconds=ticks - self._seen[1])
        jumped = abs(wall - self._seen[0] - passed) >= JUMP
        self._seen = (wall, ticks)
        if jumped:
            self.jumped.emit()

    def capabilities(self) -> list[Capability]:
        """Return how soon a sleep and a change of the clock are noticed here."""
        alarm = self._alarm or (self._open_alarm() if self._linux else None)
        told = self._windows or (self._linux and _logind_answers(self._bus))
        exact = alarm is not None
        if alarm is not None and alarm is not self._alarm:
            alarm.close()
            alarm.deleteLater()
        late = _("Noticed within a minute.")
        stepped = _("Noticed at once.") if exact else late
        slept = _("The system tells when it wakes.") if told else stepped
        return [
            Capability(CapabilityKey.SLEEP, available=told or exact, why=slept),
            Capability(CapabilityKey.CLOCK, available=exact, why=stepped),
        ]

    def _wall(self) -> datetime:
        """Return the wall time of the system, also in a demo, whose own clock runs faster."""
        return self._clock.real(self._clock.now())

    def _open_alarm(self) -> ClockSetAlarm | None:
        try:
            alarm = ClockSetAlarm(self)
        except OSError as error:
            log.info("no timerfd for changes of the clock: %s", error)
            return None
        alarm.clock_set.connect(self.jumped)
        return alarm

    def _follow_windows(self) -> PowerEvents:
        from safepause.system.time.windows_power import PowerEvents

        events = PowerEvents(self)
        events.resumed.connect(self.jumped)
        return events

    def _follow_system_bus(self) -> None:
        """Follow the services of a bus that has answered. On one that is back, ask the clock.

        A sleep may have passed unheard.
        """
        bus = self._bus() if self._watching else None
        if bus is None:
            return
        rule = Rule(LOGIND, LOGIND_PATH, LOGIND_MANAGER, "PrepareForSleep")
        bus.on_signal(rule, self._sleep_changed)
        zone = Rule(TIMEDATED, TIMEDATED_PATH, PROPERTIES, "PropertiesChanged")
        bus.on_signal(zone, lambda _message: self.jumped.emit())
        if self._came_before:
            self.jumped.emit()
        self._came_before = True

    def _sleep_changed(self, message: Message) -> None:
        """Handle PrepareForSleep. Its value is True before a sleep, and False after it."""
        if message.body == (False,):
            self.jumped.emit()


def _logind_answers(bus: LastingBus) -> bool:
    """Return whether the service that tells of a sleep runs, and answers."""
    return LOGIND in bus.look(frozenset({LOGIND})).awake
