"""Fixtures: one desktop for all tests that do not damage it, and desktops with missing parts.

If a test fails, a picture of the screen and all logs are saved in build/end2end.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from datetime import time
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from tests.end2end.desktop import Desktop, Parts
from tests.end2end.place import Place, zone_where_it_is
from tests.end2end.rig import Rig

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]
"""This desktop is one of X11 and D-Bus."""
KEPT = Path(__file__).parents[2] / "build/end2end"
_PASSED = pytest.StashKey[bool]()
_NUMBERS = count(1)

Rigs = Callable[[Parts], Rig]


class Keeper(Protocol):
    """A desktop that can save a picture and logs."""

    def keep(self, folder: Path) -> None:
        """Save a picture of the screen and all logs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no test here run for longer than this, whatever it waits for; its own limits come first.

    These grow on a busy machine, so that a minute, as for other tests, may be too short.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(300))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Record whether the test passed, for the fixtures that end after it."""
    report = yield
    if call.when == "call":
        item.stash[_PASSED] = report.passed
    return report


@pytest.fixture(scope="session")
def place(pytestconfig: pytest.Config) -> Place:
    """Return the time zone or time of day, and the language, from the command line."""
    hour, zone = pytestconfig.getoption("--hour"), pytestconfig.getoption("--zone")
    here = zone_where_it_is(time.fromisoformat(hour)) if hour else zone or "UTC"
    return Place(here, pytestconfig.getoption("--locale"))


@pytest.fixture(scope="session")
def desktop(place: Place) -> Iterator[Desktop]:
    """Return a complete desktop, which all tests that do not damage it share."""
    with Desktop(place=place) as whole:
        yield whole


@pytest.fixture
def rig(desktop: Desktop, request: pytest.FixtureRequest) -> Iterator[Rig]:
    """Return a rig on the shared desktop, with a data folder that does not exist yet."""
    with Rig(desktop, f"home{next(_NUMBERS)}") as made:
        yield made
        keep_if_wrong(made, request)


@pytest.fixture
def rigs(request: pytest.FixtureRequest, place: Place) -> Iterator[Rigs]:
    """Return a function that makes a rig on a new desktop with the given parts."""
    with ExitStack() as stack:
        made: list[Rig] = []

        def make(parts: Parts) -> Rig:
            own = stack.enter_context(Desktop(parts, place))
            made.append(stack.enter_context(Rig(own, "program")))
            return made[-1]

        yield make
        for each in made:
            keep_if_wrong(each, request)


def keep_if_wrong(rig: Keeper, request: pytest.FixtureRequest) -> None:
    """Save picture and logs if the test has failed."""
    if not request.node.stash.get(_PASSED, False):
        folder = KEPT / re.sub(r"[^\w-]+", "-", request.node.name)
        shutil.rmtree(folder, ignore_errors=True)
        rig.keep(folder)
