"""Saved data that is damaged, or that nobody can read: commands say so, and nothing untrue."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.client import alone
from safepause.commands import Exit
from safepause.core.service import PauseService
from safepause.store import files, open_store
from safepause.system import paths
from tests.couple import Couple

if TYPE_CHECKING:
    from tests.client.client_rig import Rig


def damage(statement: str) -> None:
    """Change a row of the saved data."""
    with closing(sqlite3.connect(Path(paths.home()) / files.NAME, isolation_level=None)) as other:
        other.execute(statement)


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE setting SET value = 'x'", "settings"),
        ("UPDATE pause SET called_by = x'00'", "the pause"),
        ("UPDATE outcome SET ending = 'odd'", "past pauses"),
    ],
)
@pytest.mark.parametrize("argv", [["history"], ["history", "--json"], ["export", "-"]])
def test_who_only_reads_says_what_is_damaged(
    rig: Rig, argv: list[str], statement: str, part: str
) -> None:
    """Beside an app, history and export say in words which rows can't be read."""
    with closing(open_store(Path(paths.home()), rig.clock).store) as store:
        service = PauseService(rig.clock, store)
        service.set("length", 45)
        Couple(service).call(by="Alex")
        rig.clock.move(minutes=30)
        Couple(service).come_back()
        Couple(service).call(by="Alex")
    assert rig.run(*argv).err == ""
    assert rig.hold()
    damage(statement)
    said = f"What can be read is kept. This was damaged: {part}.\n"
    assert rig.run(*argv).err.endswith(said)
    assert rig.run(*argv).code == Exit.DONE
    assert said in rig.run("status").err


@pytest.mark.parametrize("argv", [["status", "--json"], ["return"], ["settings"], ["export", "-"]])
@pytest.mark.parametrize("how", ["in use", "newer", "unreadable"])
def test_nothing_is_said_of_data_that_nobody_can_read(
    rig: Rig, argv: list[str], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is 3, and the sentence says why. Doctor and quit work."""
    monkeypatch.setattr(alone, "BUSY_SECONDS", 0.0)
    monkeypatch.setattr(alone, "READER_PATIENCE", 0.0)
    rig.run("settings", "set", "length", "45")
    path = Path(paths.home()) / files.NAME
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        monkeypatch.context() as patch,
    ):
        if how == "in use":
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
        elif how == "newer":
            other.execute("PRAGMA user_version = 90")
        else:

            def refuse(*_values: object, **_named: object) -> None:
                raise sqlite3.OperationalError("disk I/O error")

            patch.setattr("safepause.store.open.open_for_writing", refuse)
            patch.setattr("safepause.store.open.open_for_reading", refuse)
        said = rig.run(*argv)
        assert said.code == Exit.UNREACHABLE
        assert {"in use": "is using", "newer": "newer", "unreadable": "disk I/O error"}[
            how
        ] in said.err
        assert "idle" not in said.out
        assert rig.run("doctor").code == Exit.DONE
        assert rig.run("quit").code == Exit.DONE


@pytest.mark.parametrize("missing", ["file", "folder"])
def test_without_a_file_there_is_no_pause(rig: Rig, missing: str) -> None:
    """A folder that can't be made has no data. So it is known that no pause stands."""
    home = Path(paths.home())
    if missing == "file":
        home.mkdir()
        (home / f"{files.NAME}-wal").mkdir()
    else:
        home.write_text("in the way")
    assert json.loads(rig.run("status", "--json").out)["state"] == "idle"
