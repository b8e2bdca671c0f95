"""A window manager of the test's own, as far as its properties of windows go."""

from __future__ import annotations

import ctypes
from ctypes import byref, c_char_p, c_int, c_ulong, c_void_p

_ATOM, _WINDOW = 4, 33
"""The predefined types of properties."""
_NUMBERS, _REPLACE = 32, 0


class WindowManager:
    """A connection that makes windows and sets the properties of their states."""

    def __init__(self) -> None:
        """Connect to the display that the environment names."""
        self._x = ctypes.CDLL("libX11.so.6")
        for name, result, arguments in (
            ("XOpenDisplay", c_void_p, [c_char_p]),
            ("XDefaultRootWindow", c_ulong, [c_void_p]),
            ("XCreateSimpleWindow", c_ulong, [c_void_p, c_ulong, *[c_int] * 5, c_ulong, c_ulong]),
            ("XDestroyWindow", c_int, [c_void_p, c_ulong]),
            ("XInternAtom", c_ulong, [c_void_p, c_char_p, c_int]),
            (
                "XChangeProperty",
                c_int,
                [c_void_p, c_ulong, c_ulong, c_ulong, c_int, c_int, c_void_p, c_int],
            ),
            ("XSync", c_int, [c_void_p, c_int]),
            ("XCloseDisplay", c_int, [c_void_p]),
        ):
            function = getattr(self._x, name)
            function.restype, function.argtypes = result, arguments
        self._display = self._x.XOpenDisplay(None)
        self._root = self._x.XDefaultRootWindow(self._display)
        self._windows: list[int] = []

    def open(self, *states: str) -> int:
        """Manage a new window with these states, such as "FULLSCREEN"."""
        window = int(self._x.XCreateSimpleWindow(self._display, self._root, 0, 0, 9, 9, 0, 0, 0))
        self.set_states(window, *states)
        self.manage(*self._windows, window)
        return window

    def set_states(self, window: int, *states: str) -> None:
        """Set the states of a window."""
        self._set(
            window, "_NET_WM_STATE", _ATOM, [self._atom(f"_NET_WM_STATE_{s}") for s in states]
        )

    def manage(self, *windows: int) -> None:
        """Manage these windows, which need not exist any more."""
        self._windows = [*windows]
        self._set(self._root, "_NET_CLIENT_LIST_STACKING", _WINDOW, self._windows)

    def destroy(self, window: int) -> None:
        """Destroy a window."""
        self._x.XDestroyWindow(self._display, window)
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        """Manage no window, and disconnect, which destroys all windows."""
        self.manage()
        self._x.XCloseDisplay(self._display)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))

    def _set(self, window: int, name: str, kind: int, numbers: list[int]) -> None:
        values = (c_ulong * len(numbers))(*numbers)
        self._x.XChangeProperty(
            self._display,
            window,
            self._atom(name),
            kind,
            _NUMBERS,
            _REPLACE,
            byref(values),
            len(values),
        )
        self._x.XSync(self._display, 0)
