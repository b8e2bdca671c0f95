"""A name that comes through standard input, or that is crossed out while a command waits."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from safepause.client.typed_name import with_typed_name

HIDDEN = """
import sys
from pathlib import Path
from safepause.client.typed_name import hide_name
before = Path("/proc/self/cmdline").read_bytes().split(b"\\0")[3:-1]
hide_name()
print(before, Path("/proc/self/cmdline").read_bytes().split(b"\\0")[3:-1], sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("argv", "read"),
    [
        (["pause", "--by", "-"], ["pause", "--by=Zoë Ä"]),
        (["pause", "--by=-", "--json"], ["pause", "--by=Zoë Ä", "--json"]),
        (["--json", "pause", "--by", "-"], ["--json", "pause", "--by=Zoë Ä"]),
        (["pause", "--by", "Ann"], ["pause", "--by", "Ann"]),
        (["export", "-"], ["export", "-"]),
        (["export", "--", "--by", "-"], ["export", "--", "--by", "-"]),
        (["pause", "--by"], ["pause", "--by"]),
    ],
)
def test_one_line_is_the_name(
    monkeypatch: pytest.MonkeyPatch, argv: list[str], read: list[str]
) -> None:
    """In the place of `-`, the first line of the input is the name. Other commands read nothing."""
    given = io.StringIO("Zoë Ä\r\nmore\n")
    monkeypatch.setattr(sys, "stdin", given)
    assert with_typed_name(argv) == read
    assert given.tell() == (0 if read == argv else len("Zoë Ä\r\n"))


@pytest.mark.parametrize("given", [None, io.StringIO("")])
def test_without_an_input_nobody_is_named(
    monkeypatch: pytest.MonkeyPatch, given: io.StringIO | None
) -> None:
    """A call is made without a name if there is no input."""
    monkeypatch.setattr(sys, "stdin", given)
    assert with_typed_name(["pause", "--by", "-"]) == ["pause", "--by="]


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems need not hide it so")
@pytest.mark.parametrize("form", [["--by", "Zoë"], ["--by=Zoë"]])
def test_a_name_is_crossed_out(form: list[str]) -> None:
    """Others see a command line with hyphens in the place of the name. The rest is as it was."""
    command = [sys.executable, "-c", HIDDEN, "pause", *form, "--minutes", "30"]
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        command, stdout=subprocess.PIPE, check=True, encoding="utf-8", timeout=50
    )
    shown = [word.replace("Zoë", "----") for word in form]
    before, after, kept = (
        [word.encode() for word in ["pause", *form, "--minutes", "30"]],
        [word.encode() for word in ["pause", *shown, "--minutes", "30"]],
        ["pause", *form, "--minutes", "30"],
    )
    assert done.stdout == f"{before} {after} {kept}\n"
