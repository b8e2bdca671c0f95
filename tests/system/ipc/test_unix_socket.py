"""The Unix socket server: which clients get which answer."""

from __future__ import annotations

import logging
import socket
import struct
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication

from safepause.system.ipc.client import ask, is_same_user
from safepause.system.ipc.protocol import MAX_REQUEST, pack_request
from safepause.system.ipc.server import make_server
from safepause.system.ipc.unix_socket import SocketServer, open_listener
from tests.system.ipc.callers import SORRY, answer_to, call, echo, listening_at, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


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


@pytest.mark.usefixtures("server")
def test_the_client_gets_code_output_and_error_output(qtbot: QtBot, path: str) -> None:
    """The real client, in another thread, gets the answer of the command."""
    answers: list[object] = []
    client = threading.Thread(target=lambda: answers.append(ask(["status", ""], path=path)))
    client.start()
    qtbot.waitUntil(lambda: bool(answers))
    client.join()
    assert answers == [(1, "['status', '']", "no")]


@pytest.mark.usefixtures("server")
def test_an_answer_of_any_size_arrives(path: str) -> None:
    """An answer larger than the system's buffers is sent in pieces, without blocking."""
    answer = send(path, pack_request(["big"]))
    assert answer is not None
    assert len(answer[1]) == 5_000_000


@pytest.mark.usefixtures("server")
def test_a_request_may_come_in_pieces(path: str) -> None:
    """A request is answered when its last byte has arrived."""
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
    """A command that runs the event loop is executed once, even if its client disconnects."""
    assert qapp is not None
    ran: list[list[str]] = []

    def loop(argv: list[str], _id: str) -> tuple[int, str, str]:
        ran.append(argv)
        wire.shutdown(socket.SHUT_WR)
        if kind == "left":
            listening.close()
        for _turn in range(5):
            QCoreApplication.processEvents()
        return 0, "", ""

    listening = SocketServer(path, loop)
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
def test_bytes_that_are_no_request_get_code_2(path: str, request_: bytes) -> None:
    """Malformed or too long bytes are answered with code 2 and a sentence."""
    assert send(path, request_) == (2, "", SORRY)


@pytest.mark.usefixtures("server")
def test_an_incomplete_request_gets_code_2(path: str) -> None:
    """A client that stops halfway gets code 2. A client that sends nothing gets nothing."""
    wire = call(path)
    wire.sendall(b"safepause1 2\0pa")
    wire.shutdown(socket.SHUT_WR)
    assert answer_to(wire) == (2, "", SORRY)
    wire = call(path)
    wire.shutdown(socket.SHUT_WR)
    assert answer_to(wire) is None


class Credentials(NamedTuple):
    """A connection with credentials, such as the kernel keeps."""

    user: int

    def getsockopt(self, _level: int, _option: int, _size: int) -> bytes:
        """Return process, user and group."""
        return struct.pack("3i", 4242, self.user, 0)


def test_other_users_are_recognized(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another user is not the same, not even root. Without credentials every user is."""
    monkeypatch.setattr("os.getuid", lambda: 1000)
    assert is_same_user(Credentials(1000))
    assert not is_same_user(Credentials(1001))
    assert not is_same_user(Credentials(0))
    monkeypatch.delattr(socket, "SO_PEERCRED")
    assert is_same_user(Credentials(1001))


@pytest.mark.usefixtures("server")
def test_another_user_is_refused(
    monkeypatch: pytest.MonkeyPatch, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Another user is disconnected without an answer, and that is logged."""
    monkeypatch.setattr("os.getuid", lambda: 4321)
    wire = call(path)
    with pytest.raises(ConnectionResetError):
        answer_to(talking(wire))
    wire.close()
    assert "another user" in caplog.text


def talking(wire: socket.socket) -> socket.socket:
    """Send a request and return the connection."""
    wire.sendall(pack_request(["status"]))
    return wire


def test_only_the_owner_may_open_the_socket(server: SocketServer, path: str) -> None:
    """The socket has mode 0600. `close` deletes it, and may be called twice."""
    assert Path(path).stat().st_mode & 0o777 == 0o600
    server.close()
    server.close()
    assert not Path(path).exists()
    assert ask([], path=path) is None


def test_close_disconnects_clients(server: SocketServer, path: str) -> None:
    """A client that is connected when the server closes is disconnected."""
    wire = call(path)
    QCoreApplication.processEvents()
    server.close()
    assert answer_to(wire) is None


def test_a_socket_that_cannot_be_made_is_an_error(qapp: QCoreApplication, tmp_path: Path) -> None:
    """If a folder has the socket's name, `listen` raises, and the folder stays."""
    assert qapp is not None
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match=r"."):
        SocketServer(str(tmp_path / "folder"), echo).listen()
    assert (tmp_path / "folder").is_dir()


def test_the_log_says_whether_a_deleted_socket_was_made_again(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It says why there is none, once. It says "made again" only once there is one."""
    caplog.set_level(logging.INFO)
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    with listening_at(str(folder / "socket")) as server:
        (folder / "socket").unlink()
        folder.rmdir()
        folder.touch()  # in the way of the folder, for every user
        qtbot.waitUntil(lambda: bool(server.trouble))
        server._restore()  # noqa: SLF001  -- as at each further change
        assert caplog.messages == ["the socket was deleted, and can't be made again: File exists"]
        folder.unlink()
        server._restore()  # noqa: SLF001
        assert caplog.messages[1:] == ["the socket was deleted, and is made again"]
    assert not (folder / "socket").exists()


def test_a_long_path_works(qapp: QCoreApplication, tmp_path: Path) -> None:
    """Server and client meet at a path that is longer than a socket's address can be."""
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


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_what_is_no_socket_is_left_whole(qtbot: QtBot, path: str, kind: str) -> None:
    """A person's file, link or folder that has the socket's name stays, and the error is told."""
    del qtbot
    place, words = Path(path), Path(path).with_name("words")
    words.write_text("My thesis.", encoding="utf-8")
    if kind == "file":
        words.rename(place)
        words = place
    elif kind == "link":
        place.symlink_to(words)
    else:
        place.mkdir()
    with pytest.raises(OSError, match="in use"):
        open_listener(path)
    assert words.read_text(encoding="utf-8") == "My thesis."
    assert place.is_symlink() is (kind == "link")
