"""What a program asks of the window manager, beyond what Qt asks.

Qt asks for the keyboard with the time of the last event that it has seen, which may be hours old.
Window managers with focus stealing prevention, such as KWin, refuse that. And Qt shows a hidden
window again before the window manager has let go of it, which IceWM takes for a hidden window.
"""

from __future__ import annotations

import logging
import select
from contextlib import contextmanager
from ctypes import byref, c_long, c_ubyte
from typing import TYPE_CHECKING

from safepause.system.x11.display import Display, NoDisplay
from safepause.system.x11.xlib import AnyEvent, ClientMessage

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

LOOKS, BETWEEN = 25, 0.01
"""How often a window manager is asked whether it has let go of a window, and the longest time
between two looks, in seconds. It usually takes 5 ms, and tells of each step."""
_CLIENT_MESSAGE, _PROPERTY_CHANGED = 33, 28
"""X11's types of events."""
_TO_WINDOW_MANAGER = 1 << 19 | 1 << 20
"""SubstructureNotifyMask and SubstructureRedirectMask."""
_PROPERTY_CHANGES = 1 << 22
_STRING, _BYTES, _APPEND, _NUMBERS = 31, 8, 2, 32
_PERSON = 2
"""What the Extended Window Manager Hints call the source of a request that a person has made."""
_WITHDRAWN = 0


class X11WindowManager:
    """The window manager of the display that the environment names, if there is one."""

    def give_keyboard(self, window: int) -> None:
        """Ask for the keyboard for a window because a person has acted."""
        with _requests() as requests:
            if requests:
                requests.activate(window)

    def wait_for_withdrawal(self, window: int) -> bool:
        """Wait until the window manager has let go of a window that was hidden just now.

        Return whether it has.
        """
        with _requests() as requests:
            return requests is None or requests.wait_for_withdrawal(window)

    def runs(self) -> bool:
        """Return whether there is a window manager, as far as can be known."""
        with _requests() as requests:
            return requests is None or requests.has_manager()


class Requests(Display):
    """A connection that asks the window manager."""

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
        name, nothing = self._atom("WM_NAME"), (c_ubyte * 1)()
        self._x.XChangeProperty(self._display, own, name, _STRING, _BYTES, _APPEND, nothing, 0)
        event = AnyEvent()
        while event.type != _PROPERTY_CHANGED:
            self._x.XNextEvent(self._display, byref(event))
        return int(event.property.time)

    def wait_for_withdrawal(self, window: int) -> bool:
        """Wait until the window manager has removed its state from a window. Return whether it has.

        Some don't let go of a window that they hide themselves: rolled up, on another desktop.
        """
        with self._errors():
            self._x.XSelectInput(self._display, window, _PROPERTY_CHANGES)
        for _look in range(LOOKS):
            if not self._is_managed(window):
                return True
            select.select([self.fd], [], [], BETWEEN)
            self._drop_events()
        log.info("the window manager has not let go of a hidden window")
        return False

    def has_manager(self) -> bool:
        """Return whether a window manager says that it is there, by a window with its own id."""
        check = "_NET_SUPPORTING_WM_CHECK"
        said = self._numbers(self._root, check)[:1]
        return bool(said) and self._numbers(said[0], check)[:1] == said

    def _is_managed(self, window: int) -> bool:
        return self._numbers(window, "WM_STATE")[:1] not in ([], [_WITHDRAWN])

    def _drop_events(self) -> None:
        event = AnyEvent()
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, byref(event))


@contextmanager
def _requests() -> Iterator[Requests | None]:
    """Yield a connection, or None if there is no display."""
    try:
        requests = Requests()
    except NoDisplay as reason:
        log.info("no window manager can be asked: %s", reason)
        yield None
        return
    try:
        yield requests
    finally:
        requests.close()
