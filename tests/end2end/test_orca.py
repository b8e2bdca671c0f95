"""What a person who can't see the window hears: Orca really says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.desktop import Parts
from tests.end2end.orca import MISSING, Orca, orca
from tests.end2end.waiting import stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.conftest import Rigs
    from tests.end2end.rig import Rig

pytestmark = [pytest.mark.end2end, pytest.mark.skipif(bool(MISSING), reason=MISSING or "it is")]

PAST = timedelta(minutes=31, seconds=30)
"""From a call to just after its return."""
ENDS = 6
"""How often the program is ended right after a call. (Sixty ends were tried by hand.)"""


@pytest.fixture
def rig(rigs: Rigs) -> Rig:
    """Return a rig on a desktop of its own, which no other screen reader has used."""
    return rigs(Parts())


@pytest.fixture
def ear(rig: Rig) -> Iterator[Orca]:
    """Return the screen reader."""
    with orca(rig.desktop) as made:
        yield made


@pytest.fixture
def clock(rig: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(rig) as made:
        yield made


def test_a_call_is_heard(rig: Rig, ear: Orca) -> None:
    """Orca says who asked and when the two come back, and then counts nothing down."""
    rig.start()
    rig.program.ask("pause", "--by", "Alex", "--minutes", "45")
    heard = ear.wait("Alex asked for a pause")
    time = rig.clock_time(rig.program.status()["pause"]["return_at"])
    assert f"We come back at {time}." in heard
    rig.see("Breathe in")
    ear.forget()
    assert stays(lambda: not ear.said(), 8.0)


def test_the_return_is_heard_in_another_program(rig: Rig, ear: Orca, clock: Clockwork) -> None:
    """Orca says that it is time, and by which keys the window takes the keyboard. They work."""
    rig.start()
    rig.program.ask("pause")
    rig.press("Hide")
    rig.wait_hidden()
    with rig.other_window():
        ear.forget()
        clock.sleep(PAST)
        heard = ear.wait("Time to come back. You said")
        assert "Press Ctrl+Alt+P to answer." in heard
        window = rig.window()
        assert rig.screen.active() != window.number
        rig.screen.key("ctrl+alt+p")
        wait_for(lambda: rig.screen.active() == window.number, "the window has the keyboard")


def test_the_breath_is_heard_if_wished(rig: Rig, ear: Orca) -> None:
    """With its setting, Orca says each phase of the breath, wherever the keyboard is."""
    rig.program.run("settings", "set", "say_breath", "yes")
    rig.start()
    rig.program.ask("pause")
    ear.wait("Breathe in", 20)
    ear.wait("Breathe out", 20)
    rig.screen.key("Tab")
    wait_for(lambda: ear.said()[-1:] != ["Breathe in"], "the keyboard is on a button")
    ear.forget()
    ear.wait("Breathe in", 20)


def test_the_program_ends_well_after_what_was_heard(rig: Rig, ear: Orca, clock: Clockwork) -> None:
    """Each of many ends, right after a call and a return that were read, is without a crash."""
    for number in range(ENDS):
        process = rig.program.started()
        rig.program.ask("pause", "--by", f"Alex{number}")
        ear.wait(f"Alex{number} asked for a pause")
        if number % 3 == 0:
            clock.sleep(PAST + clock.ahead)
            ear.wait("Time to come back. You said")
        rig.program.ask("quit")
        assert process.wait() == 0
        rig.program.run("return")
        ear.forget()
