"""The protocol between the command line and the app: bytes of a request and of its answer.

A request is `safepause2 <count> <id>`, then the arguments. The app carries out an id once, however
often it arrives. A request of an older command line is `safepause1 <count>`, and has no id. An
answer is the exit code, the output and the error output. Each part is UTF-8 and ends with a NUL.
"""

from __future__ import annotations

import os

MAX_REQUEST = 64 * 1024
"""The most bytes that a request may have."""
_MAGIC = b"safepause2 "
_MAGIC_WITHOUT_ID = b"safepause1 "
_COUNT_DIGITS = 6
_ID_BYTES = 16
_ANSWER_PARTS = 3


class ProtocolError(ValueError):
    """Bytes that are no request or no answer. The text is the reason, for the log."""


def new_request_id() -> str:
    """Return the id of a new request: 32 hexadecimal digits that nobody else knows."""
    return os.urandom(_ID_BYTES).hex()


def pack_request(argv: list[str], request_id: str = "") -> bytes:
    """Return the bytes of a request. Without an id, each arrival is carried out.

    Raises:
        ProtocolError: the request is too long, or an argument isn't text.

    """
    try:
        parts = [part.encode() for part in argv]
    except UnicodeEncodeError:
        raise ProtocolError("an argument is not text") from None
    count = str(len(argv)).encode()
    with_id = _MAGIC + count + b" " + request_id.encode()
    head = with_id if request_id else _MAGIC_WITHOUT_ID + count
    data = b"".join(part + b"\0" for part in (head, *parts))
    if len(data) > MAX_REQUEST or data.count(b"\0") != len(argv) + 1:
        raise ProtocolError("too long, or with a NUL")
    return data


def unpack_request(data: bytes) -> tuple[list[str], str] | None:
    """Return the arguments and the id, or None if the request is not complete yet.

    The id is empty if the request has none.

    Raises:
        ProtocolError: the bytes are not the beginning of any request.

    """
    if len(data) > MAX_REQUEST:
        raise ProtocolError("too long")
    head, nul, body = data.partition(b"\0")
    count, request_id = _read_head(head, whole=bool(nul))
    ended = body.count(b"\0")
    if not nul or ended < count:
        return None
    if ended > count or (body and not body.endswith(b"\0")):
        raise ProtocolError("more arguments than said")
    try:
        return [part.decode() for part in body.split(b"\0")[:count]], request_id
    except UnicodeDecodeError:
        raise ProtocolError("an argument is not text") from None


def _read_head(head: bytes, *, whole: bool) -> tuple[int, str]:
    """Return the count of arguments and the id; 0 and no id while the first part is incomplete."""
    magic = _MAGIC_WITHOUT_ID if head.startswith(_MAGIC_WITHOUT_ID) else _MAGIC
    known = {magic[: len(head)], _MAGIC_WITHOUT_ID[: len(head)]}
    if head[: len(magic)] not in known:
        raise ProtocolError("not SafePause's protocol")
    count, space, request_id = head[len(magic) :].partition(b" ")
    if len(count) > _COUNT_DIGITS or len(request_id) > 2 * _ID_BYTES:
        raise ProtocolError("no count of arguments")
    if not whole:
        return 0, ""
    if not count.isdigit() or bool(space) != (magic == _MAGIC) or not _is_id(request_id, space):
        raise ProtocolError("no count of arguments, or no id")
    return int(count), request_id.decode()


def _is_id(request_id: bytes, space: bytes) -> bool:
    """Tell whether the bytes are an id; without a space before them, whether there are none."""
    digits = all(byte in b"0123456789abcdef" for byte in request_id)
    return digits and len(request_id) == (2 * _ID_BYTES if space else 0)


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
