"""A window manager of the test's own, as far as its properties of windows go."""

from __future__ import annotations

import ctypes
from ctypes import byref, c_char_p, c_int, c_long, c_ulong, c_void_p

from safepause.system.x11.xlib import AnyEvent, ClientMessage

_ATOM, _CARDINAL, _WINDOW = 4, 6, 33
"""The predefined types of properties."""
_REQUESTS, _CLIENT_MESSAGE = 1 << 20, 33
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
            ("XSelectInput", c_int, [c_void_p, c_ulong, c_long]),
            ("XNextEvent", c_int, [c_void_p, c_void_p]),
            ("XGetAtomName", c_char_p, [c_void_p, c_ulong]),
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

    def put(self, window: int, desktop: int) -> None:
        """Put a window on a desktop."""
        self._set(window, "_NET_WM_DESKTOP", _CARDINAL, [desktop])

    def turn_to(self, desktop: int) -> None:
        """Show a desktop."""
        self._set(self._root, "_NET_CURRENT_DESKTOP", _CARDINAL, [desktop])

    def bare_desktop(self, shown: int) -> None:
        """Say whether all windows are hidden, so that a person sees the desktop: 1 or 0."""
        self._set(self._root, "_NET_SHOWING_DESKTOP", _CARDINAL, [shown])

    def set_check(self, window: int) -> None:
        """Say that there is a window manager, with a window of its own."""
        for each in (self._root, window):
            self._set(each, "_NET_SUPPORTING_WM_CHECK", _WINDOW, [window])

    def set_wm_state(self, window: int, state: int) -> None:
        """Set the state that a window manager gives to the windows that it manages."""
        self._set(window, "WM_STATE", self._atom("WM_STATE"), [state])

    def listen(self) -> None:
        """Get the requests of programs from now on, as only one program of a display can."""
        self._x.XSelectInput(self._display, self._root, _REQUESTS)
        self._x.XSync(self._display, 0)

    def message(self) -> tuple[str, int, list[int]]:
        """Wait for a program's message. Return its name, its window and its numbers."""
        event = AnyEvent()
        while event.type != _CLIENT_MESSAGE:
            self._x.XNextEvent(self._display, byref(event))
        message = ctypes.cast(byref(event), ctypes.POINTER(ClientMessage)).contents
        name = self._x.XGetAtomName(self._display, message.message_type)
        return name.decode(), message.window, list(message.data)

    def manage(self, *windows: int) -> None:
        """Manage these windows, which need not exist any more."""
        self._windows = [*windows]
        self._set(self._root, "_NET_CLIENT_LIST", _WINDOW, self._windows)

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
