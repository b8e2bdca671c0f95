"""The binding to libX11 through ctypes: its structures, and the types of the functions in use.

python-xlib and xcffib take five times as long to import. The structures are those of X11/Xlib.h and
X11/XKBlib.h.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulong, c_void_p


class KeyEvent(ctypes.Structure):
    """XKeyEvent."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("root", c_ulong),
        ("subwindow", c_ulong),
        ("time", c_ulong),
        ("place", c_int * 4),
        ("state", c_uint),
        ("keycode", c_uint),
        ("same_screen", c_int),
    )


class XkbEvent(ctypes.Structure):
    """The beginning of XkbAnyEvent."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("time", c_ulong),
        ("xkb_type", c_int),
    )


class PropertyEvent(ctypes.Structure):
    """XPropertyEvent."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("atom", c_ulong),
        ("time", c_ulong),
        ("state", c_int),
    )


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent, with room for the rest of XEvent, which XSendEvent may read."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        ("room", c_long * 12),
    )


class AnyEvent(ctypes.Union):
    """XEvent."""

    _fields_ = (
        ("type", c_int),
        ("key", KeyEvent),
        ("property", PropertyEvent),
        ("xkb", XkbEvent),
        ("room", c_long * 24),
    )


class ErrorEvent(ctypes.Structure):
    """The beginning of XErrorEvent."""

    _fields_ = (
        ("type", c_int),
        ("display", c_void_p),
        ("resource", c_ulong),
        ("serial", c_ulong),
        ("code", c_ubyte),
    )


class ModifierMap(ctypes.Structure):
    """XModifierKeymap."""

    _fields_ = (("width", c_int), ("codes", POINTER(c_ubyte)))


class XkbState(ctypes.Structure):
    """The beginning of XkbStateRec, with room for the rest."""

    _fields_ = (("group", c_ubyte), ("room", c_ubyte * 31))


ERROR_HANDLER = ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(ErrorEvent))
_DISPLAY = c_void_p
_FUNCTIONS = (
    ("XOpenDisplay", _DISPLAY, (c_char_p,)),
    ("XCloseDisplay", c_int, (_DISPLAY,)),
    ("XDefaultRootWindow", c_ulong, (_DISPLAY,)),
    ("XConnectionNumber", c_int, (_DISPLAY,)),
    ("XQueryExtension", c_int, (_DISPLAY, c_char_p, c_void_p, c_void_p, c_void_p)),
    ("XNextRequest", c_ulong, (_DISPLAY,)),
    ("XSync", c_int, (_DISPLAY, c_int)),
    ("XSetErrorHandler", c_void_p, (ERROR_HANDLER,)),
    ("XPending", c_int, (_DISPLAY,)),
    ("XNextEvent", c_int, (_DISPLAY, c_void_p)),
    ("XGrabKey", c_int, (_DISPLAY, c_int, c_uint, c_ulong, c_int, c_int, c_int)),
    ("XUngrabKey", c_int, (_DISPLAY, c_int, c_uint, c_ulong)),
    ("XStringToKeysym", c_ulong, (c_char_p,)),
    ("XDisplayKeycodes", c_int, (_DISPLAY, c_void_p, c_void_p)),
    ("XGetModifierMapping", POINTER(ModifierMap), (_DISPLAY,)),
    ("XFreeModifiermap", c_int, (POINTER(ModifierMap),)),
    ("XRefreshKeyboardMapping", c_int, (c_void_p,)),
    ("XkbQueryExtension", c_int, (_DISPLAY, *(c_void_p,) * 5)),
    ("XkbSelectEventDetails", c_int, (_DISPLAY, c_uint, c_uint, c_ulong, c_ulong)),
    ("XkbSetDetectableAutoRepeat", c_int, (_DISPLAY, c_int, c_void_p)),
    ("XkbGetState", c_int, (_DISPLAY, c_uint, c_void_p)),
    ("XkbKeycodeToKeysym", c_ulong, (_DISPLAY, c_uint, c_int, c_int)),
    ("XInternAtom", c_ulong, (_DISPLAY, c_char_p, c_int)),
    (
        "XGetWindowProperty",
        c_int,
        (_DISPLAY, c_ulong, c_ulong, c_long, c_long, c_int, c_ulong, *(c_void_p,) * 5),
    ),
    ("XFree", c_int, (c_void_p,)),
    (
        "XCreateSimpleWindow",
        c_ulong,
        (_DISPLAY, c_ulong, c_int, c_int, c_uint, c_uint, c_uint, c_ulong, c_ulong),
    ),
    ("XSelectInput", c_int, (_DISPLAY, c_ulong, c_long)),
    (
        "XChangeProperty",
        c_int,
        (_DISPLAY, c_ulong, c_ulong, c_ulong, c_int, c_int, c_void_p, c_int),
    ),
    ("XSendEvent", c_int, (_DISPLAY, c_ulong, c_int, c_long, c_void_p)),
)
"""Each function with the type of its result and of its arguments."""


def load() -> ctypes.CDLL:
    """Return libX11 with typed functions.

    Raises:
        OSError: there is no libX11.

    """
    library = ctypes.CDLL("libX11.so.6")
    for name, result, arguments in _FUNCTIONS:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
