"""The window is whole, inside the screen that there is, at every scale, and follows screens."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.desktop import SIZE, Parts
from tests.end2end.managers import ICEWM, OPENBOX
from tests.end2end.monitors import Area, set_monitors
from tests.end2end.waiting import repeat, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.conftest import Rigs
    from tests.end2end.managers import Manager
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

PAST = timedelta(minutes=31, seconds=30)
DUE = "We're both here"
USUAL = (760, 560)
"""The window's first size."""
NUMBERS = ("640", "656", "752", "800", "480", "490", "492", "525")
"""A mode of 640 x 480, as xrandr takes it."""
CARD = (460, 150)
"""The size of a card on another screen."""
PANEL = 33
"""The height of the panel at the upper edge, in pixels."""


@pytest.fixture
def own(rigs: Rigs) -> Rig:
    """Return a rig whose screen the test may change."""
    return rigs(Parts(panel=False, notifications=False))


@pytest.fixture
def clock(own: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(own) as made:
        yield made


def randr(rig: Rig, *arguments: str) -> None:
    """Change the screen with xrandr."""
    rig.screen.run("xrandr", *arguments)


def small(rig: Rig) -> None:
    """Switch the only monitor to 640 x 480."""
    randr(rig, "--newmode", "small", "25", *NUMBERS)
    randr(rig, "--addmode", "screen", "small")
    randr(rig, "--output", "screen", "--mode", "small", "--fb", "640x480")


def off(rig: Rig) -> None:
    """Switch the only monitor off. X then has a screen of 70 x 70, as some drivers make it."""
    randr(rig, "--output", "screen", "--off")
    randr(rig, "--fb", "70x70")


def large(rig: Rig) -> None:
    """Switch the only monitor to its first size."""
    size = "{}x{}".format(*SIZE)
    randr(rig, "--fb", size)
    randr(rig, "--output", "screen", "--mode", size)


def inside(rig: Rig, size: tuple[int, int], top: int = 0, left: int = 0) -> bool:
    """Tell whether SafePause's window with its frame is inside a part of the screen."""
    windows = rig.windows()
    if not windows:
        return False
    at, upper, width, height = rig.screen.place(windows[-1])
    frame = rig.screen.frame(windows[-1])
    return (
        at - frame[0] >= left
        and upper - frame[2] >= top
        and at + width + frame[1] <= size[0]
        and upper + height + frame[3] <= size[1]
    )


def measures(rig: Rig) -> tuple[int, int]:
    """Return the size of SafePause's window."""
    _left, _top, width, height = rig.screen.place(rig.window())
    return width, height


def test_a_shown_window_follows_the_screen(own: Rig) -> None:
    """On a screen that shrinks, the window is whole; on one that grows, it has its first size."""
    own.start()
    own.program.ask("pause")
    wait_for(lambda: measures(own) == USUAL, "the window has its first size")
    small(own)
    wait_for(lambda: inside(own, (640, 480)), "the window is whole on the small screen")
    large(own)
    wait_for(lambda: measures(own) == USUAL, "the window has its first size again")
    wait_for(lambda: inside(own, SIZE), "the window is whole")


def test_a_return_comes_while_the_only_screen_is_off(own: Rig, clock: Clockwork) -> None:
    """At a return with the screen off, the window has its size, and is whole once it is on."""
    own.start()
    own.program.ask("pause")
    own.press("Hide")
    own.wait_hidden()
    off(own)
    clock.sleep(PAST)
    wait_for(lambda: own.program.state() == "due", "the return has come")
    wait_for(own.windows, "the window is shown")
    large(own)
    wait_for(lambda: measures(own) == USUAL, "the window has its first size")
    wait_for(lambda: inside(own, SIZE), "the window is whole")
    own.press(DUE)
    wait_for(lambda: own.program.state() == "idle", "its button can be pressed")


def test_a_shown_window_waits_for_a_screen_that_is_off(own: Rig) -> None:
    """A window that was shown when the screen went off is whole once it is on, after calls too."""
    own.start()
    own.program.ask("pause")
    own.window()
    off(own)
    own.program.ask("pause")
    large(own)
    wait_for(lambda: measures(own) == USUAL, "the window has its first size")
    wait_for(lambda: inside(own, SIZE), "the window is whole")


def test_a_call_on_a_small_screen_is_whole(own: Rig) -> None:
    """A window that was hidden on a large screen comes whole on a small one."""
    own.start()
    own.program.ask("pause")
    own.press("Hide")
    own.wait_hidden()
    small(own)
    own.program.ask("show")
    own.window()
    wait_for(lambda: inside(own, (640, 480)), "the window is whole")


def test_a_pause_fills_the_screen_if_that_is_set(own: Rig) -> None:
    """Only with the setting, a call fills the whole screen. It hides and comes back as ever."""
    own.start()
    own.program.ask("pause")
    wait_for(lambda: measures(own) == USUAL, "the window has its first size")
    own.press("Hide")
    own.wait_hidden()
    own.program.ask("settings", "set", "fill_screen", "yes")
    own.program.ask("show")
    wait_for(lambda: own.screen.place(own.window()) == (0, 0, *SIZE), "the window fills the screen")
    own.press("Hide")
    own.wait_hidden()
    own.program.ask("settings", "set", "fill_screen", "no")
    own.program.ask("show")
    wait_for(lambda: measures(own) == USUAL, "the window has its first size again")


def test_a_call_comes_to_the_pointers_monitor(own: Rig) -> None:
    """A shown window of the left monitor comes to the right one, where the pointer is."""
    width, height = SIZE
    set_monitors(
        own.desktop.env["DISPLAY"],
        {"left": (0, 0, width // 2, height), "right": (width // 2, 0, width // 2, height)},
    )
    own.screen.move(100, height - 50)
    own.start()
    own.program.ask("pause")
    wait_for(lambda: inside(own, (width // 2, height)), "the window is on the left")
    own.screen.move(width - 100, height - 50)
    own.program.ask("pause")
    wait_for(lambda: inside(own, SIZE, left=width // 2), "the window is on the right")


@pytest.mark.parametrize("scale", ["1.5", "2", "3"])
def test_a_scaled_window_is_whole_below_the_panel(rigs: Rigs, scale: str) -> None:
    """At each scale, pause and return are inside the screen. A click answers without scrolling."""
    rig = rigs(Parts(notifications=False))
    rig.program.env["QT_SCALE_FACTOR"] = scale
    with clockwork(rig) as clock:
        rig.start()
        rig.program.ask("pause")
        rig.see("We come back")
        wait_for(lambda: inside(rig, SIZE, PANEL), "the pause is whole")
        clock.sleep(PAST)
        rig.see(DUE)
        wait_for(lambda: inside(rig, SIZE, PANEL), "the return is whole")
        button = rig.see(DUE)
        left, top, width, height = rig.screen.place(rig.window())
        across, down = (round(each * float(scale)) for each in button.middle)
        assert left < across < left + width
        assert top < down < top + height - 20
        repeat(
            lambda: rig.screen.click(across, down),
            lambda: rig.program.state() == "idle",
            "the button is in sight",
        )
        wait_for(lambda: inside(rig, SIZE, PANEL), "the restart is whole")


@pytest.mark.parametrize("manager", [OPENBOX, ICEWM], ids=str)
def test_the_frame_of_a_new_window_is_below_the_panel(rigs: Rigs, manager: Manager) -> None:
    """A window that fills the screen's height has its title bar in sight the first time, too."""
    rig = rigs(Parts(notifications=False, manager=manager))
    rig.program.env["QT_SCALE_FACTOR"] = "2"
    rig.start()
    for command, words in (("show", "Pause now"), ("pause", "We come back")):
        rig.program.ask(command)
        rig.see(words)
        wait_for(lambda: inside(rig, SIZE, PANEL), f"the window of {command!r} is whole")
        rig.screen.key("Escape")


def cards(rig: Rig) -> list[Area]:
    """Return the places of the cards on the screen, by the size that only they have."""
    return [place for place in rig.screen.popups("safepause") if place[2:] == CARD]


def card_in(rig: Rig, across: range) -> bool:
    """Tell whether the only card begins in a part of the screen."""
    return [card[0] in across for card in cards(rig)] == [True]


def apart(rig: Rig) -> bool:
    """Tell whether there is a card, and no card covers a part of SafePause's window."""
    left, top, width, height = rig.screen.place(rig.window())
    return bool(cards(rig)) and all(
        at >= left + width or at + wide <= left or upper >= top + height or upper + high <= top
        for at, upper, wide, high in cards(rig)
    )


def test_a_card_leaves_the_screen_to_which_the_window_is_moved(own: Rig) -> None:
    """If the pause is moved to another screen, the card goes to the one that the pause has left."""
    width, height = SIZE
    halves = {"left": (0, 0, width // 2, height), "right": (width // 2, 0, width // 2, height)}
    set_monitors(own.desktop.env["DISPLAY"], halves)
    own.screen.move(100, height - 50)
    own.start()
    own.program.ask("settings", "set", "screens", "all")
    own.program.ask("pause")
    wait_for(lambda: apart(own), "the card is on the right")
    for left in (width // 2, 0, width // 2):
        own.screen.run("xdotool", "windowmove", own.window().number, str(left), "150")
        other = range(width // 2) if left else range(width // 2, width)
        wait_for(partial(card_in, own, other), "the card is on the other screen")
        assert apart(own)


def test_mirrored_screens_have_no_card(own: Rig) -> None:
    """On two screens that show the same, no card covers the pause."""
    width, height = SIZE
    same = {"one": (0, 0, width, height), "two": (0, 0, width, height)}
    set_monitors(own.desktop.env["DISPLAY"], same)
    own.start()
    own.program.ask("settings", "set", "screens", "all")
    own.program.ask("pause")
    own.see("We come back")
    assert stays(lambda: not cards(own), 1)  # a card would come with the window
