"""A real desktop without a screen: X server, message bus, window manager, panel, notifications.

All of it is private: a free display number, a bus that starts only the services listed here,
folders of its own. `Desktop` is a context manager; whatever happens, what it started is ended, the
X server last. Nothing here knows SafePause.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.end2end.bus import NOTIFICATIONS, WATCHER, Caller, Watch
from tests.end2end.screen import Screen
from tests.end2end.waiting import Process, wait_for

if TYPE_CHECKING:
    from types import TracebackType

SIZE = (1280, 800)
ICON = (16, 16)
"""Where the panel, along the upper edge, shows the first tray icon: its middle, in pixels."""
SERVICES = ("org.xfce.Xfconf", "org.a11y.Bus")
_BUSES = ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS")
_SERVICE_FOLDER = Path("/usr/share/dbus-1/services")

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
_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True)
class Parts:
    """What a desktop has."""

    panel: bool = True
    notifications: bool = True
    bus: bool = True
    """Whether programs are told of the bus; the desktop itself has one in any case."""
    reader: bool = True
    """Whether programs describe their windows, as to a screen reader: how tests find a button."""
    dark: bool = False
    """Whether the person has chosen dark colours for everything."""


class Desktop:
    """A desktop that stands while its `with` block runs."""

    def __init__(self, parts: Parts | None = None) -> None:
        """Choose what it has; everything, if not said."""
        self.parts = parts or Parts()
        self.env: dict[str, str] = {}
        """The environment for programs on this desktop."""
        self.address = ""
        """Where the bus listens, whether or not programs are told of it."""
        self.processes: dict[str, Process] = {}

    def __enter__(self) -> Self:
        """Start everything, and wait until it stands."""
        with ExitStack() as stack:
            self.folder = Path(stack.enter_context(_temporary_folder()))
            self._write_files()
            self._start_display(stack)
            self._start_bus(stack)
            self.screen = Screen(self.env)
            self._start("openbox", ["openbox"], stack)
            wait_for(self.screen.has_window_manager, "the window manager stands")
            if self.parts.panel:
                self.start_panel(stack)
            if self.parts.notifications:
                self.start_notifications(stack)
            self.watch = Watch(self.address)
            stack.callback(self.watch.close)
            if not self.parts.bus:
                self.env |= dict.fromkeys(_BUSES, f"unix:path={self.folder}/no-bus")
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End everything, the last started first."""
        self._stack.close()

    def start_panel(self, stack: ExitStack | None = None) -> None:
        """Start the panel, and wait until it takes tray icons."""
        self._start("panel", ["xfce4-panel", "--disable-wm-check"], stack)
        wait_for(lambda: self.caller.has_owner(WATCHER), "the tray stands", 20)

    def start_notifications(self, stack: ExitStack | None = None) -> None:
        """Start the notification daemon, and wait until it takes notifications."""
        daemon = next(Path("/usr/lib").glob("*/xfce4/notifyd/xfce4-notifyd"))
        self._start("notifyd", [str(daemon)], stack)
        wait_for(lambda: self.caller.has_owner(NOTIFICATIONS), "notifications are taken", 20)

    def _start(self, name: str, command: list[str], stack: ExitStack | None = None) -> Process:
        process = Process(command, self.env, self.folder / f"{name}.log")
        self.processes[name] = process
        (stack or self._stack).callback(process.stop)
        return process

    def _write_files(self) -> None:
        """Lay out private folders; the desktop's settings are files, written before it starts."""
        channels = self.folder / "config/xfce4/xfconf/xfce-perchannel-xml"
        channels.mkdir(parents=True)
        (channels / "xfce4-panel.xml").write_text(_PANEL, encoding="utf-8")
        (channels / "xfce4-notifyd.xml").write_text(_NOTIFYD, encoding="utf-8")
        (self.folder / "bus.conf").write_text(_BUS.format(folder=self.folder), encoding="utf-8")
        services = self.folder / "services"
        services.mkdir()
        for name in SERVICES if self.parts.reader else SERVICES[:1]:
            (services / f"{name}.service").symlink_to(_SERVICE_FOLDER / f"{name}.service")
        for name in ("data", "cache", "home", "run"):
            (self.folder / name).mkdir(mode=0o700)
        self.env = _environment(self.folder, self.parts)

    def _start_display(self, stack: ExitStack) -> None:
        """Start the X server on a number that it finds free, and tell it to programs.

        Without -noreset it would start anew when its last client leaves: the first look at it.
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

    def _start_bus(self, stack: ExitStack) -> None:
        """Start the bus; it serves as the system's bus as well, so that tests can play that."""
        self.address = f"unix:path={self.folder}/bus"
        self.env |= dict.fromkeys(_BUSES, self.address)
        config = f"--config-file={self.folder}/bus.conf"
        self._start("bus", ["dbus-daemon", config, "--nofork", "--nopidfile"], stack)
        wait_for((self.folder / "bus").exists, "the bus stands")
        self.caller = Caller(self.address)
        stack.callback(self.caller.close)


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    # A socket's path has 107 bytes at most, so the folder's is kept short.
    return tempfile.TemporaryDirectory(prefix="sp-", dir="/tmp", ignore_cleanup_errors=True)


def _environment(folder: Path, parts: Parts) -> dict[str, str]:
    """Return an environment in which nothing of this machine's own desktop is left."""
    env = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
    env |= {
        "HOME": f"{folder}/home",
        "XDG_RUNTIME_DIR": f"{folder}/run",
        "XDG_CONFIG_HOME": f"{folder}/config",
        "XDG_DATA_HOME": f"{folder}/data",
        "XDG_CACHE_HOME": f"{folder}/cache",
        "XDG_SESSION_TYPE": "x11",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "QT_QPA_PLATFORM": "xcb",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "GSETTINGS_BACKEND": "memory",
    }
    env |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"} if parts.reader else {"NO_AT_BRIDGE": "1"}
    env |= {"GTK_THEME": "Adwaita:dark"} if parts.dark else {}
    return env
