"""The global shortcut: keys that call a pause whatever program is in front.

One file a platform, and which of them serves is chosen here: X11 (x11.py), the desktop's portal on
Wayland (portal.py), Windows (windows.py), macOS (macos.py). Where none does, unavailable.py says
why. Each is imported only where it is used.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from safepause.i18n.language import _
from safepause.system.shortcut.base import NAME1, NAME2, PAUSE, Shortcuts
from safepause.system.shortcut.null import NoShortcuts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from safepause.system.dbus.connection import Bus

__all__ = ["NAME1", "NAME2", "PAUSE", "NoShortcuts", "Shortcuts", "make_shortcuts"]


def make_shortcuts(
    qt_platform: str, environ: Mapping[str, str], bus: Bus | None, parent: QObject | None = None
) -> Shortcuts:
    """Return the way to have a global shortcut on this desktop; nothing is bound yet.

    `qt_platform` is what Qt draws on, such as "xcb"; `bus` is that of the person's session.
    """
    if sys.platform == "win32":
        from safepause.system.shortcut.windows import WindowsShortcuts

        return WindowsShortcuts(parent=parent)
    if sys.platform == "darwin":
        from safepause.system.shortcut.macos import MacShortcuts

        return MacShortcuts(parent=parent)
    if environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland":
        return _on_wayland(bus, parent)
    if qt_platform == "xcb":
        return _on_x11(bus, parent)
    return NoShortcuts(_("There is no desktop here to give us keys."), parent)


def _on_x11(bus: Bus | None, parent: QObject | None) -> Shortcuts:
    """Grab keys, unless X11 is only a guest on Wayland, where most key presses pass it by."""
    from safepause.system.shortcut.x11 import X11Shortcuts
    from safepause.system.x11.xlib import Display, NoDisplay

    try:
        display = Display()
    except NoDisplay as error:
        sentence = _("The X server gives us no keys. ({detail})")
        return NoShortcuts(sentence.format(detail=error), parent)
    if display.is_xwayland:
        display.close()
        return _on_wayland(bus, parent)
    return X11Shortcuts(display, parent)


def _on_wayland(bus: Bus | None, parent: QObject | None) -> Shortcuts:
    if bus is None or not bus.is_open:
        why = _("Keys are the desktop's to give, and it can't be asked: there is no message bus.")
        return NoShortcuts(why, parent)
    from safepause.system.shortcut.portal import PortalShortcuts

    return PortalShortcuts(bus, parent)
