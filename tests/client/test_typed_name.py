"""A name that comes through standard input, or that is crossed out while a command waits."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.client import typed_name
from safepause.client.typed_name import with_typed_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WITHOUT = "The pause is called without a name.\n"
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
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, argv: list[str], read: list[str]
) -> None:
    """In the place of `-`, the first line of the input is the name. Other commands read nothing."""
    (tmp_path / "name").write_text("Zoë Ä\r\nmore\n", encoding="utf-8")
    with (tmp_path / "name").open(encoding="utf-8") as given:
        monkeypatch.setattr(sys, "stdin", given)
        assert with_typed_name(argv) == read
        assert (given.read(1) == "Z") is (read == argv)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], str]]:
    """Return a function that reads a name from what another program writes, which then waits."""
    with ExitStack() as stack:

        def read(data: bytes, encoding: str = "utf-8") -> str:
            reading, writing = os.pipe()
            stack.callback(os.close, writing)
            given = stack.enter_context(os.fdopen(reading, encoding=encoding))
            monkeypatch.setattr(sys, "stdin", given)
            os.write(writing, data)
            return _name()

        yield read


def _name() -> str:
    (option,) = with_typed_name(["pause", "--by", "-"])[1:]
    return option.removeprefix("--by=")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("Zoë Ä\n".encode(), "Zoë Ä"),
        ("\ufeffZoë\r\nmore\r\n".encode(), "Zoë"),
        (b"Zoe\rmore", "Zoe"),
        (b"  Alex  \n", "Alex"),
        ("Zo\u00a0ë\n".encode(), "Zo ë"),
        (("ö" * 60 + "\n").encode(), "ö" * 60),
    ],
)
def test_a_name_is_read_as_it_was_written(
    typed: Callable[[bytes], str], capsys: pytest.CaptureFixture[str], data: bytes, name: str
) -> None:
    """Of whatever system a file comes, its first line is the name. Nothing is said about it."""
    assert typed(data) == name
    assert capsys.readouterr().err == ""


def test_a_name_may_be_in_the_encoding_of_this_person(typed: Callable[..., str]) -> None:
    """Bytes that are no UTF-8 are read as this person's other texts are."""
    assert typed("Zoë\n".encode("latin-1"), "latin-1") == "Zoë"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Zoë\n".encode("latin-1"), "The name can't be read as text."),
        ("Zoë\n".encode("utf-16"), "The name can't be read as text."),
        ("Zoë".encode()[:-1] + b"\n", "The name can't be read as text."),
        (b"\xed\xb3\xbf\n", "The name can't be read as text."),
        (b"\nZoe\n", "There is no name in the input."),
        (b"   \n", "There is no name in the input."),
        (b"Zo\0e\n", "A name can't hold control characters."),
        (b"\x1b[31mZoe\n", "A name can't hold control characters."),
        (b"x" * 61 + b"\n", "A name has 60 characters at most."),
        (("x" + "ö" * 30_000).encode(), "A name has 60 characters at most."),
    ],
)
def test_no_call_is_lost_for_a_name(
    typed: Callable[[bytes], str], capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    """What is no name is left out, and the person is told. An endless line is not read whole."""
    assert typed(data) == ""
    assert capsys.readouterr().err == f"{said} The pause is called without a name.\n"


def test_a_program_that_never_writes_holds_no_call_up(
    typed: Callable[[bytes], str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """After a moment the call goes on, with what has come until then."""
    monkeypatch.setattr(typed_name, "PATIENCE", 0.0)
    assert typed(b"Zoe") == "Zoe"
    assert typed(b"") == ""
    assert capsys.readouterr().err.endswith("There is no name in the input. " + WITHOUT)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_terminal_that_nobody_sees_holds_no_call_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key binding may have the terminal of the desktop. The call goes on after a while."""
    monkeypatch.setattr(typed_name, "TYPING_PATIENCE", 0.0)
    person, program = os.openpty()
    with os.fdopen(program, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        assert _name() == ""
    os.close(person)
    assert capsys.readouterr().err.endswith("There is no name in the input. " + WITHOUT)


@pytest.mark.parametrize("given", [None, "closed"])
def test_without_an_input_nobody_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str | None
) -> None:
    """A call is made without a name if there is no input, or if it can't be read."""
    with Path(os.devnull).open("w", encoding="utf-8") as only_written:
        monkeypatch.setattr(sys, "stdin", only_written if given else None)
        assert _name() == ""
    assert capsys.readouterr().err == "There is no name in the input. " + WITHOUT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_person_at_a_terminal_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal the command says what to type, and waits for the line."""
    person, program = os.openpty()
    with os.fdopen(program, encoding="utf-8") as terminal:
        os.write(person, "Zoë\n".encode())
        monkeypatch.setattr(sys, "stdin", terminal)
        assert _name() == "Zoë"
    os.close(person)
    assert capsys.readouterr().err == "Please type the name, then press Enter: "


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


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems need not hide it so")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["set", "name1", "Zoë"], ["set", "name1", "----"]),
        (["--json", "set", "name1", "set"], ["--json", "set", "name1", "---"]),
        (["set", "name1", "--", "Zoë"], ["set", "name1", "--", "----"]),
        (["get", "name1"], ["get", "name1"]),
    ],
)
def test_a_setting_is_crossed_out(words: list[str], shown: list[str]) -> None:
    """Others do not see what a setting gets."""
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", HIDDEN, "settings", *words],
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
        timeout=50,
    )
    assert f" {[word.encode() for word in ['settings', *shown]]} " in done.stdout
