# ruff: noqa: PTH123
# pathlib takes too long to import for an instant command.
"""The client's side of a command: sends it to the running app and returns the answer.

Every command pays for every module that is imported here. There is no Qt among them, because a key
binding must feel instant.
"""

from __future__ import annotations

import os
import select
import socket
import sys
import time

from safepause.system.ipc.protocol import pack_request, unpack_answer
from safepause.system.paths import addresses

TYPE_CHECKING = False  # the module typing takes longer to import than all others here
if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable
    from typing import Protocol

    Waiting = tuple[float, Callable[[], object]]

    class Peer(Protocol):
        """The part of a connection that knows the credentials of its other end."""

        def getsockopt(self, level: int, option: int, size: int, /) -> bytes:
            """Return an option of the connection."""
            ...


TRY_AGAIN = 0.02
"""Seconds between two attempts to connect while the app's queue is full."""
WRONG_ARGUMENTS = 2
"""The exit code of an app that did not understand the request. The app has executed nothing."""
_ADDRESS_BYTES = 100
"""The length of a path that fits into a socket's address on every system."""
_CHUNK = 64 * 1024
_CREDENTIALS = 12
"""The size of the credentials of a connection's other end: process, user and group."""


class NoAnswerError(Exception):
    """The app got a command and hasn't answered: it may have executed the command, or may still.

    So the command may be sent again only with the same id.
    """

    def __init__(self, *, ended: bool) -> None:
        """Take whether the app has ended; otherwise it runs and is busy."""
        super().__init__()
        self.ended = ended


class InterruptedRequestError(KeyboardInterrupt):
    """The person pressed Ctrl+C after the app got a command, which it may have executed."""


def ask(
    argv: list[str],
    timeout: float = 10.0,
    path: str | None = None,
    request_id: str = "",
    waiting: Waiting | None = None,
) -> tuple[int, str, str] | None:
    """Let the running app execute a command. Return its exit code, output and error output.

    Return None if no app listens. `path` is the app's socket. By default, the app of this person
    and login session is asked. The app executes each `request_id` once, and answers it as often as
    it arrives. `waiting` is seconds, and what is called once after them if there is no answer yet.

    Raises:
        InterruptedRequestError: Ctrl+C was pressed while the app had the request.
        NoAnswerError: the app sends nothing for `timeout` seconds, or not all of its answer.
        ProtocolError: the arguments can't be sent. They are too long or not text.

    """
    request = pack_request(argv, request_id)
    try:
        with _connected(addresses() if path is None else (path,), timeout) as connection:
            try:
                data = _exchange(connection, request, waiting)
            except KeyboardInterrupt:
                raise InterruptedRequestError from None
    except OSError:
        return None
    answer = unpack_answer(data)
    if answer is None:
        raise NoAnswerError(ended=True)
    if answer[0] == WRONG_ARGUMENTS and request_id:
        # An app of an older version knows no ids, and has executed nothing.
        return ask(argv, timeout, path)
    return answer


if sys.platform == "win32":

    def _connected(addresses: Iterable[str], _timeout: float) -> io.FileIO:
        return open(pipe_name(next(iter(addresses))), "r+b", buffering=0)

    def _exchange(pipe: io.FileIO, request: bytes, _waiting: Waiting | None) -> bytes:
        try:
            pipe.write(request)
            return b"".join(iter(lambda: _read_pipe(pipe.fileno()), b""))
        except OSError:
            raise NoAnswerError(ended=True) from None

    def _read_pipe(file: int) -> bytes:
        try:
            return os.read(file, _CHUNK)
        except BrokenPipeError:  # the app has closed the pipe: the end of its answer
            return b""

    def is_same_user(_connection: Peer) -> bool:
        """Return True: a pipe can only be opened by its owner."""
        return True

    def peer_of(_connection: Peer) -> tuple[int, int] | None:
        """Return None: nobody asks for the other end of a pipe."""
        return None

else:

    def _exchange(connection: socket.socket, request: bytes, waiting: Waiting | None) -> bytes:
        try:
            connection.sendall(request)
            if waiting is not None and not select.select([connection], [], [], waiting[0])[0]:
                waiting[1]()
            return b"".join(iter(lambda: connection.recv(_CHUNK), b""))
        except OSError as error:
            raise NoAnswerError(ended=not isinstance(error, TimeoutError)) from None

    def _connected(addresses: Iterable[str], timeout: float) -> socket.socket:
        """Return a connection to the first address at which this person's app listens."""
        trouble = OSError()
        for address in addresses:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(timeout)
            try:
                at_address(address, lambda short: _connect(connection, short, timeout))  # noqa: B023
                if not is_same_user(connection):
                    raise PermissionError
            except OSError as error:
                connection.close()
                trouble = error
            else:
                return connection
        raise trouble

    def _connect(connection: socket.socket, address: str, timeout: float) -> None:
        for _attempt in range(max(1, int(timeout / TRY_AGAIN))):
            try:
                connection.connect(address)
            except BlockingIOError:  # the app's queue of connections is full
                time.sleep(TRY_AGAIN)
            else:
                return
        raise TimeoutError

    def is_same_user(connection: Peer) -> bool:
        """Return whether the other end runs as the same user, according to the system.

        macOS doesn't say it in this way. There the socket's mode alone keeps other users out.
        """
        peer = peer_of(connection)
        return peer is None or peer[1] == os.getuid()

    def peer_of(connection: Peer) -> tuple[int, int] | None:
        """Return process and user of the other end; None if the system does not say it."""
        option = getattr(socket, "SO_PEERCRED", None)
        if option is None:
            return None
        credentials = connection.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS)
        process, user = credentials[:4], credentials[4:8]
        return int.from_bytes(process, sys.byteorder), int.from_bytes(user, sys.byteorder)


def at_address(path: str, use: Callable[[str], None]) -> None:
    """Call `use` with an address for the socket at `path`.

    An address has room for some 100 bytes. On Linux a longer path is replaced by a short one that
    leads through the open folder. A name that begins with a NUL is no path, and is never too long.
    """
    if sys.platform == "linux" and path[0] != "\0" and len(os.fsencode(path)) > _ADDRESS_BYTES:
        folder, name = os.path.split(path)
        opened = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        try:
            use(f"/proc/self/fd/{opened}/{name}")
        finally:
            os.close(opened)
    else:
        use(path)


def pipe_name(path: str) -> str:
    r"""Return the name of the Windows pipe in the place of a socket, such as `\\.\pipe\...`."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in path.lower())
    return rf"\\.\pipe\safepause-{plain[-200:]}"
