"""Whether a window fills the screen, or the bare desktop does.

Window managers keep a window that fills the screen above all others. While the bare desktop is
shown ("show desktop"), openbox hides a new window that does not take the keyboard.
"""

from __future__ import annotations

import logging

from safepause.system.x11.display import Display, NoDisplay

_ALL = 0xFFFFFFFF
"""The number of a window's desktop if the window is on all."""

log = logging.getLogger(__name__)


def full_screen(platform: str) -> bool:
    """Return whether a window, or the bare desktop, fills a screen that is shown.

    `platform` is Qt's name for it. Minimised windows, and those of other desktops, don't count.
    Only X11 can be asked. On other platforms the answer is False.
    """
    if platform != "xcb":
        return False
    try:
        windows = Windows()
    except NoDisplay as reason:
        log.info("full-screen windows can't be found: %s", reason)
        return False
    try:
        filling = (windows.fills_screen(window) for window in windows.managed())
        return windows.desktop_is_bare() or any(filling)
    finally:
        windows.close()


class Windows(Display):
    """A connection that reads what the window manager says of windows."""

    def managed(self) -> list[int]:
        """Return the windows that the window manager manages."""
        return self._numbers(self._root, "_NET_CLIENT_LIST")

    def desktop_is_bare(self) -> bool:
        """Return whether a person has hidden all windows, to see the desktop."""
        return self._numbers(self._root, "_NET_SHOWING_DESKTOP") == [1]

    def fills_screen(self, window: int) -> bool:
        """Return whether a window fills the screen, and is not minimised or on another desktop."""
        state = self._numbers(window, "_NET_WM_STATE")
        full, hidden = (self._atom(f"_NET_WM_STATE_{name}") for name in ("FULLSCREEN", "HIDDEN"))
        return full in state and hidden not in state and self._is_here(window)

    def _is_here(self, window: int) -> bool:
        """Return whether a window is on the desktop that is shown, or on all."""
        shown = self._numbers(self._root, "_NET_CURRENT_DESKTOP")
        own = self._numbers(window, "_NET_WM_DESKTOP")
        return not shown or not own or own == shown or own[0] & _ALL == _ALL
