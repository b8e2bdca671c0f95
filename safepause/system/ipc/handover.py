"""The first request of an app: whoever starts the app hands the request over with the start.

The request waits in the standard input of the new process before this process runs. So the request
is carried out however long the start takes, even if nobody waits for it any longer. The answer goes
to the standard output. What the process says before that, to standard error, is for the caller.
"""

from __future__ import annotations

import contextlib
import os

from safepause.system.ipc.protocol import ProtocolError, pack_answer, unpack_request

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2
_CHUNK = 64 * 1024


class FirstRequest:
    """A request that waits until this process, or another one, is the app that carries it out."""

    def __init__(self, argv: list[str], request_id: str) -> None:
        """Take the command line of the request, and its id."""
        self.argv = argv
        self.request_id = request_id

    def answer(self, answer: tuple[int, str, str]) -> None:
        """Give the answer to the process that waits for it."""
        with contextlib.suppress(OSError):  # nobody waits any longer
            _write(pack_answer(*answer))

    def close(self) -> None:
        """Let go of the process that waits, whether or not it got an answer."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (_INPUT, _OUTPUT, _ERRORS):
            os.dup2(nowhere, stream)
        os.close(nowhere)


def receive() -> FirstRequest | None:
    """Return the request in the standard input of this process; None if there is none."""
    try:
        data = b"".join(iter(lambda: os.read(_INPUT, _CHUNK), b""))
        request = unpack_request(data)
    except (OSError, ProtocolError):
        return None
    return None if request is None else FirstRequest(*request)


def _write(data: bytes) -> None:
    while data:
        data = data[os.write(_OUTPUT, data) :]
