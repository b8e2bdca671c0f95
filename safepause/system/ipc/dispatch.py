"""What both servers do with a request: they decode it, execute it, and encode the answer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from safepause.i18n.language import _
from safepause.system.ipc.client import WRONG_ARGUMENTS
from safepause.system.ipc.protocol import ProtocolError, pack_answer, unpack_request

PATIENCE = 2000
"""Milliseconds that a client has to send its request, and again to read the answer."""
CLIENTS = 64
"""The number of clients that are connected at once. One more takes the place of an idle one."""

Execute = Callable[[list[str], str], tuple[int, str, str]]
"""Executes a command with its id, which is empty if the request has none.

Returns the exit code, the output and the error output. It raises no error.
"""

log = logging.getLogger(__name__)


def answer_to(data: bytes, execute: Execute, *, ended: bool) -> bytes | None:
    """Return the bytes of the answer to a request, or None if more of the request must follow.

    `ended` says that no more can follow. Bytes that are no request get an answer with code 2.
    """
    try:
        request = unpack_request(data)
    except ProtocolError as problem:
        return _not_understood(str(problem))
    if request is None:
        return _not_understood("broken off") if ended else None
    return pack_answer(*execute(*request))


def _not_understood(why: str) -> bytes:
    log.info("a request was not understood: %s", why)
    return pack_answer(WRONG_ARGUMENTS, "", _("SafePause did not understand that.") + "\n")
