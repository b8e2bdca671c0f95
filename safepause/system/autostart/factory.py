"""Which way of starting with the computer there is here."""

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
    bus: Calls | None, answered: Callable[[str], None], flatpak_info: Path = FLATPAK_INFO
) -> Autostart:
    """Return the way of this system.

    `answered` is called once a desktop that takes its time has decided: with a sentence that says
    why not, or with nothing.
    """
    command = [*launch_command.command(), launch_command.HIDDEN]
    if sys.platform == "win32":
        from safepause.system.autostart.windows import RunKey

        return RunKey(command)
    if sys.platform == "darwin":
        from safepause.system.autostart.macos import LaunchAgent

        return LaunchAgent(command)
    if flatpak_info.exists():
        if bus is None:
            return NoAutostart(_("SafePause isn't running, so this isn't known."))
        from safepause.system.autostart.flatpak import PortalBackground

        return PortalBackground(bus, answered, flatpak_info)
    from safepause.system.autostart.xdg import XdgAutostart

    return XdgAutostart(command)
