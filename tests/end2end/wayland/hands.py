"""A virtual keyboard and a virtual pointer on Wayland. Each compositor has its own protocol.

Keys are named by their place on the keyboard, as the kernel counts them.
"""

from __future__ import annotations

import os
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from tests.end2end.wayland.wire import Wire

if TYPE_CHECKING:
    from pathlib import Path

ESC, RETURN, CTRL, A, ALT, SPACE, P, SUPER = 1, 28, 29, 30, 56, 57, 25, 125
LEFT, RIGHT, MIDDLE = 0x110, 0x111, 0x112
_MODIFIERS = {CTRL: 4, ALT: 8, SUPER: 64}
_KEYMAP = b"""xkb_keymap {
  xkb_keycodes { include "evdev" };
  xkb_types { include "complete" };
  xkb_compatibility { include "complete" };
  xkb_symbols { include "pc+us" };
};
\0"""
_GAP = 0.02
"""Seconds between two moves of a hand."""


class Hands(ABC):
    """A virtual keyboard and a virtual pointer, until `close`."""

    def __init__(self, socket: Path) -> None:
        """Connect to the compositor at `socket`."""
        self._wire = Wire(socket)

    def close(self) -> None:
        """Disconnect both."""
        self._wire.close()

    def press(self, *keys: int) -> None:
        """Press keys in this order, and release them in the opposite order."""
        for key in keys:
            self.key(key, down=True)
        for key in reversed(keys):
            self.key(key, down=False)

    def click(self, x: int, y: int, button: int = LEFT) -> None:
        """Click at a place."""
        self.move(x, y)
        time.sleep(0.1)  # the window must know that it has the pointer before the click
        for down in (True, False):
            self._button(button, down=down)
            self._settle()

    def key(self, key: int, *, down: bool) -> None:
        """Press or release one key."""
        self._key(key, down=down)
        self._settle()

    def _settle(self) -> None:
        self._wire.sync()
        time.sleep(_GAP)

    @abstractmethod
    def move(self, x: int, y: int) -> None:
        """Put the pointer somewhere."""

    @abstractmethod
    def _key(self, key: int, *, down: bool) -> None: ...

    @abstractmethod
    def _button(self, button: int, *, down: bool) -> None: ...


class WlrootsHands(Hands):
    """Virtual keyboard and pointer of sway and other compositors with wlroots."""

    def __init__(self, socket: Path, size: tuple[int, int]) -> None:
        """Connect a US keyboard, and a pointer for a screen of this size in pixels."""
        super().__init__(socket)
        self._size = size
        self._held = 0
        wire = self._wire
        seat = wire.bind("wl_seat", 1)
        keyboards = wire.bind("zwp_virtual_keyboard_manager_v1", 1)
        pointers = wire.bind("zwlr_virtual_pointer_manager_v1", 1)
        self._keyboard, self._pointer = wire.new(), wire.new()
        wire.send(keyboards, 0, seat, self._keyboard)
        keymap = os.memfd_create("keymap")
        os.write(keymap, _KEYMAP)
        wire.send(self._keyboard, 0, 1, len(_KEYMAP), file=keymap)
        wire.send(pointers, 0, seat, self._pointer)
        wire.sync()
        os.close(keymap)

    def move(self, x: int, y: int) -> None:
        """Put the pointer somewhere."""
        self._wire.send(self._pointer, 1, _now(), x, y, *self._size)
        self._wire.send(self._pointer, 4)
        self._wire.sync()

    def _key(self, key: int, *, down: bool) -> None:
        self._wire.send(self._keyboard, 1, _now(), key, down)
        changed = _MODIFIERS.get(key, 0)
        if changed:
            self._held = self._held | changed if down else self._held & ~changed
            self._wire.send(self._keyboard, 2, self._held, 0, 0, 0)

    def _button(self, button: int, *, down: bool) -> None:
        self._wire.send(self._pointer, 2, _now(), button, down)
        self._wire.send(self._pointer, 4)


class KWinHands(Hands):
    """KWin's protocol for virtual input in tests."""

    def __init__(self, socket: Path) -> None:
        """Connect both."""
        super().__init__(socket)
        self._fake = self._wire.bind("org_kde_kwin_fake_input", 4)
        self._wire.send(self._fake, 0, "SafePause's tests", "to press keys")
        self._wire.sync()

    def move(self, x: int, y: int) -> None:
        """Put the pointer somewhere."""
        self._wire.send(self._fake, 9, x * 256, y * 256)
        self._wire.sync()

    def _key(self, key: int, *, down: bool) -> None:
        self._wire.send(self._fake, 10, key, down)

    def _button(self, button: int, *, down: bool) -> None:
        self._wire.send(self._fake, 2, button, down)


def _now() -> int:
    """Return the time of an event, in milliseconds. A menu of GTK ignores clicks without it."""
    return int(time.monotonic() * 1000) & 0xFFFFFFFF
