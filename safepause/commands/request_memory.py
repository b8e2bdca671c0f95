"""The memory of a request, by which the request is carried out once, however often it arrives.

A program whose answer is late or lost sends its request again. The second arrival gets the answer
of the first. Key and answer are mixed with the request's id, which only that program knows. So what
is kept tells nobody else what was asked, by whom, or when. When all data is forgotten, the answers
are, too, and the keys stay: a request that arrives again is not carried out again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.commands.declaration import Memory
from safepause.commands.reply import Exit, Reply, problem
from safepause.core.ports import ANSWER_FORGOTTEN, Remembered
from safepause.i18n.language import _

try:  # Python's own `random` does this, too: hashlib loads OpenSSL, which takes 4 MB and 3 ms
    from _sha3 import shake_256  # type: ignore[import-not-found]
except ImportError:
    from hashlib import shake_256

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.commands.declaration import Request
    from safepause.core.service import Accepted, PauseService

KEY_BYTES = 16
BLOCK = 2000
"""The size of a kept answer is a multiple of this, so that its size tells nothing either.

The longest answer of a command of a pause, with the longest name, has half of it. Two such answers
fit into one page of the store.
"""


class RequestMemory:
    """Finds and keeps the answer of one request."""

    def __init__(self, service: PauseService, request_id: str, request: Request) -> None:
        """Take the request and its id, which may be empty."""
        self._service = service
        self._secret = bytes.fromhex(request_id)
        self._durable = request.command.memory is Memory.DATA
        self._as_document = request.json
        self._key = shake_256(b"key" + self._secret).digest(KEY_BYTES)

    def answer(self) -> Reply | None:
        """Return the first answer; None if the request is new, or is not remembered."""
        kept = self._service.remembered(self._key) if self._secret else None
        if kept is None:
            return None
        if kept == ANSWER_FORGOTTEN:
            sentence = _("SafePause got this command before. Its answer is no longer kept.")
            as_document = self._as_document
            return problem(Exit.REFUSED, "got_before", sentence, as_document=as_document)
        code, out, err, *_padding = self._mixed(kept).decode().split("\0")
        return Reply(int(code), out, err)

    def keep(self, reply: Reply) -> Reply:
        """Remember the answer, and return it. A commit may have remembered an earlier form of it.

        Only after a commit it is known whether another program keeps a trace of what was deleted.
        """
        request = self.of(reply)
        if request is not None:
            durable = self._durable and self.answer() is None
            self._service.remember(request, durable=durable)
        return reply

    def remembering(
        self, answer: Callable[[Accepted], Reply]
    ) -> Callable[[Accepted], Remembered] | None:
        """Return what makes the memory of an accepted command; None without an id."""
        if not self._secret:
            return None
        return lambda accepted: self._sealed(answer(accepted))

    def of(self, reply: Reply) -> Remembered | None:
        """Return what is remembered of the request; None without an id."""
        return self._sealed(reply) if self._secret else None

    def _sealed(self, reply: Reply) -> Remembered:
        text = "\0".join((str(int(reply.code)), reply.out, reply.err, "")).encode(errors="replace")
        return Remembered(self._key, self._mixed(text.ljust(-(-len(text) // BLOCK) * BLOCK, b"\0")))

    def _mixed(self, data: bytes) -> bytes:
        """Return the data mixed with bytes that only the id gives. Mixed twice, data is itself."""
        stream = shake_256(b"answer" + self._secret).digest(len(data))
        mixed = int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")
        return mixed.to_bytes(len(data), "big")
