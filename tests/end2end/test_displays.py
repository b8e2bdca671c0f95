"""One app serves a person on all displays. Called on another one, it says where its window is."""

from __future__ import annotations

import json
import re
import socket
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.desktop import Desktop, Parts
from tests.end2end.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.place import Place
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end
NONE = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}


@pytest.fixture
def elsewhere(rig: Rig, place: Place) -> Iterator[Program]:
    """Return the same person's SafePause, called on the display of a second desktop."""
    parts = Parts(panel=False, notifications=False, reader=False)
    with Desktop(parts, place) as other:
        log = other.folder / "said.log"
        env = {**rig.program.env, "DISPLAY": other.env["DISPLAY"]}
        yield Program(env, rig.program.home, log)


@pytest.fixture
def wayland(rig: Rig) -> Iterator[str]:
    """Return the name of a Wayland display that the same person has beside X11."""
    path = Path(rig.program.env["XDG_RUNTIME_DIR"], "wayland-0")
    with closing(socket.socket(socket.AF_UNIX)) as display:
        display.bind(str(path))
        yield path.name
    path.unlink()


def place_of(rig: Rig) -> str:
    """Return the sentence with the display of the rig."""
    return f"The window is on display {rig.desktop.env['DISPLAY']}."


def asked_from(rig: Rig, **variables: str) -> str:
    """Return what the app answers to a caller whose displays are these."""
    caller = Program(rig.program.env | NONE | variables, rig.program.home, rig.program.log)
    return caller.ask("show")


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
    assert elsewhere.ask("return").splitlines()[-1] == place_of(rig)
    rig.see("Say hello first")


def test_the_app_comes_to_the_display_that_starts_it(rig: Rig, elsewhere: Program) -> None:
    """The first call on a display starts the app there. Called here, it names that display."""
    elsewhere.ask("pause")
    display = re.escape(elsewhere.env["DISPLAY"])
    assert re.search(f"The window is on display {display}\\.", rig.program.ask("show"))


def test_a_wayland_beside_x11_is_another_display(rig: Rig, wayland: str) -> None:
    """A command from a Wayland desktop is told where to look, whatever its X11 display is.

    The socket of that desktop is in the runtime folder of the app, too.
    """
    ours, folder = rig.program.env["DISPLAY"], rig.program.env["XDG_RUNTIME_DIR"]
    rig.program.ask("pause")
    for name in (wayland, "wayland-7", f"{folder}/{wayland}"):
        for x11 in ("", ":32109", ours):
            said = asked_from(rig, WAYLAND_DISPLAY=name, DISPLAY=x11)
            assert said == f"{place_of(rig)}\n", (name, x11)


def test_a_caller_without_a_display_is_told(rig: Rig) -> None:
    """Whoever calls over the network, or on a text console, learns where the window is."""
    rig.program.ask("pause")
    assert asked_from(rig) == f"{place_of(rig)}\n"


def test_one_display_has_several_names(rig: Rig) -> None:
    """Screens and ways of writing the same X server are one place. A forwarded one is another."""
    rig.program.ask("pause")
    number = rig.desktop.env["DISPLAY"].removeprefix(":")
    socket_path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  -- the X server's own place
    for same in (f":{number}.0", f"unix:{number}", socket_path):
        assert asked_from(rig, DISPLAY=same) == "", same
    for other in (f"localhost:{number}", f"localhost:{number}.0", f":{number}0"):
        assert asked_from(rig, DISPLAY=other) == f"{place_of(rig)}\n", other
