"""Ctrl+C ends a command that waits: quietly, with exit code 130, and nothing is done twice."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.bare import Bare
from tests.end2end.program import START, Program
from tests.end2end.slow import SlowStart, Where
from tests.end2end.waiting import patience, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.end2end
INTERRUPTED = 130
MAYBE = "SafePause may have done that already. To see: safepause status\n"
WAIT = "SafePause doesn't answer yet. Please wait.\n"
AS_ON_A_TERMINAL = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
"""A program in the background may ignore Ctrl+C. One on a terminal does not."""


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session without a display."""
    with Bare() as session:
        yield session


class Typed:
    """A command on a terminal, as far as Ctrl+C goes."""

    def __init__(self, bare: Bare, *argv: str, start: tuple[str, ...] = START) -> None:
        """Start it. Its standard input stays open."""
        code = f"{AS_ON_A_TERMINAL}os.execv(sys.argv[1], sys.argv[1:])"
        self.process = subprocess.Popen(
            [start[0], "-c", code, *start, *argv],
            env=bare.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def has_sent(self) -> bool:
        """Tell whether the command is connected with the app. It sends its request at once."""
        for number in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with suppress(OSError):  # it is closed by now
                if number.readlink().name.startswith("socket:"):
                    return True
        return False

    @property
    def works(self) -> bool:
        """Whether the command's own code runs."""
        return b"execv" not in Path(f"/proc/{self.process.pid}/cmdline").read_bytes()

    def interrupt(self) -> tuple[int, str, str]:
        """Press Ctrl+C, and return exit code and output."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=patience(30))
        return self.process.returncode, out, err


def waits(command: Typed, seconds: float) -> None:
    """Let a command wait for some time."""
    wait_for(lambda: command.works, "the command runs")
    assert stays(lambda: command.process.poll() is None, seconds)


@pytest.mark.parametrize("seconds", [1.0, 3.0])
@pytest.mark.parametrize("argv", [["pause"], ["forget", "--all", "--yes"]], ids=" ".join)
def test_a_command_that_waits_for_a_stopped_app(
    bare: Bare, argv: list[str], seconds: float
) -> None:
    """Before and after it says that it waits. The app may have it, so a sentence says that."""
    app = bare.start()
    bare.run("settings", "set", "length", "45")
    os.kill(app.pid, signal.SIGSTOP)
    command = Typed(bare, *argv)
    wait_for(command.has_sent, "the request is sent", 20)
    waits(command, seconds)
    code, out, err = command.interrupt()
    assert (code, out, err.removeprefix(WAIT)) == (INTERRUPTED, "", MAYBE)
    os.kill(app.pid, signal.SIGCONT)
    assert bare.status()["state"] == "idle", "who hangs up is not served"
    assert bare.run("settings", "get", "length").stdout == "45\n"


def test_a_script_gets_a_document(bare: Bare) -> None:
    """With --json the uncertain end has a reason."""
    app = bare.start()
    os.kill(app.pid, signal.SIGSTOP)
    command = Typed(bare, "return", "--json")
    wait_for(command.has_sent, "the request is sent", 20)
    waits(command, 0.3)
    code, out, err = command.interrupt()
    assert (code, json.loads(out)["error"]["reason"], err) == (INTERRUPTED, "interrupted", MAYBE)


@pytest.mark.parametrize("argv", [[], ["--hidden"]], ids=["alone", "hidden"])
def test_a_start_that_waits_for_a_stopped_app(bare: Bare, argv: list[str]) -> None:
    """Nothing is uncertain, so nothing is said."""
    app = bare.start()
    os.kill(app.pid, signal.SIGSTOP)
    command = Typed(bare, *argv)
    waits(command, 1)
    assert command.interrupt() == (INTERRUPTED, "", "")
    os.kill(app.pid, signal.SIGCONT)
    assert len(bare.apps()) == 1


@pytest.mark.parametrize("argv", [["pause", "--by", "-"], ["pause", "--by=-", "--minutes", "30"]])
def test_a_call_that_waits_for_its_name(bare: Bare, argv: list[str]) -> None:
    """Nothing was sent, nothing is said, and no app is started."""
    command = Typed(bare, *argv)
    waits(command, 1)
    assert command.interrupt() == (INTERRUPTED, "", "")
    assert bare.apps() == []
    assert bare.status()["state"] == "idle"


def test_a_call_that_starts_the_app(bare: Bare) -> None:
    """The call was handed over. So the sentence says that it will be carried out, and it is."""
    program = Program(bare.env, bare.folder / "home", bare.folder / "program.log")
    bare.env = program.env
    slow = SlowStart(program, bare.folder / "slow", Where.QT)
    try:
        command = Typed(bare, "pause")
        slow.wait()
        code, out, err = command.interrupt()
        said = "SafePause is still starting. The pause will be called.\n"
        assert (code, out, err) == (INTERRUPTED, "", said)
        slow.go()
        wait_for(lambda: program.state() == "paused", "the pause is called", 20)
    finally:
        slow.go()
        program.end()


@pytest.mark.parametrize("argv", [["return"], []], ids=["return", "alone"])
def test_a_command_that_waits_for_an_app_that_starts(bare: Bare, argv: list[str]) -> None:
    """Nobody has the request, so nothing is said."""
    program = Program(bare.env, bare.folder / "home", bare.folder / "program.log")
    bare.env = program.env
    slow = SlowStart(program, bare.folder / "slow", Where.QT)
    try:
        program.start("--hidden")
        slow.wait()
        command = Typed(bare, *argv)
        waits(command, 1.5)
        assert command.interrupt() == (INTERRUPTED, "", "")
    finally:
        slow.go()
        program.end()


def test_a_start_that_is_interrupted_leaves_no_traceback(bare: Bare) -> None:
    """While Qt is loaded, no other code takes the signal."""
    program = Program(bare.env, bare.folder / "home", bare.folder / "program.log")
    bare.env = program.env
    slow = SlowStart(program, bare.folder / "slow", Where.QT)
    try:
        command = Typed(bare, "--hidden")
        slow.wait()
        assert command.interrupt() == (INTERRUPTED, "", "")
    finally:
        slow.go()
        program.end()


def test_a_request_is_sent_once(bare: Bare) -> None:
    """An app that never answers gets the request once, whenever Ctrl+C is pressed."""
    bare.place.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(bare.place / "socket"))
        silent.listen()
        silent.settimeout(patience(10))
        command = Typed(bare, "pause")
        wire = silent.accept()[0]
        with wire:
            assert wire.recv(1000).startswith(b"safepause2 ")
            assert command.interrupt() == (INTERRUPTED, "", MAYBE)
        silent.settimeout(0.3)
        with pytest.raises(TimeoutError):
            silent.accept()
