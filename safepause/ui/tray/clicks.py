"""What a click on the icon does, where the desktop decides that.

GNOME has no tray of its own. Its AppIndicator extension opens the menu at a click, and passes on
only a double click (seen in version 59 with GNOME 48, and in version 42 with GNOME 43).
"""

from __future__ import annotations


def menu_at_click(desktops: str) -> bool:
    """Tell whether a click opens the menu. `desktops` is as in XDG_CURRENT_DESKTOP."""
    return "GNOME" in desktops.split(":")
