"""The process that is started for a command: what it gets, and what is told of its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
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


COMMAND = """
import sys, threading
from safepause.client.started_app import start_detached
sys.executable = sys.argv[1]
app = start_detached(b"")
print(app.answer(lambda: None), app.process.pid)
for reader in threading.enumerate()[1:]:
    reader.join()
"""
"""A command that starts an app, and ends with its answer."""


def program(tmp_path: Path, script: str) -> str:
    """Return a program that runs a script."""
    made = tmp_path / "python"
    made.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    made.chmod(0o700)
    return str(made)


def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> StartedApp:
    """Start a script in the place of Python."""
    monkeypatch.setattr(sys, "executable", program(tmp_path, script))
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


def test_an_app_that_runs_on_is_no_fault(tmp_path: Path) -> None:
    """A command that ends before its app writes nothing of that, where Python tells all faults."""
    app = program(tmp_path, "printf '1\\0out\\0err\\0'; exec sleep 60 >&- 2>&-")
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", COMMAND, app]
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        command, capture_output=True, check=True, encoding="utf-8", timeout=50
    )
    answer, _, pid = done.stdout.strip().rpartition(" ")
    os.kill(int(pid), signal.SIGKILL)
    assert (answer, done.stderr) == ("(1, 'out', 'err')", "")


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


def test_an_app_that_nobody_can_hear_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system allows no thread more, a call is not carried out by chance."""
    made: list[subprocess.Popen[bytes]] = []
    init = subprocess.Popen.__init__

    def keep(self: subprocess.Popen[bytes], *given: object, **more: object) -> None:
        made.append(self)
        init(self, *given, **more)  # type: ignore[call-overload]

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(subprocess.Popen, "__init__", keep)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(OSError, match="thread"):
        started(tmp_path, monkeypatch, "exec sleep 60")
    (process,) = made
    assert process.returncode == -signal.SIGKILL
    for stream in (process.stdout, process.stderr):
        assert stream is not None
        stream.close()
