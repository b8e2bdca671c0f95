"""Global shortcuts on X11: the keys are grabbed, so that nothing else about the keyboard is heard.

Keys are grabbed by their codes, with and without Num Lock and Caps Lock, and anew when the layout
changes. A key that another program has is known at once. Nothing runs until a key is pressed.
"""

from __future__ import annotations

import logging
from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier, QTimer

from safepause.core.shortcut.keys import POSITIONS, Keys, Modifier
from safepause.i18n.language import _
from safepause.system.shortcut.base import BindFailure, BindingState, Shortcuts, read
from safepause.system.x11.xlib import (
    CONTROL,
    KEY_PRESS,
    KEY_RELEASE,
    LOCK,
    MOD1,
    MOD4,
    SHIFT,
    Display,
    Grab,
    XEvent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

BURST_MS = 50
"""A change of the layout comes as many messages: so long after the first, all are there."""
HELD_MS = 3000
"""Repeats of a held key come closer together than this, however a person has set them."""
WRAP_MS = 1 << 32
"""An X server counts its milliseconds up to here, and begins anew: after 49 days."""
_FIRST_CODE = 8
"""X counts its keys from here, Linux from 0."""

log = logging.getLogger(__name__)


class X11Shortcuts(Shortcuts):
    """Keys grabbed from the X server."""

    def __init__(self, display: Display | None = None, parent: QObject | None = None) -> None:
        """Connect to the X server, or use `display`, which is closed with this.

        Raises:
            NoDisplay: there is none.

        """
        super().__init__(parent)
        self.way = _("grabbed on X11")
        self._display = display or Display()
        self._wanted: dict[str, str] = {}
        self._grabbed: dict[Grab, str] = {}
        self._held: dict[int, int] = {}
        self._masks: dict[Modifier, int] = {}
        self._notifier = QSocketNotifier(self._display.fd, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._burst = QTimer(self, singleShot=True, interval=BURST_MS)
        self._burst.timeout.connect(self._grab)

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Grab these keys; those that another program had before are tried again."""
        self._wanted = dict(wanted)
        self._grab()

    def close(self) -> None:
        """Leave the X server, which gives back every key."""
        self._burst.stop()
        self._notifier.setEnabled(False)
        self._display.close()

    def _grab(self) -> None:
        """Hold exactly the wanted keys, wherever they lie on the keyboard now."""
        if not self._notifier.isEnabled():
            return
        keys, standings = read(self._wanted)
        self._masks = self._modifiers()
        places = {what: self._places(each) for what, each in keys.items()}
        wanted = {grab: what for what, grabs in places.items() for grab in grabs}
        self._display.ungrab(self._grabbed.keys() - wanted.keys())
        refused = self._display.grab(wanted.keys() - self._grabbed.keys())
        taken = {wanted[grab] for grab in refused}
        gone = {grab for grab, what in wanted.items() if what in taken}
        self._display.ungrab(gone - refused)
        self._grabbed = {grab: what for grab, what in wanted.items() if grab not in gone}
        for what, each in keys.items():
            standings[what] = _standing(each, places[what], taken=what in taken)
        self._put({what: standings[what] for what in self._wanted if what in standings})
        self._read()  # what came while the server was asked wakes no notifier

    def _modifiers(self) -> dict[Modifier, int]:
        return {
            Modifier.SHIFT: SHIFT,
            Modifier.CTRL: CONTROL,
            Modifier.ALT: self._display.modifier("Alt_L", "Alt_R") or MOD1,
            Modifier.META: self._display.modifier("Super_L", "Super_R") or MOD4,
        }

    def _places(self, keys: Keys) -> list[Grab]:
        """Return everything that has to be grabbed for a combination."""
        code = self._display.keycode(keys.keysym)
        if not code and keys.key in POSITIONS:  # a layout without Latin letters
            code = POSITIONS[keys.key] + _FIRST_CODE
        if not code:
            return []
        mask = sum({self._masks[modifier] for modifier in keys.modifiers})
        locks = {LOCK, self._display.modifier("Num_Lock"), self._display.modifier("Scroll_Lock")}
        lit = sorted(locks - {0} - set(self._masks.values()))
        sets = [chosen for size in range(len(lit) + 1) for chosen in combinations(lit, size)]
        return [Grab(code, mask | sum(chosen)) for chosen in sets]

    def _read(self) -> None:
        for event in self._display.events():
            if event.kind == KEY_PRESS:
                self._press(event)
            elif event.kind == KEY_RELEASE:
                self._held.pop(event.keycode, None)
            elif not self._burst.isActive():
                self._burst.start()

    def _press(self, event: XEvent) -> None:
        """Tell of a key, unless it is one that is held down."""
        last = self._held.get(event.keycode)
        self._held[event.keycode] = event.time
        if last is not None and (event.time - last) % WRAP_MS < HELD_MS:
            return
        mask = event.state & sum(set(self._masks.values()))
        what = self._grabbed.get(Grab(event.keycode, mask))
        if what is not None:
            self.pressed.emit(what)


def _standing(keys: Keys, places: list[Grab], *, taken: bool) -> BindingState:
    if taken:
        log.info("another program has the keys of the shortcut")
        return BindingState(trouble=BindFailure.TAKEN)
    return (
        BindingState(shown=str(keys)) if places else BindingState(trouble=BindFailure.NO_SUCH_KEY)
    )
