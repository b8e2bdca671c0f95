"""The little of Xlib that grabbing keys needs, through ctypes: a connection of its own to X11.

Not the connection that Qt has, whose events Qt reads, and no package: python-xlib and xcffib take
five times as long to import. The structures are those of X11/Xlib.h and X11/XKBlib.h.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from ctypes import byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY_PRESS, KEY_RELEASE, MAPPING_CHANGED = 2, 3, 34
"""Types of events; `LAYOUT_CHANGED` is ours: another of the keyboard's layouts is in use."""
LAYOUT_CHANGED = -1
SHIFT, LOCK, CONTROL, MOD1, MOD4 = 1, 2, 4, 8, 64
"""Modifiers as bits of a mask. Alt is usually MOD1, Super MOD4."""
_SHIFTS = 8
_CORE_KEYBOARD, _STATE_NOTIFY, _GROUP_STATE = 0x100, 2, 1 << 4
_ASYNCHRONOUS = 1
_GROUPS, _LEVELS = 4, 2


class NoDisplay(Exception):  # noqa: N818  -- says what happened, as a sentence would
    """There is no X11 to grab keys on; the text says why."""


@dataclass(frozen=True, slots=True)
class XEvent:
    """Something that the X server said. `time` is in milliseconds of its own, and wraps."""

    kind: int
    keycode: int = 0
    state: int = 0
    time: int = 0


@dataclass(frozen=True, slots=True)
class Grab:
    """A key, by its code, with exactly these modifiers."""

    keycode: int
    mask: int


class _KeyEvent(ctypes.Structure):
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


class _XkbEvent(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("time", c_ulong),
        ("xkb_type", c_int),
    )


class _AnyEvent(ctypes.Union):
    _fields_ = (("type", c_int), ("key", _KeyEvent), ("xkb", _XkbEvent), ("room", c_long * 24))


class _Error(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("display", c_void_p),
        ("resource", c_ulong),
        ("serial", c_ulong),
        ("code", ctypes.c_ubyte),
    )


class _ModifierMap(ctypes.Structure):
    _fields_ = (("width", c_int), ("codes", ctypes.POINTER(ctypes.c_ubyte)))


class _XkbState(ctypes.Structure):
    _fields_ = (("group", ctypes.c_ubyte), ("room", ctypes.c_ubyte * 31))


_ERROR_HANDLER = ctypes.CFUNCTYPE(c_int, c_void_p, ctypes.POINTER(_Error))


class Display:
    """One connection to the X server. Every call is quick: the server is on this computer.

    When the server goes, Xlib ends the program, as it does for Qt's own connection.
    """

    def __init__(self) -> None:
        """Connect to the display that the environment names.

        Raises:
            NoDisplay: there is no libX11, or nobody answers.

        """
        self._x = _library()
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise NoDisplay("no X server answers")
        self._root = self._x.XDefaultRootWindow(self._display)
        self._xkb_event = self._listen()

    @property
    def fd(self) -> int:
        """The socket, to be watched for reading."""
        return int(self._x.XConnectionNumber(self._display))

    @property
    def is_xwayland(self) -> bool:
        """Whether this X server only serves X11 programs on Wayland, and hears few keys."""
        numbers = (c_int(), c_int(), c_int())
        return bool(
            self._x.XQueryExtension(self._display, b"XWAYLAND", *(byref(each) for each in numbers))
        )

    def grab(self, grabs: Iterable[Grab]) -> set[Grab]:
        """Take keys for ourselves; return those that another program has."""
        asked: dict[int, Grab] = {}
        with self._errors() as refused:
            for grab in grabs:
                asked[int(self._x.XNextRequest(self._display))] = grab
                self._x.XGrabKey(
                    self._display,
                    grab.keycode,
                    grab.mask,
                    self._root,
                    0,
                    _ASYNCHRONOUS,
                    _ASYNCHRONOUS,
                )
        return {asked[serial] for serial in refused if serial in asked}

    def ungrab(self, grabs: Iterable[Grab]) -> None:
        """Give keys back."""
        with self._errors():
            for grab in grabs:
                self._x.XUngrabKey(self._display, grab.keycode, grab.mask, self._root)

    def events(self) -> Iterator[XEvent]:
        """Give every event that has arrived. What other programs have made up is left out."""
        event = _AnyEvent()
        while self._display and self._x.XPending(self._display):
            self._x.XNextEvent(self._display, byref(event))
            if event.type == MAPPING_CHANGED:
                self._x.XRefreshKeyboardMapping(byref(event))
                yield XEvent(MAPPING_CHANGED)
            elif event.type == self._xkb_event and event.xkb.xkb_type == _STATE_NOTIFY:
                yield XEvent(LAYOUT_CHANGED)
            elif event.type in (KEY_PRESS, KEY_RELEASE) and not event.key.sent:
                key = event.key
                yield XEvent(event.type, key.keycode, key.state, key.time)

    def keycode(self, keysym: str) -> int:
        """Return the key that gives a keysym, in the layout in use if it can; 0 if none does."""
        wanted = self._x.XStringToKeysym(keysym.encode())
        first = self._layout()
        groups = [first, *(group for group in range(_GROUPS) if group != first)]
        places = [(group, level) for group in groups for level in range(_LEVELS)]
        codes = self._codes()
        for group, level in places:
            for code in codes:
                if self._x.XkbKeycodeToKeysym(self._display, code, group, level) == wanted:
                    return code
        return 0

    def modifier(self, *keysyms: str) -> int:
        """Return the mask of the modifier that one of these keys is; 0 if none is one."""
        wanted = {self._x.XStringToKeysym(keysym.encode()) for keysym in keysyms}
        found = self._x.XGetModifierMapping(self._display)
        width, codes = found.contents.width, found.contents.codes
        mask = 0
        for place in range(_SHIFTS * width):
            code = codes[place]
            if code and self._x.XkbKeycodeToKeysym(self._display, code, 0, 0) in wanted:
                mask = mask or 1 << (place // width)
        self._x.XFreeModifiermap(found)
        return mask

    def close(self) -> None:
        """Leave; the server gives back every key."""
        if self._display:
            self._x.XCloseDisplay(self._display)
            self._display = None

    def _listen(self) -> int:
        """Hear of changes of the layout; no release between the repeats of a held key."""
        numbers = [c_int() for _place in range(5)]
        known = self._x.XkbQueryExtension(self._display, *(byref(each) for each in numbers))
        if not known:
            raise NoDisplay("this X server has no XKB")
        select = self._x.XkbSelectEventDetails
        select(self._display, _CORE_KEYBOARD, _STATE_NOTIFY, _GROUP_STATE, _GROUP_STATE)
        self._x.XkbSetDetectableAutoRepeat(self._display, 1, None)
        return numbers[1].value

    def _codes(self) -> range:
        least, most = c_int(), c_int()
        self._x.XDisplayKeycodes(self._display, byref(least), byref(most))
        return range(least.value, most.value + 1)

    def _layout(self) -> int:
        state = _XkbState()
        self._x.XkbGetState(self._display, _CORE_KEYBOARD, byref(state))
        return int(state.group)

    @contextmanager
    def _errors(self) -> Iterator[set[int]]:
        """Gather which requests the server refuses. Xlib has one handler for all connections."""
        refused: set[int] = set()

        def note(display: int, error: ctypes._Pointer[_Error]) -> int:
            if display == self._display:
                refused.add(int(error.contents.serial))
            elif earlier:
                _ERROR_HANDLER(earlier)(display, error)
            return 0

        handler = _ERROR_HANDLER(note)
        self._x.XSync(self._display, 0)
        earlier = self._x.XSetErrorHandler(handler)
        try:
            yield refused
            self._x.XSync(self._display, 0)
        finally:
            self._x.XSetErrorHandler(ctypes.cast(earlier, _ERROR_HANDLER))


def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL("libX11.so.6")
    except OSError as error:
        raise NoDisplay(str(error)) from error
    display = c_void_p
    library.XOpenDisplay.argtypes, library.XOpenDisplay.restype = [c_char_p], display
    library.XDefaultRootWindow.argtypes = library.XNextRequest.argtypes = [display]
    library.XDefaultRootWindow.restype = library.XNextRequest.restype = c_ulong
    library.XConnectionNumber.argtypes = library.XCloseDisplay.argtypes = [display]
    library.XPending.argtypes = [display]
    library.XNextEvent.argtypes = [display, c_void_p]
    library.XRefreshKeyboardMapping.argtypes = [c_void_p]
    library.XSync.argtypes = [display, c_int]
    library.XQueryExtension.argtypes = [display, c_char_p, c_void_p, c_void_p, c_void_p]
    library.XGrabKey.argtypes = [display, c_int, c_uint, c_ulong, c_int, c_int, c_int]
    library.XUngrabKey.argtypes = [display, c_int, c_uint, c_ulong]
    library.XStringToKeysym.argtypes, library.XStringToKeysym.restype = [c_char_p], c_ulong
    library.XkbKeycodeToKeysym.argtypes = [display, c_uint, c_int, c_int]
    library.XkbKeycodeToKeysym.restype = c_ulong
    library.XDisplayKeycodes.argtypes = [display, c_void_p, c_void_p]
    library.XkbGetState.argtypes = [display, c_uint, c_void_p]
    library.XGetModifierMapping.argtypes = [display]
    library.XGetModifierMapping.restype = ctypes.POINTER(_ModifierMap)
    library.XFreeModifiermap.argtypes = [ctypes.POINTER(_ModifierMap)]
    library.XkbQueryExtension.argtypes = [display] + [c_void_p] * 5
    library.XkbSelectEventDetails.argtypes = [display, c_uint, c_uint, c_ulong, c_ulong]
    library.XkbSetDetectableAutoRepeat.argtypes = [display, c_int, c_void_p]
    library.XSetErrorHandler.argtypes, library.XSetErrorHandler.restype = [_ERROR_HANDLER], c_void_p
    return library
