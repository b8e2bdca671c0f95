"""The global shortcut: keys that call a pause while any program is in front.

There is one file for each system: x11.py, portal.py (Wayland), windows.py, macos.py, and null.py
for desktops without global shortcuts. `make_shortcuts` chooses between them. Each file is imported
where it is chosen, because no system needs the code for another one.
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
    """Return the shortcuts of this desktop. No key is bound yet.

    `qt_platform` is Qt's name of its platform, such as "xcb". `bus` is the session bus.
    """
    made: Shortcuts
    if sys.platform == "win32":
        from safepause.system.shortcut.windows import WindowsShortcuts

        made = WindowsShortcuts(parent=parent)
    elif sys.platform == "darwin":
        from safepause.system.shortcut.macos import MacShortcuts

        made = MacShortcuts(parent=parent)
    elif environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland":
        made = _on_wayland(bus, parent)
    elif qt_platform == "xcb":
        made = _on_x11(bus, parent)
    else:
        made = NoShortcuts(_("There is no desktop here to give us keys."), parent)
    return made


def _on_x11(bus: Bus | None, parent: QObject | None) -> Shortcuts:
    """Return shortcuts that grab keys, or the portal's on XWayland, which gets few key presses."""
    from safepause.system.shortcut.x11 import X11Shortcuts
    from safepause.system.x11.display import NoDisplay
    from safepause.system.x11.keyboard import Keyboard

    try:
        keyboard = Keyboard()
    except NoDisplay as error:
        sentence = _("The X server gives us no keys. ({detail})")
        return NoShortcuts(sentence.format(detail=error), parent)
    if keyboard.is_xwayland:
        keyboard.close()
        return _on_wayland(bus, parent)
    return X11Shortcuts(keyboard, parent)


def _on_wayland(bus: Bus | None, parent: QObject | None) -> Shortcuts:
    if bus is None or not bus.is_open:
        why = _("Keys are the desktop's to give, and it can't be asked: there is no message bus.")
        return NoShortcuts(why, parent)
    from safepause.system.shortcut.portal import PortalShortcuts

    return PortalShortcuts(bus, parent)
