"""A desktop for the tests: a private bus, and the real xdg-desktop-portal with a fake backend."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import APP_ID
from safepause.system.dbus.connection import Bus
from safepause.system.shortcut.base import ASK, Consent
from safepause.system.shortcut.portal import PortalShortcuts
from safepause.system.shortcut.portal_session import PORTAL
from tests.system.dbus.desk import ROOT, PrivateBus
from tests.system.shortcut.fake_backend import NAME

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PROGRAM = Path("/usr/libexec/xdg-desktop-portal")
ABOUT = f"""[portal]
DBusName={NAME}
Interfaces=org.freedesktop.impl.portal.GlobalShortcuts;
UseIn=safepausetest
"""
BACKEND_FILE, APP_FILE = "safepausetest.portal", f"{APP_ID}.desktop"
APP = f"""[Desktop Entry]
Type=Application
Name=SafePause
Exec={sys.executable}
"""
"""The portal gives an id only to an app with a desktop file; since 1.21 no keys without an id."""


class PortalDesk:
    """Starts a portal, and asks it for shortcuts."""

    def __init__(self, folder: Path, bus: PrivateBus, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bus = Bus(bus.address)
        self._folder = folder
        (folder / "portals").mkdir()
        (folder / "portals" / BACKEND_FILE).write_text(ABOUT)
        applications = folder / "data" / "applications"
        applications.mkdir(parents=True)
        (applications / APP_FILE).write_text(APP)
        unwanted = ("DISPLAY", "WAYLAND_DISPLAY")
        self._env = {
            **{key: value for key, value in os.environ.items() if key not in unwanted},
            "DBUS_SESSION_BUS_ADDRESS": bus.address,
            "XDG_CURRENT_DESKTOP": "safepausetest",
            "XDG_DESKTOP_PORTAL_DIR": str(folder / "portals"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_RUNTIME_DIR": str(folder),
        }
        self._running: list[subprocess.Popen[str]] = []
        self._fake: subprocess.Popen[str] | None = None
        self.portal: subprocess.Popen[str] | None = None
        self.told: list[str] = []
        self.answers: list[Consent] = []

    def start(self, *mode: str) -> None:
        """Run the fake backend in this mode, and this system's portal."""
        self._start_fake("fake_backend", *mode)
        self.start_portal()

    def leave_menu(self) -> None:
        """Delete the app's entry, as after a plain install by pip."""
        (self._folder / "data" / "applications" / APP_FILE).unlink()

    def start_version(self, *version: str) -> None:
        """Run a fake portal, which answers as this version of the real one."""
        self._start_fake("fake_portal", *version)

    def wait_for_end(self) -> None:
        """Send what the app has said, and wait until the fake portal has ended.

        The app hears nothing meanwhile.
        """
        assert self._fake is not None
        self.bus._flush()  # noqa: SLF001  -- the event loop would also read
        self._fake.wait(timeout=30)

    def start_portal(self) -> None:
        """Run this system's portal, and wait until it is on the bus."""
        self.portal = self._run(str(PROGRAM))
        self.wait_for_owner()

    def wait_for_owner(self) -> None:
        """Wait until the app knows of a portal on the bus."""
        owners: list[str] = []
        watch = self.bus.watch_name(PORTAL, owners.append)
        self.qtbot.waitUntil(lambda: bool(owners) and bool(owners[-1]), timeout=30_000)
        watch.close()

    def shortcuts(self, **wanted: str) -> PortalShortcuts:
        """Ask for shortcuts, as if a person was here."""
        return self.shortcuts_with(ASK, **wanted)

    def shortcuts_with(self, consent: Consent, **wanted: str) -> PortalShortcuts:
        """Ask for shortcuts, as far as `consent` goes."""
        made = PortalShortcuts(self.bus)
        made.pressed.connect(self.told.append)
        made.answered.connect(self.answers.append)
        made.bind(wanted, consent)
        return made

    def questions(self) -> int:
        """Return how many questions the desktop has shown since the last call."""
        assert self._fake is not None
        assert self._fake.stdout is not None
        count, pipe = 0, self._fake.stdout.fileno()
        while select.select([pipe], [], [], 0)[0]:
            count += os.read(pipe, 4096).count(b"asked\n")
        return count

    def say(self, *lines: str) -> None:
        """Send orders to the fake backend or portal."""
        assert self._fake is not None
        assert self._fake.stdin is not None
        self._fake.stdin.write("".join(f"{line}\n" for line in lines))
        self._fake.stdin.flush()

    def close(self) -> None:
        """End all programs."""
        self.bus.close()
        for process in reversed(self._running):
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _start_fake(self, module: str, *how: str) -> None:
        self._fake = self._run(sys.executable, "-m", f"tests.system.shortcut.{module}", *how)
        assert self._fake.stdout is not None
        assert self._fake.stdout.readline() == "ready\n"

    def _run(self, *command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603
            command,
            env=self._env,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._running.append(process)
        return process
