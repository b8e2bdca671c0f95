"""Chooses the kind of autostart that this system has.

Each kind is imported where it is chosen: some need modules that other systems lack, such as winreg,
and a command of one system must not pay for the modules of another, such as plistlib.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.i18n.language import _
from safepause.system.autostart.null import NoAutostart
from safepause.system.desktop import launch_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.ports import Autostart
    from safepause.system.autostart.flatpak import Calls

FLATPAK_INFO = Path("/.flatpak-info")


def autostart_of(
    bus: Callable[[], Calls | None] | None,
    answered: Callable[[str], None],
    flatpak_info: Path = FLATPAK_INFO,
) -> Autostart:
    """Return the autostart of this system.

    `bus` returns the present session bus; it is None where the program doesn't run. A portal
    decides later, perhaps after it has asked the person. Then `answered` is called with the reason
    for a refusal, a sentence, or with an empty text.
    """
    command = [*launch_command.command(), launch_command.HIDDEN]
    found: Autostart
    if sys.platform == "win32":
        from safepause.system.autostart.windows import RunKey
        from safepause.system.autostart.windows_registry import WindowsRegistry

        found = RunKey(command, WindowsRegistry())
    elif sys.platform == "darwin":
        from safepause.system.autostart.macos import LaunchAgent

        found = LaunchAgent(command)
    elif not flatpak_info.exists():
        from safepause.system.autostart.xdg import XdgAutostart

        found = XdgAutostart(command)
    elif bus is None:
        found = NoAutostart(_("SafePause isn't running, so this isn't known."))
    else:
        from safepause.system.autostart.flatpak import PortalBackground

        found = PortalBackground(bus, answered, flatpak_info)
    return found
