"""The process that is started for a command: what it gets, and what is told of its end."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from safepause.client.started_app import LAST_LINES, LINE, MOST_BYTES, start_detached
from safepause.system import paths
from safepause.system.ipc import protocol

if TYPE_CHECKING:
    from pathlib import Path

    from safepause.client.started_app import StartedApp

ID = "5a" * 16
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the commands called in a folder, with data in a folder below."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(paths.VARIABLE, "data")


def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> StartedApp:
    """Start a script in the place of Python."""
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    return start_detached(protocol.pack_request(["pause"], ID))


def last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> list[str]:
    """Return what is told of a script that ends without an answer, line by line."""
    app = started(tmp_path, monkeypatch, script)
    assert app.answer(lambda: None) is None
    return app.last_words().splitlines()


def test_the_app_is_started_apart_from_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app has a session and a working folder of its own, the same data, and the request."""
    script = (
        "cat > given; session=$(cut -d' ' -f6 /proc/$$/stat); "
        "printf '0\\0%s\\0\\0' \"$(pwd) $SAFEPAUSE_HOME $session $$ $*\""
    ).replace("given", str(tmp_path / "given"))
    app = started(tmp_path, monkeypatch, script)
    answer = app.answer(lambda: None)
    assert app.process.wait() == 0
    assert answer is not None
    folder, data, session, process, *argv = answer[1].split()
    assert (answer[0], answer[2]) == (0, "")
    assert (folder, data) == ("/", str(tmp_path / "data"))
    assert session == process
    assert argv == ["-P", "-m", "safepause", "--hidden", "--first-request"]
    given = (tmp_path / "given").read_bytes()
    assert protocol.unpack_request(given) == (["pause"], ID)


def test_an_answer_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is returned while the app runs on, which a command does not wait for."""
    script = "printf '1\\0out\\0err\\0'; cat > /dev/null; exec sleep 60"
    app = started(tmp_path, monkeypatch, script)
    assert app.answer(lambda: None) == (1, "out", "err")
    app.process.kill()
    assert app.process.wait() != 0


def test_the_own_sentence_of_an_app_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the app says why it can't start, its last line is the sentence, the others stand below."""
    script = "echo detail >&2; echo; echo 'It is so.' >&2; exit 3"
    assert last_words(tmp_path, monkeypatch, script) == ["It is so.", "  detail"]


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        ("exit 1", "SafePause can't start here."),
        ("exit 0", "SafePause can't start here."),
        ("kill -ABRT $$", "SafePause was ended while it started. (Aborted)"),
        ("kill -KILL $$", "SafePause was ended while it started. (Killed)"),
    ],
)
def test_the_end_of_an_app_gets_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, sentence: str
) -> None:
    """An app that ends without a reason of its own: the sentence is ours, its words stand below."""
    told = last_words(tmp_path, monkeypatch, f"echo 'Some error' >&2; {end}")
    assert told == [sentence, "  Some error"]


def test_last_words_are_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of much that the app says, the last lines are told, each shortened. No file is left."""
    before = set(os.listdir(tmp_path))  # noqa: PTH208  -- names alone
    many = f"yes '{'x' * 300}' | head -c {3 * MOST_BYTES} >&2; echo >&2; echo 'at last' >&2"
    told = last_words(tmp_path, monkeypatch, f"{many}; exit 1")
    assert len(told) == 1 + LAST_LINES
    assert told[-1] == "  at last"
    assert max(map(len, told)) <= 2 + LINE
    assert set(os.listdir(tmp_path)) - before == {"python"}  # noqa: PTH208
