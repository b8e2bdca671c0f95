"""One app serves a person on all displays. Called on another one, it says where its window is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.end2end.desktop import Desktop, Parts
from tests.end2end.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.place import Place
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end


@pytest.fixture
def elsewhere(rig: Rig, place: Place) -> Iterator[Program]:
    """Return the same person's SafePause, called on the display of a second desktop."""
    parts = Parts(panel=False, notifications=False, reader=False)
    with Desktop(parts, place) as other:
        log = other.folder / "said.log"
        env = {**rig.program.env, "DISPLAY": other.env["DISPLAY"]}
        yield Program(env, rig.program.home, log)


def place_of(rig: Rig) -> str:
    """Return the sentence with the display of the rig."""
    return f"The window is on display {rig.desktop.env['DISPLAY']}."


def test_a_call_on_another_display_says_where_the_window_is(rig: Rig, elsewhere: Program) -> None:
    """Each command that shows a window names the display of the window. Its own display doesn't."""
    assert place_of(rig) not in rig.program.ask("pause")
    rig.see("We come back")
    called = elsewhere.ask("pause").splitlines()
    assert called[0].startswith("There is a pause already.")
    assert called[1:] == [place_of(rig)]
    for command in (["show"], [], ["breathe"]):
        assert elsewhere.ask(*command).splitlines()[-1] == place_of(rig)
        assert rig.program.ask(*command) == ""
    assert place_of(rig) not in elsewhere.ask("status")
    said = elsewhere.run("show", "--json")
    assert json.loads(said.stdout)["state"] == "paused"
    assert said.stderr == f"{place_of(rig)}\n"


def test_the_app_comes_to_the_display_that_starts_it(rig: Rig, elsewhere: Program) -> None:
    """The first call on a display starts the app there. Called here, it names that display."""
    elsewhere.ask("pause")
    display = re.escape(elsewhere.env["DISPLAY"])
    assert re.search(f"The window is on display {display}\\.", rig.program.ask("show"))


def test_a_wayland_beside_x11_is_another_display(rig: Rig) -> None:
    """A command from a Wayland desktop, whose X11 display is another one, is told where to look."""
    rig.program.ask("pause")
    rig.program.env |= {"WAYLAND_DISPLAY": "wayland-7", "DISPLAY": ":32109"}
    assert rig.program.ask("show") == f"{place_of(rig)}\n"
