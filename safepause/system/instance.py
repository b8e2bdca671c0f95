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

TYPE_CHECKING = False  # importing it from typing would cost more than all the rest
if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable

MAX_REQUEST = 64 * 1024
"""Bytes that a request may have, all told."""
TRY_AGAIN = 0.02
"""Seconds between two tries while the app's queue of callers is full."""
_MAGIC = b"safepause1 "
_HEAD = len(_MAGIC) + 6
_ANSWER_PARTS = 3
_ADDRESS = 100
_CHUNK = 64 * 1024


class Malformed(ValueError):  # noqa: N818  -- says what the bytes are
    """Bytes that are no request, or no answer; the text says why, for the log."""


def pack_request(argv: list[str]) -> bytes:
    """Return the bytes of a request.

    Raises:
        Malformed: too long, or with an argument that isn't text.

    """
    try:
        parts = [part.encode() for part in argv]
    except UnicodeEncodeError:
        raise Malformed("an argument is not text") from None
    data = b"".join(part + b"\0" for part in (_MAGIC + str(len(argv)).encode(), *parts))
    if len(data) > MAX_REQUEST or data.count(b"\0") != len(argv) + 1:
        raise Malformed("too long, or with a NUL")
    return data


def unpack_request(data: bytes) -> list[str] | None:
    """Return the arguments, or None as long as more bytes are to come.

    Raises:
        Malformed: this will never be a request, whatever comes.

    """
    if len(data) > MAX_REQUEST:
        raise Malformed("too long")
    head, nul, body = data.partition(b"\0")
    count = _count(head, whole=bool(nul))
    ended = body.count(b"\0")
    if not nul or ended < count:
        return None
    if ended > count or (body and not body.endswith(b"\0")):
        raise Malformed("more arguments than said")
    try:
        return [part.decode() for part in body.split(b"\0")[:count]]
    except UnicodeDecodeError:
        raise Malformed("an argument is not text") from None


def _count(head: bytes, *, whole: bool) -> int:
    """Return how many arguments a request's first part says that there are; 0 if it can't yet."""
    if head[: len(_MAGIC)] != _MAGIC[: len(head)]:
        raise Malformed("not SafePause's protocol")
    digits = head[len(_MAGIC) :]
    if len(head) > _HEAD or (whole and not digits.isdigit()):
        raise Malformed("no count of arguments")
    return int(digits) if whole else 0


def pack_answer(code: int, out: str, err: str) -> bytes:
    """Return the bytes of an answer; what can't be said in UTF-8 becomes a question mark."""
    texts = (text.replace("\0", "").encode(errors="replace") for text in (str(code), out, err))
    return b"".join(text + b"\0" for text in texts)


def unpack_answer(data: bytes) -> tuple[int, str, str] | None:
    """Return exit code, output and error output; None if the answer isn't whole."""
    parts = data.split(b"\0")
    if len(parts) != _ANSWER_PARTS + 1 or parts[-1] or not parts[0].isdigit():
        return None
    return int(parts[0]), parts[1].decode(errors="replace"), parts[2].decode(errors="replace")


class Lock:
    """Says who is the app: one process at a time holds it, and its end lets go of it."""

    def __init__(self, path: str) -> None:
        """Know the path of the lock file; nothing is opened yet."""
        self._path = path
        self._file = -1

    def acquire(self) -> bool:
        """Take the lock, at once; return False if another process holds it.

        Raises:
            OSError: the file can't be opened, or its file system has no locks.

        """
        if self._file >= 0:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            taken = _lock(file)
        except OSError:
            os.close(file)
            raise
        if not taken:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of the lock. The file stays: deleting it would let two hold it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


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

    def _lock(file: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

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

    def _lock(file: int) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

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
