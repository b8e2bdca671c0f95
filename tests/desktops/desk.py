"""A real desktop, as a session of its own: what all of them share, and what each has to offer.

A subclass starts the desktop's own programs, and is its eyes and hands. A person's keys are named
as xdotool names them: "ctrl+alt+p", "Return", "b".
"""

from __future__ import annotations

import shutil
import subprocess
import time
from abc import abstractmethod
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from tests.desktops.autostart import units_of_systemd
from tests.desktops.picture import Picture
from tests.desktops.pythons import OUT, PROGRAM
from tests.end2end.reader import Reader
from tests.end2end.session import Session
from tests.end2end.waiting import patience, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.desktops.picture import Place

_SERVICES = Path("/usr/share/dbus-1/services")
EVDEV = {
    **dict(zip("qwertyuiop", range(16, 26), strict=True)),
    **dict(zip("asdfghjkl", range(30, 39), strict=True)),
    **dict(zip("zxcvbnm", range(44, 51), strict=True)),
    "Escape": 1,
    "Return": 28,
    "space": 57,
    "ctrl": 29,
    "alt": 56,
    "Down": 108,
    "super": 125,
}
"""The keys by their place on the keyboard, as the kernel counts them."""


class RealDesk(Session):
    """A desktop that runs during its `with` block. Its system bus is its session bus."""

    DESKTOP: ClassVar[str]
    """As in XDG_CURRENT_DESKTOP."""
    TYPE: ClassVar[str] = "x11"
    CLICKS: ClassVar[int] = 1
    """How many clicks on the icon call a pause."""
    MENU_BUTTON: ClassVar[int] = 3
    """The mouse button that opens the icon's menu."""
    PANEL: ClassVar[slice] = slice(-64, None)
    """The lines of the screen that have the panel."""
    KEYS_BY_PROGRAM: ClassVar[bool] = True
    """Whether the program gets its keys itself, without a line in the settings of the desktop."""
    LETTERS_GO_ON: ClassVar[bool] = True
    """Whether a window can come to the front and leave the keyboard to another one."""
    BUTTONS: ClassVar[str] = "a click on it"
    """How a button of a notification is pressed."""
    AUTOSTARTS: ClassVar[bool] = True
    """Whether the desktop starts what is in the autostart folder."""

    def _build(self, stack: ExitStack) -> None:
        self._lay_out(
            {
                "XDG_SESSION_TYPE": self.TYPE,
                "XDG_CURRENT_DESKTOP": self.DESKTOP,
                "XDG_SESSION_DESKTOP": self.DESKTOP,
                "DESKTOP_SESSION": self.DESKTOP.lower(),
                "GSETTINGS_BACKEND": "keyfile",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                "LIBGL_ALWAYS_SOFTWARE": "1",
                "PATH": f"{PROGRAM}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/usr/games",
                **self._variables(),
            }
        )
        self._before_the_bus(stack)
        self._start_bus(stack, sorted(path.stem for path in _SERVICES.glob("*.service")))
        self._watch_bus(stack)
        self._login = ExitStack()
        stack.callback(self.log_out)
        stack.callback(self._keep_logs)
        self.log_in()

    def _keep_logs(self) -> None:
        """Keep all logs of this session, whatever has ended it."""
        for log in self.folder.glob("*.log"):
            shutil.copy(log, Path(OUT) / log.name)

    def log_in(self) -> None:
        """Start the desktop's programs, and wait until they are ready."""
        self._start_desktop(self._login)

    def log_out(self) -> None:
        """End the desktop's programs. The settings and the bus stay."""
        self._login.close()
        self._login = ExitStack()

    def _variables(self) -> Mapping[str, str]:
        """Return more variables for this desktop."""
        return {}

    def _before_the_bus(self, stack: ExitStack) -> None:
        """Start what services of the bus need to know of, such as the display."""

    @abstractmethod
    def _start_desktop(self, stack: ExitStack) -> None:
        """Start the desktop's programs."""

    @abstractmethod
    def save_picture(self, path: Path) -> None:
        """Save a picture of the whole screen."""

    @abstractmethod
    def move(self, x: int, y: int) -> None:
        """Move the pointer."""

    @abstractmethod
    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Click at a place: 1 is the left button, 2 the middle one, 3 the right one."""

    @abstractmethod
    def press(self, keys: str) -> None:
        """Press keys together, such as "ctrl+alt+p"."""

    def make_dark(self) -> str:
        """Choose the dark style in the settings of the desktop, and say in which.

        Raises:
            ImpossibleError: Qt is told of no style of this desktop.

        """
        raise ImpossibleError("Qt knows no style of this desktop.")

    @abstractmethod
    def press_notification(self, words: str) -> None:
        """Click the button of the return's notification with these words, if it is seen by now."""

    def _press(self, x: int, y: int) -> None:
        """Click a button of a notification; a picture with it is kept."""
        self.picture("notification")
        self.click(x, y)

    def log_in_again(self, line: str) -> str:
        """Log out and in, and say what starts programs at a login.

        `line` is what the doctor has said for desktops that start no programs by themselves.
        """
        del line
        self.log_out()
        self.log_in()
        commands = units_of_systemd(self.env, self.folder)
        for command in commands:
            self._start("autostart", command)
        return "a unit that systemd makes of the autostart file"

    @cached_property
    def reader(self) -> Reader:
        """The screen reader of this desktop."""
        made = Reader(self.caller, self.place.locale)
        self._stack.callback(made.close)
        return made

    def bind_keys(self) -> str:
        """Bring about that Ctrl+Alt+P calls a pause, as docs/desktops.md says; say how."""
        return "by themselves"

    def open_overview(self) -> None:
        """Open the overview of all windows.

        Raises:
            ImpossibleError: the desktop has none.

        """
        raise ImpossibleError("it has no overview of windows with the icon in it")

    def choose_window(self, title: str) -> None:
        """Bring a new window to the front, as a person does who has opened it.

        On Wayland it comes there by itself.
        """

    def empty_place(self) -> tuple[int, int]:
        """Return a place where nothing is."""
        return 640, 700

    def leave(self) -> None:
        """Move the pointer to an empty place."""
        self.move(*self.empty_place())

    def picture(self, name: str) -> Picture:
        """Take a picture, and keep it among the pictures of this desktop."""
        path = Path(OUT) / f"{name}.png"
        self.save_picture(path)
        return Picture(path)

    def icon(self, before: Picture, name: str) -> Place | None:
        """Return where the icon is that was not there before, or None."""
        return self.picture(name).icon(before, self.PANEL)

    def settled(self, name: str) -> Picture:
        """Wait until something is drawn, and stays for a second; return the screen's picture."""

        def look() -> Picture | None:
            first = self.picture(name)
            time.sleep(patience(1))
            second = self.picture(name)
            return second if second.same(first) and not second.plain else None

        return wait_for(look, "the desktop has come to rest", 40)

    def menu_shown(self, before: Picture) -> bool:
        """Tell whether a menu is on the screen that was not there before."""
        place = self.picture("menu").changed(before)
        return place is not None and place.width > 80 and place.height > 80

    def choose_first(self) -> None:
        """Choose the first line of the open menu."""
        self.press("Down")
        time.sleep(0.2)  # menus take the next key after they have moved
        self.press("Return")

    def run(self, *command: str) -> str:
        """Run a program of the desktop, and return its output."""
        done = subprocess.run(
            command, env=self.env, check=False, capture_output=True, text=True, timeout=60
        )
        return done.stdout

    def setting(self, schema: str, key: str, value: str) -> None:
        """Change a setting of GSettings."""
        self.run("gsettings", "set", schema, key, value)

    def owned(self, name: str, limit: float = 30) -> None:
        """Wait until a program owns `name` on the bus."""
        wait_for(lambda: self.caller.has_owner(name), f"{name} is on the bus", limit)


class ImpossibleError(Exception):
    """The desktop does not offer what a check needs. The text says why."""
