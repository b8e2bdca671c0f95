"""A look at a bus takes a limited time, and shows who answers."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from safepause.core.clock import SystemClock
from safepause.system.dbus.address import socket_file, sockets
from safepause.system.dbus.message import BUS_NAME, BUS_PATH
from safepause.system.dbus.probe import PATIENCE, Question, Seen, look, text
from tests.system.dbus.desk import notification_service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.system.dbus.desk import PrivateBus, Wiretap

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")
SERVICE = "org.freedesktop.Notifications"
NOBODY = "org.example.Nobody"
SLACK = 2.0
"""Seconds by which a busy machine may be late."""


def test_who_answers(private_bus: PrivateBus, tap: Wiretap) -> None:
    """A program that owns a name answers, one that is stopped does not, and nobody is nobody."""
    program = notification_service(private_bus.address)
    tap.wait_for_owner(SERVICE)
    names = [SERVICE, NOBODY, BUS_NAME]
    assert look(private_bus.address, names, within=SLACK) == Seen(
        answers=True, awake=frozenset({SERVICE, BUS_NAME})
    )
    program.send(signal.SIGSTOP)
    seen = look(private_bus.address, names)
    assert seen.answers
    assert seen.asleep == {SERVICE}
    assert seen.owned == {SERVICE, BUS_NAME}
    program.kill()


def test_a_question_has_the_body_of_its_answer(private_bus: PrivateBus) -> None:
    """A call with texts as arguments is answered. An answer that is an error is left out."""
    owner = Question(BUS_NAME, BUS_PATH, BUS_NAME, "GetNameOwner", (BUS_NAME,))
    wrong = Question(BUS_NAME, BUS_PATH, BUS_NAME, "GetNameOwner", (NOBODY,))
    answered = look(private_bus.address, [], [owner, wrong], SLACK).answered
    assert {each: text(body) for each, body in answered.items()} == {owner: BUS_NAME}


def test_a_stopped_bus_takes_a_limited_time(private_bus: PrivateBus) -> None:
    """A bus that is stopped answers nothing, after the patience and not much later."""
    private_bus.send(signal.SIGSTOP)
    clock = SystemClock()
    begun = clock.monotonic()
    assert look(private_bus.address, [BUS_NAME]) == Seen(listens=True)
    assert PATIENCE / 2 <= clock.monotonic() - begun < PATIENCE + SLACK


def test_a_bus_whose_queue_is_full(tmp_path: Path) -> None:
    """A listener that takes nobody any more answers nothing."""
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as first:
        listener.bind(str(tmp_path / "bus"))
        listener.listen(0)
        first.connect(str(tmp_path / "bus"))
        assert look(f"unix:path={tmp_path}/bus", [], within=0.05) == Seen()


@pytest.mark.parametrize(
    "said", [b"REJECTED EXTERNAL\r\n", b"OK 1234\r\n" + b"\xff" * 64, b"", b"OK 1234\r\nl\x02"]
)
def test_a_listener_that_is_no_bus(tmp_path: Path, said: bytes) -> None:
    """A refusal, other bytes than D-Bus and a connection that ends are no answer."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen(1)

        def serve() -> None:
            link, _peer = listener.accept()
            with link:
                link.sendall(said)
                link.recv(65536)

        server = threading.Thread(target=serve)
        server.start()
        assert look(f"unix:path={tmp_path}/bus", [BUS_NAME], within=0.2) == Seen(listens=True)
        server.join()


@pytest.mark.parametrize(
    "address", ["", "tcp:host=localhost", "nonsense", "unix:path=/nonexistent"]
)
def test_no_bus(address: str) -> None:
    """An address without a bus, or of another kind, answers nothing."""
    assert look(address, [BUS_NAME]) == Seen()


def test_the_sockets_of_an_address() -> None:
    """Paths and abstract names are read, with their escapes. Other kinds are left out."""
    assert sockets("unix:path=/a%20b,guid=12;unix:abstract=/c;tcp:port=1") == ["/a b", "\0/c"]
    assert sockets("unix:path=/100%") == ["/100%"]
    assert socket_file("unix:abstract=/c") is None
    assert str(socket_file("unix:abstract=/c;unix:path=/run/bus")) == "/run/bus"
