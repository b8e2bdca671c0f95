"""labwc, a compositor with wlroots, with waybar for the tray, and SwayNotificationCenter."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.desktops.desk import EVDEV, RealDesk
from tests.end2end.bus import WATCHER
from tests.end2end.waiting import listens, wait_for
from tests.end2end.wayland.desk import ready_lines
from tests.end2end.wayland.hands import LEFT, MIDDLE, RIGHT, WlrootsHands

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack
    from pathlib import Path

_SIZE = (1280, 720)
_BAR = """{ "layer": "top", "height": %d, "modules-right": ["tray"], "tray": {"icon-size": 20} }"""
_BAR_HEIGHT = 30
_RULES = """<labwc_config>
<keyboard><default/>{lines}</keyboard>
<mouse><default/></mouse>
</labwc_config>
"""
_BUTTONS = {1: LEFT, 2: MIDDLE, 3: RIGHT}


class Labwc(RealDesk):
    """labwc with the lines of docs/desktops.md."""

    DESKTOP = "labwc:wlroots"
    TYPE = "wayland"
    PANEL = slice(0, 40)
    KEYS_BY_PROGRAM = False
    LETTERS_GO_ON = False
    AUTOSTARTS = False

    def _variables(self) -> Mapping[str, str]:
        return {"WAYLAND_DISPLAY": "wayland-0"}

    def _start_desktop(self, stack: ExitStack) -> None:
        config = self.folder / "config"
        for name in ("labwc", "waybar"):
            (config / name).mkdir(exist_ok=True)
        lines = ready_lines("<!-- ~/.config/labwc/rc.xml -->")
        (config / "labwc/rc.xml").write_text(_RULES.format(lines=lines), encoding="utf-8")
        (config / "waybar/config").write_text(_BAR % _BAR_HEIGHT, encoding="utf-8")
        headless = {
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
        }
        told, self.env = self.env, {**self.env, **headless}
        del self.env["WAYLAND_DISPLAY"]
        self._start("labwc", ["labwc"], stack)
        self.env = told
        socket = self.folder / "run/wayland-0"
        wait_for(lambda: listens(socket), "the compositor stands", 20)
        self._hands = WlrootsHands(socket, _SIZE)
        stack.callback(self._hands.close)
        self._start("notifications", ["swaync"], stack)
        self._start("bar", ["waybar"], stack)
        self.owned(WATCHER)
        self.owned("org.freedesktop.Notifications")

    def save_picture(self, path: Path) -> None:
        """Save a picture of the whole screen."""
        subprocess.run(["grim", str(path)], env=self.env, check=True, timeout=20)

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._hands.move(x, y)

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Click at a place."""
        for _ in range(times):
            self._hands.click(x, y, _BUTTONS[button])

    def press(self, keys: str) -> None:
        """Press keys together."""
        self._hands.press(*(EVDEV[key] for key in keys.split("+")))

    def empty_place(self) -> tuple[int, int]:
        """Return a place where nothing is."""
        return 640, 700

    def choose_first(self) -> None:
        """Click the first line of the menu. waybar gives its menus no keys."""
        lines = (each for each in self.reader.things("waybar") if each.kind == "menu item")
        self.click(*next(lines).middle)

    def bind_keys(self) -> str:
        """The lines of the guide are in the settings from the start."""
        return "by the guide's line in the settings of labwc"

    def press_notification(self, words: str) -> None:
        """Click a button. The daemon's window is at the upper right, below the bar."""
        things = list(self.reader.things("swaync"))
        frames = [each for each in things if each.kind == "frame"]
        buttons = [each for each in things if words in each.name and "button" in each.kind]
        if frames and buttons:
            x, y = buttons[0].middle
            self._press(_SIZE[0] - frames[0].width + x, _BAR_HEIGHT + y)

    def log_in_again(self, line: str) -> str:
        """Put the doctor's line into the start file of labwc, and log out and in."""
        self.log_out()
        start = self.folder / "config/labwc/autostart"
        start.write_text(f"{line}\n", encoding="utf-8")
        self.log_in()
        return "the doctor's line in ~/.config/labwc/autostart"
