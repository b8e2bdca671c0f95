"""Notices that time has jumped: the computer slept, or somebody set its clock.

Timers sleep on a clock that stands still in suspend and knows nothing of a clock that is set. So,
while a pause stands, two things report a jump without costing a wake-up: logind's signal, and on
Linux a timerfd that the kernel cancels when the wall clock is set (timerfd.py). Where there is no
timerfd, the wall clock is compared with the monotonic one once a minute; Windows tells of its sleep
as well (power_windows.py), and macOS only programs in its own language. One jump may be reported
twice: whoever hears of it checks everything, and checking twice does no harm.
"""

from __future__ import annotations

import logging
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _

if TYPE_CHECKING:
    from datetime import datetime

    from safepause.core.clock import Clock
    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.wire import Message
    from safepause.system.time.timerfd import ClockSetAlarm
    from safepause.system.time.windows_power import PowerEvents

LOGIND = "org.freedesktop.login1"
LOGIND_PATH = "/org/freedesktop/login1"
LOGIND_MANAGER = "org.freedesktop.login1.Manager"
COMPARE_EVERY = timedelta(minutes=1)
JUMP = timedelta(seconds=2)
"""A difference between the clocks from which on it is a jump; steering a clock makes far less."""

log = logging.getLogger(__name__)


class ClockWatch(QObject):
    """Watches between `start` and `stop`; nothing runs or is open otherwise."""

    jumped = Signal()
    """Time may have jumped: check everything that hangs on it."""

    def __init__(
        self, clock: Clock, parent: QObject | None = None, *, platform: str = sys.platform
    ) -> None:
        """Watch nothing yet. `platform` decides what is looked for."""
        super().__init__(parent)
        self._clock = clock
        self._linux = platform == "linux"
        self._windows = platform == "win32"
        self._power: PowerEvents | None = None
        self._watching = False
        self._bus: Bus | None = None
        self._alarm: ClockSetAlarm | None = None
        self._seen = (self._wall(), clock.monotonic())
        self._compare = QTimer(self)
        self._compare.setInterval(int(COMPARE_EVERY.total_seconds() * 1000))
        self._compare.timeout.connect(self.compare)

    def start(self) -> None:
        """Watch, if that isn't done already. What is missing on this computer is done without."""
        if self._watching:
            return
        self._watching = True
        self._seen = (self._wall(), self._clock.monotonic())
        if self._linux:
            self._bus = self._listen_to_logind()
            self._alarm = self._set_alarm()
        if self._windows:
            self._power = self._listen_to_windows()
        if self._alarm is None:
            self._compare.start()

    def stop(self) -> None:
        """Watch no more. May be called twice."""
        self._watching = False
        self._compare.stop()
        if self._bus is not None:
            self._bus.close()
            self._bus.deleteLater()
            self._bus = None
        if self._alarm is not None:
            self._alarm.close()
            self._alarm.deleteLater()
            self._alarm = None
        if self._power is not None:
            self._power.close()
            self._power.deleteLater()
            self._power = None

    def compare(self) -> None:
        """Report a jump if the wall clock went another way than the monotonic one since last."""
        wall, ticks = self._wall(), self._clock.monotonic()
        passed = timedelta(seconds=ticks - self._seen[1])
        jumped = abs(wall - self._seen[0] - passed) >= JUMP
        self._seen = (wall, ticks)
        if jumped:
            self.jumped.emit()

    def capabilities(self) -> list[Capability]:
        """Say how soon sleep and a clock that is set are noticed here."""
        bus = self._bus or (self._listen_to_logind() if self._linux else None)
        alarm = self._alarm or (self._set_alarm() if self._linux else None)
        told, exact = bus is not None or self._windows, alarm is not None
        for found, kept in ((bus, self._bus), (alarm, self._alarm)):
            if found is not None and found is not kept:
                found.close()
                found.deleteLater()
        late = _("Noticed within a minute.")
        stepped = _("Noticed at once.") if exact else late
        slept = _("The system tells when it wakes.") if told else stepped
        return [
            Capability(CapabilityKey.SLEEP, available=told or exact, why=slept),
            Capability(CapabilityKey.CLOCK, available=exact, why=stepped),
        ]

    def _wall(self) -> datetime:
        """Return the system's own wall time, however fast the demo's clock runs."""
        return self._clock.real(self._clock.now())

    def _set_alarm(self) -> ClockSetAlarm | None:
        from safepause.system.time.timerfd import ClockSetAlarm

        try:
            alarm = ClockSetAlarm(self)
        except OSError as error:
            log.info("no timerfd that reports clock steps: %s", error)
            return None
        alarm.clock_set.connect(self.jumped)
        return alarm

    def _listen_to_windows(self) -> PowerEvents:
        from safepause.system.time.windows_power import PowerEvents

        events = PowerEvents(self)
        events.resumed.connect(self.jumped)
        return events

    def _listen_to_logind(self) -> Bus | None:
        from safepause.system.dbus.connection import Bus, NoBus
        from safepause.system.dbus.wire import Rule

        try:
            bus = Bus.system(self)
        except NoBus as error:
            log.info("no signal from logind: %s", error)
            return None
        bus.on_signal(Rule(LOGIND, LOGIND_PATH, LOGIND_MANAGER, "PrepareForSleep"), self._slept)
        return bus

    def _slept(self, heard: Message) -> None:
        """Take PrepareForSleep: True before the sleep, False after it."""
        if heard.body == (False,):
            self.jumped.emit()
