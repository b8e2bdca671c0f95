"""Calls of a pause: by click, by command, twice, and by mistake."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from safepause.ui.windows.input_guard import SECONDS
from tests.end2end.conftest import KEPT
from tests.end2end.desktop import ICON, SIZE
from tests.end2end.waiting import children_of_home, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

HEADLINE = "We come back"


def test_click_on_the_tray_icon_puts_the_window_on_top(rig: Rig) -> None:
    """One click on the tray icon, without any set-up, shows the window above all others."""
    rig.start()
    rig.click_icon()
    window = rig.window(limit=2)
    wait_for(lambda: rig.on_top(window), "the window lies on top", 2)
    rig.see(HEADLINE)
    assert rig.program.state() == "paused"


def test_window_lies_above_the_one_in_use(rig: Rig) -> None:
    """The window comes above a large, active window of another program."""
    rig.start()
    with rig.other_window():
        rig.click_icon()
        window = rig.window(limit=2)
        wait_for(lambda: rig.on_top(window), "the window lies on top", 2)
        assert "ABOVE" in rig.screen.state(window)


def test_menu_of_the_icon_calls_a_pause(rig: Rig) -> None:
    """The first line of the icon's menu calls a pause, with the keyboard, too."""
    rig.start()
    rig.open_menu()
    rig.screen.key("Down", "Return")
    rig.see(HEADLINE)
    assert rig.program.state() == "paused"


def test_middle_click_only_breathes(rig: Rig) -> None:
    """A click with the middle button guides breathing without a pause."""
    rig.start()
    rig.click_icon(button=2)
    rig.see("Breathe in")
    assert rig.program.state() == "idle"


def test_window_opens_in_the_middle_of_the_screen_whole(rig: Rig) -> None:
    """The whole window is visible in the middle of the screen."""
    rig.start()
    rig.click_icon()
    left, top, width, height = rig.screen.place(rig.window())
    assert left >= 0
    assert top >= 0
    assert left + width <= SIZE[0]
    assert top + height <= SIZE[1]


def test_pause_command_gives_the_status_that_scripts_rely_on(rig: Rig) -> None:
    """`pause --by Alex --json` has exactly the keys of the documented status."""
    rig.start()
    rig.program.ask("pause", "--by", "Alex")
    status = rig.program.status()
    pause = status["pause"]
    assert set(status) == {"running", "version", "state", "pause"}
    assert (status["running"], status["state"]) == (True, "paused")
    assert set(pause) == {
        "id",
        "called_by",
        "started_at",
        "return_at",
        "seconds_left",
        "extensions",
        "extensions_left",
    }
    assert str(UUID(pause["id"])) == pause["id"]
    assert (pause["called_by"], pause["extensions"], pause["extensions_left"]) == ("Alex", 0, 2)
    assert pause["started_at"].endswith("Z")
    assert pause["return_at"].endswith("Z")
    length = datetime.fromisoformat(pause["return_at"]) - datetime.fromisoformat(
        pause["started_at"]
    )
    # A begun minute counts in full, and the document leaves out the fractions of a second.
    assert 30 * 60 <= length.total_seconds() <= 31 * 60
    assert pause["return_at"].endswith(":00Z")
    assert length.total_seconds() - 20 <= pause["seconds_left"] <= length.total_seconds()


def test_window_says_who_asked_and_when_they_come_back(rig: Rig) -> None:
    """The window has the caller's name, if it was given, and the time of the return."""
    rig.start()
    rig.program.ask("pause", "--by", "Alex")
    rig.see("Alex")
    rig.see(rig.clock_time(rig.program.status()["pause"]["return_at"]))


def test_second_pause_changes_nothing(rig: Rig) -> None:
    """During a pause, a click or a command only shows the standing pause."""
    rig.start()
    rig.program.ask("pause", "--by", "Alex", "--minutes", "45")
    first = rig.program.status()["pause"]
    rig.window()
    rig.screen.key("Escape")
    wait_for(lambda: _escaped(rig), "Esc hides the window")
    rig.click_icon()
    rig.window()
    said = rig.program.ask("pause", "--by", "Sam", "--minutes", "20")
    second = rig.program.status()["pause"]
    assert rig.clock_time(first["return_at"]) in said
    assert {**second, "seconds_left": 0} == {**first, "seconds_left": 0}


def test_pause_command_starts_the_program(rig: Rig) -> None:
    """`pause` starts the program if it does not run. It continues after the command."""
    rig.program.ask("pause")
    rig.see(HEADLINE)
    assert rig.program.status()["running"]
    assert len(rig.program.processes()) == 1


def test_second_start_shows_the_window_of_the_first(rig: Rig) -> None:
    """A second `safepause` shows the window of the first, exits with 0, and one program is left."""
    first = rig.start()
    rig.program.ask("pause")
    rig.window()
    rig.press("Hide")
    rig.wait_hidden()
    done = rig.program.run()
    assert done.returncode == 0
    rig.see(HEADLINE)
    assert rig.program.processes() == [first.pid]


def test_undo_leaves_no_trace(rig: Rig) -> None:
    """After Undo the state is idle, the history is empty, and the name is in no file."""
    rig.start()
    rig.program.ask("pause", "--by", "Zanzibar Quillfeather")
    assert b"Quillfeather" in rig.program.bytes_kept()
    rig.press("Undo a slip")
    wait_for(lambda: rig.program.state() == "idle", "the pause is undone")
    rig.wait_hidden()
    assert rig.program.history() == []
    rig.program.ask("quit")
    wait_for(lambda: not rig.program.processes(), "SafePause ends")
    assert b"Quillfeather" not in rig.program.bytes_kept()


def test_caller_is_forgotten_when_the_pause_ends(rig: Rig) -> None:
    """After the return no file has the caller, and the outcome is kept."""
    rig.start()
    rig.program.ask("pause", "--by", "Zanzibar Quillfeather")
    rig.program.ask("return")
    assert len(rig.program.history()) == 1
    rig.program.ask("quit")
    wait_for(lambda: not rig.program.processes(), "SafePause ends")
    assert b"Quillfeather" not in rig.program.bytes_kept()


@pytest.mark.parametrize("key", ["space", "Return", "Tab"])
def test_typing_as_the_window_appears_hits_nothing(rig: Rig, key: str) -> None:
    """Keys pressed while the window appears press none of its buttons."""
    rig.start()
    keys = [key, "space", "Return"] * 3
    _quickly(rig, lambda: rig.screen.click_and_type(*ICON, *keys))
    rig.see(HEADLINE)
    assert stays(lambda: len(rig.windows()) == 1, SECONDS)
    assert rig.program.state() == "paused"


def test_clicking_as_the_window_appears_hits_nothing(rig: Rig) -> None:
    """A click as the window appears presses no button of the window."""
    rig.start()
    rig.program.ask("pause")
    place = rig.see("Undo a slip").middle
    rig.press("Undo a slip")
    rig.wait_hidden()
    _quickly(rig, lambda: rig.screen.click_and_click(ICON, place, pause=SECONDS / 3))
    rig.see(HEADLINE)
    assert stays(lambda: len(rig.windows()) == 1, SECONDS)
    assert rig.program.state() == "paused"


def test_escape_hides_the_window_and_the_pause_goes_on(rig: Rig) -> None:
    """Esc hides the window. The pause goes on, and can be shown again."""
    rig.start()
    rig.click_icon()
    rig.see(HEADLINE)
    before = rig.program.status()["pause"]["id"]
    wait_for(lambda: _escaped(rig), "Esc hides the window")
    assert rig.program.status()["pause"]["id"] == before
    rig.click_icon()
    rig.see(HEADLINE)


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("<b>Alex</b> & <img src=x>", "markup"),
        ("Al\N{CAT FACE}ex \N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}", "emoji"),
        ("\u05e9\u05e8\u05d4 \u0644\u064a\u0644\u0649", "right-to-left"),
        ("%s {name} \\n --by", "format"),
        ("W" * 60, "longest"),
    ],
)
def test_odd_names_are_shown_as_they_are(rig: Rig, name: str, picture: str) -> None:
    """A name with markup, emoji, another direction or great length is shown as typed."""
    rig.start()
    rig.program.ask("pause", f"--by={name}")
    assert rig.program.status()["pause"]["called_by"] == name
    shown = rig.see(name)
    left, _top, width, _height = rig.screen.place(rig.window())
    rig.screen.picture(Path(KEPT.parent / f"end2end-names/{picture}.png"))
    assert shown.left >= left
    assert shown.left + shown.width <= left + width


def test_two_starts_at_once_leave_one(rig: Rig) -> None:
    """Of six programs that start at the same moment, one stays. The others exit with 0."""
    started = [rig.program.start("--hidden") for _ in range(6)]
    wait_for(lambda: sum(each.runs for each in started) == 1, "one program is left", 30)
    assert [each.wait() for each in started if not each.runs] == [0] * 5
    wait_for(lambda: rig.program.status()["running"], "it answers")
    assert len(children_of_home(rig.program.home)) == 1


def test_two_pauses_at_once_are_one(rig: Rig) -> None:
    """Two `pause` commands at the same moment start one program and call one pause."""
    both = [rig.program.start("pause", "--by", name) for name in ("Alex", "Sam")]
    assert [each.wait(30) for each in both] == [0, 0]
    assert rig.program.status()["pause"]["called_by"] in {"Alex", "Sam"}
    assert len(children_of_home(rig.program.home)) == 1


def _escaped(rig: Rig) -> bool:
    """Press Esc. A new window ignores it in its first moments."""
    rig.screen.key("Escape")
    return not rig.windows()


def _quickly(rig: Rig, act: Callable[[], None]) -> None:
    """Do something that begins with a click on the icon, before the window takes input.

    On a busy machine the input may come too late. Then the test starts again.
    """
    for _try in range(10):
        began = time.monotonic()
        act()
        if time.monotonic() - began < SECONDS:
            return
        rig.program.anew()
        rig.wait_for_icon()
    pytest.fail("the hands were too slow")
