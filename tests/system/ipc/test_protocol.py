"""The bytes of requests and answers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from safepause.system.ipc.protocol import (
    MAX_REQUEST,
    ProtocolError,
    new_request_id,
    pack_answer,
    pack_request,
    unpack_answer,
    unpack_request,
)

ARGUMENTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(ARGUMENTS)
@example([])
@example(["", "a", ""])
@example(["pause", "--by", "Zoë 🌊 שלום"])
def test_a_request_keeps_its_arguments(argv: list[str]) -> None:
    """Packed and unpacked, any arguments are the same, empty ones included."""
    request_id = new_request_id()
    assert unpack_request(pack_request(argv, request_id)) == (argv, request_id)


@given(ARGUMENTS)
def test_a_request_of_an_older_command_line_has_no_id(argv: list[str]) -> None:
    """The app of this version understands it."""
    request = pack_request(argv)
    assert request.startswith(b"safepause1 ")
    assert unpack_request(request) == (argv, "")


def test_every_request_has_another_id() -> None:
    """An id has 32 hexadecimal digits, and no id comes twice."""
    ids = {new_request_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(bytes.fromhex(one)) == 16 for one in ids)


@given(ARGUMENTS, st.data())
def test_the_beginning_of_a_request_is_incomplete(argv: list[str], data: st.DataObject) -> None:
    """No beginning of a request is taken for the whole request, and none is an error."""
    request = pack_request(argv, data.draw(st.sampled_from(["", "0" * 32])))
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
def test_any_bytes_are_a_request_or_incomplete_or_an_error(data: bytes) -> None:
    """Bytes from outside raise nothing but ProtocolError."""
    try:
        request = unpack_request(data)
    except ProtocolError:
        return
    assert request is None or pack_request(*request)


@pytest.mark.parametrize(
    "data",
    [
        b"safepause3 0\0",
        b"safepause2 0\0",
        b"safepause2 0 \0",
        b"safepause2 0 abc\0",
        b"safepause2 0 " + b"x" * 32 + b"\0",
        b"safepause2 0 " + b"a" * 33,
        b"safepause1 0 " + b"a" * 32 + b"\0",
        b"safepause1 x\0",
        b"safepause1 1\0a\0b\0",
        b"safepause1 1\0\xff\0",
        b"safepause1 9999999",
        b"safepause1 1\0".ljust(MAX_REQUEST + 1, b"x"),
    ],
)
def test_bytes_that_begin_no_request_are_an_error(data: bytes) -> None:
    """Another version, a wrong count or id, too many parts, no text, too many bytes are errors."""
    with pytest.raises(ProtocolError):
        unpack_request(data)


@pytest.mark.parametrize("argv", [["\udc80"], ["a\0b"], ["x" * MAX_REQUEST]])
def test_arguments_that_no_request_can_have_are_an_error(argv: list[str]) -> None:
    """An argument that is no text, a NUL, or more than 64 KB can't be packed."""
    with pytest.raises(ProtocolError):
        pack_request(argv)


@given(st.integers(0, 3), TEXTS, TEXTS)
def test_an_answer_keeps_its_parts(code: int, out: str, err: str) -> None:
    """Packed and unpacked, the code and both outputs are the same."""
    assert unpack_answer(pack_answer(code, out, err)) == (code, out, err)


def test_characters_that_an_answer_cannot_have_are_replaced() -> None:
    """A lone surrogate becomes a question mark, and a NUL is left out."""
    assert unpack_answer(pack_answer(0, "a\udc80b", "c\0d")) == (0, "a?b", "cd")


@pytest.mark.parametrize(
    "data", [b"", b"0\0cut off", b"0\0out\0err", b"x\0a\0b\0", b"0\0a\0b\0c\0"]
)
def test_an_incomplete_answer_is_none(data: bytes) -> None:
    """Bytes without all three parts, or with more, are no answer."""
    assert unpack_answer(data) is None
