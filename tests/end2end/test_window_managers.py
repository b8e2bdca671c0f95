"""On every window manager, a call and a return come to the desktop that the person looks at.

A call gives the window the keyboard, and a return leaves it to the program that has it.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.conftest import keep_if_wrong
from tests.end2end.copies import run_copy
from tests.end2end.desktop import Desktop, Parts
from tests.end2end.managers import (
    I3,
    KWIN,
    MANAGERS,
    OPENBOX,
    XFWM4,
    XFWM4_FOLLOWS_MOUSE,
    Manager,
)
from tests.end2end.rig import APP, GUARDED, Rig
from tests.end2end.waiting import repeat, soon, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end2end.place import Place
    from tests.end2end.screen import Window

pytestmark = pytest.mark.end2end

PAST, LATER, LAST = timedelta(minutes=31, seconds=30), timedelta(minutes=4), timedelta(minutes=6)
"""From the call to after the return, and each time further to after the next reminder."""
MIDDLE = (640, 400)
DUE = "We're both here"
WHEEL_UP = 4
"""The number of the button that a turn of the wheel presses."""
KWIN_TOO = pytest.param(KWIN, marks=pytest.mark.kwin)


@pytest.fixture(params=[*MANAGERS, KWIN_TOO], ids=str)
def rig(request: pytest.FixtureRequest, place: Place) -> Iterator[Rig]:
    """Return a rig on a desktop with one of the window managers."""
    manager: Manager = request.param
    if manager.missing:
        pytest.skip(manager.missing)
    parts = Parts(panel=False, notifications=False, manager=manager)
    with Desktop(parts, place) as desktop, Rig(desktop, "program") as made:
        yield made
        keep_if_wrong(made, request)


@pytest.fixture
def clock(rig: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(rig) as made:
        yield made


def turn_to(rig: Rig, desktop: int) -> None:
    """Show another desktop, and wait until SafePause's windows are not on it."""
    rig.screen.run(*rig.desktop.parts.manager.turn_to(desktop))
    wait_for(lambda: not here(rig), f"desktop {desktop} is shown")


def here(rig: Rig) -> Window | None:
    """Return the window of SafePause on the desktop that is shown, or None."""
    return next((each for each in rig.windows() if rig.screen.viewable(each)), None)


def in_use(rig: Rig) -> bool:
    """Tell whether SafePause's window is here, and has the keyboard."""
    window = here(rig)
    return window is not None and rig.screen.active() == window.number


@contextmanager
def writing(rig: Rig) -> Iterator[None]:
    """Type a letter into another program's window, and check at the end that it gets one more."""
    with rig.other_window() as other:
        rig.screen.key("x")
        wait_for(lambda: "keysym 0x78, x" in other.log.read_text(), "the other has the keyboard")
        yield
        rig.screen.key("a")
        wait_for(lambda: "keysym 0x61, a" in other.log.read_text(), "the other has the letter")


def whole(rig: Rig) -> bool:
    """Tell whether SafePause's window is here, whole, and not as large as the screen."""
    window = here(rig)
    if window is None:
        return False
    left, top, width, height = rig.screen.place(window)
    return left >= 0 and top >= 0 and left + width <= 1280 and top + height < 800 and width < 1200


def test_a_call_comes_to_the_desktop_in_use_and_has_the_keyboard(rig: Rig) -> None:
    """A call by key and by command, and `show`, bring the window here, with the keyboard."""
    rig.start()
    wait_for(lambda: rig.program.capabilities()["shortcut"]["available"], "the keys are ours")
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the first call")
    for desktop, call in enumerate((("show",), ("pause",)), start=1):
        turn_to(rig, desktop)
        with rig.other_window():
            rig.program.ask(*call)
            wait_for(lambda: in_use(rig), f"{call} shows the window here")
            assert whole(rig)
    turn_to(rig, 3)
    with rig.other_window():
        rig.screen.key("x")  # a later time than that of the last call
        rig.screen.key("ctrl+alt+p")
        wait_for(lambda: in_use(rig), "the key shows the window here")
        assert stays(lambda: in_use(rig), GUARDED)
    wait_for(lambda: _escaped(rig), "the window has the keyboard")


def test_a_second_call_has_the_keyboard(rig: Rig) -> None:
    """While another program's window is in use, a second call gives the window the keyboard."""
    rig.start()
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the first call")
    with rig.other_window():
        rig.screen.key("x")
        rig.program.ask("pause")
        wait_for(lambda: in_use(rig), "the second call")


def test_a_second_call_leaves_the_window_where_a_person_has_put_it(rig: Rig) -> None:
    """The window comes in front at the place that it had, however often."""
    rig.start()
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the first call")
    window = here(rig)
    assert window is not None
    rig.screen.run("xdotool", "windowmove", "--sync", window.number, "37", "153")
    for call in ("pause", "show", "pause"):
        with rig.other_window():
            rig.program.ask(call)
            wait_for(lambda: in_use(rig), "the window is in front")
            wait_for(lambda: _place(rig) == (37, 153), "the window is where it was")
            assert stays(lambda: _place(rig) == (37, 153), GUARDED)
    for _quickly in range(3):
        rig.program.ask("pause")
    wait_for(lambda: _place(rig) == (37, 153), "the window is where it was")
    assert stays(lambda: _place(rig) == (37, 153), GUARDED)


def _place(rig: Rig) -> tuple[int, int] | None:
    window = here(rig)
    return None if window is None else rig.screen.place(window)[:2]


def test_a_return_comes_to_the_desktop_in_use_without_the_keyboard(
    rig: Rig, clock: Clockwork
) -> None:
    """A hidden, a shown and a minimised window come here. Letters go to the other program."""
    rig.start()
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the call")
    wait_for(lambda: _escaped(rig), "Esc hides the window")
    with writing(rig):
        clock.sleep(PAST)
        wait_for(lambda: whole(rig), "the hidden window comes")
        assert stays(lambda: not in_use(rig), GUARDED)
    turn_to(rig, 1)
    with writing(rig):
        clock.sleep(LATER)
        wait_for(lambda: whole(rig), "the window comes from the other desktop")
        assert stays(lambda: not in_use(rig), GUARDED)
    window = here(rig)
    assert window
    if rig.desktop.parts.manager is not I3:  # i3 doesn't minimise
        rig.screen.minimise(window)
        wait_for(lambda: not here(rig), "the window is minimised")
    turn_to(rig, 2)
    with writing(rig):
        clock.sleep(LAST)
        wait_for(lambda: whole(rig), "the minimised window comes")
    assert rig.program.state() == "due"


@pytest.mark.parametrize("rig", [XFWM4], indirect=True, ids=str)
def test_a_window_that_is_rolled_up_comes_whole(rig: Rig, clock: Clockwork) -> None:
    """xfwm4 rolls a window up if the wheel turns on its title. A call and a return unroll it."""

    def rolled_up() -> bool:
        return any("SHADED" in rig.screen.state(window) for window in rig.windows())

    def roll_up() -> None:
        left, top, width, _height = rig.screen.place(rig.window())
        rig.screen.click(left + width // 2, top - 10, WHEEL_UP)
        wait_for(rolled_up, "the window is rolled up")

    rig.start()
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the call")
    roll_up()
    rig.program.ask("pause")
    wait_for(lambda: not rolled_up(), "the second call unrolls it")
    assert stays(lambda: not rolled_up(), GUARDED)
    roll_up()
    with writing(rig):
        clock.sleep(PAST)
        wait_for(lambda: not rolled_up(), "the return unrolls it")
        assert stays(lambda: not rolled_up(), GUARDED)
    assert whole(rig)


@pytest.mark.parametrize("rig", [OPENBOX], indirect=True, ids=str)
def test_a_return_is_seen_on_the_bare_desktop(rig: Rig, clock: Clockwork) -> None:
    """Once "show desktop" has hidden all windows, openbox hides one that is shown anew, too."""
    rig.start()
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the call")
    with rig.other_window():
        repeat(lambda: rig.screen.key("super+d"), lambda: not here(rig), "the bare desktop")
        clock.sleep(PAST)
        wait_for(lambda: rig.screen.popups(APP), "the return is seen")
        rig.press(DUE)
        wait_for(lambda: in_use(rig), "the restart has the keyboard")
    assert rig.program.state() == "idle"


@pytest.mark.parametrize("rig", [XFWM4_FOLLOWS_MOUSE], indirect=True, ids=["follows mouse"])
def test_a_return_below_the_pointer_takes_no_letter(rig: Rig, clock: Clockwork) -> None:
    """Where the keyboard follows the mouse, a return that comes below a still pointer has none."""
    rig.start()
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the call")
    wait_for(lambda: _escaped(rig), "Esc hides the window")
    rig.screen.move(*MIDDLE)
    with writing(rig):
        clock.sleep(PAST)
        wait_for(lambda: whole(rig), "the return")
        assert stays(lambda: not in_use(rig), 2 * GUARDED)
    rig.screen.move(0, 0)
    rig.screen.move(*MIDDLE)
    wait_for(lambda: in_use(rig), "a pointer that comes to the window gives it the keyboard")


def test_a_click_gives_the_window_of_a_return_the_keyboard(rig: Rig, clock: Clockwork) -> None:
    """After the return, a click into the window gives it the keyboard, and Esc hides it."""
    rig.start()
    rig.program.ask("pause")
    wait_for(lambda: in_use(rig), "the call")
    with rig.other_window():
        clock.sleep(PAST)
        rig.see(DUE)
        window = rig.window()
        left, top, _width, _height = rig.screen.place(window)
        wait_for(lambda: _clicked(rig, left + 40, top + 40), "a click gives it the keyboard")
        wait_for(lambda: _escaped(rig), "Esc hides the window")


def _clicked(rig: Rig, x: int, y: int) -> bool:
    """Click a place, and tell whether SafePause's window has the keyboard then."""
    rig.screen.click(x, y)
    return soon(lambda: in_use(rig))


def test_the_home_window_comes_to_the_desktop_in_use(rig: Rig) -> None:
    """Without a pause, `show` brings the home window here, with the keyboard."""
    rig.start()
    rig.program.ask("show")
    wait_for(lambda: in_use(rig), "the home window")
    turn_to(rig, 1)
    with rig.other_window():
        rig.screen.key("x")
        rig.program.ask("show")
        wait_for(lambda: in_use(rig), "the home window is here")


def test_the_plain_window_takes_no_keyboard(rig: Rig, clock: Clockwork, tmp_path: Path) -> None:
    """Where the pause window's code is missing, what a person types goes to their own window.

    A click closes the plain window. The next reminder shows it again, on the desktop in use.
    """
    run_copy(rig, tmp_path / "copy")
    (tmp_path / "copy/safepause/ui/pause/orb_painting.py").unlink()
    rig.start()
    with writing(rig):
        rig.program.ask("pause")
        _type_beside(rig, "Please install SafePause again.")
        clock.sleep(PAST)
        _type_beside(rig, "Time to come back")
    left, top, width, height = rig.screen.place(rig.window())
    rig.screen.click(left + width - 40, top + height - 24)
    wait_for(lambda: not rig.windows(), "a click on the button closes the window")
    with writing(rig):
        clock.sleep(LATER)
        _type_beside(rig, "Time to come back")
    turn_to(rig, 1)
    with writing(rig):
        clock.sleep(LAST)
        _type_beside(rig, "Time to come back")


def _type_beside(rig: Rig, words: str) -> None:
    """Type keys that press buttons, once the words are shown. Check that they stay."""
    rig.see(words)
    wait_for(lambda: here(rig), "the window is here")
    for key in ("Return", "space", "Escape"):
        rig.screen.key(key)
    assert stays(lambda: here(rig) and not in_use(rig), GUARDED)


def _escaped(rig: Rig) -> bool:
    """Press Esc. A new window ignores it in its first moments."""
    rig.screen.key("Escape")
    return not here(rig)
