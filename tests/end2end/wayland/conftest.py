"""Fixtures: desktops with sway, with and without the lines of docs/desktops.md, and with KWin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.end2end.conftest import keep_if_wrong
from tests.end2end.wayland import kwin, sway
from tests.end2end.wayland.desk import Desk, home, ready_lines
from tests.end2end.wayland.kwin import KWin
from tests.end2end.wayland.sway import Sway

if TYPE_CHECKING:
    from tests.end2end.place import Place

Desks = Callable[[str], Desk]


@pytest.fixture
def sway_desks(request: pytest.FixtureRequest, place: Place) -> Iterator[Desks]:
    """Return a function that makes a desktop with sway and these lines of configuration."""
    if sway.missing():
        pytest.skip(sway.missing())
    with ExitStack() as stack:
        made: list[Desk] = []

        def make(lines: str) -> Desk:
            made.append(stack.enter_context(Desk(stack.enter_context(Sway(lines, home, place)))))
            return made[-1]

        yield make
        for each in made:
            keep_if_wrong(each, request)


@pytest.fixture
def desk(sway_desks: Desks) -> Desk:
    """Return a desktop with sway and the lines of docs/desktops.md."""
    return sway_desks(ready_lines("# ~/.config/sway/config"))


@pytest.fixture
def kwin_desk(request: pytest.FixtureRequest, place: Place) -> Iterator[Desk]:
    """Return a desktop with KWin and KDE's portal."""
    if kwin.missing():
        pytest.skip(kwin.missing())
    with KWin(home, place) as desktop, Desk(desktop) as made:
        yield made
        keep_if_wrong(made, request)
