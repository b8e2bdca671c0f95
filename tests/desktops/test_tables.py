"""README's and the guide's tables say what `make test-desktops` runs, and nothing else."""

from __future__ import annotations

import re

from tests.desktops.checks import CHECKS
from tests.desktops.pythons import ROOT
from tests.desktops.rooms import ROOMS

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/desktops.md").read_text(encoding="utf-8")
TITLES = [room.title for room in ROOMS]
DEBIANS = {"bookworm": "Debian 12", "trixie": "Debian 13"}
MARKS = {"ok", "can't"}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _row(command: str) -> str:
    """Return what README says that this command runs."""
    (found,) = [
        _cells(line)[0] for line in README.splitlines() if line.startswith("|") and command in line
    ]
    return found


def test_the_readme_has_each_desktop_and_each_check() -> None:
    """Its table is the one that a run prints, with nothing wrong in it."""
    head = "| desktop | " + " | ".join(CHECKS) + " |"
    lines = README.partition(head)[2].partition("\n\n")[0].splitlines()[2:]
    assert [_cells(line)[0] for line in lines] == TITLES
    for line in lines:
        assert len(_cells(line)) == len(CHECKS) + 1
        assert set(_cells(line)[1:]) <= MARKS


def test_the_readme_says_what_runs_where() -> None:
    """It names each desktop with its Debian: those that always run, those that are asked for."""
    named = " ".join(room.name for room in ROOMS if room.asked_for)
    for asked_for, command in (
        (False, "`make test-desktops`: the installed wheel"),
        (True, f'`make test-desktops DESKTOPS="{named}"`'),
    ):
        rooms = [room for room in ROOMS if room.asked_for is asked_for]
        for room in rooms:
            assert room.title in _row(command)
            assert DEBIANS[room.suite] in _row(command)


def test_the_guide_names_the_same_desktops() -> None:
    """In its table, each desktop that is tried stands after the command that tries it."""
    told = re.findall(r"^\|.*`make test-desktops`: ([^|;]+) \|$", GUIDE, re.MULTILINE)
    named = [name for each in told for name in re.split(", | and ", each)]
    assert sorted(named) == sorted(TITLES)
