"""The Unix socket server with bad, slow and many clients, and many apps that start at once."""

from __future__ import annotations

import ctypes
import errno
import gc
import resource
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from safepause.system.ipc import unix_caller
from safepause.system.ipc import unix_socket as module
from safepause.system.ipc.client import ask
from safepause.system.ipc.dispatch import CLIENTS, PATIENCE
from safepause.system.ipc.protocol import pack_request
from safepause.system.ipc.unix_socket import SocketServer
from tests.system.ipc.callers import SORRY, answer_to, call, echo, listening_at, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

AT_REST = 2
"""The notifiers of a server without clients: of its socket, and of its folder."""
APP = """
import sys
from safepause.system.ipc.client import ask
from safepause.system.ipc.lock import Lock
folder = sys.argv[1]
sys.stdin.readline()
lock = Lock(folder + "/lock")
if not lock.acquire():
    print("lost", flush=True)
    raise SystemExit
from PySide6.QtCore import QCoreApplication
from safepause.system.ipc.unix_socket import SocketServer
app = QCoreApplication([])
server = SocketServer(folder + "/socket", lambda *_request: (0, "here", ""))
server.listen()
print("won", flush=True)
app.exec()
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Return the path of the socket."""
    return str(tmp_path / "socket")


@pytest.fixture
def server(qapp: QCoreApplication, path: str) -> Iterator[SocketServer]:
    """Run a server."""
    assert qapp is not None
    with listening_at(path) as listening:
        yield listening


@pytest.fixture
def patient(server: SocketServer, monkeypatch: pytest.MonkeyPatch) -> SocketServer:
    """Return the server, which waits for its clients for as long as a test takes."""
    monkeypatch.setattr(unix_caller, "PATIENCE", 3_600_000)
    return server


def test_clients_that_do_not_read_are_harmless(server: SocketServer, path: str) -> None:
    """A client that disconnects before its answer leaves no notifier behind."""
    for _caller in range(20):
        wire = call(path)
        wire.sendall(pack_request(["big"]))
        wire.close()
    assert send(path, pack_request([])) == (1, "[]", "no")
    assert not server.findChildren(QSocketNotifier)[AT_REST:]


def test_slow_clients_are_disconnected(qtbot: QtBot, patient: SocketServer, path: str) -> None:
    """A client that is slow to send or to read is disconnected."""
    talker, listener = call(path), call(path)
    talker.sendall(b"safepause1 ")
    listener.sendall(pack_request(["big"]))
    qtbot.waitUntil(lambda: len(patient.findChildren(QSocketNotifier)) > AT_REST + 2)
    for patience in patient.findChildren(QTimer):
        if patience.isActive():
            patience.start(0)
    qtbot.waitUntil(lambda: len(patient.findChildren(QSocketNotifier)) == AT_REST)
    assert answer_to(talker) is None
    assert answer_to(listener) is None


def test_a_client_has_two_seconds() -> None:
    """The time that a client has is 2 s."""
    assert PATIENCE == 2000


def test_idle_clients_hold_nobody_up(qtbot: QtBot, patient: SocketServer, path: str) -> None:
    """At most 64 clients are connected. One more is served at once, in the place of the oldest."""
    silent = [call(path) for _caller in range(CLIENTS)]
    silent[1].sendall(b"safepause1 ")
    qtbot.waitUntil(lambda: len(patient.findChildren(QSocketNotifier)) == CLIENTS + AT_REST)
    assert send(path, pack_request([])) == (1, "[]", "no")
    assert answer_to(silent[0]) is None
    for caller in silent[1:]:
        with pytest.raises(BlockingIOError):
            caller.recv(1)
        caller.close()
    qtbot.waitUntil(lambda: len(patient.findChildren(QSocketNotifier)) == AT_REST)


def test_a_crowd_is_served_whole(patient: SocketServer, path: str) -> None:
    """Of twice as many callers as may be connected, each gets its answer."""
    wires = [call(path) for _caller in range(CLIENTS)]
    late = [call(path) for _caller in range(CLIENTS)]
    for wire in wires + late:
        wire.sendall(pack_request(["a"]))
    assert [answer_to(wire) for wire in wires + late] == [(1, "['a']", "no")] * (2 * CLIENTS)
    assert patient is not None


def test_a_crowd_that_reads_nothing_waits(patient: SocketServer, path: str) -> None:
    """Callers whose answers are on their way keep their place. The next waits for one of them."""
    greedy = [call(path) for _caller in range(CLIENTS)]
    for wire in greedy:
        wire.sendall(pack_request(["big"]))
    for _turn in range(5):
        QCoreApplication.processEvents()
    late = call(path)
    late.sendall(pack_request([]))
    for _turn in range(5):
        QCoreApplication.processEvents()
    with pytest.raises(BlockingIOError):
        late.recv(1)
    greedy[0].close()
    assert answer_to(late) == (1, "[]", "no")
    for wire in greedy[1:]:
        wire.close()
    assert patient is not None


def test_a_caller_who_hung_up_is_not_served(qapp: QCoreApplication, path: str) -> None:
    """A request that waited until its caller had gone is not executed. The next one is."""
    assert qapp is not None
    ran: list[list[str]] = []

    def execute(argv: list[str], _id: str) -> tuple[int, str, str]:
        ran.append(argv)
        return 0, "", ""

    listening = SocketServer(path, execute)
    listening.listen()
    gone, half_gone = call(path), call(path)
    gone.sendall(pack_request(["extend"]))
    gone.close()
    half_gone.sendall(pack_request(["status"]))
    half_gone.shutdown(socket.SHUT_WR)
    assert answer_to(half_gone) == (0, "", "")
    assert ran == [["status"]]
    listening.close()


def test_thousands_of_bad_requests_cost_no_memory(server: SocketServer, path: str) -> None:
    """5,500 bad requests get their answers, and add neither memory nor children."""

    def pester(times: int) -> None:
        for _time in range(times):
            assert send(path, b"nonsense") == (2, "", SORRY)

    pester(500)
    before = resident()
    pester(5000)
    assert resident() - before < 300
    QCoreApplication.processEvents()
    assert len(server.children()) == 4


def resident() -> int:
    """Return the resident memory of this process in KB, without what it has freed."""
    gc.collect()
    with suppress(AttributeError):  # not every C library has malloc_trim
        ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


class NoMoreFiles:
    """A listener whose process has no descriptor left for its first client."""

    def __init__(self, real: socket.socket) -> None:
        self.real = real
        self.asked = 0

    def __getattr__(self, name: str) -> Callable[..., object]:
        method: Callable[..., object] = getattr(self.real, name)
        return method

    def accept(self) -> object:
        """Fail the first time."""
        self.asked += 1
        if self.asked == 1:
            raise OSError(errno.EMFILE, "too many open files")
        return self.real.accept()


def test_without_descriptors_the_server_waits(
    qapp: QCoreApplication,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    path: str,
) -> None:
    """Without a descriptor for a client the server waits a while, then serves the client."""
    assert qapp is not None
    made = module.open_listener
    crowded: list[NoMoreFiles] = []

    def listener(path: str) -> NoMoreFiles:
        crowded.append(NoMoreFiles(made(path)))
        return crowded[0]

    monkeypatch.setattr(module, "open_listener", listener)
    monkeypatch.setattr(module, "RECOVERY", 30)
    listening = SocketServer(path, echo)
    listening.listen()
    assert send(path, pack_request([])) == (1, "[]", "no")
    assert crowded[0].asked <= 3
    assert "a client can't be accepted" in caplog.text
    listening.close()


def start(folder: Path) -> subprocess.Popen[str]:
    """Start an app that waits for a line before it takes the lock."""
    return subprocess.Popen(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", APP, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def outcome(app: subprocess.Popen[str]) -> str:
    """Return "won" if an app got the lock, else "lost"."""
    assert app.stdout is not None
    return app.stdout.readline().strip()


def test_one_of_six_simultaneous_starts_is_the_app(tmp_path: Path) -> None:
    """One of six processes becomes the app and answers, also after a kill -9 of the last app."""
    for _round in range(2):
        apps = [start(tmp_path) for _app in range(6)]
        for app in apps:
            assert app.stdin is not None
            app.stdin.write("go\n")
            app.stdin.flush()
        outcomes = [outcome(app) for app in apps]
        assert sorted(outcomes) == ["lost"] * 5 + ["won"]
        assert ask([], path=str(tmp_path / "socket")) == (0, "here", "")
        for app in apps:
            app.kill()
            app.communicate()
        assert (tmp_path / "socket").exists()
        assert ask([], path=str(tmp_path / "socket")) is None
