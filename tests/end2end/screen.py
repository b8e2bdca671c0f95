"""An X screen: its windows and pictures, the pointer and the keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.end2end.waiting import patience, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_READ = """
from PySide6.QtGui import QClipboard, QGuiApplication
app = QGuiApplication([])
print(QGuiApplication.clipboard().text(QClipboard.Mode.{mode}))
"""


@dataclass(frozen=True)
class Window:
    """A window that the window manager knows. Sizes and places are without the frame, in pixels."""

    number: str
    pid: int
    title: str
    kind: str
    """Its WM_CLASS."""

    def __str__(self) -> str:
        """Name the window in a failed test."""
        return f"{self.title!r} of {self.pid}"


class Screen:
    """An X screen. xdotool makes the input, and xprop reads the properties."""

    def __init__(self, env: Mapping[str, str]) -> None:
        """Use the display that `env` names."""
        self._env = dict(env)

    def windows(self, pid: int | None = None) -> list[Window]:
        """Return the visible windows, the uppermost last, of one process if `pid` is given."""
        listed = self._out("xprop", "-root", "_NET_CLIENT_LIST_STACKING")
        if "# 0x" not in listed:  # xfwm4 lists the order only if there are two windows or more
            listed = self._out("xprop", "-root", "_NET_CLIENT_LIST")
        found = [self._window(number) for number in re.findall(r"0x[0-9a-f]+", listed)]
        return [each for each in found if each is not None and pid in (None, each.pid)]

    def active(self) -> str:
        """Return the number of the window with the keyboard, or an empty text."""
        match = re.search(r"# (0x[0-9a-f]+)", self._out("xprop", "-root", "_NET_ACTIVE_WINDOW"))
        return match[1] if match else ""

    def title(self, number: str) -> str:
        """Return the title of a window, from the old property that all programs set."""
        match = re.search(r'WM_NAME\([A-Z_0-9]+\) = "(.*)"', self._out("xprop", "-id", number))
        return match[1] if match else ""

    def has_window_manager(self) -> bool:
        """Tell whether the screen has a window manager, which shows its first desktop."""
        said = self._out("xprop", "-root", "_NET_SUPPORTING_WM_CHECK", "_NET_CURRENT_DESKTOP")
        return "# 0x" in said and "CARDINAL) = 0" in said

    def tree(self) -> str:
        """Return xwininfo's text about all windows, invisible ones included."""
        return self._out("xwininfo", "-root", "-tree", "-all")

    def place(self, window: Window) -> tuple[int, int, int, int]:
        """Return a window's left, top, width and height on the screen."""
        return self._area(window.number)

    def popups(self, kind: str) -> list[tuple[int, int, int, int]]:
        """Return the places of a program's visible windows, by its WM_CLASS, in a list or not."""
        numbers = self._out("xdotool", "search", "--onlyvisible", "--class", kind).split()
        return [self._area(number) for number in numbers]

    def _area(self, number: str) -> tuple[int, int, int, int]:
        said = self._out("xwininfo", "-id", number)
        keys = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        found = [re.search(rf"{key}:\s+(-?\d+)", said) for key in keys]
        left, top, width, height = (int(match[1]) if match else 0 for match in found)
        return left, top, width, height

    def frame(self, window: Window) -> tuple[int, int, int, int]:
        """Return the widths of a window's frame: left, right, top and bottom, in pixels."""
        said = self._out("xprop", "-id", window.number, "_NET_FRAME_EXTENTS")
        left, right, top, bottom = re.findall(r"\d+", said.partition("=")[2]) or [0] * 4
        return int(left), int(right), int(top), int(bottom)

    def viewable(self, window: Window) -> bool:
        """Tell whether a window is mapped, on the desktop that is shown."""
        return "Map State: IsViewable" in self._out("xwininfo", "-id", window.number)

    def minimise(self, window: Window) -> None:
        """Minimise a window."""
        self._out("xdotool", "windowminimize", window.number)

    def run(self, *command: str) -> None:
        """Run a program on this screen until it ends."""
        self._out(*command)

    def state(self, window: Window) -> str:
        """Return a window's state as the window manager has it, such as "ABOVE"."""
        return self._out("xprop", "-id", window.number, "_NET_WM_STATE")

    def properties(self, window: Window, *names: str) -> str:
        """Return a window's properties, as xprop prints them."""
        return self._out("xprop", "-id", window.number, *names)

    def fill(self, number: str) -> None:
        """Make a window fill the whole screen, without a frame, as a film does.

        The window manager deletes two properties of a hidden window, WM_STATE as the last one.
        """
        self._out("xdotool", "windowunmap", "--sync", number)
        withdrawn = "WM_STATE:  not found."
        wait_for(lambda: withdrawn in self._out("xprop", "-id", number, "WM_STATE"), "it went")
        state = ["-f", "_NET_WM_STATE", "32a", "-set", "_NET_WM_STATE"]
        self._out("xprop", "-id", number, *state, "_NET_WM_STATE_FULLSCREEN")
        self._out("xdotool", "windowmap", "--sync", number, "windowactivate", "--sync", number)

    def move(self, x: int, y: int) -> None:
        """Move the pointer to a place."""
        self._out("xdotool", "mousemove", str(x), str(y))

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place: 1 is the left button, 2 the middle one, 3 the right one."""
        self._out("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def type(self, text: str) -> None:
        """Type a text quickly."""
        self._out("xdotool", "type", "--delay", "5", text)

    def key(self, *names: str) -> None:
        """Press keys one after the other, by their X names."""
        self._out("xdotool", "key", *names)

    def mark(self, x: int, y: int) -> None:
        """Mark the word at a place with a double click, so that a middle click can paste it."""
        self._out("xdotool", "mousemove", str(x), str(y), "click", "--repeat", "2", "1")

    def marked(self) -> str:
        """Return the text that a middle click would paste into any program."""
        return self._out(sys.executable, "-c", _READ.format(mode="Selection")).strip()

    def copied(self) -> str:
        """Return the text that Ctrl+V would paste into any program."""
        return self._out(sys.executable, "-c", _READ.format(mode="Clipboard")).strip()

    def click_and_type(self, x: int, y: int, *names: str) -> None:
        """Click, and press keys without a pause in between."""
        hands = ["mousemove", str(x), str(y), "click", "1", "key", "--delay", "20", *names]
        self._out("xdotool", *hands)

    def click_and_click(self, first: tuple[int, int], then: tuple[int, int], pause: float) -> None:
        """Click at two places, `pause` seconds apart."""
        start, end = [str(at) for at in first], [str(at) for at in then]
        hands = ["mousemove", *start, "click", "1", "sleep", f"{pause:.3f}"]
        self._out("xdotool", *hands, "mousemove", *end, "click", "1")

    def picture(self, path: Path) -> Path:
        """Save a picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._out("import", "-silent", "-window", "root", str(path))
        return path

    def colours(self, left: int, top: int, width: int, height: int) -> int:
        """Return the number of colours in a part of the screen."""
        area = f"{width}x{height}+{left}+{top}"
        command = ("import", "-silent", "-window", "root", "-crop", area, "-depth", "8", "rgb:-")
        data = subprocess.run(command, env=self._env, check=True, capture_output=True).stdout
        return len({data[at : at + 3] for at in range(0, len(data), 3)})

    def _window(self, number: str) -> Window | None:
        said = self._out("xprop", "-id", number, "WM_CLASS", "_NET_WM_NAME", "_NET_WM_PID")
        pid = re.search(r"_NET_WM_PID\(CARDINAL\) = (\d+)", said)
        if pid is None:
            return None
        title = re.search(r'_NET_WM_NAME\(UTF8_STRING\) = "(.*)"', said)
        kind = re.search(r'WM_CLASS\(STRING\) = "(.*)"', said)
        return Window(number, int(pid[1]), title[1] if title else "", kind[1] if kind else "")

    def _out(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self._env, check=False, capture_output=True, timeout=patience(20)
        )
        return done.stdout.decode("utf-8", "replace")
