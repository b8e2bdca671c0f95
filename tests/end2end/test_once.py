"""What was asked once is done once, and only once, though the app is stopped or killed."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from safepause.system.ipc.client import NoAnswerError
from safepause.system.ipc.protocol import new_request_id
from tests.end2end.bare import Bare
from tests.end2end.waiting import stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.end2end
ROUNDS = int(os.environ.get("SAFEPAUSE_ROUNDS", "10"))
"""How often an app is killed. Set it higher to look for what is rare."""
STARTING = "SafePause is still starting. The pause will be called.\n"
COMMANDS = ("extend", "return", "let-go", "undo", "pause")


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session without a display."""
    with Bare() as session:
        yield session


def test_an_app_that_was_stopped_extends_once(bare: Bare) -> None:
    """The command waits, says that it waits, and counts once. Each other command counts as well."""
    app = bare.start()
    bare.run("pause")
    os.kill(app.pid, signal.SIGSTOP)
    asked = bare.begin("extend", "--minutes", "10")
    assert stays(lambda: asked.process.poll() is None, 3)
    os.kill(app.pid, signal.SIGCONT)
    done = asked.result()
    assert (done.returncode, done.stderr) == (0, "SafePause doesn't answer yet. Please wait.\n")
    assert bare.extensions() == 1
    assert bare.run("extend", "--minutes", "10").returncode == 0


def test_a_command_whose_caller_has_gone_is_not_done(bare: Bare) -> None:
    """A person who gave up has been told so. The app doesn't do the command later."""
    app = bare.start()
    bare.run("pause")
    os.kill(app.pid, signal.SIGSTOP)
    asked = [bare.begin(*argv) for argv in (["return"], ["extend", "--minutes", "10"])]
    time.sleep(2)
    for command in asked:
        command.process.kill()
        command.result()
    os.kill(app.pid, signal.SIGCONT)
    assert bare.status()["state"] == "paused"
    assert bare.extensions() == 0


def test_a_command_that_gives_up_says_why(bare: Bare) -> None:
    """It names the process that is stopped, and how to let it go on. Nothing is done later."""
    app = bare.start()
    bare.run("pause")
    os.kill(app.pid, signal.SIGSTOP)
    gave_up = bare.run("return")
    assert gave_up.returncode == 3
    assert gave_up.stderr.endswith(f"To let it go on: kill -CONT {app.pid}\n")
    assert bare.run("--hidden").stderr == gave_up.stderr.split("\n", 1)[1]
    os.kill(app.pid, signal.SIGCONT)
    assert bare.status()["state"] == "paused"


def prepare(bare: Bare, command: str) -> tuple[list[str], int, int]:
    """Let a pause stand or not, as the command needs it.

    Return the command line, the extensions of the pause, and how many pauses have ended.
    """
    bare.run("return")
    if command == "pause":
        return ["pause"], 0, bare.ended()
    assert bare.run("pause").returncode == 0
    more = ["--minutes", "10"] if command == "extend" else []
    return [command, *more], 0, bare.ended()


def check(bare: Bare, command: str, ended: int) -> None:
    """Check that a command was done once."""
    status = bare.status()
    stands = command in {"pause", "extend"}
    assert (status["pause"] is not None) is stands, status
    if stands:
        assert status["pause"]["extensions"] == (1 if command == "extend" else 0)
    assert bare.ended() == ended + (1 if command in {"return", "let-go"} else 0)


def test_a_command_is_done_once_though_its_app_is_killed(bare: Bare) -> None:
    """In each round the command succeeds: in that app, in the next one, or without one."""
    chance = random.Random(7)  # noqa: S311  -- for tests
    for number in range(ROUNDS):
        if not bare.answers():
            bare.start()
        command = COMMANDS[number % len(COMMANDS)]
        argv, _extensions, ended = prepare(bare, command)
        asked = bare.begin(*argv)
        time.sleep(chance.uniform(0, 0.15))
        bare.kill_apps()
        done = asked.result()
        assert done.returncode == 0, (number, argv, done)
        check(bare, command, ended)


def test_a_request_that_is_sent_again_gets_its_first_answer(bare: Bare) -> None:
    """The same id goes to the next app, whether or not the killed app has answered."""
    chance = random.Random(8)  # noqa: S311  -- for tests
    for number in range(ROUNDS):
        bare.kill_apps()
        bare.start()
        command = COMMANDS[number % len(COMMANDS)]
        argv, _extensions, ended = prepare(bare, command)
        request_id = new_request_id()
        first: list[object] = []

        def send(argv: list[str] = argv, request_id: str = request_id) -> None:
            try:
                first.append(bare.ask(argv, request_id))  # noqa: B023  -- this round's list
            except NoAnswerError:
                first.append(None)  # noqa: B023

        sending = threading.Thread(target=send)
        sending.start()
        time.sleep(chance.uniform(0, 0.05))
        bare.kill_apps()
        sending.join()
        bare.start()
        again = bare.ask(argv, request_id)
        assert again is not None
        assert again[0] == 0
        assert first[0] in (None, again)
        assert bare.ask(argv, request_id) == again
        check(bare, command, ended)


_KILL = """
import os, signal, sys
if "--first-request" in sys.orig_argv:
    from safepause.app import command_server
    from safepause.system.ipc import handover
    def end(*_arguments):
        with open({marks!r}, "a+") as marks:
            marks.write("x")
            marks.seek(0)
            if len(marks.read()) <= {times}:
                marks.flush()
                os.kill(os.getpid(), signal.SIGKILL)
    {act}
"""
"""Kills an app that was started for a command. Python imports this at the start of a process."""
_AFTER = """answer = handover.FirstRequest.answer
    handover.FirstRequest.answer = lambda *given: (end(), answer(*given))"""
_BEFORE = """begin = command_server.CommandServer.answer
    command_server.CommandServer.answer = lambda *given: (end(), begin(*given))[1]"""


def kill_started(bare: Bare, act: str, times: int) -> None:
    """Kill the next apps that are started for a command, as often as said."""
    folder = bare.folder / "kill"
    folder.mkdir()
    hook = _KILL.format(marks=str(folder / "marks"), times=times, act=act)
    (folder / "sitecustomize.py").write_text(hook)
    bare.env["PYTHONPATH"] = str(folder)


@pytest.mark.parametrize("argv", [["pause", "--by", "Alex"], ["pause", "--json"]], ids=" ".join)
def test_a_first_call_has_its_answer_though_its_app_is_killed(bare: Bare, argv: list[str]) -> None:
    """Killed between commit and answer, the app is started again, and answers for the same call."""
    kill_started(bare, _AFTER, times=1)
    done = bare.run(*argv)
    assert done.returncode == 0
    assert done.stderr in {"", STARTING}  # a busy computer takes longer
    assert "There is a pause already" not in done.stdout
    assert bare.status()["state"] == "paused"
    assert len(bare.apps()) == 1
    assert bare.run("return").returncode == 0
    assert bare.ended() == 1


def test_a_first_call_has_its_answer_though_no_app_stays(bare: Bare) -> None:
    """If the second app is killed, too, the answer is the kept one, with why no app runs."""
    kill_started(bare, _AFTER, times=9)
    done = bare.run("pause")
    assert done.returncode == 0
    assert done.stdout.startswith("Pause until ")
    said = done.stderr.removeprefix(STARTING)
    assert said.startswith("SafePause was ended while it started. (Killed)\n")
    assert bare.status()["state"] == "paused"
    assert bare.apps() == []


def test_a_call_that_nobody_has_taken_is_said_to_be_lost(bare: Bare) -> None:
    """An app that is killed before the commit: the command says so, and no pause stands."""
    kill_started(bare, _BEFORE, times=1)
    done = bare.run("pause")
    assert (done.returncode, done.stdout) == (3, "")
    said = done.stderr.removeprefix(STARTING)
    assert said.startswith("SafePause was ended while it started. (Killed)\n")
    assert bare.status()["state"] == "idle"


def test_a_first_call_is_true_whenever_its_app_is_killed(bare: Bare) -> None:
    """The command succeeds, and a pause stands. Or it says that it was not done, and none does."""
    chance = random.Random(9)  # noqa: S311  -- for tests
    for number in range(ROUNDS):
        bare.run("return")
        bare.kill_apps()
        ended = bare.ended()
        asked = bare.begin("pause")
        wait_for(bare.apps, "an app is started")
        time.sleep(chance.uniform(0.2, 1.2))
        bare.kill_apps()
        done = asked.result()
        assert done.returncode in {0, 3}, (number, done)
        state = bare.status()["state"]
        assert state == ("idle" if done.returncode else "paused"), (number, done)
        assert bare.ended() == ended


def test_nothing_tells_later_who_called(bare: Bare) -> None:
    """No file has a name after an undo and after an end, though the answers are remembered."""
    bare.start()
    data = bare.folder / ".local/share/safepause"
    for end in ("undo", "return", "let-go"):
        assert bare.run("pause", "--by", "Alexandra", "--json").returncode == 0
        assert bare.run(end).returncode == 0
        kept = b"".join(file.read_bytes() for file in data.iterdir() if file.is_file())
        assert b"SQLite" in kept
        assert b"Alexandra" not in kept


def test_a_call_is_done_once_though_forgetting_is_killed(bare: Bare) -> None:
    """A call that arrives again changes nothing, whether or not a killed app has forgotten all.

    Forgetting that arrives again deletes no pause that was called after its answer.
    """
    chance = random.Random(9)  # noqa: S311  -- for tests
    forgotten = 0
    for number in range(ROUNDS):
        bare.kill_apps()
        bare.start()
        call, forget = new_request_id(), new_request_id()
        assert bare.ask(["pause", "--by", "Alexandra"], call) is not None
        asked = threading.Thread(target=_ask, args=(bare, forget))
        asked.start()
        time.sleep(chance.uniform(0, 0.06))
        bare.kill_apps()
        asked.join()
        bare.start()
        stands = bare.status()["pause"]
        forgotten += stands is None
        answer = bare.ask(["pause", "--by", "Alexandra"], call)
        assert answer is not None
        assert answer[0] == (0 if stands else 1), (number, answer)
        assert (bare.status()["pause"] is None) is (stands is None), number
        first = _ask(bare, forget)
        assert first == (0, "Everything is deleted.\n", "")
        assert bare.ask(["pause"], new_request_id()) is not None
        assert _ask(bare, forget) == first
        assert bare.status()["pause"] is not None
        assert _has_no_name(bare)
        assert _ask(bare, new_request_id()) == first
    assert forgotten  # else no app was killed after it had forgotten


def _ask(bare: Bare, request_id: str) -> tuple[int, str, str] | None:
    """Send a request to forget everything. Return None if the app was killed before its answer."""
    try:
        return bare.ask(["forget", "--all", "--yes"], request_id)
    except NoAnswerError:
        return None


def _has_no_name(bare: Bare) -> bool:
    data = bare.folder / ".local/share/safepause"
    return not any(b"Alexandra" in file.read_bytes() for file in data.iterdir() if file.is_file())
