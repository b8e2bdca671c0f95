"""The app's ear: who is answered, how, and that nothing bad can be sent to it."""

from __future__ import annotations

import errno
import gc
import resource
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QSocketNotifier

from safepause.system import server as module
from safepause.system.instance import MAX_REQUEST, ask, pack_request, unpack_answer
from safepause.system.server import CALLERS, CommandServer, is_ours, make_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

SORRY = "SafePause did not understand that.\n"
APP = """
import sys
from safepause.system.instance import Lock, ask
folder = sys.argv[1]
sys.stdin.readline()
lock = Lock(folder + "/lock")
if not lock.acquire():
    print("lost", flush=True)
    raise SystemExit
from PySide6.QtCore import QCoreApplication
from safepause.system.server import CommandServer
app = QCoreApplication([])
server = CommandServer(folder + "/socket", lambda argv: (0, "here", ""))
server.listen()
print("won", flush=True)
app.exec()
"""


def echo(argv: list[str]) -> tuple[int, str, str]:
    """Answer with what was asked; "big" asks for more than fits in any buffer."""
    if argv == ["wrong"]:
        raise RuntimeError("a fault of ours")
    return 1, "x" * 5_000_000 if argv == ["big"] else repr(argv), "no"


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Return where the app listens."""
    return str(tmp_path / "socket")


@pytest.fixture
def server(qapp: QCoreApplication, path: str) -> Iterator[CommandServer]:
    """Return a server that listens, and close it afterwards."""
    assert qapp is not None
    listening = CommandServer(path, echo)
    listening.listen()
    yield listening
    listening.close()


def call(path: str) -> socket.socket:
    """Return a connection to the app."""
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(path)
    wire.settimeout(0)
    return wire


def answer_to(wire: socket.socket) -> tuple[int, str, str] | None:
    """Let the app work until it hangs up; return what it said, None if nothing whole."""
    data = b""
    while True:
        QCoreApplication.processEvents()
        try:
            chunk = wire.recv(1 << 20)
        except BlockingIOError:
            continue
        if not chunk:
            wire.close()
            return unpack_answer(data)
        data += chunk


def send(path: str, request: bytes) -> tuple[int, str, str] | None:
    """Return the app's answer to some bytes."""
    wire = call(path)
    wire.sendall(request)
    return answer_to(wire)


@pytest.mark.usefixtures("server")
def test_the_client_gets_code_output_and_error_output(qtbot: QtBot, path: str) -> None:
    """The real client, in another thread, gets what the command answered."""
    answers: list[object] = []
    client = threading.Thread(target=lambda: answers.append(ask(["status", ""], path=path)))
    client.start()
    qtbot.waitUntil(lambda: bool(answers))
    client.join()
    assert answers == [(1, "['status', '']", "no")]


@pytest.mark.usefixtures("server")
def test_an_answer_of_any_size_arrives(path: str) -> None:
    """An answer larger than the system's buffers is sent piece by piece, never blocking."""
    answer = send(path, pack_request(["big"]))
    assert answer is not None
    assert len(answer[1]) == 5_000_000


@pytest.mark.usefixtures("server")
def test_a_request_may_come_in_pieces(path: str) -> None:
    """A request is answered once its last byte is there."""
    request = pack_request(["return"])
    wire = call(path)
    for cut in range(len(request)):
        wire.sendall(request[cut : cut + 1])
        QCoreApplication.processEvents()
    assert answer_to(wire) == (1, "['return']", "no")


@pytest.mark.parametrize("kind", ["patient", "left"])
def test_a_command_with_a_loop_of_its_own_runs_once(
    qapp: QCoreApplication, path: str, kind: str
) -> None:
    """A command during which the event loop turns is run once, whatever its caller does then."""
    assert qapp is not None
    ran: list[list[str]] = []

    def loop(argv: list[str]) -> tuple[int, str, str]:
        ran.append(argv)
        wire.shutdown(socket.SHUT_WR)
        if kind == "left":
            listening.close()
        for _turn in range(5):
            QCoreApplication.processEvents()
        return 0, "", ""

    listening = CommandServer(path, loop)
    listening.listen()
    wire = call(path)
    wire.sendall(pack_request([]))
    assert answer_to(wire) == (None if kind == "left" else (0, "", ""))
    assert ran == [[]]
    listening.close()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "request_",
    [b"{}", b"safepause9 0\0", b"\0" * 99, b"x" * (MAX_REQUEST + 1), b"safepause1 1\0\xff\0"],
)
def test_what_is_no_request_is_told_so(path: str, request_: bytes) -> None:
    """Malformed or too long: code 2 and a sentence."""
    assert send(path, request_) == (2, "", SORRY)


@pytest.mark.usefixtures("server")
def test_a_request_that_breaks_off_is_told_so(path: str) -> None:
    """A caller that stops halfway gets code 2; one that says nothing gets nothing."""
    wire = call(path)
    wire.sendall(b"safepause1 2\0pa")
    wire.shutdown(socket.SHUT_WR)
    assert answer_to(wire) == (2, "", SORRY)
    wire = call(path)
    wire.shutdown(socket.SHUT_WR)
    assert answer_to(wire) is None


@pytest.mark.usefixtures("server")
def test_a_fault_of_ours_is_answered_and_logged(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A command that raises is logged whole, its caller gets code 3, and the app goes on."""
    answer = send(path, pack_request(["wrong"]))
    assert answer is not None
    assert answer[0] == 3
    assert "a fault of ours" in caplog.text
    assert send(path, pack_request([])) == (1, "[]", "no")


def test_callers_that_do_not_listen_harm_nobody(server: CommandServer, path: str) -> None:
    """A caller that hangs up before its answer leaves nothing behind."""
    for _caller in range(20):
        wire = call(path)
        wire.sendall(pack_request(["big"]))
        wire.close()
    assert send(path, pack_request([])) == (1, "[]", "no")
    assert not server.findChildren(QSocketNotifier)[1:]


def test_slow_callers_are_hung_up_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, server: CommandServer, path: str
) -> None:
    """Who doesn't say it all in time, or doesn't take the answer, is cut off."""
    monkeypatch.setattr(module, "PATIENCE", 30)
    talker, listener = call(path), call(path)
    talker.sendall(b"safepause1 ")
    listener.sendall(pack_request(["big"]))
    qtbot.waitUntil(lambda: len(server.findChildren(QSocketNotifier)) > 3)
    qtbot.waitUntil(lambda: len(server.findChildren(QSocketNotifier)) == 1)
    assert answer_to(talker) is None
    assert answer_to(listener) is None


def test_patience_is_two_seconds() -> None:
    """A caller has 2 s, no more."""
    assert module.PATIENCE == 2000


def test_a_crowd_waits_and_is_served(qtbot: QtBot, server: CommandServer, path: str) -> None:
    """At most 64 callers are listened to; those behind them are served as the first leave."""
    silent = [call(path) for _caller in range(CALLERS)]
    qtbot.waitUntil(lambda: len(server.findChildren(QSocketNotifier)) == CALLERS + 1)
    late = call(path)
    late.sendall(pack_request([]))
    QCoreApplication.processEvents()
    assert len(server.findChildren(QSocketNotifier)) == CALLERS + 1
    for wire in silent:
        wire.close()
    assert answer_to(late) == (1, "[]", "no")


def test_ten_thousand_bad_requests_cost_no_memory(server: CommandServer, path: str) -> None:
    """Every bad request gets its answer, and neither memory nor children grow (of 5,000 here)."""

    def pester(times: int) -> None:
        for _time in range(times):
            assert send(path, b"nonsense") == (2, "", SORRY)

    pester(500)
    gc.collect()
    before = resident()
    pester(5000)
    assert resident() - before < 300
    QCoreApplication.processEvents()
    assert len(server.children()) == 2


def resident() -> int:
    """Return how much memory this process takes now, in KB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


class Credentials(NamedTuple):
    """A connection, as far as its credentials go: process, user and group."""

    user: int

    def getsockopt(self, _level: int, _option: int, _size: int) -> bytes:
        """Return what the kernel would say."""
        return module.CREDENTIALS.pack(4242, self.user, 0)


def test_another_user_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the same user id is ours, root's included; without credentials the mode decides."""
    monkeypatch.setattr("os.getuid", lambda: 1000)
    assert is_ours(Credentials(1000))
    assert not is_ours(Credentials(1001))
    assert not is_ours(Credentials(0))
    monkeypatch.delattr(socket, "SO_PEERCRED")
    assert is_ours(Credentials(1001))


@pytest.mark.usefixtures("server")
def test_another_user_is_refused(
    monkeypatch: pytest.MonkeyPatch, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Another user's command is not even read, and that is logged."""
    monkeypatch.setattr("os.getuid", lambda: 4321)
    wire = call(path)
    with pytest.raises(ConnectionResetError):
        answer_to(talking(wire))
    wire.close()
    assert "another user" in caplog.text


def talking(wire: socket.socket) -> socket.socket:
    """Return the connection, with a request sent."""
    wire.sendall(pack_request(["status"]))
    return wire


def test_only_the_owner_may_open_the_socket(server: CommandServer, path: str) -> None:
    """The socket's mode is 0600; closing deletes it, and closing again is harmless."""
    assert Path(path).stat().st_mode & 0o777 == 0o600
    server.close()
    server.close()
    assert not Path(path).exists()
    assert ask([], path=path) is None


def test_closing_hangs_up(server: CommandServer, path: str) -> None:
    """A caller in the line when the app leaves is not kept waiting."""
    wire = call(path)
    QCoreApplication.processEvents()
    server.close()
    assert answer_to(wire) is None


def test_a_socket_that_cannot_be_made_is_said(qapp: QCoreApplication, tmp_path: Path) -> None:
    """Where nothing can listen, the system's error comes through; a folder is never deleted."""
    assert qapp is not None
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match=r"."):
        CommandServer(str(tmp_path / "folder"), echo).listen()
    assert (tmp_path / "folder").is_dir()


def test_a_long_path_is_no_obstacle(qapp: QCoreApplication, tmp_path: Path) -> None:
    """A path longer than a socket's address has room for is listened at all the same."""
    assert qapp is not None
    folder = tmp_path / ("long" * 40)
    folder.mkdir()
    listening = make_server(str(folder / "socket"), echo)
    listening.listen()
    answers: list[object] = []
    client = threading.Thread(target=lambda: answers.append(ask([], path=str(folder / "socket"))))
    client.start()
    while not answers:
        QCoreApplication.processEvents()
    client.join()
    listening.close()
    assert answers == [(1, "[]", "no")]


class NoMoreFiles:
    """A listener whose process has no descriptors left, until it has."""

    def __init__(self, real: socket.socket) -> None:
        self.real = real
        self.asked = 0

    def __getattr__(self, name: str) -> Callable[..., object]:
        method: Callable[..., object] = getattr(self.real, name)
        return method

    def accept(self) -> object:
        """Fail once."""
        self.asked += 1
        if self.asked == 1:
            raise OSError(errno.EMFILE, "too many open files")
        return self.real.accept()


def test_running_out_of_files_does_not_spin(
    qapp: QCoreApplication,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    path: str,
) -> None:
    """Without a descriptor for a caller the app waits a while, then serves it."""
    assert qapp is not None
    made = module.open_listener
    crowded: list[NoMoreFiles] = []

    def listener(path: str) -> NoMoreFiles:
        crowded.append(NoMoreFiles(made(path)))
        return crowded[0]

    monkeypatch.setattr(module, "open_listener", listener)
    monkeypatch.setattr(module, "RECOVERY", 30)
    listening = CommandServer(path, echo)
    listening.listen()
    assert send(path, pack_request([])) == (1, "[]", "no")
    assert crowded[0].asked <= 3
    assert "can't take a caller" in caplog.text
    listening.close()


def start(folder: Path) -> subprocess.Popen[str]:
    """Start an app that waits for a line before it tries to be the one."""
    return subprocess.Popen(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", APP, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def outcome(app: subprocess.Popen[str]) -> str:
    """Return whether an app "won" or "lost"."""
    assert app.stdout is not None
    return app.stdout.readline().strip()


def test_of_six_simultaneous_starts_one_is_the_app(tmp_path: Path) -> None:
    """Six at once leave one, which answers; after its kill -9 the next six leave one again."""
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
