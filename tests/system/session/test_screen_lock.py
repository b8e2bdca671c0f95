"""A locked session is noticed, by logind's word or the locker's, and so is its end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.connection import Bus
from safepause.system.dbus.wire import Call, Message
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
    """Return a lock that is stopped at the end."""
    made = ScreenLock(lambda: bus)
    yield made
    made.stop()


@pytest.fixture
def session(logind: Program, tap: Wiretap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a session that logind knows."""
    del logind
    monkeypatch.setenv("XDG_SESSION_ID", "c1")
    body = ("c1", "seat0", 1000, "kim", True)
    answer = tap.ask(Call(LOGIND, "/org/freedesktop/login1", MOCK, "AddSession", "ssusb", body))
    assert isinstance(answer, Message), answer


@pytest.fixture
def locker(private_bus: PrivateBus, tap: Wiretap) -> Iterator[Program]:
    """Run dbusmock's GNOME."""
    if not has_mocks():
        pytest.skip("no dbusmock for the system's Python: apt install python3-dbusmock")
    program = mock_service(private_bus, tap, "gnome_screensaver", GNOME)
    yield program
    program.kill()


def hint(tap: Wiretap, *, locked: bool) -> None:
    """Have a desktop tell logind that its session is locked, or open."""
    interface = "org.freedesktop.login1.Session"
    answer = tap.ask(Call(LOGIND, SESSION, interface, "SetLockedHint", "b", (locked,)))
    assert isinstance(answer, Message), answer


def cover(tap: Wiretap, *, active: bool) -> None:
    """Have GNOME's locker cover the screen, or leave it."""
    tap.ask(Call(GNOME, "/org/gnome/ScreenSaver", GNOME, "SetActive", "b", (active,)))


def settle(tap: Wiretap, lock: ScreenLock) -> None:
    """Have everything that the lock has asked so far be answered."""
    for connection in (tap.bus, *lock.findChildren(Bus)):
        for _round in range(3):
            tap.ask(Call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId"), connection)


@needs_linux
@pytest.mark.usefixtures("session")
def test_logind_tells(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """The hint that a desktop gives logind locks and unlocks; it counts once."""
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
def test_locked_before_anybody_asked(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """A session that is locked already when the pause begins is known to be."""
    hint(tap, locked=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        lock.stop()
    assert not lock.is_locked


@needs_linux
@pytest.mark.usefixtures("session")
def test_a_program_of_no_session_asks_for_the_persons(
    lock: ScreenLock, tap: Wiretap, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started by the service manager, the lock of the person's graphical session counts."""
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
def test_a_locker_tells(lock: ScreenLock, tap: Wiretap, locker: Program, qtbot: QtBot) -> None:
    """The desktop's own locker is heard; one that ends without a word leaves the session open."""
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
def test_one_word_is_enough(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """Two sources say it, and it is locked until both say that it is open."""
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
def test_after_stop_nothing_is_heard(lock: ScreenLock, tap: Wiretap, qtbot: QtBot) -> None:
    """Between pauses nobody listens."""
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
def test_a_bus_that_ends_leaves_the_session_open(
    lock: ScreenLock, tap: Wiretap, private_bus: PrivateBus, qtbot: QtBot
) -> None:
    """Nothing is held back for a word that can't come any more."""
    cover(tap, active=True)
    with qtbot.waitSignal(lock.locked):
        lock.start()
    with qtbot.waitSignal(lock.unlocked):
        private_bus.kill()


def test_elsewhere_nothing_is_known(qtbot: QtBot) -> None:
    """Without D-Bus the session is taken for open, and it is said that nothing tells."""
    del qtbot
    lock = ScreenLock(lambda: None, linux=False)
    lock.start()
    assert not lock.is_locked
    assert not lock.capability().available
    lock.stop()


def test_without_any_bus(qtbot: QtBot) -> None:
    """A Linux without buses is no trouble, and it isn't pretended that somebody tells."""
    del qtbot
    lock = ScreenLock(lambda: None)
    lock.start()
    assert not lock.is_locked
    assert not lock.capability().available
    lock.stop()
