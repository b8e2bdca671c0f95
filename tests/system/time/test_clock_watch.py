"""Jumps of time are reported by logind and the kernel, or found by comparing the clocks."""

from __future__ import annotations

import errno
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from safepause.system.dbus.lasting_bus import system_bus
from safepause.system.dbus.message import Call
from safepause.system.time import timerfd
from safepause.system.time.clock_watch import (
    LOGIND,
    LOGIND_MANAGER,
    LOGIND_PATH,
    TIMEDATED,
    TIMEDATED_PATH,
    ClockWatch,
)
from tests.fakes import FakeClock
from tests.system.dbus.desk import PrivateBus, Wiretap, has_mocks, mock_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import Program

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="logind and timerfd are Linux's")


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that the test moves."""
    return FakeClock()


@pytest.fixture
def watch(clock: FakeClock, qtbot: QtBot) -> Iterator[ClockWatch]:  # noqa: ARG001  -- the loop
    """Return a watch."""
    watching = ClockWatch(clock, system_bus())
    yield watching
    watching.stop()


@pytest.fixture
def net(clock: FakeClock, qtbot: QtBot) -> Iterator[ClockWatch]:  # noqa: ARG001  -- the loop
    """Return a watch that compares the clocks, as on macOS, and start it."""
    watching = ClockWatch(clock, system_bus(), platform="darwin")
    watching.start()
    yield watching
    watching.stop()


def sleep_signal(tap: Wiretap, *, before: bool) -> None:
    """Send logind's signal before or after a sleep."""
    body = (LOGIND_MANAGER, "PrepareForSleep", "b", [("b", before)])
    mock = "org.freedesktop.DBus.Mock"
    tap.ask(Call(LOGIND, LOGIND_PATH, mock, "EmitSignal", "sssav", body))


def listening(watch: ClockWatch, tap: Wiretap, qtbot: QtBot) -> None:
    """Start a watch, and wait until its bus has answered."""
    watch.start()
    connection = watch._bus()  # noqa: SLF001  -- its own connection
    assert connection is not None
    qtbot.waitUntil(lambda: watch._came_before)  # noqa: SLF001
    answers: list[object] = []
    call = Call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId")
    connection.call(call, answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert tap.bus.is_open


@needs_linux
@pytest.mark.usefixtures("logind")
def test_the_end_of_a_sleep_is_a_jump(watch: ClockWatch, tap: Wiretap, qtbot: QtBot) -> None:
    """Logind's signal after a sleep is a jump. Its signal before a sleep is none."""
    listening(watch, tap, qtbot)
    with qtbot.assertNotEmitted(watch.jumped):
        sleep_signal(tap, before=True)
    with qtbot.waitSignal(watch.jumped):
        sleep_signal(tap, before=False)


@needs_linux
@pytest.mark.usefixtures("logind")
def test_another_zone_is_a_jump(
    watch: ClockWatch, private_bus: PrivateBus, tap: Wiretap, qtbot: QtBot
) -> None:
    """A zone that a person sets in the desktop's settings, through timedated, is a jump."""
    timedated = mock_service(private_bus, tap, "timedated", TIMEDATED)
    listening(watch, tap, qtbot)
    call = Call(
        TIMEDATED, TIMEDATED_PATH, TIMEDATED, "SetTimezone", "sb", ("Asia/Kathmandu", False)
    )
    with qtbot.waitSignal(watch.jumped):
        tap.bus.call(call, lambda _message: None, lambda _error: None)
    timedated.kill()


@needs_linux
def test_logind_may_restart(
    watch: ClockWatch, logind: Program, private_bus: PrivateBus, tap: Wiretap, qtbot: QtBot
) -> None:
    """The signal of a restarted logind is a jump, too."""
    listening(watch, tap, qtbot)
    logind.kill()
    tap.wait_for_owner(LOGIND, present=False)
    again = mock_service(private_bus, tap, "logind", LOGIND)
    with qtbot.waitSignal(watch.jumped):
        sleep_signal(tap, before=False)
    again.kill()


@needs_linux
@pytest.mark.usefixtures("logind")
def test_after_stop_nothing_is_reported(watch: ClockWatch, tap: Wiretap, qtbot: QtBot) -> None:
    """A stopped watch reports no signal. It can be started again."""
    listening(watch, tap, qtbot)
    watch.stop()
    watch.stop()
    with qtbot.assertNotEmitted(watch.jumped):
        sleep_signal(tap, before=False)
    listening(watch, tap, qtbot)
    with qtbot.waitSignal(watch.jumped):
        sleep_signal(tap, before=False)


@needs_linux
def test_the_kernel_cancels_the_timer_when_the_clock_is_set() -> None:
    """The kernel has a timer of the wall clock that it cancels when the clock is set."""
    fd = timerfd._armed()  # noqa: SLF001  -- what the kernel knows of it has no other door
    timer = Path(f"/proc/self/fdinfo/{fd}").read_text().splitlines()
    os.close(fd)
    assert "clockid: 0" in timer
    assert "settime flags: 03" in timer  # TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET


@needs_linux
@pytest.mark.parametrize(
    ("error", "jumps"), [(errno.ECANCELED, 3), (errno.EAGAIN, 0)], ids=["cancelled", "not ready"]
)
def test_a_cancelled_timer_is_a_jump(
    watch: ClockWatch, monkeypatch: pytest.MonkeyPatch, error: int, jumps: int
) -> None:
    """Each cancellation of the timer is a jump. A pipe is the timer here."""
    reader, writer = os.pipe()
    read = os.read

    def read_timer(fd: int, size: int) -> bytes:
        read(fd, size)
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(timerfd, "_armed", lambda: reader)
    jumped: list[bool] = []
    watch.jumped.connect(lambda: jumped.append(True))
    watch.start()
    watch.start()
    for _ in range(3):
        os.write(writer, b"x")
        with monkeypatch.context() as patch:
            patch.setattr("os.read", read_timer)
            QCoreApplication.processEvents()
    os.close(writer)
    assert len(jumped) == jumps


def states(watch: ClockWatch) -> dict[str, bool]:
    """Return the capabilities that are available."""
    return {one.key.value: one.available for one in watch.capabilities()}


@needs_linux
@pytest.mark.usefixtures("logind")
def test_logind_reports_sleep(watch: ClockWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    """With logind a sleep is reported, before `start` and after it."""
    monkeypatch.setattr(timerfd, "_CLOCK_REALTIME", 9999)
    assert states(watch) == {"sleep": True, "clock": False}
    watch.start()
    assert states(watch) == {"sleep": True, "clock": False}
    assert watch.capabilities()[0].why == "The system tells when it wakes."


@needs_linux
def test_a_bus_alone_reports_no_sleep(
    watch: ClockWatch, private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system bus without logind, or with one that hangs, tells of no sleep."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private_bus.address)
    monkeypatch.setattr(timerfd, "_CLOCK_REALTIME", 9999)
    assert states(watch) == {"sleep": False, "clock": False}
    watch.start()
    assert states(watch) == {"sleep": False, "clock": False}


@needs_linux
def test_a_system_bus_that_comes_back_is_followed(
    watch: ClockWatch,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A sleep is noticed on a bus that was killed and started again, and its return is a jump."""
    place = tmp_path / "bus"
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={place}")
    first = PrivateBus(tmp_path, place)
    with qtbot.waitSignal(watch._bus.came):  # noqa: SLF001
        watch.start()
    with qtbot.waitSignal(watch._bus.lost):  # noqa: SLF001
        first.kill()
    assert "bus is gone" in caplog.text
    with qtbot.waitSignal(watch.jumped, timeout=10_000):  # a sleep may have passed unheard
        second = PrivateBus(tmp_path, place)
    tap = Wiretap(f"unix:path={place}", qtbot)
    if not has_mocks():
        pytest.skip("no dbusmock for the system's Python: apt install python3-dbusmock")
    service = mock_service(second, tap, "logind", LOGIND)
    with qtbot.waitSignal(watch.jumped):
        sleep_signal(tap, before=False)
    watch.stop()
    tap.bus.close()
    service.kill()
    second.kill()


@needs_linux
def test_watching_costs_no_timer(watch: ClockWatch) -> None:
    """With a timerfd no timer runs, and both capabilities are available."""
    assert states(watch) == {"sleep": True, "clock": True}
    watch.start()
    assert states(watch) == {"sleep": True, "clock": True}
    assert not [timer for timer in watch.findChildren(QTimer) if timer.isActive()]


@needs_linux
def test_without_timerfd_the_clocks_are_compared(
    watch: ClockWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a timerfd the clocks are compared once a minute, and the capabilities say so."""
    monkeypatch.setattr(timerfd, "_CLOCK_REALTIME", 9999)
    watch.start()
    timers = [timer for timer in watch.findChildren(QTimer) if timer.isActive()]
    assert [timer.interval() for timer in timers] == [60_000]
    assert states(watch) == {"sleep": False, "clock": False}
    assert {one.why for one in watch.capabilities()} == {"Noticed within a minute."}


@pytest.mark.parametrize("step", [timedelta(hours=8), timedelta(seconds=-3), timedelta(days=-400)])
def test_a_wall_clock_that_jumps_is_found(
    net: ClockWatch, clock: FakeClock, qtbot: QtBot, step: timedelta
) -> None:
    """A difference of the clocks is one jump, in both directions. A sleep causes one, too."""
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
    """Clocks that differ by 30 ms more in each minute are no jump, also after an hour."""
    with qtbot.assertNotEmitted(net.jumped):
        for _ in range(60):
            clock.set(clock.now() + timedelta(milliseconds=30))
            clock.move(minutes=1)
            net.compare()


def test_a_jump_before_the_start_does_not_count(
    clock: FakeClock, net: ClockWatch, qtbot: QtBot
) -> None:
    """A watch compares with its last start."""
    net.stop()
    clock.set(clock.now() + timedelta(hours=3))
    net.start()
    with qtbot.assertNotEmitted(net.jumped):
        net.compare()
