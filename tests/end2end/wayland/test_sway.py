"""SafePause in sway: its tray icon, key bindings of the compositor, and its windows."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.core.shortcut.binding_lines import ready_lines
from safepause.core.shortcut.keys import parse_keys
from safepause.ui.windows.input_guard import SECONDS
from tests.end2end.bus import WATCHER
from tests.end2end.program import Program
from tests.end2end.waiting import patience, stays, wait_for
from tests.end2end.wayland.desk import GUARDED
from tests.end2end.wayland.hands import ALT, CTRL, ESC, MIDDLE, RETURN, RIGHT, SPACE, A, P
from tests.end2end.wayland.sway import BAR, SIZE, Sway

if TYPE_CHECKING:
    from tests.end2end.wayland.conftest import Desks
    from tests.end2end.wayland.desk import Desk

pytestmark = pytest.mark.end2end

HEADLINE = "We come back"
ICON = (SIZE[0] - 11, 11)
"""Where the bar shows the first tray icon: its middle."""
BINDING = next(
    line.line for line in ready_lines(parse_keys("Ctrl+Alt+P"), "sway") if line.desktop == "sway"
)
"""What the settings give to copy."""


def test_icon_stands_in_the_bar_and_a_click_calls_a_pause(desk: Desk) -> None:
    """The bar shows the icon. One click on it, without any set-up, calls a pause."""
    _start(desk)
    desk.hands.click(*ICON)
    desk.see(HEADLINE)
    assert desk.program.state() == "paused"
    assert desk.window().has_keyboard


def test_middle_click_only_breathes(desk: Desk) -> None:
    """A click with the middle button guides breathing without a pause."""
    _start(desk)
    desk.hands.click(*ICON, MIDDLE)
    desk.see("Breathe in")
    assert desk.program.state() == "idle"


def test_right_click_shows_every_action(desk: Desk) -> None:
    """The bar of sway can't show menus. A right click shows a window with the same actions."""
    _start(desk)
    desk.hands.click(*ICON, RIGHT)
    desk.see("Our agreement")
    desk.press("Settings")
    desk.see("You two")
    assert len(desk.windows()) == 2
    assert desk.program.state() == "idle"


def test_binding_calls_a_pause_while_another_window_has_the_keyboard(desk: Desk) -> None:
    """With the documented lines, the keys show the whole window above the active one."""
    _start(desk)
    with desk.other_window() as other:
        desk.hands.press(CTRL, ALT, P)
        window = desk.window(limit=2)
        desk.see(HEADLINE)
        assert desk.program.state() == "paused"
        assert f"key {ord('P')}" not in other.log.read_text(encoding="utf-8")
    assert window.floats
    left, top, width, height = window.place
    assert left >= 0
    assert top >= 0
    assert left + width <= SIZE[0]
    assert top + height <= SIZE[1]


def test_binding_starts_the_program(desk: Desk) -> None:
    """If SafePause does not run, the keys start it. Its window comes with the pause, and stays.

    If sway runs in a namespace, the bus refuses the program. So nothing is read from the window.
    """
    desk.hands.press(CTRL, ALT, P)
    assert desk.window(limit=20).has_keyboard
    status = desk.program.status()
    assert (status["running"], status["state"]) == (True, "paused")
    assert stays(desk.windows, 1)


def test_keys_while_paused_show_the_pause_that_stands(desk: Desk) -> None:
    """During a pause the keys show the hidden window, and change nothing."""
    _start(desk)
    desk.hands.press(CTRL, ALT, P)
    _escape(desk)
    before = desk.program.status()["pause"]
    desk.hands.press(CTRL, ALT, P)
    desk.see(HEADLINE)
    after = desk.program.status()["pause"]
    assert {**after, "seconds_left": 0} == {**before, "seconds_left": 0}


def test_window_finds_a_place_among_tiles(sway_desks: Desks) -> None:
    """With the settings' line and no window rule, the window is a tile, and nothing is cut off."""
    desk = sway_desks(BINDING)
    _start(desk)
    with desk.other_window():
        desk.hands.press(CTRL, ALT, P)
        desk.see(HEADLINE)
        window = desk.window()
        assert not window.floats
        assert window.has_keyboard
        for words in ("Undo a slip", "Hide", "Easier", "Just rest"):
            thing = desk.see(words)
            assert 0 <= thing.left <= thing.left + thing.width <= window.place[2]
            assert 0 <= thing.top <= thing.top + thing.height <= window.place[3]
        _escape(desk)


def test_escape_hides_the_window_and_the_pause_goes_on(desk: Desk) -> None:
    """Esc hides the window. The other program has the keyboard again, and the pause stands."""
    _start(desk)
    with desk.other_window() as other:
        desk.hands.press(CTRL, ALT, P)
        _escape(desk)
        wait_for(lambda: desk.writes(other), "keys go where they went before")
    assert desk.program.state() == "paused"


def test_covered_pause_comes_to_the_front(desk: Desk) -> None:
    """A shown, inactive window comes to the front with the keyboard, when a person calls for it."""
    _start(desk)
    with desk.other_window():
        desk.program.ask("pause")
        desk.see(HEADLINE)
        assert stays(desk.windows, GUARDED)
        desk.hands.click(20, SIZE[1] - 20)
        wait_for(lambda: not desk.window().has_keyboard, "the other is in use")
        desk.program.ask("show")
        wait_for(lambda: desk.window().has_keyboard, "the pause is in front")


def test_pause_comes_before_a_program_that_fills_the_screen(desk: Desk) -> None:
    """With the documented lines the pause is in front of a full-screen program."""
    _start(desk)
    with desk.other_window("full"):
        desk.hands.press(CTRL, ALT, P)
        wait_for(lambda: desk.windows() and desk.window().has_keyboard, "the pause is in front")


def test_typing_as_the_window_appears_hits_nothing(desk: Desk) -> None:
    """Keys pressed while the window appears press none of its buttons."""
    _start(desk)
    wait_for(lambda: _types_in_time(desk), "the hands are quick enough", 60)
    assert stays(desk.windows, GUARDED)
    assert desk.program.state() == "paused"


def _types_in_time(desk: Desk) -> bool:
    """Call a pause and type at once. Tell whether the window still ignored input then.

    On a busy machine the input may come too late. Then the test starts again.
    """
    absent = [0.0]

    def appeared() -> bool:
        now = time.monotonic()
        there = bool(desk.windows())
        absent.extend([] if there else [now])
        return there

    desk.hands.press(CTRL, ALT, P)
    wait_for(appeared, "the window appears")
    for key in (SPACE, RETURN, ESC):
        desk.hands.press(key)
    if time.monotonic() - absent[-1] < SECONDS:
        return True
    desk.program.anew()
    return False


def test_doctor_says_that_keys_are_the_compositors(desk: Desk) -> None:
    """Doctor says that there is no shortcut, why, and which command to bind. The tray is available.

    A window that stays above others is not available, and there is advice.
    """
    _start(desk)
    told = desk.program.capabilities()
    assert told["tray"]["available"]
    assert not told["shortcut"]["available"]
    assert told["shortcut"]["why"]
    assert "safepause pause" in told["shortcut"]["advice"]
    assert not told["window"]["available"]
    assert told["window"]["advice"]


def test_return_brings_the_window_at_the_promised_time(desk: Desk) -> None:
    """In the fast demo, the return shows the hidden window. Keys that are typed on do nothing."""
    folder = Path(desk.program.env["XDG_RUNTIME_DIR"])
    desk.program.start("--demo", "--hidden")
    (home,) = wait_for(lambda: list(folder.glob("safepause-demo-*/socket")), "the demo answers")
    demo = Program(desk.desktop.env, home.parent, desk.program.log)
    demo.ask("pause", "--minutes", "20")
    _escape(desk)
    with desk.other_window():
        assert stays(lambda: not desk.windows() or demo.state() == "due", 5)
        desk.see("We're both here", limit=30)
        for key in (SPACE, RETURN, A):  # as a person who goes on typing
            desk.hands.press(key)
        time.sleep(GUARDED)
        for key in (SPACE, RETURN, A):
            desk.hands.press(key)
        assert demo.state() == "due"
        # In the fast demo a reminder comes every few seconds.
        desk.press_until("We're both here", lambda: demo.state() == "idle")


def _start(desk: Desk) -> None:
    """Start SafePause, and wait until its icon is painted in the bar."""
    desk.program.started()
    bar = desk.desktop
    assert isinstance(bar, Sway)
    wait_for(lambda: bar.colours(ICON[0] - 10, 0, 20, BAR - 2) > 2, "the icon stands in the bar")


def _escape(desk: Desk) -> None:
    """Press Esc in SafePause's window, as soon as the window takes keys."""
    desk.window()
    assert stays(desk.windows, GUARDED)
    desk.hands.press(ESC)
    desk.wait_hidden()


def test_a_bus_that_comes_back_gets_the_icon_during_a_pause(desk: Desk) -> None:
    """On Wayland a new icon finds the new bus, so that no pause has to end for it."""
    _start(desk)
    desk.program.ask("pause")
    desk.window()
    running = desk.program.processes()
    desk.desktop.lose_bus()
    wait_for(lambda: not desk.program.capabilities()["tray"]["available"], "doctor knows it")
    desk.desktop.bring_bus_back()
    desk.desktop.caller.own(WATCHER)
    wait_for(desk.desktop.watch.icons, "the icon is registered again")
    assert desk.program.processes() == running
    wait_for(lambda: desk.program.capabilities()["tray"]["available"], "doctor knows it")
    assert desk.program.state() == "paused"


def test_a_bus_that_hangs_freezes_nothing_on_wayland(desk: Desk) -> None:
    """While the bus is stopped, before the start and after it, a call shows its window."""
    bus = desk.desktop.processes["bus"].pid
    os.kill(bus, signal.SIGSTOP)
    try:
        desk.program.started()
        for command in (["doctor"], ["pause"], ["status"]):
            begun = time.monotonic()
            desk.program.run(*command)
            assert time.monotonic() - begun < patience(1.0), command
        desk.window(limit=2.0)
    finally:
        os.kill(bus, signal.SIGCONT)
    wait_for(lambda: "lost" in desk.program.capabilities()["tray"]["why"], "doctor says it")
    assert desk.program.run("undo").returncode == 0
    wait_for(desk.desktop.watch.icons, "the program has started again: the icon is registered", 20)


def test_a_caller_on_another_display_is_told_where_the_window_is(desk: Desk) -> None:
    """The compositor's display has a relative and an absolute name. Any other one is elsewhere."""
    _start(desk)
    folder, name = desk.desktop.env["XDG_RUNTIME_DIR"], desk.desktop.env["WAYLAND_DISPLAY"]
    told = f"The window is on display {name}.\n"
    for wayland, x11, said in (
        (name, "", ""),
        (f"{folder}/{name}", "", ""),
        (f"{folder}/../run/{name}", "", ""),
        (name, ":32109", ""),  # as with an X server that this compositor has started later
        ("", ":32109", told),
        ("wayland-0", "", told),
        (f"/elsewhere/{name}", "", told),
        ("", "", told),
    ):
        caller = {"WAYLAND_DISPLAY": wayland, "DISPLAY": x11}
        asked = Program(desk.program.env | caller, desk.program.home, desk.program.log)
        assert asked.ask("show") == said, caller
