"""The first request: it comes with the start, and its answer goes back through a pipe."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from safepause.system.ipc import protocol

ID = "5a" * 16
TAKING = """
import contextlib, os
from safepause.system.ipc import handover
first = handover.receive()
if first is None:
    print("none")
else:
    try:
        with contextlib.closing(first):
            argv, request_id = first.argv, first.request_id
            first.answer((EXECUTE))
    finally:
        print("unheard", flush=True)
        os.write(2, b"unheard")
        os._exit(7 if os.path.samefile("/dev/fd/0", os.devnull) else 8)
"""


def run(execute: str, given: bytes) -> tuple[int, bytes, bytes]:
    """Hand `given` to a process that executes it. Return its exit code and its two outputs."""
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", TAKING.replace("EXECUTE", execute)],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ},
        timeout=50,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_request_is_executed_and_answered() -> None:
    """The answer goes to the caller. Nothing that is said after it does."""
    given = protocol.pack_request(["pause", "--by", "Zoë"], ID)
    code, out, err = run("0, f'{argv} {request_id}', ''", given)
    assert protocol.unpack_answer(out) == (0, f"['pause', '--by', 'Zoë'] {ID}", "")
    assert (code, err) == (7, b"")


def test_a_fault_ends_the_wait() -> None:
    """If the request can't be executed, the caller's pipes are closed without an answer."""
    assert run("1 / 0", protocol.pack_request(["pause"], ID)) == (7, b"", b"")


@pytest.mark.parametrize("given", [b"", b"safepause2 1 ", b"GET / HTTP/1.1\r\n\r\n"])
def test_what_is_no_request_is_ignored(given: bytes) -> None:
    """Without a request in its standard input, the process has none."""
    assert run("0, '', ''", given)[1] == b"none\n"
