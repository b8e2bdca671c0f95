"""A real desktop without a screen: X server, message bus, window manager, panel, notifications.

All parts are private: a free display number, a bus that starts only the services listed here, and
its own folders. `Desktop` is a context manager. session.py has the parts that it shares with the
Wayland desktops. Nothing here depends on SafePause.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.end2end.bus import NOTIFICATIONS, WATCHER
from tests.end2end.managers import OPENBOX, Manager
from tests.end2end.screen import Screen
from tests.end2end.session import BUSES, Session
from tests.end2end.waiting import Process, wait_for

if TYPE_CHECKING:
    from contextlib import ExitStack

    from tests.end2end.place import Place

SIZE = (1280, 800)
ICON = (16, 16)
"""Where the panel, along the upper edge, shows the first tray icon: its middle, in pixels."""
SERVICES = ("org.xfce.Xfconf", "org.a11y.Bus")

_PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
"""
_NOTIFYD = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-notifyd" version="1.0">
  <property name="do-fadeout" type="bool" value="false"/>
  <property name="do-slideout" type="bool" value="false"/>
  <property name="initial-opacity" type="double" value="1.0"/>
  <property name="expire-timeout" type="int" value="60"/>
  <property name="notification-log" type="bool" value="false"/>
</channel>
"""


@dataclass(frozen=True)
class Parts:
    """The parts of a desktop."""

    panel: bool = True
    notifications: bool = True
    bus: bool = True
    """Whether programs are told of the bus; the desktop itself has one in any case."""
    reader: bool = True
    """Whether programs describe their windows, as to a screen reader: how tests find a button."""
    dark: bool = False
    """Whether the person has chosen dark colours for everything."""
    manager: Manager = OPENBOX


class Desktop(Session):
    """A desktop that runs during its `with` block."""

    def __init__(self, parts: Parts | None = None, place: Place | None = None) -> None:
        """Take the parts and the place. The default has all parts."""
        super().__init__(place)
        self.parts = parts or Parts()

    def _build(self, stack: ExitStack) -> None:
        self._lay_out(_environment(self.parts))
        self._write_settings()
        self._start_display(stack)
        self._start_bus(stack, SERVICES if self.parts.reader else SERVICES[:1])
        self.screen = Screen(self.env)
        self._start("manager", self.parts.manager.command(self.folder / "config"), stack)
        wait_for(self.screen.has_window_manager, "the window manager stands", 20)
        if self.parts.panel:
            self.start_panel(stack)
        if self.parts.notifications:
            self.start_notifications(stack)
        self._watch_bus(stack)
        if not self.parts.bus:
            self.env |= dict.fromkeys(BUSES, f"unix:path={self.folder}/no-bus")

    def lose_bus(self) -> None:
        """Kill the bus. Panel and notification daemon end, too."""
        super().lose_bus()
        for name in ("panel", "notifyd"):
            self.processes[name].stop()

    def bring_bus_back(self) -> None:
        """Start the bus again at the same address, then panel and notification daemon."""
        super().bring_bus_back()
        self.start_panel()
        self.start_notifications()

    def start_panel(self, stack: ExitStack | None = None) -> None:
        """Start the panel, and wait until it takes tray icons."""
        self._start("panel", ["xfce4-panel", "--disable-wm-check"], stack)
        wait_for(lambda: self.caller.has_owner(WATCHER), "the tray stands", 20)

    def start_notifications(self, stack: ExitStack | None = None) -> None:
        """Start the notification daemon, and wait until it takes notifications."""
        daemon = next(Path("/usr/lib").glob("*/xfce4/notifyd/xfce4-notifyd"))
        self._start("notifyd", [str(daemon)], stack)
        wait_for(lambda: self.caller.has_owner(NOTIFICATIONS), "notifications are taken", 20)

    def _write_settings(self) -> None:
        """Write the desktop's settings, which are files, before it starts."""
        channels = self.folder / "config/xfce4/xfconf/xfce-perchannel-xml"
        channels.mkdir(parents=True)
        (channels / "xfce4-panel.xml").write_text(_PANEL, encoding="utf-8")
        (channels / "xfce4-notifyd.xml").write_text(_NOTIFYD, encoding="utf-8")

    def _start_display(self, stack: ExitStack) -> None:
        """Start the X server on a free display number, and put the number into the environment.

        Without -noreset it would restart when its last client disconnects, after the first look.
        """
        reading, writing = os.pipe()
        screen = "{}x{}x24".format(*SIZE)
        command = [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            screen,
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        server = Process(command, self.env, self.folder / "xvfb.log", keep=[writing])
        stack.callback(server.stop)
        os.close(writing)
        with os.fdopen(reading, "rb") as said:
            number = said.readline().decode().strip()
        if not number:
            raise RuntimeError(f"Xvfb found no free display: {server.log.read_text()}")
        self.env["DISPLAY"] = f":{number}"


def _environment(parts: Parts) -> dict[str, str]:
    """Return the variables of XFCE on X11."""
    env = {
        "XDG_SESSION_TYPE": "x11",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "QT_QPA_PLATFORM": "xcb",
    }
    env |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"} if parts.reader else {"NO_AT_BRIDGE": "1"}
    env |= {"GTK_THEME": "Adwaita:dark"} if parts.dark else {}
    return env
