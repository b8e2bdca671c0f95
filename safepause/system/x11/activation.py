"""Gives a window the keyboard because a person has acted: a key, a click or a command.

Qt's own request has the time of the last event that Qt has seen, which may be hours old. Window
managers with focus stealing prevention, such as KWin, refuse such a request.
"""

from __future__ import annotations

import logging
from ctypes import byref, c_long, c_ubyte

from safepause.system.x11.display import Display, NoDisplay
from safepause.system.x11.xlib import AnyEvent, ClientMessage

log = logging.getLogger(__name__)

_CLIENT_MESSAGE, _PROPERTY_CHANGED = 33, 28
"""X11's types of events."""
_TO_WINDOW_MANAGER = 1 << 19 | 1 << 20
"""SubstructureNotifyMask and SubstructureRedirectMask."""
_PROPERTY_CHANGES = 1 << 22
_STRING, _BYTES, _APPEND, _NUMBERS = 31, 8, 2, 32
_PERSON = 2
"""What the Extended Window Manager Hints call the source of a request that a person has made."""


def give_keyboard(platform: str, window: int) -> None:
    """Ask the window manager to make a window active. `platform` is Qt's name for it.

    Only X11 has such a request.
    """
    if platform != "xcb":
        return
    try:
        activation = Activation()
    except NoDisplay as reason:
        log.info("no window manager can be asked: %s", reason)
        return
    try:
        activation.activate(window)
    finally:
        activation.close()


class Activation(Display):
    """A connection that asks the window manager to make windows active."""

    def activate(self, window: int) -> None:
        """Ask for the keyboard for a window, in the name of the person, at the present time."""
        message = ClientMessage(
            type=_CLIENT_MESSAGE,
            window=window,
            message_type=self._atom("_NET_ACTIVE_WINDOW"),
            format=_NUMBERS,
            data=(c_long * 5)(_PERSON, self.time(), 0, 0, 0),
        )
        with self._errors():
            self._x.XSendEvent(self._display, self._root, 0, _TO_WINDOW_MANAGER, byref(message))

    def time(self) -> int:
        """Return the server's present time. The server tells it with each change of a property."""
        own = self._x.XCreateSimpleWindow(self._display, self._root, 0, 0, 1, 1, 0, 0, 0)
        self._x.XSelectInput(self._display, own, _PROPERTY_CHANGES)
        name = self._atom("WM_NAME")
        self._x.XChangeProperty(
            self._display, own, name, _STRING, _BYTES, _APPEND, (c_ubyte * 1)(), 0
        )
        event = AnyEvent()
        while event.type != _PROPERTY_CHANGED:
            self._x.XNextEvent(self._display, byref(event))
        return int(event.property.time)
