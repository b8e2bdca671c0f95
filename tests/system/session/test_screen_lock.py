"""The screen lock is known from logind and from the screen lockers."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.lasting_bus import system_bus
from safepause.system.dbus.message import Call, Message
from safepause.system.session.screen_lock import LOGIND, ScreenLock
from tests.system.dbus.desk import PrivateBus, Wiretap, has_mocks, lasting, mock_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import Program

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
MOCK = "org.freedesktop.DBus.Mock"
SESSION = "/org/freedesktop/login1/session/c1"
GNOME = "org.gnome.ScreenSaver"


@pytest.fixture
def lock(private_bus: PrivateBus, qtbot: QtBot) -> Iterator[ScreenLock]:
    """Return a watch of the screen lock."""
    del qtbot  # the loop
    session = lasting(private_bus.address)
    made = ScreenLock(session, system_bus())
    yield made
    made.stop()
    session.close()


@pytest.fixture
def session(logind: Program, tap: Wiretap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a login session that logind knows."""
    del logind
    monkeypatch.setenv("XDG_SESSION_ID", "c1")
    add_session(tap)


@pytest.fixture
def locker(private_bus: PrivateBus, tap: Wiretap) -> Iterator[Program]:
    """Run dbusmock's screen locker of GNOME."""
    if not has_mocks():
        pytest.skip("no dbusmock for the system's Python: apt install python3-dbusmock")
    program = mock_service(private_bus, tap, "gnome_screensaver", GNOME)
    yield program
    program.kill()


def hint(tap: Wiretap, *, locked: bool) -> None:
    """Set the login session's LockedHint, as a desktop does."""
    interface = "org.freedesktop.login1.Session"
    answer = tap.ask(Call(LOGIND, SESSION, interface, "SetLockedHint", "b", (locked,)))
    assert isinstance(answer, Message), answer


def cover(tap: Wiretap, *, active: bool) -> None:
    """Lock or unlock the screen with GNOME's screen locker."""
    tap.ask(Call(GNOME, "/org/gnome/ScreenSaver", GNOME, "SetActive", "b", (active,)))


def settle(tap: Wiretap, lock: ScreenLock) -> None:
    """Wait until every call of the watch has its answer."""
    ours = (lock._system(), lock._session())  # noqa: SLF001  -- its own connections
    for connection in (tap.bus, *filter(None, ours)):
        for _round in range(3):
            tap.ask(Call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId"), connection)


@needs_linux
@pytest.mark.usefixtures("session")
def test_logind_reports_the_lock(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """A changed LockedHint locks and unlocks."""
    lock.start()
    lock.start()
    settle(tap, lock)
    assert not lock.is_locked
    with qtbot.waitSignal(lock.locked):
        hint(tap, locked=True)
    with qtbot.waitSignal(lock.unlocked):
        hint(tap, locked=False)


@needs_linux
@pytest.mark.usefixtures("session")
def test_a_screen_that_is_locked_already(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """A screen that is locked before `start` is known to be locked, and `stop` unlocks."""
    hint(tap, locked=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        lock.stop()
    assert not lock.is_locked


@needs_linux
@pytest.mark.usefixtures("session")
def test_a_program_of_no_session_follows_the_persons_display(
    lock: ScreenLock, tap: Wiretap, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program without a login session follows the person's graphical session."""
    monkeypatch.delenv("XDG_SESSION_ID")
    user = {"Display": ("(so)", ("c1", SESSION))}
    me, root = "/org/freedesktop/login1/user/self", "/org/freedesktop/login1"
    body: tuple[object, ...] = (me, "org.freedesktop.login1.User", user, [])
    answer = tap.ask(Call(LOGIND, root, MOCK, "AddObject", "ssa{sv}a(ssss)", body))
    assert isinstance(answer, Message), answer
    hint(tap, locked=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()


@needs_linux
def test_a_locker_reports_the_lock(
    lock: ScreenLock, tap: Wiretap, locker: Program, qtbot: QtBot
) -> None:
    """A screen locker locks and unlocks. If its process ends, the screen counts as unlocked."""
    cover(tap, active=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        cover(tap, active=False)
    with qtbot.waitSignal(lock.locked):
        cover(tap, active=True)
    with qtbot.waitSignal(lock.unlocked):
        locker.kill()


def add_session(tap: Wiretap) -> None:
    """Let logind know the login session."""
    body = ("c1", "seat0", 1000, "kim", True)
    answer = tap.ask(Call(LOGIND, "/org/freedesktop/login1", MOCK, "AddSession", "ssusb", body))
    assert isinstance(answer, Message), answer


@needs_linux
@pytest.mark.usefixtures("session")
def test_logind_goes_and_comes_back(
    lock: ScreenLock, logind: Program, private_bus: PrivateBus, tap: Wiretap, qtbot: QtBot
) -> None:
    """Without logind nobody would tell of the unlocking. Its return is noticed, twice."""
    hint(tap, locked=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    for _return in range(2):
        with qtbot.waitSignal(lock.unlocked):
            logind.kill()
        tap.wait_for_owner(LOGIND, present=False)
        logind = mock_service(private_bus, tap, "logind", LOGIND)
        add_session(tap)
        with qtbot.waitSignal(lock.locked):
            hint(tap, locked=True)
        with qtbot.waitSignal(lock.unlocked):
            hint(tap, locked=False)
        with qtbot.waitSignal(lock.locked):
            hint(tap, locked=True)
    logind.kill()


@needs_linux
@pytest.mark.usefixtures("session", "locker")
def test_one_source_is_enough(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """The screen is locked until both sources say that it is unlocked."""
    lock.start()
    settle(tap, lock)
    said: list[str] = []
    lock.locked.connect(lambda: said.append("locked"))
    lock.unlocked.connect(lambda: said.append("unlocked"))
    hint(tap, locked=True)
    cover(tap, active=True)
    hint(tap, locked=False)
    settle(tap, lock)
    assert said == ["locked"]
    with qtbot.waitSignal(lock.unlocked):
        cover(tap, active=False)


@needs_linux
@pytest.mark.usefixtures("locker")
def test_after_stop_nothing_is_reported(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """After `stop` no lock is reported, until the next `start`."""
    lock.start()
    lock.stop()
    lock.stop()
    with qtbot.assertNotEmitted(lock.locked):
        cover(tap, active=True)
        settle(tap, lock)
    with qtbot.waitSignal(lock.locked):
        lock.start()


@needs_linux
@pytest.mark.usefixtures("locker")
def test_a_lost_bus_unlocks(
    lock: ScreenLock,
    tap: Wiretap,
    private_bus: PrivateBus,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If the bus ends, the screen counts as unlocked."""
    cover(tap, active=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        private_bus.kill()
    assert "bus is gone" in caplog.text


@needs_linux
@pytest.mark.usefixtures("session")
def test_a_lost_system_bus_unlocks(
    lock: ScreenLock,
    tap: Wiretap,
    private_bus: PrivateBus,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If the bus of logind ends, a lock that logind has reported counts no longer."""
    hint(tap, locked=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        private_bus.kill()
    assert "bus is gone" in caplog.text


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_without_any_bus_nothing_is_known(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """Without a bus the screen counts as unlocked, and the capability is not available."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    lock = ScreenLock(lasting("unix:path=/nonexistent"), system_bus())
    lock.start()
    assert not lock.is_locked
    assert not lock.capability().available
    lock.stop()


@needs_linux
@pytest.mark.usefixtures("qapp")
def test_an_open_bus_alone_tells_of_no_lock(
    lock: ScreenLock, private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bus without logind and without a screen locker has no source, while watching or not."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private_bus.address)
    assert not lock.capability().available
    lock.start()
    assert not lock.capability().available


@needs_linux
def test_a_logind_without_our_session_tells_of_no_lock(lock: ScreenLock, logind: Program) -> None:
    """Logind alone is no source: the program must belong to a login session."""
    del logind
    assert not lock.capability().available


@needs_linux
@pytest.mark.usefixtures("session")
def test_logind_with_our_session_tells_of_the_lock(lock: ScreenLock) -> None:
    """A logind that knows the login session is a source."""
    assert lock.capability().available


@needs_linux
def test_a_locker_tells_of_the_lock_while_it_answers(lock: ScreenLock, locker: Program) -> None:
    """A screen locker is a source, and none while it is stopped."""
    assert lock.capability().available
    locker.send(signal.SIGSTOP)
    lock._session._looked.invalidate()  # noqa: SLF001  -- the last look is old
    assert not lock.capability().available


@needs_linux
def test_the_locks_come_back_with_their_bus(
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """After session bus and system bus were killed and started again, a lock is reported."""
    if not has_mocks():
        pytest.skip("no dbusmock for the system's Python: apt install python3-dbusmock")
    place = tmp_path / "bus"
    first = PrivateBus(tmp_path, place)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={place}")
    session = lasting(f"unix:path={place}")
    lock = ScreenLock(session, system_bus())
    with qtbot.waitSignals([session.came, lock._system.came]):  # noqa: SLF001
        lock.start()
    with qtbot.waitSignals([session.lost, lock._system.lost]):  # noqa: SLF001
        first.kill()
    assert "bus is gone" in caplog.text
    with qtbot.waitSignals([session.came, lock._system.came], timeout=10_000):  # noqa: SLF001
        second = PrivateBus(tmp_path, place)
    tap = Wiretap(f"unix:path={place}", qtbot)
    locker = mock_service(second, tap, "gnome_screensaver", GNOME)
    with qtbot.waitSignal(lock.locked):
        cover(tap, active=True)
    lock.stop()
    session.close()
    tap.bus.close()
    locker.kill()
    second.kill()
