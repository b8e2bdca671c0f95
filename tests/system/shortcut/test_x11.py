"""Shortcuts on a real X server. xdotool presses the keys, through XTEST."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractEventDispatcher

from safepause.system.shortcut.base import NAME1, PAUSE
from safepause.system.shortcut.x11 import X11Shortcuts
from safepause.system.x11.display import Display, NoDisplay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.system.xserver import XServer

USUAL = {PAUSE: "Ctrl+Alt+P"}
DOWN = ("keydown", "ctrl", "keydown", "alt")
LOCKS = ("Num_Lock", "Caps_Lock")
UP = ("keyup", "alt", "keyup", "ctrl")
F9, F12 = "75", "96"
"""Key codes. With xkb-data 2.48 xdotool presses Alt together with the name of a function key."""


class Desk:
    """Shortcuts on an X server, and xdotool to press its keys."""

    def __init__(self, server: XServer, qtbot: QtBot) -> None:
        """Connect, and bind nothing yet."""
        self.server = server
        self.qtbot = qtbot
        self.shortcuts = X11Shortcuts()
        self.told: list[str] = []
        self.shortcuts.pressed.connect(self.told.append)

    def press(self, *hands: str) -> list[str]:
        """Let xdotool press keys, and return the actions of the shortcuts that were pressed.

        The last key is F12, which is bound, too. When it has arrived, so has every key before it.
        """
        before = len(self.told)
        self.server.hands(*hands, "key", F12)
        self.qtbot.waitUntil(lambda: self.told[before:].count("end") == 1)
        return [what for what in self.told[before:] if what != "end"]

    def bind(self, **wanted: str) -> None:
        """Bind shortcuts, and F12 for the end of `press`."""
        self.shortcuts.bind({**wanted, "end": "F12"})

    def settle(self) -> None:
        """Wait until the keys are grabbed again after a change of the keyboard."""
        self.qtbot.waitUntil(lambda: not self.shortcuts._burst.isActive())  # noqa: SLF001

    def change(self, *layout: str) -> None:
        """Set another layout, and wait until the keys are grabbed again."""
        with self.qtbot.waitSignal(self.shortcuts._burst.timeout):  # noqa: SLF001
            self.server.layout(*layout)


@pytest.fixture
def desk(server: XServer, qtbot: QtBot) -> Iterator[Desk]:
    """Bind Ctrl+Alt+P."""
    rig = Desk(server, qtbot)
    rig.bind(**USUAL)
    yield rig
    rig.shortcuts.close()


@pytest.mark.parametrize(
    "hands",
    [
        ("key", "ctrl+alt+p"),
        ("key", "Num_Lock", "key", "ctrl+alt+p", "key", "Num_Lock"),
        ("key", "Caps_Lock", "key", "ctrl+alt+p", "key", "Caps_Lock"),
        ("key", *LOCKS, "ctrl+alt+p", *LOCKS),
    ],
    ids=["plain", "num lock", "caps lock", "both"],
)
def test_keys_call_whatever_is_locked(desk: Desk, hands: tuple[str, ...]) -> None:
    """The keys call once, with Num Lock and Caps Lock on or off."""
    assert desk.press(*hands) == [PAUSE]


def test_other_keys_call_nothing(desk: Desk) -> None:
    """Fewer modifiers, more modifiers, or another key are no call."""
    assert desk.press("key", "ctrl+p", "key", "ctrl+alt+shift+p", "key", "ctrl+alt+o") == []


def test_a_held_key_calls_once(desk: Desk) -> None:
    """The repeats of a held key are no calls. The next press is a call."""
    held = (*DOWN, "keydown", "p", "sleep", "1", "keyup", "p", *UP)
    assert desk.press(*held) == [PAUSE]
    assert desk.press("key", "ctrl+alt+p", "key", "ctrl+alt+p") == [PAUSE, PAUSE]


def test_each_shortcut_has_its_action(desk: Desk) -> None:
    """Each partner may have keys. Keys that are bound no longer call nothing."""
    desk.bind(name1="Meta+Shift+F9")
    assert desk.press("key", f"super+shift+{F9}", "key", "ctrl+alt+p") == [NAME1]
    assert desk.shortcuts.shown(NAME1) == "Meta+Shift+F9"
    assert desk.shortcuts.shown(PAUSE) == ""


def test_a_layout_without_latin_letters(desk: Desk) -> None:
    """With a Russian layout the key is the one at the place of P, also beside a Latin layout."""
    desk.change("ru")
    assert desk.press(*DOWN, "key", "33", *UP) == [PAUSE]
    desk.change("ru,us")
    assert desk.press(*DOWN, "key", "33", *UP) == [PAUSE]


def test_a_layout_with_other_places(desk: Desk) -> None:
    """The key that types A calls, wherever the layout has it, and after each change."""
    desk.bind(pause="Ctrl+Alt+A")
    assert desk.press(*DOWN, "key", "38", *UP) == [PAUSE]
    desk.change("fr")
    assert desk.press(*DOWN, "key", "38", "key", "24", *UP) == [PAUSE]
    desk.change("us")
    assert desk.press(*DOWN, "key", "24", "key", "38", *UP) == [PAUSE]


def test_the_layout_in_use_decides(desk: Desk) -> None:
    """Of two layouts the one in use says which key types A."""
    desk.bind(pause="Ctrl+Alt+A")
    desk.change("us,fr", "-option", "grp:menu_toggle")
    assert desk.press(*DOWN, "key", "24", *UP) == []
    with desk.qtbot.waitSignal(desk.shortcuts._burst.timeout):  # noqa: SLF001
        desk.server.hands("key", "135")
    assert desk.press(*DOWN, "key", "38", "key", "24", *UP) == [PAUSE]


def test_keys_of_another_program(desk: Desk, qtbot: QtBot) -> None:
    """Keys that another program has grabbed are a problem, until that program ends its grab."""
    other = X11Shortcuts()
    other.bind({**USUAL, NAME1: "Ctrl+Alt+O"})
    assert "Another program" in other.problem(PAUSE)
    assert other.shown(PAUSE) == ""
    assert other.shown(NAME1) == "Ctrl+Alt+O"
    capability = other.capability()
    assert capability.available
    assert "Ctrl+Alt+O" in capability.why
    assert "Another program" in capability.advice
    assert desk.press("key", "ctrl+alt+p") == [PAUSE]
    desk.shortcuts.bind({})
    with qtbot.waitSignal(other.changed):
        other.bind(USUAL)
    assert other.problem(PAUSE) == ""
    other.close()


def test_a_missing_key(desk: Desk) -> None:
    """A key that the keyboard lacks is a problem. So is a text that is no combination."""
    desk.change("fr")
    desk.bind(pause="Ctrl+Alt+[", name1="nonsense")
    assert "no such key" in desk.shortcuts.problem(PAUSE)
    assert "can't be used" in desk.shortcuts.problem(NAME1)


def test_no_keys_wanted(desk: Desk) -> None:
    """Empty texts bind nothing. That is no problem, but no shortcut is available."""
    desk.shortcuts.bind({PAUSE: "", NAME1: ""})
    assert not desk.shortcuts.capability().available
    assert desk.shortcuts.problem(PAUSE) == ""


def test_nothing_runs_at_rest(desk: Desk) -> None:
    """No timer runs while the program waits for a key."""
    desk.settle()
    timers = QAbstractEventDispatcher.instance().registeredTimers(desk.shortcuts)
    assert [*timers] == []
    assert not desk.shortcuts._burst.isActive()  # noqa: SLF001


def test_a_key_event_of_another_program(desk: Desk) -> None:
    """A key event that another program sends is no call."""
    script = (
        "from ctypes import *; x=CDLL('libX11.so.6'); x.XOpenDisplay.restype=c_void_p;"
        "d=c_void_p(x.XOpenDisplay(None)); e=(c_int*48)(); e[0]=2; e[20]=12; e[21]=33;"
        "x.XDefaultRootWindow.restype=c_ulong;"
        "x.XSendEvent(d,c_ulong(x.XDefaultRootWindow(d)),0,c_long(1),byref(e)); x.XSync(d,0)"
    )
    desk.server.run("python3", "-c", script)
    assert desk.press() == []


def test_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """If no X server answers, connecting raises an exception with the reason."""
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(NoDisplay, match="no X server"):
        Display()


def test_closing_twice(desk: Desk) -> None:
    """Closed shortcuts can be closed and bound again without harm, and leave keys to others."""
    desk.shortcuts.close()
    desk.shortcuts.close()
    desk.shortcuts.bind(USUAL)
    other = X11Shortcuts()
    other.bind(USUAL)
    assert other.shown(PAUSE) == "Ctrl+Alt+P"
    other.close()
