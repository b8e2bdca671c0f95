"""The window managers of X11 that the tests run SafePause with, each with several desktops."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_I3 = """# i3 config file (v4)
font pango:DejaVu Sans 10
workspace 1
"""


_KWIN = """[Desktops]
Number=4
Rows=1
[Compositing]
Enabled=false
"""


_FOLLOW_MOUSE = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfwm4" version="1.0">
  <property name="general" type="empty">
    <property name="click_to_focus" type="bool" value="false"/>
  </property>
</channel>
"""


@dataclass(frozen=True)
class Manager:
    """A window manager: its program with arguments, and a file for its folder of settings."""

    program: str
    arguments: tuple[str, ...] = ()
    file: str = ""
    contents: str = ""

    def __str__(self) -> str:
        """Name the window manager in the output of the tests."""
        return self.program

    @property
    def missing(self) -> str:
        """What this machine lacks for it, or an empty text."""
        return "" if shutil.which(self.program) else f"not installed: {self.program}"

    def command(self, config: Path) -> list[str]:
        """Write the file of settings, and return the command that starts the window manager."""
        if self.file:
            file = config / self.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.contents, encoding="utf-8")
        return [self.program, *self.arguments]

    def turn_to(self, desktop: int) -> list[str]:
        """Return the command that shows another desktop. i3 makes a desktop when it is shown."""
        if self.program == "i3":
            return ["i3-msg", f"workspace number {desktop + 1}"]
        return ["xdotool", "set_desktop", str(desktop)]


OPENBOX = Manager("openbox")
I3 = Manager("i3", (), "i3/config", _I3)
ICEWM = Manager("icewm")
METACITY = Manager("metacity", ("--no-composite",))
XFWM4 = Manager("xfwm4", ("--compositor=off",))
XFWM4_FOLLOWS_MOUSE = Manager(
    "xfwm4",
    ("--compositor=off",),
    "xfce4/xfconf/xfce-perchannel-xml/xfwm4.xml",
    _FOLLOW_MOUSE,
)
KWIN = Manager("kwin_x11", (), "kwinrc", _KWIN)
MANAGERS = (OPENBOX, I3, ICEWM, METACITY, XFWM4)
"""Those that `make test` brings. `make test-kwin` brings KWin, too."""
