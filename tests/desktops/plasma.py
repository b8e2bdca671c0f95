"""Plasma 6 on Wayland. Without a graphics card, KWin draws into a window of a virtual X screen.

The X screen is the monitor, and xdotool is its hands: KWin 6 takes no pictures of itself then.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktops.x11 import X11Desk
from tests.end2end.bus import WATCHER
from tests.end2end.waiting import listens, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack

_KEYS = "org.kde.kglobalaccel"
_DAEMON = "libexec/kglobalacceld"


class Plasma(X11Desk):
    """Plasma 6: KWin, plasmashell, kglobalaccel and KDE's portal."""

    DESKTOP = "KDE"
    TYPE = "wayland"
    LETTERS_GO_ON = False
    NOTIFIER = "plasmashell"

    def _variables(self) -> Mapping[str, str]:
        return {
            "WAYLAND_DISPLAY": "wayland-0",
            "KDE_FULL_SESSION": "true",
            "KDE_SESSION_VERSION": "6",
            "KDE_SESSION_UID": "0",
            "XDG_MENU_PREFIX": "plasma-",
            "XDG_CONFIG_DIRS": "/etc/xdg",
            "KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1",
        }

    def _before_the_bus(self, stack: ExitStack) -> None:
        wayland = dict(self.env)
        self.env |= super()._variables()
        super()._before_the_bus(stack)  # the screen and the hands are the outer ones
        self._outer, self.env = self.env["DISPLAY"], wayland
        (self.folder / "config/plasma-welcomerc").write_text("[General]\nShouldShow=false\n")

    def _start_desktop(self, stack: ExitStack) -> None:
        self._start_kwin(stack)
        self._start("kded", ["kded6"], stack)
        daemon = next(Path("/usr/lib").glob(f"*/{_DAEMON}"))
        self._start("keys", [str(daemon)], stack)
        self._start("shell", ["plasmashell", "--no-respawn"], stack)
        for name in ("org.kde.plasmashell", WATCHER, _KEYS):
            self.owned(name, 60)

    def _start_kwin(self, stack: ExitStack) -> None:
        """Start a copy of KWin, without the capability of the original file."""
        binary = self.folder / "bin/kwin_wayland"
        binary.parent.mkdir(exist_ok=True)
        shutil.copyfile("/usr/bin/kwin_wayland", binary)
        binary.chmod(0o755)
        told, self.env = self.env, {**self.env, "DISPLAY": self._outer}
        del self.env["WAYLAND_DISPLAY"]
        size = ["--width", "1280", "--height", "800", "--no-lockscreen", "--xwayland"]
        screen = ["--x11-display", self._outer, "--socket", told["WAYLAND_DISPLAY"]]
        self._start("kwin", [str(binary), *screen, *size], stack)
        self.env = told
        wait_for(lambda: listens(self.folder / "run/wayland-0"), "the compositor stands", 30)

    def make_dark(self) -> str:
        """Choose Plasma's dark colours."""
        self.run("plasma-apply-colorscheme", "BreezeDark")
        return "Plasma's colours"
