"""Global shortcuts on X11: the program grabs these keys, and gets events of no others.

Keys are grabbed by their codes, with and without Num Lock and Caps Lock, and again after each
change of the layout. The server says at once if another program has grabbed a key. Nothing runs
until a key is pressed.
"""

from __future__ import annotations

import logging
from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier, QTimer

from safepause.core.shortcut.keys import POSITIONS, Keys, Modifier
from safepause.i18n.language import _
from safepause.system.shortcut.base import (
    ASK,
    BindFailure,
    BindingState,
    Consent,
    Shortcuts,
    read,
)
from safepause.system.x11.keyboard import (
    CONTROL,
    KEY_PRESS,
    KEY_RELEASE,
    LOCK,
    MOD1,
    MOD4,
    SHIFT,
    Grab,
    Keyboard,
    XEvent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

BURST_MS = 50
"""A change of the layout comes as many events. This long after the first, all have arrived."""
HELD_MS = 3000
"""The repeats of a held key come closer together than this, with any setting of a person."""
WRAP_MS = 1 << 32
"""An X server counts its milliseconds up to here, and then from 0. That takes 49 days."""
_FIRST_CODE = 8
"""X11 counts its keys from here, Linux from 0."""

log = logging.getLogger(__name__)


class X11Shortcuts(Shortcuts):
    """Shortcuts that grab keys of an X server."""

    def __init__(self, keyboard: Keyboard | None = None, parent: QObject | None = None) -> None:
        """Connect to the X server, or use `keyboard`, which `close` closes.

        Raises:
            NoDisplay: no X server can be used.

        """
        super().__init__(parent)
        self.way = _("grabbed on X11")
        self._keyboard = keyboard or Keyboard()
        self._wanted: dict[str, str] = {}
        self._grabbed: dict[Grab, str] = {}
        self._held: dict[int, int] = {}
        self._masks: dict[Modifier, int] = {}
        self._notifier = QSocketNotifier(self._keyboard.fd, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._burst = QTimer(self, singleShot=True, interval=BURST_MS)
        self._burst.timeout.connect(self._grab)

    def bind(self, wanted: Mapping[str, str], _consent: Consent = ASK) -> None:
        """Grab these combinations. A combination that was taken before is tried again."""
        self._wanted = dict(wanted)
        self._grab()

    def close(self) -> None:
        """Disconnect from the X server, which ends every grab."""
        self._burst.stop()
        self._notifier.setEnabled(False)
        self._keyboard.close()

    def _grab(self) -> None:
        """Grab exactly the wanted keys, by their codes in the layout that is in use now."""
        if not self._notifier.isEnabled():
            return
        keys, states = read(self._wanted)
        self._masks = self._modifiers()
        places = {what: self._places(each) for what, each in keys.items()}
        wanted = {grab: what for what, grabs in places.items() for grab in grabs}
        self._keyboard.ungrab(self._grabbed.keys() - wanted.keys())
        refused = self._keyboard.grab(wanted.keys() - self._grabbed.keys())
        taken = {wanted[grab] for grab in refused}
        gone = {grab for grab, what in wanted.items() if what in taken}
        self._keyboard.ungrab(gone - refused)
        self._grabbed = {grab: what for grab, what in wanted.items() if grab not in gone}
        for what, each in keys.items():
            states[what] = _state(each, places[what], taken=what in taken)
        self._put({what: states[what] for what in self._wanted if what in states})
        self._read()  # events that came with the answers above don't activate the notifier

    def _modifiers(self) -> dict[Modifier, int]:
        return {
            Modifier.SHIFT: SHIFT,
            Modifier.CTRL: CONTROL,
            Modifier.ALT: self._keyboard.modifier("Alt_L", "Alt_R") or MOD1,
            Modifier.META: self._keyboard.modifier("Super_L", "Super_R") or MOD4,
        }

    def _places(self, keys: Keys) -> list[Grab]:
        """Return every grab that a combination needs: one for each state of the lock keys."""
        code = self._keyboard.keycode(keys.keysym)
        if not code and keys.key in POSITIONS:  # a layout without Latin letters
            code = POSITIONS[keys.key] + _FIRST_CODE
        if not code:
            return []
        mask = sum({self._masks[modifier] for modifier in keys.modifiers})
        locks = {LOCK, self._keyboard.modifier("Num_Lock"), self._keyboard.modifier("Scroll_Lock")}
        lit = sorted(locks - {0} - set(self._masks.values()))
        sets = [chosen for size in range(len(lit) + 1) for chosen in combinations(lit, size)]
        return [Grab(code, mask | sum(chosen)) for chosen in sets]

    def _read(self) -> None:
        for event in self._keyboard.events():
            if event.kind == KEY_PRESS:
                self._press(event)
            elif event.kind == KEY_RELEASE:
                self._held.pop(event.keycode, None)
            elif not self._burst.isActive():
                self._burst.start()

    def _press(self, event: XEvent) -> None:
        """Emit `pressed` for a key, unless this is the repeat of a held key."""
        last = self._held.get(event.keycode)
        self._held[event.keycode] = event.time
        if last is not None and (event.time - last) % WRAP_MS < HELD_MS:
            return
        mask = event.state & sum(set(self._masks.values()))
        what = self._grabbed.get(Grab(event.keycode, mask))
        if what is not None:
            self.pressed.emit(what)


def _state(keys: Keys, places: list[Grab], *, taken: bool) -> BindingState:
    if taken:
        log.info("another program has the keys of the shortcut")
        return BindingState(trouble=BindFailure.TAKEN)
    return (
        BindingState(shown=str(keys)) if places else BindingState(trouble=BindFailure.NO_SUCH_KEY)
    )
