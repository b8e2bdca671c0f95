"""Hot keys of Windows, with a fake of user32.dll and messages like those of Windows."""

from __future__ import annotations

import ctypes

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication

from safepause.system.shortcut.base import NAME1, PAUSE
from safepause.system.shortcut.windows import WindowsShortcuts

# ruff: noqa: N802  -- the fake has the system's own names
WM_HOTKEY = 0x0312
CONTROL_ALT_NO_REPEAT = 0x4003
pytestmark = pytest.mark.usefixtures("qapp")


class FakeUser32:
    """Registers hot keys of one thread, as Windows does."""

    def __init__(self) -> None:
        """Start without hot keys."""
        self.taken: set[int] = set()
        self.registered: dict[int, tuple[int, int]] = {}

    def RegisterHotKey(self, window: None, number: int, modifiers: int, key: int) -> int:
        """Register a hot key, unless another program has it."""
        assert window is None
        if key in self.taken:
            return 0
        self.registered[number] = (modifiers, key)
        return 1

    def UnregisterHotKey(self, window: None, number: int) -> int:
        """Unregister a hot key."""
        assert window is None
        del self.registered[number]
        return 1

    def VkKeyScanW(self, character: str) -> int:
        """Return a code for the comma alone."""
        return 0x01BC if character == "," else -1


class Message(ctypes.Structure):
    """The beginning of MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
    )


def post(shortcuts: WindowsShortcuts, message: int, number: int, kind: bytes) -> tuple[bool, int]:
    """Pass a message to the filter, as Qt does."""
    posted = Message(None, message, number, 0)
    return shortcuts._filter.nativeEventFilter(  # noqa: SLF001
        QByteArray(kind), ctypes.addressof(posted)
    )


def test_keys_are_registered_and_pressed() -> None:
    """Keys are registered with the codes of winuser.h. A hot key emits its action."""
    user32, told = FakeUser32(), list[str]()
    shortcuts = WindowsShortcuts(user32)
    shortcuts.pressed.connect(told.append)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P", NAME1: "Meta+Shift+F9"})
    assert user32.registered == {1: (CONTROL_ALT_NO_REPEAT, ord("P")), 2: (0x400C, 0x78)}
    assert shortcuts.shown(NAME1) == "Win+Shift+F9"
    assert post(shortcuts, WM_HOTKEY, 2, b"windows_generic_MSG") == (True, 0)
    assert told == [NAME1]
    shortcuts.close()
    assert user32.registered == {}


@pytest.mark.parametrize(
    ("message", "kind"), [(0x0100, b"windows_generic_MSG"), (WM_HOTKEY, b"xcb_generic_event_t")]
)
def test_other_messages_are_left_to_qt(message: int, kind: bytes) -> None:
    """Another message, or a message of another system, is not handled."""
    told: list[str] = []
    shortcuts = WindowsShortcuts(FakeUser32())
    shortcuts.pressed.connect(told.append)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P"})
    assert post(shortcuts, message, 1, kind) == (False, 0)
    assert told == []
    shortcuts.close()


def test_a_hot_key_that_is_not_registered_any_more() -> None:
    """A hot key whose message arrives after it was unregistered calls nothing."""
    told: list[str] = []
    shortcuts = WindowsShortcuts(FakeUser32())
    shortcuts.pressed.connect(told.append)
    assert post(shortcuts, WM_HOTKEY, 7, b"windows_generic_MSG") == (True, 0)
    assert told == []
    shortcuts.close()


def test_taken_keys_are_a_problem() -> None:
    """A key of another program is a problem, until that program unregisters it."""
    user32 = FakeUser32()
    user32.taken.add(ord("P"))
    shortcuts = WindowsShortcuts(user32)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P"})
    assert "Another program" in shortcuts.problem(PAUSE)
    assert not shortcuts.capability().available
    user32.taken.clear()
    shortcuts.bind({PAUSE: "Ctrl+Alt+P"})
    assert shortcuts.capability().available
    shortcuts.close()


def test_the_layout_gives_the_code_of_a_sign() -> None:
    """Windows knows the code of a sign. A sign that no key gives is a problem."""
    user32 = FakeUser32()
    shortcuts = WindowsShortcuts(user32)
    shortcuts.bind({PAUSE: "Ctrl+Alt+,", NAME1: "Ctrl+Alt+["})
    assert user32.registered == {1: (CONTROL_ALT_NO_REPEAT, 0xBC)}
    assert "no such key" in shortcuts.problem(NAME1)
    shortcuts.bind({PAUSE: "Ctrl+Alt+PgUp"})
    assert user32.registered == {1: (CONTROL_ALT_NO_REPEAT, 0x21)}
    shortcuts.close()


def test_hot_keys_need_an_application(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Qt's application no message would arrive, so that is an error."""
    assert QCoreApplication.instance() is not None
    monkeypatch.setattr(QCoreApplication, "instance", lambda: None)
    with pytest.raises(RuntimeError):
        WindowsShortcuts(FakeUser32())
