"""Another program reads the saved data: a command says what that means, in its own words alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.end2end.bare import Bare
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.end2end
LEFT = "Another program is reading the saved data. A trace is left until that ends.\n"
GERMAN = {"LANGUAGE": "de", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session without a display."""
    with Bare() as session:
        yield session


@contextmanager
def read_by_another(bare: Bare) -> Iterator[None]:
    """Read the data for a while, as a backup does."""
    file = bare.folder / ".local/share/safepause/safepause.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM pause").fetchall()
        yield


def pause(bare: Bare, *, running: bool) -> None:
    """Call a pause, and end the app if none shall run."""
    app = bare.start()
    assert bare.run("pause", "--by", "Alexandra").returncode == 0
    if not running:
        assert bare.run("quit").returncode == 0
        app.wait()


@pytest.mark.parametrize("running", [True, False], ids=["app", "alone"])
@pytest.mark.parametrize("command", ["return", "let-go", "undo"])
def test_an_end_says_that_a_trace_is_left(bare: Bare, command: str, *, running: bool) -> None:
    """Standard error is empty. The answer says it, and the name goes with the next start."""
    pause(bare, running=running)
    with read_by_another(bare):
        done = bare.run(command)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith(LEFT)
    if not running:
        bare.start()
    data = bare.folder / ".local/share/safepause"
    wait_for(lambda: not any(b"Alexandra" in file.read_bytes() for file in data.iterdir()), "gone")


def test_a_changed_name_says_that_a_trace_is_left(bare: Bare) -> None:
    """The name that it was may still be read."""
    bare.run("settings", "set", "name1", "Alexandra")
    with read_by_another(bare):
        done = bare.run("settings", "set", "name1", "Sam")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f" Sam\n{LEFT}")


def test_a_script_and_another_language_get_no_raw_line(bare: Bare) -> None:
    """With --json standard error is empty. In German the words are German."""
    for argv, env in ((["return", "--json"], {}), (["return"], GERMAN)):
        pause(bare, running=False)
        with read_by_another(bare):
            done = bare.run(*argv, env=env)
        assert (done.returncode, done.stderr) == (0, "")
        if env:
            assert "Ein anderes Programm liest gerade" in done.stdout
        else:
            assert json.loads(done.stdout)["state"] == "idle"
