"""Sleep and clock steps are noticed: by logind's word, by the kernel's, or by comparing clocks."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from safepause.system.dbus.connection import Bus
from safepause.system.dbus.wire import Call
from safepause.system.time import timerfd
from safepause.system.time.clock_watch import LOGIND, LOGIND_MANAGER, LOGIND_PATH, ClockWatch
from tests.fakes import FakeClock
from tests.system.dbus.desk import mock_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus, Program, Wiretap

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="logind and timerfd are Linux's")


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that is moved by hand."""
    return FakeClock()


@pytest.fixture
def watch(clock: FakeClock, qtbot: QtBot) -> Iterator[ClockWatch]:  # noqa: ARG001  -- the loop
    """Return a watch that is stopped at the end."""
    watching = ClockWatch(clock)
    yield watching
    watching.stop()


@pytest.fixture
def net(clock: FakeClock, qtbot: QtBot) -> Iterator[ClockWatch]:  # noqa: ARG001  -- the loop
    """Return a watch as other systems have it, started."""
    watching = ClockWatch(clock, platform="elsewhere")
    watching.start()
    yield watching
    watching.stop()


def sleep_signal(tap: Wiretap, *, before: bool) -> None:
    """Have logind say that the computer goes to sleep, or woke up."""
    body = (LOGIND_MANAGER, "PrepareForSleep", "b", [("b", before)])
    mock = "org.freedesktop.DBus.Mock"
    tap.ask(Call(LOGIND, LOGIND_PATH, mock, "EmitSignal", "sssav", body))


def listening(watch: ClockWatch, tap: Wiretap, qtbot: QtBot) -> None:
    """Start a watch, and wait until the bus knows of it."""
    watch.start()
    connection = next(child for child in watch.children() if isinstance(child, Bus))
    answers: list[object] = []
    call = Call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId")
    connection.call(call, answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert tap.bus.is_open


@needs_linux
@pytest.mark.usefixtures("logind")
def test_waking_up_is_a_jump(watch: ClockWatch, tap: Wiretap, qtbot: QtBot) -> None:
    """Logind's signal after the sleep is passed on; the one before it is not."""
    listening(watch, tap, qtbot)
    with qtbot.assertNotEmitted(watch.jumped):
        sleep_signal(tap, before=True)
    with qtbot.waitSignal(watch.jumped):
        sleep_signal(tap, before=False)


@needs_linux
def test_logind_may_restart(
    watch: ClockWatch, logind: Program, private_bus: PrivateBus, tap: Wiretap, qtbot: QtBot
) -> None:
    """A logind that was started anew is heard as the old one was."""
    listening(watch, tap, qtbot)
    logind.kill()
    tap.wait_for_owner(LOGIND, present=False)
    again = mock_service(private_bus, tap, "logind", LOGIND)
    with qtbot.waitSignal(watch.jumped):
        sleep_signal(tap, before=False)
    again.kill()


@needs_linux
@pytest.mark.usefixtures("logind")
def test_after_stop_nothing_is_heard(watch: ClockWatch, tap: Wiretap, qtbot: QtBot) -> None:
    """A stopped watch has no connection, no timer and no signal; it can be started again."""
    listening(watch, tap, qtbot)
    watch.stop()
    watch.stop()
    with qtbot.assertNotEmitted(watch.jumped):
        sleep_signal(tap, before=False)
    listening(watch, tap, qtbot)
    with qtbot.waitSignal(watch.jumped):
        sleep_signal(tap, before=False)


@needs_linux
def test_setting_the_clock_is_a_jump(watch: ClockWatch, qtbot: QtBot) -> None:
    """The kernel reports each setting of the clock, even to the time that it shows already."""
    watch.start()
    watch.start()
    for _ in range(3):
        with qtbot.waitSignal(watch.jumped):
            try:
                now = time.clock_gettime_ns(time.CLOCK_REALTIME)
                time.clock_settime_ns(time.CLOCK_REALTIME, now)
            except PermissionError:
                pytest.skip("only root may set the clock")


def states(watch: ClockWatch) -> dict[str, bool]:
    """Return what is noticed at once."""
    return {one.key.value: one.available for one in watch.capabilities()}


@needs_linux
def test_a_system_bus_tells_of_sleep(
    watch: ClockWatch, private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether watched or not, it is said that the system's own word is heard."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private_bus.address)
    monkeypatch.setattr(timerfd, "_CLOCK_REALTIME", 9999)
    assert states(watch) == {"sleep": True, "clock": False}
    watch.start()
    assert states(watch) == {"sleep": True, "clock": False}
    assert watch.capabilities()[0].why == "The system tells when it wakes."


@needs_linux
def test_watching_costs_no_timer(watch: ClockWatch) -> None:
    """Where there is a timerfd, nothing runs while a pause stands, and it is said."""
    assert states(watch) == {"sleep": True, "clock": True}
    watch.start()
    assert states(watch) == {"sleep": True, "clock": True}
    assert not [timer for timer in watch.findChildren(QTimer) if timer.isActive()]


@needs_linux
def test_without_timerfd_the_clocks_are_compared(
    watch: ClockWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel that refuses the timer is no error: the clocks are compared, and it is said."""
    monkeypatch.setattr(timerfd, "_CLOCK_REALTIME", 9999)
    watch.start()
    timers = [timer for timer in watch.findChildren(QTimer) if timer.isActive()]
    assert [timer.interval() for timer in timers] == [60_000]
    assert states(watch) == {"sleep": False, "clock": False}
    assert {one.why for one in watch.capabilities()} == {"Noticed within a minute."}


@pytest.mark.parametrize("step", [timedelta(hours=8), timedelta(seconds=-3), timedelta(days=-400)])
def test_the_wall_clock_went_its_own_way(
    net: ClockWatch, clock: FakeClock, qtbot: QtBot, step: timedelta
) -> None:
    """A wall clock that moved without the monotonic one jumped: sleep looks like that, too."""
    clock.move(minutes=1)
    with qtbot.assertNotEmitted(net.jumped):
        net.compare()
    clock.set(clock.now() + step)
    clock.move(minutes=1)
    with qtbot.waitSignal(net.jumped):
        net.compare()
    clock.move(minutes=1)
    with qtbot.assertNotEmitted(net.jumped):
        net.compare()


def test_a_clock_that_is_steered_does_not_jump(
    net: ClockWatch, clock: FakeClock, qtbot: QtBot
) -> None:
    """Clocks that drift apart by parts of a second a minute are no jump, however long it lasts."""
    with qtbot.assertNotEmitted(net.jumped):
        for _ in range(60):
            clock.set(clock.now() + timedelta(milliseconds=30))
            clock.move(minutes=1)
            net.compare()


def test_what_happened_before_the_start_does_not_count(
    clock: FakeClock, net: ClockWatch, qtbot: QtBot
) -> None:
    """A watch compares with the moment of its start, not of the one before."""
    net.stop()
    clock.set(clock.now() + timedelta(hours=3))
    net.start()
    with qtbot.assertNotEmitted(net.jumped):
        net.compare()
