"""D-Bus in the Qt loop, against a real dbus-daemon."""

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
    """Fail the test: nothing was to come here."""
    raise AssertionError(what)


def timers(bus: Bus) -> list[object]:
    """Return the timers that run for a connection."""
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
    """Listen where a bus should be."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        yield listener


def test_a_call_is_answered(tap: Wiretap) -> None:
    """An answer brings the sender's name and the values."""
    answer = tap.ask(LIST_NAMES)
    assert isinstance(answer, Message)
    assert answer.sender == BUS_NAME
    assert BUS_NAME in answer.body[0]


def test_the_bus_says_what_it_calls_us(tap: Wiretap) -> None:
    """Once a call is answered, the connection knows the unique name that portals ask for."""
    owner = tap.ask(Call(BUS_NAME, BUS_PATH, BUS_NAME, "GetNameOwner", "s", (tap.bus.unique_name,)))
    assert isinstance(owner, Message), owner
    assert owner.body == (tap.bus.unique_name,)
    assert tap.bus.unique_name.startswith(":")


def test_nobody_there_is_an_answer_too(tap: Wiretap) -> None:
    """A call to a name that nobody owns fails with the bus's own error."""
    answer = tap.ask(Call("io.github.nobody", "/", "a.b", "C"))
    assert isinstance(answer, DBusError)
    assert answer.name == "org.freedesktop.DBus.Error.ServiceUnknown"
    assert "io.github.nobody" in str(answer)


def test_a_body_of_another_signature_is_refused(tap: Wiretap) -> None:
    """A call whose values don't fit its signature raises, and the connection lives on."""
    with pytest.raises(TypeError):
        tap.bus.call(Call(NAME, PATH, NAME, "Notify", "s", (5,)), unexpected, unexpected)
    assert isinstance(tap.ask(LIST_NAMES), Message)


def test_large_messages_pass_in_pieces(tap: Wiretap) -> None:
    """A message larger than the socket's buffer is sent as the bus takes it."""
    rule = "x" * 4_000_000
    answer = tap.ask(Call(BUS_NAME, BUS_PATH, BUS_NAME, "NameHasOwner", "s", (rule,)))
    assert answer == Message(BUS_NAME, "", (False,))


def test_a_silent_service_costs_its_time_only(
    bus: Bus, tap: Wiretap, service: Program, qtbot: QtBot
) -> None:
    """A call to a stopped program fails once, after its timeout; a later answer is dropped."""
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


def test_the_bus_dies(bus: Bus, private_bus: PrivateBus, service: Program, qtbot: QtBot) -> None:
    """When the bus dies, open calls fail, then `closed` is emitted; later calls fail as well."""
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


def test_closing_forgets_everything(bus: Bus, qtbot: QtBot) -> None:
    """After `close` no callback comes, no timer runs and `closed` is not emitted."""
    bus.call(LIST_NAMES, unexpected, unexpected)
    subscription = bus.watch_name(NAME, unexpected)
    with qtbot.assertNotEmitted(bus.closed):
        bus.close()
        subscription.close()
        bus.close()
    assert not timers(bus)


def test_closing_sends_what_is_queued(bus: Bus, tap: Wiretap, qtbot: QtBot) -> None:
    """A last word, such as that a notice is to go, is said before the bus is left."""
    seen: list[str] = []
    tap.bus.watch_name("org.example.LastWord", seen.append)
    qtbot.waitUntil(lambda: seen == [""])
    qtbot.waitUntil(lambda: bool(bus.unique_name))
    request = Call(BUS_NAME, "/", BUS_NAME, "RequestName", "su", ("org.example.LastWord", 0))
    bus.call(request, unexpected, unexpected)
    bus.close()
    qtbot.waitUntil(lambda: len(seen) == 3)  # nobody had it, we did, and left
    assert seen == ["", seen[1], ""]


def test_signals_reach_those_who_listen(tap: Wiretap, service: Program, qtbot: QtBot) -> None:
    """A handler hears what fits its rule, until its subscription is closed."""
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
    """Who watches a name hears of its owner at once, and then of every change."""
    owners: list[str] = []
    tap.bus.watch_name(NAME, owners.append)
    qtbot.waitUntil(lambda: owners == [""])
    program = notification_service(private_bus.address)
    qtbot.waitUntil(lambda: len(owners) == 2)
    program.kill()
    qtbot.waitUntil(lambda: len(owners) == 3)
    assert owners[1].startswith(":")
    assert owners[2] == ""


def test_a_broken_handler_costs_nobody_else(
    tap: Wiretap, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """A handler's exception is logged whole; the next handler is called all the same."""
    heard: list[Message] = []

    def broken(_heard: Message) -> None:
        raise RuntimeError("mine")

    tap.bus.call(LIST_NAMES, broken, unexpected)
    tap.bus.call(LIST_NAMES, heard.append, unexpected)
    qtbot.waitUntil(lambda: bool(heard))
    assert "mine" in caplog.text


def test_a_bad_rule_is_logged(tap: Wiretap, caplog: pytest.LogCaptureFixture) -> None:
    """A rule that the bus refuses is the programmer's mistake: it stands in the log."""
    tap.bus.on_signal(Rule("not a name", PATH, NAME), unexpected)
    tap.ask(LIST_NAMES)
    assert "MatchRuleInvalid" in caplog.text


def test_calls_to_us_are_refused(bus: Bus, private_bus: PrivateBus, qtbot: QtBot) -> None:
    """Nobody who calls SafePause waits: the answer is that there is no such method."""
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
    """Between messages no timer is active and only reading is waited for."""
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
    """Whoever listens at the bus's address but is no bus costs the connection, nothing else."""
    bus = Bus(f"unix:path={false_bus.getsockname()}")
    caller, _address = false_bus.accept()
    with caller, qtbot.waitSignal(bus.closed):
        caller.sendall(said)
    assert not bus.is_open


def test_garbage_after_the_handshake() -> None:
    """Bytes that are no message are reported as such."""
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
    """Addresses of other kinds, and those where nobody listens, are no bus."""
    with pytest.raises(NoBus):
        Bus(address)


def test_the_sessions_bus_is_found(
    private_bus: PrivateBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address comes from the environment, or is the runtime folder's; else there is no bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private_bus.address)
    Bus.session().close()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(NoBus, match="this session has no message bus"):
        Bus.session()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        Bus.session().close()


def test_the_computers_bus_is_found(
    private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's bus may be named in the environment."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private_bus.address)
    Bus.system().close()
