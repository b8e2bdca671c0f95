"""KWin without a screen, with KDE's portal, on a bus and settings of its own.

KWin draws with OpenGL in software, because it takes no pictures otherwise. Nothing here depends on
SafePause.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.end2end.bus import CallError
from tests.end2end.session import Session
from tests.end2end.waiting import listens, wait_for
from tests.end2end.wayland.hands import KWinHands
from tests.end2end.wayland.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import ExitStack

    from tests.end2end.place import Place

SIZE = (1280, 720)
PORTAL = "org.freedesktop.portal.Desktop"
KEYS = "org.kde.kglobalaccel"
_SERVICES = (
    PORTAL,
    "org.freedesktop.impl.portal.desktop.kde",
    "org.freedesktop.impl.portal.PermissionStore",
    "org.a11y.Bus",
)
_BINARY = Path("/usr/bin/kwin_wayland")
_DISPLAY = "wayland-1"
_KWIN = DBusAddress("/KWin", "org.kde.KWin", "org.kde.KWin")
_RUNNER = DBusAddress("/WindowsRunner", "org.kde.KWin", "org.kde.krunner1")
_CAMERA = DBusAddress("/org/kde/KWin/ScreenShot2", "org.kde.KWin", "org.kde.KWin.ScreenShot2")


@cache
def missing() -> str:
    """Return what this machine lacks for KWin, or an empty text."""
    absent = [tool for tool in ("dbus-daemon", "convert") if shutil.which(tool) is None]
    needed = [_BINARY, *(Path(f"/usr/share/dbus-1/services/{name}.service") for name in _SERVICES)]
    absent += [str(path) for path in needed if not path.exists()]
    return f"not installed: {', '.join(absent)}" if absent else ""


class KWin(Session):
    """A desktop that runs during its `with` block."""

    def __init__(
        self, told: Callable[[Path], Mapping[str, str]], place: Place | None = None
    ) -> None:
        """Add the variables that `told` returns for the folder."""
        super().__init__(place)
        self._told = told

    def _build(self, stack: ExitStack) -> None:
        self._lay_out(
            {
                "XDG_SESSION_TYPE": "wayland",
                "XDG_CURRENT_DESKTOP": "KDE",
                "KDE_FULL_SESSION": "true",
                "KDE_SESSION_VERSION": "5",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            }
        )
        self.env |= {"WAYLAND_DISPLAY": _DISPLAY, **self._told(self.folder)}
        self._start_bus(stack, _SERVICES)
        self._start_kwin(stack)
        self.hands = KWinHands(self.folder / "run" / _DISPLAY)
        stack.callback(self.hands.close)
        self._watch_bus(stack)
        wait_for(lambda: self.caller.has_owner(KEYS), "keys can be asked for", 20)

    def windows(self) -> list[Seen]:
        """Return the windows that are not minimised."""
        found = self.caller.call(_RUNNER, "Match", "s", "")[0]
        numbers = {match[0].partition("_")[2]: None for match in found}  # some are found twice
        told = [self._about(number) for number in numbers]
        return [_seen(about) for about in told if about and not about["minimized"]]

    def picture(self, path: Path) -> Path:
        """Save a picture of the whole screen.

        Raises:
            CallError: KWin takes no picture.

        """
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = path.with_suffix(".raw")
        with raw.open("wb") as file:
            width, height = self._photograph(file.fileno())
        size = f"{width}x{height}"
        command = ["convert", "-size", size, "-depth", "8", f"bgra:{raw}", "-alpha", "off"]
        subprocess.run([*command, str(path)], check=True, timeout=20)
        raw.unlink()
        return path

    def _photograph(self, descriptor: int) -> tuple[int, int]:
        reading, writing = os.pipe()
        call = new_method_call(_CAMERA, "CaptureWorkspace", "a{sv}h", ({}, writing))
        with open_dbus_connection(bus=self.address, enable_fds=True) as link:
            answer = link.send_and_get_reply(call, timeout=10)
        os.close(writing)
        with os.fdopen(reading, "rb") as pixels, os.fdopen(os.dup(descriptor), "wb") as file:
            shutil.copyfileobj(pixels, file)
        if answer.header.message_type is MessageType.error:
            raise CallError(str(answer.header.fields[HeaderFields.error_name]))
        told = answer.body[0]
        return told["width"][1], told["height"][1]

    def _about(self, number: str) -> dict[str, Any]:
        """Return KWin's description of a window. It is empty if the window is gone."""
        told = self.caller.call(_KWIN, "getWindowInfo", "s", number)[0]
        return {key: value for key, (_signature, value) in told.items()}

    def _start_kwin(self, stack: ExitStack) -> None:
        """Start a copy of KWin. Containers may refuse the capability of the original file.

        The copy has the same name, because KWin's plugin for Qt checks the name.
        """
        binary = self.folder / "bin" / _BINARY.name
        binary.parent.mkdir()
        shutil.copyfile(_BINARY, binary)
        binary.chmod(0o755)
        plain = dict(self.env)
        self.env |= {
            "KWIN_COMPOSE": "O2",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1",
            "KWIN_SCREENSHOT_NO_PERMISSION_CHECKS": "1",
        }
        del self.env["WAYLAND_DISPLAY"]
        size = ["--width", str(SIZE[0]), "--height", str(SIZE[1])]
        virtual = ["--virtual", *size, "--no-lockscreen", "--socket", _DISPLAY]
        self._start("kwin", [str(binary), *virtual], stack)
        self.env = plain
        wait_for(lambda: listens(self.folder / "run" / _DISPLAY), "the compositor stands", 20)


def _seen(about: Mapping[str, Any]) -> Seen:
    place = (about["x"], about["y"], about["width"], about["height"])
    return Seen(
        app_id=about["desktopFile"] or about["resourceClass"],
        title=about["caption"],
        place=(round(place[0]), round(place[1]), round(place[2]), round(place[3])),
    )
