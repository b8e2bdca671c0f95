"""The keyboard of an X server: grabs of keys, events of keys and layouts, and codes of keys."""

from __future__ import annotations

from ctypes import byref, c_int
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.system.x11.display import Display, NoDisplay
from safepause.system.x11.xlib import AnyEvent, XkbState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY_PRESS, KEY_RELEASE, MAPPING_CHANGED = 2, 3, 34
"""X11's types of events."""
LAYOUT_CHANGED = -1
"""Our own type of event: another of the keyboard's layouts is in use now."""
SHIFT, LOCK, CONTROL, MOD1, MOD4 = 1, 2, 4, 8, 64
"""Modifiers as bits of a mask. Alt is usually MOD1, and Super MOD4."""
_MODIFIERS = 8
_CORE_KEYBOARD, _STATE_NOTIFY, _GROUP_STATE = 0x100, 2, 1 << 4
_ASYNCHRONOUS = 1
_GROUPS, _LEVELS = 4, 2


@dataclass(frozen=True, slots=True)
class XEvent:
    """An event of the X server. `time` is in the server's own milliseconds, and wraps."""

    kind: int
    keycode: int = 0
    state: int = 0
    time: int = 0


@dataclass(frozen=True, slots=True)
class Grab:
    """A key, by its code, together with exactly these modifiers."""

    keycode: int
    mask: int


class Keyboard(Display):
    """A connection that grabs keys and gets their events."""

    def __init__(self) -> None:
        """Connect to the display that the environment names.

        Raises:
            NoDisplay: there is no libX11, no X server answers, or the server has no XKB.

        """
        super().__init__()
        self._xkb_event = self._select_events()

    def grab(self, grabs: Iterable[Grab]) -> set[Grab]:
        """Grab keys. Return those that another program has grabbed."""
        asked: dict[int, Grab] = {}
        with self._errors() as refused:
            for grab in grabs:
                asked[int(self._x.XNextRequest(self._display))] = grab
                modes = (_ASYNCHRONOUS, _ASYNCHRONOUS)
                self._x.XGrabKey(self._display, grab.keycode, grab.mask, self._root, 0, *modes)
        return {asked[serial] for serial in refused if serial in asked}

    def ungrab(self, grabs: Iterable[Grab]) -> None:
        """End grabs of keys."""
        with self._errors():
            for grab in grabs:
                self._x.XUngrabKey(self._display, grab.keycode, grab.mask, self._root)

    def events(self) -> Iterator[XEvent]:
        """Yield every event that has arrived, except key events that another program has sent."""
        event = AnyEvent()
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
        """Return the code of the key that gives a keysym, or 0 if no key does.

        The layout in use comes first, then the other layouts.
        """
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
        """Return the mask of the modifier that one of these keys sets, or 0 if none does."""
        wanted = {self._x.XStringToKeysym(keysym.encode()) for keysym in keysyms}
        found = self._x.XGetModifierMapping(self._display)
        width, codes = found.contents.width, found.contents.codes
        mask = 0
        for place in range(_MODIFIERS * width):
            code = codes[place]
            if code and self._x.XkbKeycodeToKeysym(self._display, code, 0, 0) in wanted:
                mask = mask or 1 << (place // width)
        self._x.XFreeModifiermap(found)
        return mask

    def _select_events(self) -> int:
        """Ask for events of layout changes, and for no release between repeats of a held key.

        Return the type of XKB's events.
        """
        numbers = [c_int() for _place in range(5)]
        known = self._x.XkbQueryExtension(self._display, *(byref(each) for each in numbers))
        if not known:
            self.close()
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
        state = XkbState()
        self._x.XkbGetState(self._display, _CORE_KEYBOARD, byref(state))
        return int(state.group)
