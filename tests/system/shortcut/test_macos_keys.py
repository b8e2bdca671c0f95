"""Hot keys of macOS, with a fake of Carbon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from safepause.system.shortcut.base import NAME1, PAUSE
from safepause.system.shortcut.macos import CODES, HotKey, MacShortcuts

if TYPE_CHECKING:
    import ctypes

# ruff: noqa: N802  -- the fake has Carbon's own names
COMMAND_OPTION = 0x0900
TARGET = 4711
pytestmark = pytest.mark.usefixtures("qapp")


class FakeCarbon:
    """Registers hot keys, and calls the handler in `press`."""

    def __init__(self) -> None:
        """Start without hot keys."""
        self.keys: dict[int, tuple[int, int]] = {}
        self.handlers: list[Any] = []
        self.taken: set[int] = set()
        self.references: dict[int, int] = {}
        self._pressed = HotKey()

    def GetApplicationEventTarget(self) -> int:
        """Return the target of events."""
        return TARGET

    def InstallEventHandler(self, target: int, handler: Any, *rest: Any) -> int:  # noqa: ANN401
        """Keep the handler."""
        assert target == TARGET
        self.handlers.append(handler)
        rest[-1]._obj.value = 99  # noqa: SLF001  -- what byref() points to
        return 0

    def RemoveEventHandler(self, reference: ctypes.c_void_p) -> int:
        """Delete the handler."""
        assert reference.value == 99
        self.handlers.pop()
        return 0

    def RegisterEventHotKey(  # noqa: PLR0913, PLR0917  -- Carbon's own
        self,
        code: int,
        modifiers: int,
        key: HotKey,
        target: int,
        options: int,
        reference: Any,  # noqa: ANN401
    ) -> int:
        """Register a hot key, unless another program has it."""
        assert (target, options) == (TARGET, 0)
        if code in self.taken:
            return -9878
        self.keys[key.number] = (code, modifiers)
        reference._obj.value = key.number  # noqa: SLF001
        return 0

    def UnregisterEventHotKey(self, reference: ctypes.c_void_p) -> int:
        """Unregister a hot key."""
        assert reference.value is not None
        del self.keys[reference.value]
        return 0

    def GetEventParameter(self, *arguments: Any) -> int:  # noqa: ANN401
        """Return the hot key of an event."""
        told = arguments[-1]._obj  # noqa: SLF001
        told.signature, told.number = self._pressed.signature, self._pressed.number
        return 0

    def press(self, number: int, signature: bytes = b"sfps") -> int:
        """Send a hot key to the handler."""
        self._pressed = HotKey(int.from_bytes(signature, "big"), number)
        return int(self.handlers[-1](None, None, None))


def test_keys_are_registered_and_pressed() -> None:
    """Keys are registered with the codes of Events.h. A hot key emits its action by its number."""
    carbon, told = FakeCarbon(), list[str]()
    shortcuts = MacShortcuts(carbon)
    shortcuts.pressed.connect(told.append)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P", NAME1: "Meta+Shift+F9"})
    assert carbon.keys == {1: (35, COMMAND_OPTION), 2: (101, 0x1200)}
    assert shortcuts.shown(PAUSE) == "\u2325\u2318P"
    assert carbon.press(2) == 0
    assert told == [NAME1]
    shortcuts.close()
    shortcuts.close()
    assert carbon.keys == {}
    assert carbon.handlers == []


def test_other_hot_keys_call_nothing() -> None:
    """A hot key with another signature, or with a number that isn't registered, calls nothing."""
    carbon, told = FakeCarbon(), list[str]()
    shortcuts = MacShortcuts(carbon)
    shortcuts.pressed.connect(told.append)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P"})
    carbon.press(1, b"else")
    carbon.press(7)
    assert told == []
    shortcuts.close()


def test_taken_and_missing_keys_are_problems() -> None:
    """A key of another program is a problem. So is a key that no Mac has."""
    carbon = FakeCarbon()
    carbon.taken.add(CODES["P"])
    shortcuts = MacShortcuts(carbon)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P", NAME1: "Ctrl+Alt+ScrollLock"})
    assert "Another program" in shortcuts.problem(PAUSE)
    assert "no such key" in shortcuts.problem(NAME1)
    shortcuts.close()


def test_each_key_has_a_code_of_its_own() -> None:
    """No two keys share a code, and some codes are compared with Events.h."""
    assert len(set(CODES.values())) == len(CODES)
    assert [CODES[key] for key in ("A", "B", "Q", "0", "L", "N", "F1")] == [
        0,
        11,
        12,
        29,
        37,
        45,
        122,
    ]
