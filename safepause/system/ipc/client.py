# ruff: noqa: PTH123
# pathlib takes too long to import for an instant command.
"""One app a user, and the client's half of talking to it. No Qt: a key binding must feel instant.

The lock decides who is the app; the socket only carries commands. Every module imported here is
paid for by every command, hence `_socket`: `socket` alone takes as long as half an interpreter.

A request is `safepause1 <count>`, then the arguments; an answer is the exit code, what goes to
standard output and what goes to standard error. Each part is UTF-8 and ends with a NUL.
"""

from __future__ import annotations

import os
import sys
import time

from safepause.system.ipc.protocol import pack_request, unpack_answer

TYPE_CHECKING = False  # importing it from typing would cost more than all the rest
if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable

TRY_AGAIN = 0.02
"""Seconds between two tries while the app's queue of callers is full."""
_ADDRESS = 100
_CHUNK = 64 * 1024


def ask(
    argv: list[str], timeout: float = 10.0, path: str | None = None
) -> tuple[int, str, str] | None:
    """Have the running app carry out a command; return its exit code, output and error output.

    None says that nobody listens, or that no whole answer came within `timeout` seconds of
    silence. `path` is the app's socket, of this user's app if not given.

    Raises:
        Malformed: the arguments can't be sent: too long, or not text.

    """
    if path is None:
        from safepause.system.paths import socket_path

        path = socket_path()
    request = pack_request(argv)
    try:
        answer = _exchange(path, request, timeout)
    except OSError:
        return None
    return unpack_answer(answer)


if sys.platform == "win32":

    def _exchange(path: str, request: bytes, _timeout: float) -> bytes:
        answer = b""
        with open(pipe_name(path), "r+b", buffering=0) as pipe:
            pipe.write(request)
            while chunk := _read_pipe(pipe.fileno()):
                answer += chunk
        return answer

    def _read_pipe(file: int) -> bytes:
        try:
            return os.read(file, _CHUNK)
        except BrokenPipeError:  # how Windows says that the other side has closed it
            return b""

else:

    def _exchange(path: str, request: bytes, timeout: float) -> bytes:
        import _socket

        wire = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            wire.settimeout(timeout)
            at_address(path, lambda address: _connect(wire, address, timeout))
            wire.sendall(request)
            chunks = []
            while chunk := wire.recv(_CHUNK):
                chunks.append(chunk)
            return b"".join(chunks)
        finally:
            wire.close()

    def _connect(wire: _socket.socket, address: str, timeout: float) -> None:
        for _again in range(max(1, int(timeout / TRY_AGAIN))):
            try:
                wire.connect(address)
            except BlockingIOError:  # the queue is full: it soon won't be
                time.sleep(TRY_AGAIN)
            else:
                return
        raise TimeoutError


def at_address(path: str, use: Callable[[str], None]) -> None:
    """Call `use` with an address for the socket at `path`, whatever the path's length.

    An address has room for some 100 bytes. A longer one is reached through the open folder.
    """
    if len(os.fsencode(path)) <= _ADDRESS or sys.platform != "linux":
        use(path)
        return
    folder, name = os.path.split(path)
    opened = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        use(f"/proc/self/fd/{opened}/{name}")
    finally:
        os.close(opened)


def pipe_name(path: str) -> str:
    r"""Return the name of the Windows pipe that stands for a socket, such as `\\.\pipe\...`."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in path.lower())
    return rf"\\.\pipe\safepause-{plain[-200:]}"
