"""Asks X11 whether some program fills a screen: window managers keep those above all others.

Through libxcb by ctypes, on a connection of its own that lasts for the question: Xlib would end the
program over a window that closes meanwhile. Elsewhere it can't be asked, and the answer is no.
"""

from __future__ import annotations

import ctypes
import logging
from ctypes import POINTER, byref, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p

_ANY, _MOST = 0, 4096
"""Any type of property; so many values of it, at most."""
_CARRIED = "_NET_WM_STATE_FULLSCREEN", "_NET_WM_STATE_HIDDEN"
log = logging.getLogger(__name__)


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", c_uint32),)


class _Screens(ctypes.Structure):
    _fields_ = (("first", POINTER(c_uint32)), ("rest", c_int), ("index", c_int))


class _Atom(ctypes.Structure):
    _fields_ = (
        ("kind", c_uint8),
        ("pad", c_uint8),
        ("sequence", c_uint16),
        ("length", c_uint32),
        ("atom", c_uint32),
    )


class _NoX11(Exception):  # noqa: N818  -- says what happened, as a sentence would
    """There is no X11 to ask; the text says why."""


def full_screen(platform: str) -> bool:
    """Tell whether a window that isn't minimised fills a screen. `platform` is Qt's name for it."""
    if platform != "xcb":
        return False
    try:
        asked = _X11()
    except _NoX11 as reason:
        log.info("whether a program fills the screen can't be asked: %s", reason)
        return False
    try:
        return any(asked.fills(window) for window in asked.windows())
    finally:
        asked.close()


class _X11:
    """A connection that asks for properties of windows."""

    def __init__(self) -> None:
        self._xcb = _library("libxcb.so.1")
        self._libc = ctypes.CDLL(None)
        self._libc.free.argtypes = (c_void_p,)
        self._declare()
        self._link = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._link):
            self.close()
            raise _NoX11("no display answers")
        setup = self._xcb.xcb_get_setup(self._link)
        self._root = self._xcb.xcb_setup_roots_iterator(setup).first[0]
        self._state = self._atom("_NET_WM_STATE")
        self._full, self._hidden = (self._atom(name) for name in _CARRIED)

    def close(self) -> None:
        self._xcb.xcb_disconnect(self._link)

    def windows(self) -> list[int]:
        return self._property(self._root, self._atom("_NET_CLIENT_LIST_STACKING"))

    def fills(self, window: int) -> bool:
        state = self._property(window, self._state)
        return self._full in state and self._hidden not in state

    def _declare(self) -> None:
        xcb, link = self._xcb, c_void_p
        for name, result, arguments in (
            ("xcb_connect", link, (c_char_p, c_void_p)),
            ("xcb_connection_has_error", c_int, (link,)),
            ("xcb_disconnect", None, (link,)),
            ("xcb_get_setup", c_void_p, (link,)),
            ("xcb_setup_roots_iterator", _Screens, (c_void_p,)),
            ("xcb_intern_atom", _Cookie, (link, c_uint8, c_uint16, c_char_p)),
            ("xcb_intern_atom_reply", POINTER(_Atom), (link, _Cookie, c_void_p)),
            ("xcb_get_property", _Cookie, (link, c_uint8, *(c_uint32,) * 5)),
            ("xcb_get_property_reply", c_void_p, (link, _Cookie, c_void_p)),
            ("xcb_get_property_value", POINTER(c_uint32), (c_void_p,)),
            ("xcb_get_property_value_length", c_int, (c_void_p,)),
        ):
            function = getattr(xcb, name)
            function.restype, function.argtypes = result, arguments

    def _atom(self, name: str) -> int:
        asked = self._xcb.xcb_intern_atom(self._link, 0, len(name), name.encode())
        answer = self._xcb.xcb_intern_atom_reply(self._link, asked, None)
        if not answer:
            return 0
        atom = int(answer.contents.atom)
        self._libc.free(answer)
        return atom

    def _property(self, window: int, name: int) -> list[int]:
        """Return the numbers in a property: none if there is none, or no window any more."""
        asked = self._xcb.xcb_get_property(self._link, 0, window, name, _ANY, 0, _MOST)
        error = c_void_p()
        answer = self._xcb.xcb_get_property_reply(self._link, asked, byref(error))
        if not answer:
            self._libc.free(error)
            return []
        size = self._xcb.xcb_get_property_value_length(answer) // ctypes.sizeof(c_uint32)
        values = self._xcb.xcb_get_property_value(answer)[:size]
        self._libc.free(answer)
        return [int(value) for value in values]


def _library(name: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(name)
    except OSError as error:
        raise _NoX11(str(error)) from error
