"""Another program holds the saved data: questions are answered soon, and say nothing untrue."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.end2end.bare import Bare
from tests.end2end.program import START
from tests.end2end.waiting import Process, patience, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.end2end
LONGEST = 0.5
"""Seconds in which a question is answered on a quiet computer."""
QUESTIONS = (
    ["status"],
    ["status", "--json"],
    ["history"],
    ["export", "-"],
    ["settings"],
    ["settings", "get", "length"],
)
IN_USE = "Another program is using your saved data. Please try again later.\n"


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session in which a pause stands."""
    with Bare() as session:
        session.start()
        assert session.run("pause").returncode == 0
        yield session


@contextmanager
def held(bare: Bare, *, alone: bool) -> Iterator[None]:
    """Hold the data as another program does. `alone` keeps readers away, too."""
    path = bare.folder / ".local/share/safepause/safepause.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        if alone:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


@pytest.mark.parametrize("argv", QUESTIONS, ids=" ".join)
def test_without_the_app_a_question_says_that_the_data_is_in_use(
    bare: Bare, argv: list[str]
) -> None:
    """The command ends soon, with code 3. Once the data is free, it has the answer."""
    bare.kill_apps()
    with held(bare, alone=True):
        asked = bare.begin(*argv)
        answer = asked.result()
        assert asked.took < patience(LONGEST), asked.took
    assert (answer.returncode, answer.stderr) == (3, IN_USE)
    assert "--json" in argv or answer.stdout == ""
    assert bare.run(*argv).returncode == 0
    assert bare.status()["state"] == "paused"


@pytest.mark.parametrize("running", [True, False])
def test_a_writer_keeps_no_question_waiting(bare: Bare, *, running: bool) -> None:
    """While another program only writes, the pause is told, with and without the app."""
    if not running:
        bare.kill_apps()
    with held(bare, alone=False):
        for argv in QUESTIONS:
            asked = bare.begin(*argv)
            answer = asked.result()
            assert asked.took < patience(LONGEST), (argv, asked.took)
            assert answer.returncode == 0
            if argv == ["status", "--json"]:
                assert json.loads(answer.stdout)["state"] == "paused"


def test_a_command_does_not_say_that_there_is_no_pause(bare: Bare) -> None:
    """Without the app, a return says that the data is in use. Afterwards it is carried out."""
    bare.kill_apps()
    with held(bare, alone=True):
        answer = bare.run("return")
    assert (answer.returncode, answer.stderr) == (3, IN_USE)
    assert bare.run("return").returncode == 0


def test_an_app_that_started_meanwhile_takes_the_pause_up(bare: Bare) -> None:
    """It says that the data is in use, soon, and knows the pause once the data is free."""
    bare.kill_apps()
    with held(bare, alone=True):
        app = Process([*START, "--hidden"], bare.env, bare.folder / "app.log")
        wait_for(lambda: bare.ask(["status"]) is not None, "SafePause answers", 20)
        asked = bare.begin("status")
        answer = asked.result()
        assert (answer.returncode, answer.stdout) == (3, "")
        assert answer.stderr == IN_USE
        assert asked.took < patience(LONGEST), asked.took
    wait_for(lambda: bare.run("status").returncode == 0, "the data is read", 20)
    status = bare.status()
    assert (status["running"], status["state"]) == (True, "paused")
    assert len(bare.apps()) == 1
    app.kill()


@pytest.mark.parametrize("argv", [["extend", "--minutes", "20"], ["return"]], ids=" ".join)
def test_what_a_writer_kept_from_being_saved_outlives_a_crash(bare: Bare, argv: list[str]) -> None:
    """Once the writer has gone, the app saves the command by itself. Then kill -9 loses nothing."""
    with held(bare, alone=False):
        assert "can't be saved" in bare.run(*argv).stdout
        known = bare.status()["pause"]
    wait_for(lambda: "Kept in" in bare.run("doctor").stdout, "all is saved", 20)
    bare.kill_apps()
    after = bare.status()["pause"]
    if argv == ["return"]:
        assert (after, bare.ended()) == (None, 1)
    else:
        assert (after["return_at"], after["extensions"]) == (known["return_at"], 1)
