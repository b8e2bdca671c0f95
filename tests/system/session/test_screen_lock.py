"""The screen lock is known from logind and from the screen lockers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.connection import Bus
from safepause.system.dbus.message import Call, Message
from safepause.system.session.screen_lock import LOGIND, ScreenLock
from tests.system.dbus.desk import has_mocks, mock_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus, Program, Wiretap

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
MOCK = "org.freedesktop.DBus.Mock"
SESSION = "/org/freedesktop/login1/session/c1"
GNOME = "org.gnome.ScreenSaver"


@pytest.fixture
def lock(bus: Bus) -> Iterator[ScreenLock]:
    """Return a watch of the screen lock."""
    made = ScreenLock(lambda: bus)
    yield made
    made.stop()


@pytest.fixture
def session(logind: Program, tap: Wiretap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a login session that logind knows."""
    del logind
    monkeypatch.setenv("XDG_SESSION_ID", "c1")
    body = ("c1", "seat0", 1000, "kim", True)
    answer = tap.ask(Call(LOGIND, "/org/freedesktop/login1", MOCK, "AddSession", "ssusb", body))
    assert isinstance(answer, Message), answer


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
    for connection in (tap.bus, *lock.findChildren(Bus)):
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
    lock: ScreenLock, tap: Wiretap, private_bus: PrivateBus, qtbot: QtBot
) -> None:
    """If the bus ends, the screen counts as unlocked."""
    cover(tap, active=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        private_bus.kill()


@needs_linux
@pytest.mark.usefixtures("session")
def test_a_lost_system_bus_unlocks(
    lock: ScreenLock, tap: Wiretap, private_bus: PrivateBus, qtbot: QtBot
) -> None:
    """If the bus of logind ends, a lock that logind has reported counts no longer."""
    hint(tap, locked=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        private_bus.kill()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_without_any_bus_nothing_is_known(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """Without a bus the screen counts as unlocked, and the capability is not available."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    lock = ScreenLock(lambda: None)
    lock.start()
    assert not lock.is_locked
    assert not lock.capability().available
    lock.stop()
