"""D-Bus in the Qt event loop, with a real dbus-daemon."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QSocketNotifier

from safepause.system.dbus.connection import Bus, NoBus
from safepause.system.dbus.message import BUS_NAME, BUS_PATH, Call, DBusError, Message, Rule
from safepause.system.dbus.wire import Malformed, Wire
from tests.system.dbus.desk import Program, notification_service
from tests.system.notifications.fake_notifyd import NAME, PATH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus, Wiretap

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")

LIST_NAMES = Call(BUS_NAME, BUS_PATH, BUS_NAME, "ListNames")
CAPABILITIES = Call(NAME, PATH, NAME, "GetCapabilities")


def unexpected(what: object) -> None:
    """Fail the test, because this must not be called."""
    raise AssertionError(what)


def timers(bus: Bus) -> list[object]:
    """Return the timers of a connection that run."""
    return [*QAbstractEventDispatcher.instance().registeredTimers(bus)]


@pytest.fixture
def service(private_bus: PrivateBus, tap: Wiretap) -> Iterator[Program]:
    """Run a fake notification service."""
    program = notification_service(private_bus.address, "body")
    tap.wait_for_owner(NAME)
    yield program
    program.kill()


@pytest.fixture
def false_bus(tmp_path: Path) -> Iterator[socket.socket]:
    """Listen on a socket in the place of a bus."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        yield listener


def test_a_call_is_answered(tap: Wiretap) -> None:
    """An answer has the sender's name and the values."""
    answer = tap.ask(LIST_NAMES)
    assert isinstance(answer, Message)
    assert answer.sender == BUS_NAME
    assert BUS_NAME in answer.body[0]


def test_the_unique_name_is_known(tap: Wiretap) -> None:
    """After the first answer the connection knows its unique name."""
    owner = tap.ask(Call(BUS_NAME, BUS_PATH, BUS_NAME, "GetNameOwner", "s", (tap.bus.unique_name,)))
    assert isinstance(owner, Message), owner
    assert owner.body == (tap.bus.unique_name,)
    assert tap.bus.unique_name.startswith(":")


def test_a_name_without_an_owner_is_an_error(tap: Wiretap) -> None:
    """A call to a name that no program owns fails with the bus's error."""
    answer = tap.ask(Call("io.github.nobody", "/", "a.b", "C"))
    assert isinstance(answer, DBusError)
    assert answer.name == "org.freedesktop.DBus.Error.ServiceUnknown"
    assert "io.github.nobody" in str(answer)


def test_a_body_of_another_signature_raises(tap: Wiretap) -> None:
    """A call whose values don't match its signature raises, and the next call works."""
    with pytest.raises(TypeError):
        tap.bus.call(Call(NAME, PATH, NAME, "Notify", "s", (5,)), unexpected, unexpected)
    assert isinstance(tap.ask(LIST_NAMES), Message)


def test_a_large_message_is_sent_in_pieces(tap: Wiretap) -> None:
    """A message that is larger than the socket's buffer arrives."""
    rule = "x" * 4_000_000
    answer = tap.ask(Call(BUS_NAME, BUS_PATH, BUS_NAME, "NameHasOwner", "s", (rule,)))
    assert answer == Message(BUS_NAME, "", (False,))


def test_a_call_without_an_answer_fails_after_its_timeout(
    bus: Bus, tap: Wiretap, service: Program, qtbot: QtBot
) -> None:
    """A call to a stopped program fails once. Its late answer is ignored."""
    heard: list[object] = []
    service.send(signal.SIGSTOP)
    bus.call(CAPABILITIES, heard.append, heard.append, timeout=0.02)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [DBusError("org.freedesktop.DBus.Error.NoReply", "no answer in time")]
    service.send(signal.SIGCONT)
    tap.wait_for_calls("GetCapabilities", 1)
    bus.call(CAPABILITIES, heard.append, heard.append)
    qtbot.waitUntil(lambda: len(heard) > 1)
    assert isinstance(heard[1], Message)


def test_the_bus_is_killed(
    bus: Bus, private_bus: PrivateBus, service: Program, qtbot: QtBot
) -> None:
    """Open calls fail, and `closed` is emitted. Later calls fail, too."""
    heard: list[DBusError] = []
    service.send(signal.SIGSTOP)
    bus.call(CAPABILITIES, unexpected, heard.append, timeout=None)
    with qtbot.waitSignal(bus.closed):
        private_bus.kill()
    assert [reason.name for reason in heard] == ["org.freedesktop.DBus.Error.Disconnected"]
    assert not bus.is_open
    bus.call(LIST_NAMES, unexpected, heard.append, timeout=None)
    assert len(heard) == 1
    qtbot.waitUntil(lambda: len(heard) == 2)


def test_close_ends_everything(bus: Bus, qtbot: QtBot) -> None:
    """After `close` no callback comes, no timer runs and `closed` is not emitted."""
    bus.call(LIST_NAMES, unexpected, unexpected)
    subscription = bus.watch_name(NAME, unexpected)
    with qtbot.assertNotEmitted(bus.closed):
        bus.close()
        subscription.close()
        bus.close()
    assert not timers(bus)


def test_close_sends_what_is_queued(bus: Bus, tap: Wiretap, qtbot: QtBot) -> None:
    """A call that is queued when `close` is called reaches the bus."""
    seen: list[str] = []
    tap.bus.watch_name("org.example.LastWord", seen.append)
    qtbot.waitUntil(lambda: seen == [""])
    qtbot.waitUntil(lambda: bool(bus.unique_name))
    request = Call(BUS_NAME, "/", BUS_NAME, "RequestName", "su", ("org.example.LastWord", 0))
    bus.call(request, unexpected, unexpected)
    bus.close()
    qtbot.waitUntil(lambda: len(seen) == 3)  # no owner, this program, no owner
    assert seen == ["", seen[1], ""]


def test_signals_reach_their_handlers(tap: Wiretap, service: Program, qtbot: QtBot) -> None:
    """A handler gets the signals that match its rule, until its subscription is closed."""
    pressed: list[Message] = []
    every: list[Message] = []
    first = tap.bus.on_signal(Rule(NAME, PATH, NAME, "ActionInvoked"), pressed.append)
    tap.bus.on_signal(Rule(NAME, PATH, NAME), every.append)
    tap.control("Press", "us", 7, "return")
    tap.control("Dismiss", "u", 7)
    qtbot.waitUntil(lambda: len(every) == 2)
    first.close()
    first.close()
    tap.control("Press", "us", 8, "return")
    qtbot.waitUntil(lambda: len(every) == 3)
    assert [heard.body for heard in pressed] == [(7, "return")]
    assert service is not None


def test_a_name_is_watched(private_bus: PrivateBus, tap: Wiretap, qtbot: QtBot) -> None:
    """The handler gets the owner of the name at first, and then at every change."""
    owners: list[str] = []
    tap.bus.watch_name(NAME, owners.append)
    qtbot.waitUntil(lambda: owners == [""])
    program = notification_service(private_bus.address)
    qtbot.waitUntil(lambda: len(owners) == 2)
    program.kill()
    qtbot.waitUntil(lambda: len(owners) == 3)
    assert owners[1].startswith(":")
    assert owners[2] == ""


def test_a_handler_that_raises_stops_no_other(
    tap: Wiretap, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """The exception of a handler is logged, and the next handler is called."""
    heard: list[Message] = []

    def broken(_heard: Message) -> None:
        raise RuntimeError("mine")

    tap.bus.call(LIST_NAMES, broken, unexpected)
    tap.bus.call(LIST_NAMES, heard.append, unexpected)
    qtbot.waitUntil(lambda: bool(heard))
    assert "mine" in caplog.text


def test_a_bad_rule_is_logged(tap: Wiretap, caplog: pytest.LogCaptureFixture) -> None:
    """The bus refuses the rule, and its error is logged."""
    tap.bus.on_signal(Rule("not a name", PATH, NAME), unexpected)
    tap.ask(LIST_NAMES)
    assert "MatchRuleInvalid" in caplog.text


def test_a_call_to_this_program_is_refused(bus: Bus, private_bus: PrivateBus, qtbot: QtBot) -> None:
    """The answer to a call is that there is no such method."""
    names: list[Message] = []
    bus.call(LIST_NAMES, names.append, unexpected)
    qtbot.waitUntil(lambda: bool(names))
    ours = names[0].body[0][-1]
    command = ["dbus-send", f"--bus={private_bus.address}", f"--dest={ours}", "--print-reply"]
    sender = subprocess.Popen(  # noqa: S603  -- a fixed command
        [*command, "/", "a.b.C"], stderr=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: sender.poll() is not None)
    assert "UnknownMethod" in sender.communicate()[1]


def test_at_rest_nothing_runs(tap: Wiretap) -> None:
    """Without messages no timer runs, and only the notifier for reading is enabled."""
    tap.ask(LIST_NAMES)
    kinds = {
        notifier.type()
        for notifier in tap.bus.findChildren(QSocketNotifier)
        if notifier.isEnabled()
    }
    assert kinds == {QSocketNotifier.Type.Read}
    assert not timers(tap.bus)


@pytest.mark.parametrize(
    "said", [b"REJECTED EXTERNAL\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"x" * 9000]
)
def test_not_a_bus(false_bus: socket.socket, qtbot: QtBot, said: bytes) -> None:
    """The connection ends if the other end of the socket is no bus."""
    bus = Bus(f"unix:path={false_bus.getsockname()}")
    caller, _address = false_bus.accept()
    with caller, qtbot.waitSignal(bus.closed):
        caller.sendall(said)
    assert not bus.is_open


def test_garbage_after_the_handshake() -> None:
    """Bytes that are no message raise Malformed."""
    wire = Wire()
    wire.call(LIST_NAMES)
    assert wire.feed(b"OK 1234\r\n") == []
    assert b"BEGIN\r\nl" in wire.out
    with pytest.raises(Malformed):
        wire.feed(b"this is not D-Bus, whatever else it may be")


@pytest.mark.parametrize(
    "address", ["tcp:host=localhost,port=1", "nonsense", "unix:path=/dev/null"]
)
def test_an_address_without_a_bus(address: str) -> None:
    """Addresses of other kinds, and addresses without a listener, raise NoBus."""
    with pytest.raises(NoBus):
        Bus(address)


def test_the_session_bus_is_found(
    private_bus: PrivateBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment has its address, or the runtime folder has its socket, or there is none."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private_bus.address)
    Bus.session().close()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(NoBus):
        Bus.session()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    with pytest.raises(NoBus, match="this session has no message bus"):
        Bus.session()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        Bus.session().close()


def test_the_system_bus_is_found(private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment can have the address of the system bus."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private_bus.address)
    bus = Bus.system()
    assert bus.is_open
    bus.close()
