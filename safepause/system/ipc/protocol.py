"""The protocol between the command line and the app: bytes of a request and of its answer.

A request is `safepause1 <count>`, then the arguments. An answer is the exit code, the output and
the error output. Each part is UTF-8 and ends with a NUL.
"""

from __future__ import annotations

MAX_REQUEST = 64 * 1024
"""The most bytes that a request may have."""
_MAGIC = b"safepause1 "
_HEAD = len(_MAGIC) + 6
"""The most bytes that the first part of a request may have."""
_ANSWER_PARTS = 3


class ProtocolError(ValueError):
    """Bytes that are no request or no answer. The text is the reason, for the log."""


def pack_request(argv: list[str]) -> bytes:
    """Return the bytes of a request.

    Raises:
        ProtocolError: the request is too long, or an argument isn't text.

    """
    try:
        parts = [part.encode() for part in argv]
    except UnicodeEncodeError:
        raise ProtocolError("an argument is not text") from None
    data = b"".join(part + b"\0" for part in (_MAGIC + str(len(argv)).encode(), *parts))
    if len(data) > MAX_REQUEST or data.count(b"\0") != len(argv) + 1:
        raise ProtocolError("too long, or with a NUL")
    return data


def unpack_request(data: bytes) -> list[str] | None:
    """Return the arguments, or None if the request is not complete yet.

    Raises:
        ProtocolError: the bytes are not the beginning of any request.

    """
    if len(data) > MAX_REQUEST:
        raise ProtocolError("too long")
    head, nul, body = data.partition(b"\0")
    count = _count(head, whole=bool(nul))
    ended = body.count(b"\0")
    if not nul or ended < count:
        return None
    if ended > count or (body and not body.endswith(b"\0")):
        raise ProtocolError("more arguments than said")
    try:
        return [part.decode() for part in body.split(b"\0")[:count]]
    except UnicodeDecodeError:
        raise ProtocolError("an argument is not text") from None


def _count(head: bytes, *, whole: bool) -> int:
    """Return the count of arguments in the first part, or 0 while that part is incomplete."""
    if head[: len(_MAGIC)] != _MAGIC[: len(head)]:
        raise ProtocolError("not SafePause's protocol")
    digits = head[len(_MAGIC) :]
    if len(head) > _HEAD or (whole and not digits.isdigit()):
        raise ProtocolError("no count of arguments")
    return int(digits) if whole else 0


def pack_answer(code: int, out: str, err: str) -> bytes:
    """Return the bytes of an answer. A character that UTF-8 can't encode becomes a "?"."""
    texts = (text.replace("\0", "").encode(errors="replace") for text in (str(code), out, err))
    return b"".join(text + b"\0" for text in texts)


def unpack_answer(data: bytes) -> tuple[int, str, str] | None:
    """Return exit code, output and error output, or None if the answer isn't complete."""
    parts = data.split(b"\0")
    if len(parts) != _ANSWER_PARTS + 1 or parts[-1] or not parts[0].isdigit():
        return None
    return int(parts[0]), parts[1].decode(errors="replace"), parts[2].decode(errors="replace")
