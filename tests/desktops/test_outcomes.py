"""Tests of what a run says: nothing found is lost, and nothing missing is right."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from tests.desktops import __main__ as run
from tests.desktops import inside, pythons, result
from tests.desktops.debian import last_words
from tests.desktops.machine import MissingError
from tests.desktops.result import Outcome, Verdict
from tests.desktops.table import notes, stale, summary, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from tests.desktops.bench import Bench
    from tests.desktops.rooms import Room

FINE = Outcome("icon", Verdict.PASSED, "at the left")


class FakeBench:
    """A bench without a desktop."""

    def tidy(self) -> None:
        """Do nothing."""

    def keep(self, name: str) -> None:
        """Keep nothing."""


@contextmanager
def _bench(*, start: str = "", end: str = "") -> Iterator[Bench]:
    """Return a bench whose desktop breaks at its start or at its end."""
    if start:
        raise AssertionError(start)
    yield cast("Bench", FakeBench())
    if end:
        raise AssertionError(end)


def _left(_bench: Bench) -> str:
    return "at the left"


def _breaks(_bench: Bench) -> str:
    raise OSError


def test_a_desktop_that_breaks_at_its_end_keeps_its_outcomes(tmp_path: Path) -> None:
    """What was found before is written, and the end is an outcome that is wrong."""
    inside.examine(_bench(end="it hangs"), {"icon": _left}, tmp_path / "result.json")
    assert result.read(tmp_path / "result.json") == [
        FINE,
        Outcome("desktop", Verdict.WRONG, "it hangs"),
    ]


def test_a_desktop_that_does_not_start_says_why(tmp_path: Path) -> None:
    """A fault before the first check is an outcome."""
    inside.examine(_bench(start="no bus"), {"icon": _left}, tmp_path / "result.json")
    assert result.read(tmp_path / "result.json") == [Outcome("desktop", Verdict.WRONG, "no bus")]


def test_each_outcome_is_written_at_once(tmp_path: Path) -> None:
    """A run that is killed in its second check keeps the first one."""
    path = tmp_path / "result.json"
    seen = []

    def look(_bench: Bench) -> str:
        seen.extend(result.read(path))
        return ""

    inside.examine(_bench(), {"icon": _left, "click": look}, path)
    assert seen == [FINE]


def test_a_check_that_breaks_does_not_end_the_others(tmp_path: Path) -> None:
    """An error of any kind makes one check wrong."""
    inside.examine(_bench(), {"click": _breaks, "icon": _left}, tmp_path / "result.json")
    broken, fine = result.read(tmp_path / "result.json")
    assert (broken.check, broken.verdict, fine) == ("click", Verdict.WRONG, FINE)


def test_a_check_that_did_not_run_is_wrong(tmp_path: Path) -> None:
    """A killed desktop is wrong, and so is all that it did not come to."""
    assert result.read(tmp_path / "no.json") == []
    found = result.complete([FINE], ["icon", "click"], 124)
    assert [(each.check, each.verdict) for each in found] == [
        ("icon", Verdict.PASSED),
        ("click", Verdict.WRONG),
        ("desktop", Verdict.WRONG),
    ]


def test_a_room_that_cannot_be_made_says_why_and_the_next_one_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence is printed at once and in the table, and the exit code is not 0."""

    def refuse(room: Room, _cache: Path) -> None:
        raise MissingError(f"apt knows no {room.name}.")

    for name in ("check", "furnished"):
        monkeypatch.setattr(run, name, refuse if name == "furnished" else lambda: None)
    for name in ("build_wheel", "copy_source"):
        monkeypatch.setattr(pythons, name, lambda: None)
    monkeypatch.setattr(pythons, "BUILD", tmp_path)
    assert run.main(["--cache", str(tmp_path / "cache"), "i3", "mate"]) == 1
    said = capsys.readouterr().out
    for name in ("i3", "mate"):
        assert said.count(f"apt knows no {name}.") == 2
    assert "2 desktops x 1 checks: 0 passed, 0 can't be made there, 2 wrong." in said


def test_the_table_has_a_mark_for_each_verdict() -> None:
    """Each desktop has a line, and what was said stands below it."""
    impossible = Outcome("click", Verdict.IMPOSSIBLE, "no mouse")
    found = {"i3": [FINE, impossible], "MATE": [FINE, Outcome("click", Verdict.WRONG)]}
    assert table(found).splitlines()[2:] == ["| i3 | ok | can't |", "| MATE | ok | **wrong** |"]
    assert "- i3, click: no mouse\n" in notes(found)
    assert summary(found) == "2 desktops x 2 checks: 2 passed, 1 can't be made there, 1 wrong."


def test_a_line_that_the_document_has_otherwise_is_told() -> None:
    """What README says of a desktop is what the last run has found."""
    found = {"i3": [FINE], "MATE": [Outcome("icon", Verdict.WRONG)]}
    assert stale(found, "| desktop | icon |\n| i3 | ok |\n| MATE | ok |\n") == ["MATE"]


def test_the_last_words_of_a_log_are_in_the_sentence(tmp_path: Path) -> None:
    """A person need not open the log to know why a room could not be made."""
    log = tmp_path / "i3.log"
    log.write_text("Reading...\nE: Unable to locate package i3-wm\n\n", encoding="utf-8")
    assert "E: Unable to locate package i3-wm" in last_words(log)
    assert str(tmp_path / "no.log") in last_words(tmp_path / "no.log")
