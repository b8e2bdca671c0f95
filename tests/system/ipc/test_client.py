"""The client that sends a command to the app."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from safepause.system.ipc import client
from safepause.system.ipc.client import ask, pipe_name
from safepause.system.ipc.protocol import MAX_REQUEST, pack_answer

ROOT = Path(__file__).parents[3]


def test_without_a_listener_there_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No socket, the socket of a dead app, and a plain file give None."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    assert ask(["status"]) is None
    with socket.socket(socket.AF_UNIX) as gone:
        client.at_address(str(tmp_path / "socket"), gone.bind)
    assert ask(["status"]) is None
    (tmp_path / "socket").unlink()
    (tmp_path / "socket").write_text("")
    assert ask(["status"]) is None


def test_a_silent_app_has_the_command(tmp_path: Path) -> None:
    """An app that accepts the connection and sends nothing is busy; it may still do the command."""
    with socket.socket(socket.AF_UNIX) as silent:
        client.at_address(str(tmp_path / "socket"), silent.bind)
        silent.listen()
        with pytest.raises(client.NoAnswerError) as caught:
            ask(["extend"], timeout=0.05, path=str(tmp_path / "socket"))
    assert not caught.value.ended


@pytest.mark.parametrize("sent", [b"", b"0\0half of an answer"])
def test_an_app_that_ends_has_the_command(tmp_path: Path, sent: bytes) -> None:
    """An app that closes the connection before its whole answer may have done the command."""
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as ending:
        client.at_address(path, ending.bind)
        ending.listen()

        def serve() -> None:
            caller, _address = ending.accept()
            with caller:
                caller.recv(MAX_REQUEST)
                caller.sendall(sent)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(client.NoAnswerError) as caught:
            ask(["extend"], path=path)
        thread.join()
    assert caught.value.ended


@pytest.mark.parametrize("name", ["short", "long" * 40])
def test_a_full_queue_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """While the app's queue is full, the client tries again until it can connect."""
    (tmp_path / name).mkdir()
    path = str(tmp_path / name / "socket")
    waited: list[float] = []
    room = threading.Event()
    with socket.socket(socket.AF_UNIX) as app:
        client.at_address(path, app.bind)
        app.listen(0)
        others = fill(path)

        def serve() -> None:
            room.wait()
            for _other in [*others, None]:
                caller, _address = app.accept()
                if caller.recv(MAX_REQUEST):
                    caller.sendall(pack_answer(0, "well", ""))
                caller.close()

        def tried(seconds: float) -> None:
            waited.append(seconds)
            for other in others:
                other.close()
            room.set()
            room_made.wait(seconds)

        room_made = threading.Event()
        monkeypatch.setattr("time.sleep", tried)
        server = threading.Thread(target=serve, daemon=True)
        server.start()
        assert ask(["status"], path=path) == (0, "well", "")
        server.join()
    assert waited


def test_a_queue_that_stays_full_gives_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All attempts together take no longer than the timeout, and give None."""
    path = str(tmp_path / "socket")
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    with socket.socket(socket.AF_UNIX) as app:
        client.at_address(path, app.bind)
        app.listen(0)
        others = fill(path)
        assert ask(["status"], timeout=1.0, path=path) is None
        for other in others:
            other.close()
    assert sum(waited) == pytest.approx(1.0)


def fill(path: str) -> list[socket.socket]:
    """Connect until the queue of the listener at `path` is full, and return the connections."""
    others: list[socket.socket] = []
    while True:
        other = socket.socket(socket.AF_UNIX)
        other.settimeout(0)
        try:
            client.at_address(path, other.connect)
        except BlockingIOError:
            other.close()
            return others
        others.append(other)


def test_each_folder_has_its_own_pipe() -> None:
    r"""The name of a pipe comes from the folder, without its backslashes."""
    one, other = pipe_name(r"C:\Users\Sam\socket"), pipe_name(r"C:\Users\Kim\socket")
    assert one == r"\\.\pipe\safepause-c--users-sam-socket"
    assert one != other


def test_the_client_imports_little() -> None:
    """A command imports neither Qt nor json, pathlib, argparse, logging, typing or dataclasses."""
    heavy = {"PySide6", "json", "pathlib", "argparse", "logging", "typing", "dataclasses"}
    code = (
        "import sys; from safepause.system.ipc.client import ask;"
        f"ask([], path='/nonexistent'); print(*{heavy!r} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []
