"""Reads pixels and damage of an X server, and makes clicks and key presses, fast enough for frames.

It calls libX11, libXtst and libXdamage directly. Reading a pixel takes about 0.05 ms. With damage
events the server reports that a window was painted.
"""

from __future__ import annotations

import ctypes
import select
import time
from ctypes import POINTER, byref, c_char_p, c_int, c_ubyte, c_uint, c_ulong, c_void_p
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

_ALL_PLANES = 0xFFFFFFFF
_Z_PIXMAP = 2
_RAW_RECTANGLES = 0
_EVENT_LONGS = 24
_LOOK_EVERY = 0.0005
_SAME_FRAME = 0.004
"""Seconds within which several painted rectangles belong to one frame."""

_CHANNEL = 0xFF
_NEAR = 4
"""How far a channel of two colours may differ that count as the same."""

Place = tuple[int, int]


def near(one: int, other: int) -> bool:
    """Tell whether two colours are the same, if the window may be some pixels away.

    The window has a gradient. Its place may or may not include the window manager's frame.
    """
    return all(
        abs((one >> shift & _CHANNEL) - (other >> shift & _CHANNEL)) <= _NEAR
        for shift in (0, 8, 16)
    )


class _DamageEvent(ctypes.Structure):
    """The beginning of XDamageNotifyEvent."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("drawable", c_ulong),
    )


class Eye:
    """A connection to one display. A context manager."""

    def __init__(self, display: str) -> None:
        """Connect to `display`."""
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._damage = ctypes.CDLL("libXdamage.so.1")
        self._declare()
        self._link = self._x.XOpenDisplay(display.encode())
        if not self._link:
            raise OSError(f"No display {display}")
        self._root = self._x.XDefaultRootWindow(self._link)

    def __enter__(self) -> Self:
        """Start the connection."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._x.XCloseDisplay(self._link)

    def point(self, place: Place) -> None:
        """Move the pointer."""
        self._test.XTestFakeMotionEvent(self._link, -1, *place, 0)
        self._x.XSync(self._link, 0)

    def click(self) -> float:
        """Click at the pointer, and return the time."""
        started = time.perf_counter()
        self._test.XTestFakeButtonEvent(self._link, 1, 1, 0)
        self._test.XTestFakeButtonEvent(self._link, 1, 0, 0)
        self._x.XFlush(self._link)
        return started

    def press(self, *names: str) -> float:
        """Press and release keys together, by X names. Return when the last was pressed."""
        syms = (self._x.XStringToKeysym(name.encode()) for name in names)
        codes = [self._x.XKeysymToKeycode(self._link, sym) for sym in syms]
        for code in codes[:-1]:
            self._test.XTestFakeKeyEvent(self._link, code, 1, 0)
        started = time.perf_counter()
        for code, down in ((codes[-1], 1), *((code, 0) for code in reversed(codes))):
            self._test.XTestFakeKeyEvent(self._link, code, down, 0)
        self._x.XFlush(self._link)
        return started

    def colour(self, place: Place) -> int:
        """Return the colour of the screen at a place."""
        image = self._x.XGetImage(self._link, self._root, *place, 1, 1, _ALL_PLANES, _Z_PIXMAP)
        colour = int(self._x.XGetPixel(image, 0, 0))
        self._x.XDestroyImage(image)
        return colour

    def column(self, top: Place, height: int) -> list[int]:
        """Return the colours from a place downwards, all of one moment."""
        image = self._x.XGetImage(self._link, self._root, *top, 1, height, _ALL_PLANES, _Z_PIXMAP)
        colours = [int(self._x.XGetPixel(image, 0, down)) for down in range(height)]
        self._x.XDestroyImage(image)
        return colours

    def colours(self, places: Sequence[Place]) -> list[int]:
        """Return the colours at several places."""
        return [self.colour(place) for place in places]

    def wait_for_colours(
        self, places: Sequence[Place], colours: Sequence[int], limit: float = 10.0
    ) -> float:
        """Return when all places had these colours, or nearly, to about half a millisecond.

        Raises:
            TimeoutError: the places did not have the colours within `limit` seconds.

        """
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if all(map(near, map(self.colour, places), colours)):
                return time.perf_counter()
            time.sleep(_LOOK_EVERY)
        raise TimeoutError("The window was not painted.")

    def frames(self, window: int, seconds: float) -> list[float]:
        """Return when each frame of a window was painted, during `seconds`."""
        first, errors = c_int(), c_int()
        self._damage.XDamageQueryExtension(self._link, byref(first), byref(errors))
        damage = self._damage.XDamageCreate(self._link, window, _RAW_RECTANGLES)
        painted: list[float] = []
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            for _ in range(self._events(first.value, left)):
                now = time.perf_counter()
                if not painted or now - painted[-1] > _SAME_FRAME:
                    painted.append(now)
        self._damage.XDamageDestroy(self._link, damage)
        self._x.XSync(self._link, 1)
        return painted

    def _events(self, wanted: int, left: float) -> int:
        """Wait for events. Return how many of them had the type `wanted`."""
        if not self._x.XPending(self._link):
            select.select([self._x.XConnectionNumber(self._link)], [], [], left)
        found = 0
        event = (ctypes.c_long * _EVENT_LONGS)()
        while self._x.XPending(self._link):
            self._x.XNextEvent(self._link, byref(event))
            found += _DamageEvent.from_buffer(event).type == wanted
        return found

    def _declare(self) -> None:
        x, damage = self._x, self._damage
        x.XOpenDisplay.argtypes, x.XOpenDisplay.restype = [c_char_p], c_void_p
        x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = [c_void_p], c_ulong
        x.XGetImage.restype = c_void_p
        x.XGetImage.argtypes = [*(c_void_p, c_ulong, c_int, c_int, c_uint, c_uint, c_ulong, c_int)]
        x.XGetPixel.argtypes, x.XGetPixel.restype = [c_void_p, c_int, c_int], c_ulong
        for simple in (x.XFlush, x.XPending, x.XConnectionNumber, x.XCloseDisplay, x.XDestroyImage):
            simple.argtypes = [c_void_p]
        x.XSync.argtypes = [c_void_p, c_int]
        x.XNextEvent.argtypes = [c_void_p, c_void_p]
        x.XStringToKeysym.argtypes, x.XStringToKeysym.restype = [c_char_p], c_ulong
        x.XKeysymToKeycode.argtypes, x.XKeysymToKeycode.restype = [c_void_p, c_ulong], c_ubyte
        self._test.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        self._test.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        self._test.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        damage.XDamageQueryExtension.argtypes = [c_void_p, POINTER(c_int), POINTER(c_int)]
        damage.XDamageCreate.argtypes = [c_void_p, c_ulong, c_int]
        damage.XDamageCreate.restype = c_ulong
        damage.XDamageDestroy.argtypes = [c_void_p, c_ulong]
