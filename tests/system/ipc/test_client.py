"""The lock, the words on the wire, and the client that talks to the app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from safepause.system.ipc import client, lock
from safepause.system.ipc.client import ask, pipe_name
from safepause.system.ipc.lock import Lock
from safepause.system.ipc.protocol import (
    MAX_REQUEST,
    ProtocolError,
    pack_answer,
    pack_request,
    unpack_answer,
    unpack_request,
)

ARGUMENTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
HOLDER = """
import sys
from safepause.system.ipc.lock import Lock
print(Lock(sys.argv[1]).acquire(), flush=True)
sys.stdin.read()
"""


@given(ARGUMENTS)
@example([])
@example(["", "a", ""])
@example(["pause", "--by", "Zoë 🌊 שלום"])
def test_arguments_arrive_as_they_left(argv: list[str]) -> None:
    """Whatever a shell can hand over comes out the same, empty arguments included."""
    assert unpack_request(pack_request(argv)) == argv


@given(ARGUMENTS, st.data())
def test_a_part_of_a_request_is_not_yet_one(argv: list[str], data: st.DataObject) -> None:
    """No beginning of a request is taken for the whole, and none is refused."""
    request = pack_request(argv)
    cut = data.draw(st.integers(0, len(request) - 1))
    assert unpack_request(request[:cut]) is None


@given(st.binary())
@example(b"safepause1 \0")
@example(b"safepause1 +1\0a\0")
@example(b"safepause1 1\0\xff\0")
@example(b"safepause1 1\0a\0more")
@example(b"safepause1 0\0a\0")
@example(b"safepause1 99999999999")
@example(b"GET / HTTP/1.1\r\n")
@example(b"x" * (MAX_REQUEST + 1))
def test_any_bytes_are_a_request_or_wait_or_are_refused(data: bytes) -> None:
    """Nothing but `Malformed` is ever raised for bytes from outside."""
    try:
        argv = unpack_request(data)
    except ProtocolError:
        return
    assert argv is None or pack_request(argv)


@pytest.mark.parametrize(
    "data",
    [
        b"safepause2 0\0",
        b"safepause1 x\0",
        b"safepause1 1\0a\0b\0",
        b"safepause1 1\0\xff\0",
        b"safepause1 9999999",
        b"safepause1 1\0".ljust(MAX_REQUEST + 1, b"x"),
    ],
)
def test_what_can_never_be_a_request_is_refused_at_once(data: bytes) -> None:
    """Another version, a wrong count, too many parts or bytes that are no text."""
    with pytest.raises(ProtocolError):
        unpack_request(data)


@pytest.mark.parametrize("argv", [["\udc80"], ["a\0b"], ["x" * MAX_REQUEST]])
def test_the_client_sends_nothing_that_it_should_not(argv: list[str]) -> None:
    """No text, a NUL or more than 64 KB never leaves the client."""
    with pytest.raises(ProtocolError):
        pack_request(argv)


@given(st.integers(0, 3), TEXTS, TEXTS)
def test_answers_arrive_as_they_left(code: int, out: str, err: str) -> None:
    """Code and both outputs come out the same."""
    assert unpack_answer(pack_answer(code, out, err)) == (code, out, err)


def test_odd_output_is_said_as_well_as_it_can_be() -> None:
    """A lone surrogate becomes a question mark, a NUL nothing; the answer stays whole."""
    assert unpack_answer(pack_answer(0, "a\udc80b", "c\0d")) == (0, "a?b", "cd")


@pytest.mark.parametrize(
    "data", [b"", b"0\0cut off", b"0\0out\0err", b"x\0a\0b\0", b"0\0a\0b\0c\0"]
)
def test_half_an_answer_is_none(data: bytes) -> None:
    """An app that dies while it answers is not taken for one that did."""
    assert unpack_answer(data) is None


def test_a_lock_is_held_by_one_process(tmp_path: Path) -> None:
    """Another process gets the lock only once its holder is gone, even by kill -9."""
    path = str(tmp_path / "lock")
    with subprocess.Popen(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", HOLDER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        lock = Lock(path)
        assert not lock.acquire()
        holder.kill()
        holder.wait()
        assert lock.acquire()
        assert lock.acquire()
        lock.release()
    assert Path(path).exists()


def test_a_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    """Letting go twice is harmless, and the next one gets it; others can't read the file."""
    first, second = Lock(str(tmp_path / "lock")), Lock(str(tmp_path / "lock"))
    assert first.acquire()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    second.release()
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600


def test_a_lock_without_a_folder_says_so(tmp_path: Path) -> None:
    """A lock that can't be opened is an error, not a lock that somebody holds."""
    with pytest.raises(FileNotFoundError):
        Lock(str(tmp_path / "none" / "lock")).acquire()


def test_a_file_system_without_locks_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ENOLCK is an error too, and leaves no file open."""

    def no_locks(_file: int) -> bool:
        raise OSError("no locks available")

    monkeypatch.setattr(lock, "_lock", no_locks)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  -- names are enough
    with pytest.raises(OSError, match="no locks"):
        Lock(str(tmp_path / "lock")).acquire()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_nobody_listening_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket, a socket whose app is gone, or a plain file: nobody listens."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    assert ask(["status"]) is None
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(tmp_path / "socket"))
    assert ask(["status"]) is None
    (tmp_path / "socket").unlink()
    (tmp_path / "socket").write_text("")
    assert ask(["status"]) is None


def test_a_silent_app_is_none(tmp_path: Path) -> None:
    """An app that takes the call and says nothing is given up after the timeout."""
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "socket"))
        silent.listen()
        assert ask(["status"], timeout=0.05, path=str(tmp_path / "socket")) is None


@pytest.mark.parametrize("name", ["short", "long" * 40])
def test_a_full_queue_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """While the app's queue is full the client tries again, until there is room."""
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


def test_a_queue_that_stays_full_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tries together take no longer than the timeout."""
    path = str(tmp_path / "socket")
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    with socket.socket(socket.AF_UNIX) as app:
        app.bind(path)
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


def test_a_pipe_is_named_after_the_folder() -> None:
    r"""Each home has its own pipe, and a name without backslashes, which pipes may not have."""
    one, other = pipe_name(r"C:\Users\Sam\socket"), pipe_name(r"C:\Users\Kim\socket")
    assert one == r"\\.\pipe\safepause-c--users-sam-socket"
    assert one != other


def test_the_client_imports_next_to_nothing() -> None:
    """A key binding must feel instant: no Qt, json, pathlib, argparse, logging or socket."""
    heavy = {"PySide6", "json", "pathlib", "argparse", "logging", "socket", "typing", "dataclasses"}
    code = (
        "import sys; from safepause.system.ipc.client import ask;"
        f"ask([], path='/nonexistent'); print(*{heavy!r} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []


ROOT = Path(__file__).parents[3]
