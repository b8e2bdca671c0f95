"""Desktops on X11, on a virtual screen: their panels, window managers and notifications."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from jeepney import DBusAddress

from tests.desktops.desk import RealDesk
from tests.desktops.gnome import LABELLED
from tests.end2end.screen import Screen
from tests.end2end.waiting import listens, wait_for
from tests.end2end.wayland.desk import ready_lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack

NOTIFICATIONS = "org.freedesktop.Notifications"
_LXQT_PANEL = """[General]
__userfile__=true

[panel1]
position=Bottom
panelSize=32
iconSize=22
plugins=desktopswitch,taskbar,statusnotifier

[desktopswitch]
type=desktopswitch

[taskbar]
type=taskbar

[statusnotifier]
type=statusnotifier
"""
"""A panel with a tray and without a clock. A panel without settings has no tray here."""
_CINNAMON = DBusAddress("/org/Cinnamon", "org.Cinnamon", "org.Cinnamon")
_AT_REST = "".join(f"TaskBarShow{part}=0\n" for part in ("Clock", "CPUStatus", "NetStatus"))
"""Settings of IceWM without what moves every second, so that pictures can be compared."""
_CLOSES, _OPENS_MENU = "mouse_right_click = close_all", "mouse_right_click = context"
"""What a click of the right button does in dunst: with Debian's settings, and here."""
_DISPLAY = 77
"""Free for sure: inside a Debian, nothing else runs."""


class X11Desk(RealDesk):
    """A desktop on X11. xdotool is its hands."""

    NOTIFIER: ClassVar[str] = "notif"
    """A part of the name of the program that shows notifications."""

    def _variables(self) -> Mapping[str, str]:
        return {"DISPLAY": f":{_DISPLAY}"}

    def _before_the_bus(self, stack: ExitStack) -> None:
        options = ["-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
        self._start("xvfb", ["Xvfb", f":{_DISPLAY}", *options], stack)
        socket = Path(f"/tmp/.X11-unix/X{_DISPLAY}")  # noqa: S108 -- where X servers listen
        wait_for(lambda: listens(socket), "the X server stands")
        self.screen = Screen(self.env)

    def save_picture(self, path: Path) -> None:
        """Save a picture of the whole screen."""
        self.screen.picture(path)

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self.screen.move(x, y)

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Click at a place."""
        for _ in range(times):
            self.screen.click(x, y, button)

    def press(self, keys: str) -> None:
        """Press keys together."""
        self.screen.key(keys)

    def choose_window(self, title: str) -> None:
        """Choose a window as in the task bar: MATE and Cinnamon keep a new one behind the pause."""
        self.run("xdotool", "search", "--name", f"^{title}$", "windowactivate")

    def press_notification(self, words: str) -> None:
        """Click a button in the notification, where a screen reader says that it is."""
        if (found := self.reader.find(words, self.NOTIFIER, "button")) is not None:
            self._press(*found.middle)

    def _wait_for_window(self, kind: str) -> None:
        """Wait until there is a window of this class."""
        look = ("xdotool", "search", "--class", kind)
        wait_for(lambda: self.run(*look).strip(), f"a window of {kind} is there", 30)


class WithDunst(X11Desk):
    """A window manager with dunst for notifications. Their buttons are lines of a menu."""

    AUTOSTARTS = False
    BUTTONS = "a line of the menu that a click on the notification opens"

    def _start_dunst(self, stack: ExitStack) -> None:
        folder = self.folder / "config/dunst"
        folder.mkdir(exist_ok=True)
        own = Path("/etc/xdg/dunst/dunstrc").read_text(encoding="utf-8")
        assert _CLOSES in own, "Debian's settings of dunst have changed"
        (folder / "dunstrc").write_text(own.replace(_CLOSES, _OPENS_MENU), encoding="utf-8")
        self._start("dunst", ["dunst"], stack)
        self.owned(NOTIFICATIONS)

    def press_notification(self, words: str) -> None:
        """Open the menu of the notification with a click, and choose the line with these words."""
        left, top, width, height = self._window("Dunst")
        self.click(left + width // 2, top + height // 2, 3)
        self._window("dmenu")
        self.picture("notification-menu")
        self.run("xdotool", "type", "--delay", "30", words)
        self.press("Return")

    def _window(self, kind: str) -> tuple[int, ...]:
        """Wait for a visible window of this class, and return its place and size."""

        def look() -> tuple[int, ...] | None:
            found = self.run("xdotool", "search", "--onlyvisible", "--class", kind).split()
            told = self.run("xdotool", "getwindowgeometry", "--shell", found[-1]) if found else ""
            numbers = re.findall(r"^(?:X|Y|WIDTH|HEIGHT)=(\d+)$", told, re.MULTILINE)
            return tuple(map(int, numbers)) or None

        return wait_for(look, f"a window of {kind} is seen")


class I3(WithDunst):
    """i3 with Debian's own settings, and the lines of docs/desktops.md."""

    DESKTOP = "i3"

    def _start_desktop(self, stack: ExitStack) -> None:
        config = self.folder / "config/i3/config"
        if not config.exists():
            config.parent.mkdir()
            own = Path("/etc/i3/config").read_text(encoding="utf-8")
            config.write_text(own + ready_lines("# ~/.config/i3/config"), encoding="utf-8")
        self._start("wm", ["i3", "-c", str(config)], stack)
        self._start_dunst(stack)
        self._wait_for_window("i3bar")

    def log_in_again(self, line: str) -> str:
        """Put the doctor's line into the settings of i3, and log out and in."""
        self.log_out()
        with (self.folder / "config/i3/config").open("a", encoding="utf-8") as config:
            config.write(f"\n{line}\n")
        self.log_in()
        return "the doctor's line in the settings of i3"


class IceWM(WithDunst):
    """IceWM with its own taskbar."""

    DESKTOP = "ICEWM"

    def _start_desktop(self, stack: ExitStack) -> None:
        settings = self.folder / "home/.icewm/preferences"
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(_AT_REST, encoding="utf-8")
        self._start("wm", ["icewm-session"], stack)
        self._start_dunst(stack)
        self._wait_for_window("icewm")

    def log_in_again(self, line: str) -> str:
        """Put the doctor's line into the start file of IceWM, and log out and in."""
        self.log_out()
        start = self.folder / "home/.icewm/startup"
        start.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        start.chmod(0o755)
        self.log_in()
        return "the doctor's line in ~/.icewm/startup"


class Mate(X11Desk):
    """MATE, started by its session manager."""

    DESKTOP = "MATE"
    PANEL = slice(0, 24)

    def _start_desktop(self, stack: ExitStack) -> None:
        self._start("session", ["mate-session"], stack)
        self._wait_for_window("mate-panel")

    def make_dark(self) -> str:
        """Choose a dark theme for the controls."""
        self.setting("org.mate.interface", "gtk-theme", "Adwaita-dark")
        return "the theme of the controls"

    def log_in_again(self, line: str) -> str:
        """Log out and in."""
        del line
        self.log_out()
        self.log_in()
        return "MATE's session manager"


class Lxqt(X11Desk):
    """LXQt, started by its session manager."""

    DESKTOP = "LXQt"

    def _start_desktop(self, stack: ExitStack) -> None:
        folder = self.folder / "config/lxqt"
        folder.mkdir(exist_ok=True)
        (folder / "panel.conf").write_text(_LXQT_PANEL, encoding="utf-8")
        (folder / "session.conf").write_text(
            "[General]\n__userfile__=true\nwindow_manager=openbox\n", encoding="utf-8"
        )
        self._start("session", ["lxqt-session"], stack)
        self.owned("org.kde.StatusNotifierWatcher")

    def log_in_again(self, line: str) -> str:
        """Log out and in."""
        del line
        self.log_out()
        self.log_in()
        return "LXQt's session manager"


class Cinnamon(X11Desk):
    """Cinnamon."""

    DESKTOP = "X-Cinnamon"

    def _start_desktop(self, stack: ExitStack) -> None:
        self._start("shell", ["cinnamon", "--replace"], stack)
        self.owned("org.Cinnamon", 40)
        self._wait_for_window("cinnamon")
        self._start("settings", ["csd-xsettings"], stack)

    def press_notification(self, words: str) -> None:
        """Click a button where Cinnamon says that it is: it draws notifications itself."""
        script = LABELLED % ("Main.uiGroup", json.dumps(words))
        done, said = self.caller.call(_CINNAMON, "Eval", "s", script)
        assert done, said
        if (place := json.loads(said) if said else None) is not None:
            self._press(*place)

    def log_in_again(self, line: str) -> str:
        """Start the session manager of Cinnamon beside the running shell: it starts the files."""
        del line
        self.log_out()
        self.log_in()
        self._start("session", ["cinnamon-session"])
        return "Cinnamon's session manager"

    def make_dark(self) -> str:
        """Choose a dark theme for the controls."""
        self.setting("org.cinnamon.desktop.interface", "gtk-theme", "Adwaita-dark")
        self.setting("org.x.apps.portal", "color-scheme", "prefer-dark")
        return "the theme of the controls"
