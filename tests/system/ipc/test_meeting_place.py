"""Commands find the app though its socket is deleted, or its folder can hold none."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from safepause.system import paths
from safepause.system.ipc.client import at_address
from safepause.system.ipc.protocol import pack_request
from safepause.system.ipc.unix_socket import RESTORATION, SocketServer
from tests.system.ipc.callers import answer_to, echo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has names without a file"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of everything, as SAFEPAUSE_HOME names it."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "home"))
    return Path(paths.make_private_home())


@pytest.fixture
def serve(qapp: QCoreApplication) -> Iterator[Callable[[], SocketServer]]:
    """Return a function that runs the server of the app."""
    assert qapp is not None
    running: list[SocketServer] = []

    def server() -> SocketServer:
        made = SocketServer(paths.socket_path(), echo, name=paths.abstract_name("socket"))
        made.listen()
        running.append(made)
        return made

    yield server
    for each in running:
        each.close()


def answers() -> list[bool]:
    """Return, for each address of the app, whether it answers there."""
    return [asked(address) for address in paths.addresses()]


def asked(address: str) -> bool:
    """Tell whether an app answers at an address."""
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(0)
        try:
            at_address(address, wire.connect)
        except OSError:
            return False
        wire.sendall(pack_request(["a"]))
        return answer_to(wire) == (1, "['a']", "no")


@pytest.mark.usefixtures("home")
def test_an_app_answers_at_its_path_and_at_its_name(serve: Callable[[], SocketServer]) -> None:
    """After its end it answers at neither."""
    server = serve()
    assert answers() == [True, True]
    server.close()
    assert answers() == [False, False]


def delete_socket(home: Path) -> None:
    """Delete the socket alone."""
    (home / "socket").unlink()


def delete_content(home: Path) -> None:
    """Delete everything in the folder."""
    for file in home.iterdir():
        file.unlink()


@pytest.mark.parametrize("delete", [delete_socket, delete_content, shutil.rmtree])
def test_a_deleted_socket_is_made_again(
    home: Path, serve: Callable[[], SocketServer], qtbot: QtBot, delete: Callable[[Path], None]
) -> None:
    """Each time. Meanwhile the app answers at its name. Afterwards it waits for nothing."""
    (home / "lock").touch()
    server = serve()
    for _time in range(2):
        delete(home)
        assert answers() == [False, True]
        qtbot.waitUntil((home / "socket").exists, timeout=30_000)
        assert answers() == [True, True]
        assert (home / "socket").stat().st_mode & 0o777 == 0o600
        assert home.stat().st_mode & 0o777 == 0o700
        qtbot.waitUntil(lambda: not any(timer.isActive() for timer in server.findChildren(QTimer)))


def test_a_socket_that_cannot_be_made_again_is_not_needed(
    home: Path, serve: Callable[[], SocketServer], qtbot: QtBot
) -> None:
    """A file in the place of the folder is said. The app answers at its name."""
    server = serve()
    shutil.rmtree(home)
    home.write_text("theirs")
    qtbot.waitUntil(lambda: bool(server.trouble), timeout=30_000)
    assert server.trouble == "File exists"
    assert answers() == [False, True]
    home.unlink()
    asked(paths.abstract_name("socket"))  # a command notices that the socket is missing
    qtbot.waitUntil((home / "socket").exists, timeout=30_000)
    assert server.trouble == ""


def test_a_file_in_the_place_of_the_socket_stays(
    home: Path, serve: Callable[[], SocketServer], qtbot: QtBot
) -> None:
    """What somebody else has put there is not deleted."""
    server = serve()
    (home / "socket").unlink()
    (home / "socket").write_text("theirs")
    qtbot.wait(2 * RESTORATION)
    assert answers() == [False, True]
    assert server.trouble == ""
    server.close()
    assert (home / "socket").read_text() == "theirs"


@pytest.mark.usefixtures("home")
def test_a_folder_that_holds_no_sockets_is_said(
    serve: Callable[[], SocketServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a memory stick: the app answers at its name."""

    def refuse(path: str, use: Callable[[str], None]) -> None:
        if not path.startswith("\0"):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        use(path)

    monkeypatch.setattr("safepause.system.ipc.unix_socket.at_address", refuse)
    assert serve().trouble == "Operation not permitted"
    assert answers() == [False, True]
