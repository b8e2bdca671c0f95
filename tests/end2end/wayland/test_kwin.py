"""SafePause in KDE's Plasma: KWin, and keys from KDE's portal.

`make test-kwin` runs these tests. The packages are large. Plasma's panel is not among them, so
there is no tray.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.end2end.program import Program
from tests.end2end.waiting import stays, wait_for
from tests.end2end.wayland.desk import GUARDED
from tests.end2end.wayland.hands import ALT, CTRL, ESC, P
from tests.end2end.wayland.kwin import SIZE

if TYPE_CHECKING:
    from tests.end2end.wayland.desk import Desk

pytestmark = pytest.mark.kwin

HEADLINE = "We come back"
RC = "config/kglobalshortcutsrc"


def test_portal_gives_the_keys(kwin_desk: Desk) -> None:
    """The doctor names the keys and their kind, and KDE has recorded them under our name."""
    shortcut = _started(kwin_desk)
    assert "Ctrl+Alt+P" in shortcut["why"]
    assert "portal" in shortcut["why"]
    record = kwin_desk.desktop.folder / RC
    wait_for(lambda: record.exists() and "afepause" in record.read_text(), "KDE keeps the keys")
    assert re.search(r"^pause=Ctrl\+Alt\+P,", record.read_text(encoding="utf-8"), re.MULTILINE)


def test_start_opens_no_settings(kwin_desk: Desk) -> None:
    """At a second start the keys are bound again, and System Settings does not open."""
    _started(kwin_desk)
    assert stays(lambda: "systemsettings" not in _log(kwin_desk, "bus"), 2)


def test_keys_call_a_pause_while_another_window_has_the_keyboard(kwin_desk: Desk) -> None:
    """Ctrl+Alt+P shows the window in front, and the other program gets no key."""
    _started(kwin_desk)
    with kwin_desk.other_window() as other:
        kwin_desk.hands.press(CTRL, ALT, P)
        window = kwin_desk.window(limit=3)
        kwin_desk.see(HEADLINE)
        assert kwin_desk.program.state() == "paused"
        assert f"key {ord('P')}" not in other.log.read_text(encoding="utf-8")
        assert stays(kwin_desk.windows, GUARDED)
        assert not kwin_desk.writes(other)
    left, top, width, height = window.place
    assert left >= 0
    assert top >= 0
    assert left + width <= SIZE[0]
    assert top + height <= SIZE[1]


def test_held_keys_call_once_and_flicker_nothing(kwin_desk: Desk) -> None:
    """Keys that are held for a second call one pause, and hide nothing."""
    _started(kwin_desk)
    for key in (CTRL, ALT, P):
        kwin_desk.hands.key(key, down=True)
    kwin_desk.window(limit=3)
    assert stays(kwin_desk.windows, 1)
    for key in (P, ALT, CTRL):
        kwin_desk.hands.key(key, down=False)
    pause = kwin_desk.program.status()["pause"]
    assert (pause["called_by"], pause["extensions"]) == (None, 0)


def test_escape_hides_and_the_keys_show_the_same_pause(kwin_desk: Desk) -> None:
    """Esc hides the window. The keys then show the standing pause."""
    _started(kwin_desk)
    with kwin_desk.other_window() as other:
        kwin_desk.hands.press(CTRL, ALT, P)
        _escape(kwin_desk)
        wait_for(lambda: kwin_desk.writes(other), "keys go where they went before")
        before = kwin_desk.program.status()["pause"]
        time.sleep(1)  # until KDE's portal has reported the release of the keys
        kwin_desk.hands.press(CTRL, ALT, P)
        kwin_desk.see(HEADLINE)
        after = kwin_desk.program.status()["pause"]
    assert {**after, "seconds_left": 0} == {**before, "seconds_left": 0}


def test_covered_pause_comes_to_the_front(kwin_desk: Desk) -> None:
    """A covered window comes to the front with the keyboard, when a person calls for it."""
    _started(kwin_desk)
    kwin_desk.program.ask("pause")
    kwin_desk.see(HEADLINE)
    with kwin_desk.other_window() as other:
        kwin_desk.hands.press(CTRL, ALT, P)
        wait_for(lambda: not kwin_desk.writes(other), "the pause is in front")
        _escape(kwin_desk)


def test_pause_comes_before_a_program_that_fills_the_screen(kwin_desk: Desk) -> None:
    """The pause is in front of a full-screen program, and has the keyboard."""
    _started(kwin_desk)
    with kwin_desk.other_window("full") as other:
        before = kwin_desk.desktop.picture(kwin_desk.desktop.folder / "before.png").read_bytes()
        kwin_desk.hands.press(CTRL, ALT, P)
        kwin_desk.see(HEADLINE)
        wait_for(lambda: not kwin_desk.writes(other), "the pause has the keyboard")
        after = kwin_desk.desktop.picture(kwin_desk.desktop.folder / "after.png").read_bytes()
    assert len(after) > 2 * len(before)  # a picture of the pause is larger than one of a white page


def test_keys_last_over_a_restart(kwin_desk: Desk) -> None:
    """After a restart the keys work again. While SafePause is off, they do nothing."""
    _started(kwin_desk)
    kwin_desk.program.ask("quit")
    wait_for(lambda: not kwin_desk.program.processes(), "SafePause ends")
    kwin_desk.hands.press(CTRL, ALT, P)
    _started(kwin_desk)
    assert kwin_desk.program.state() == "idle"
    kwin_desk.hands.press(CTRL, ALT, P)
    kwin_desk.see(HEADLINE)


def test_return_comes_by_itself(kwin_desk: Desk) -> None:
    """In the fast demo, the return shows the hidden window in front of another one."""
    folder = kwin_desk.desktop.folder / "run"
    kwin_desk.program.start("--demo", "--hidden")
    (socket,) = wait_for(
        lambda: list(folder.glob("safepause-demo-*/socket")), "the demo answers", 20
    )
    demo = Program(kwin_desk.desktop.env, socket.parent, kwin_desk.program.log)
    demo.ask("pause", "--minutes", "20")
    _escape(kwin_desk)
    with kwin_desk.other_window():
        wait_for(lambda: demo.state() == "due", "the promised time comes", 40)
        kwin_desk.see("Time to come back")


def _started(desk: Desk) -> dict[str, Any]:
    """Start SafePause, wait for its keys, and return what the doctor says of them."""
    desk.program.started()

    def keys() -> dict[str, Any]:
        shortcut = desk.program.capabilities()["shortcut"]
        return shortcut if shortcut["available"] else {}

    return wait_for(keys, "KDE's portal gives the keys", 20)


def _escape(desk: Desk) -> None:
    """Press Esc in SafePause's window, as soon as the window takes keys."""
    desk.see(HEADLINE)
    assert stays(desk.windows, GUARDED)
    desk.hands.press(ESC)
    wait_for(lambda: desk.reader.find(HEADLINE) is None, "the pause is hidden")


def _log(desk: Desk, name: str) -> str:
    return desk.desktop.processes[name].log.read_text(encoding="utf-8", errors="replace")
