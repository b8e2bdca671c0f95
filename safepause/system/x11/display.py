"""A connection to the X server.

Qt's own connection can't be used, because Qt reads its events. Every call is quick: the server is
on this computer. When the server ends, Xlib ends the program, as it does for Qt's connection.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from ctypes import POINTER, byref, c_int, c_ulong, c_void_p
from typing import TYPE_CHECKING

from safepause.system.x11 import xlib

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANY_TYPE = 0
_MOST_NUMBERS = 4096
_NUMBERS = 32
"""The format of a property that consists of numbers. Xlib gives each as a C long."""


class NoDisplay(Exception):  # noqa: N818  -- the name says what happened
    """There is no X server to connect to. The text is the reason."""


class Display:
    """One connection, until `close`."""

    def __init__(self) -> None:
        """Connect to the display that the environment names.

        Raises:
            NoDisplay: there is no libX11, or no X server answers.

        """
        try:
            self._x = xlib.load()
        except OSError as error:
            raise NoDisplay(str(error)) from error
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise NoDisplay("no X server answers")
        self._root = self._x.XDefaultRootWindow(self._display)

    @property
    def fd(self) -> int:
        """The descriptor of the connection, to be watched for reading."""
        return int(self._x.XConnectionNumber(self._display))

    @property
    def is_xwayland(self) -> bool:
        """Whether the server is XWayland, which gets few of the keys that are pressed."""
        numbers = (c_int(), c_int(), c_int())
        return bool(
            self._x.XQueryExtension(self._display, b"XWAYLAND", *(byref(each) for each in numbers))
        )

    def close(self) -> None:
        """Disconnect. The server ends every grab. May be called twice."""
        if self._display:
            self._x.XCloseDisplay(self._display)
            self._display = None

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))

    def _numbers(self, window: int, name: str) -> list[int]:
        """Return the numbers of a window's property. A missing property or window has none."""
        kind, form, count, rest, values = c_ulong(), c_int(), c_ulong(), c_ulong(), c_void_p()
        results = (byref(each) for each in (kind, form, count, rest, values))
        with self._errors():
            self._x.XGetWindowProperty(
                self._display, window, self._atom(name), 0, _MOST_NUMBERS, 0, _ANY_TYPE, *results
            )
        if not values.value:
            return []
        numbers = ctypes.cast(values, POINTER(c_ulong))[: count.value]
        self._x.XFree(values)
        return numbers if form.value == _NUMBERS else []

    @contextmanager
    def _errors(self) -> Iterator[set[int]]:
        """Collect the serial numbers of the requests that the server refuses.

        Without this, Xlib ends the program at the first of them. Xlib has one error handler for all
        connections, so errors of Qt's connection are passed to the handler that was set before.
        """
        refused: set[int] = set()

        def handle(display: int, error: ctypes._Pointer[xlib.ErrorEvent]) -> int:
            if display == self._display:
                refused.add(int(error.contents.serial))
            elif earlier:
                xlib.ERROR_HANDLER(earlier)(display, error)
            return 0

        handler = xlib.ERROR_HANDLER(handle)
        self._x.XSync(self._display, 0)
        earlier = self._x.XSetErrorHandler(handler)
        try:
            yield refused
            self._x.XSync(self._display, 0)
        finally:
            self._x.XSetErrorHandler(ctypes.cast(earlier, xlib.ERROR_HANDLER))
