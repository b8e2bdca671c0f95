"""The end of a sleep on Windows, with messages that the test makes."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from safepause.system.dbus.lasting_bus import system_bus
from safepause.system.time.clock_watch import ClockWatch
from safepause.system.time.windows_power import Message, PowerEvents
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

POWER, QUERY = 0x0218, 0x0011
RESUMED, RESUMED_BY_PERSON, ASLEEP = 0x12, 0x07, 0x04


@pytest.fixture
def events(qtbot: QtBot) -> Iterator[PowerEvents]:
    """Return a source of these events."""
    del qtbot
    made = PowerEvents()
    yield made
    made.close()


def send(events: PowerEvents, message: int, what: int, kind: bytes = b"windows_generic_MSG") -> int:
    """Pass a message to the filter, as Qt does. Return how often the end of a sleep is reported."""
    heard: list[bool] = []
    events.resumed.connect(lambda: heard.append(True))
    told = Message(None, message, what)
    taken = events._filter.nativeEventFilter(kind, ctypes.addressof(told))  # noqa: SLF001 -- Qt's
    assert taken == (False, 0)
    return len(heard)


@pytest.mark.parametrize("what", [RESUMED, RESUMED_BY_PERSON])
def test_the_end_of_a_sleep_is_reported(events: PowerEvents, what: int) -> None:
    """Both messages after a sleep are reported, and left to Qt."""
    assert send(events, POWER, what) == 1


@pytest.mark.parametrize(
    ("message", "what", "kind"),
    [
        (POWER, ASLEEP, b"windows_generic_MSG"),
        (QUERY, RESUMED, b"windows_generic_MSG"),
        (POWER, RESUMED, b"xcb_generic_event_t"),
    ],
)
def test_nothing_else_is_reported(
    events: PowerEvents, message: int, what: int, kind: bytes
) -> None:
    """The beginning of a sleep, other messages and events of other systems are not reported."""
    assert send(events, message, what, kind) == 0


def test_the_watch_uses_it_on_windows(qtbot: QtBot) -> None:
    """On Windows the end of a sleep is a jump, and the clocks are compared, too."""
    watch = ClockWatch(FakeClock(), system_bus(), platform="win32")
    watch.start()
    [events] = watch.findChildren(PowerEvents)
    with qtbot.waitSignal(watch.jumped):
        events.resumed.emit()
    watch.stop()
    assert not watch.findChildren(QTimer)[0].isActive()
    assert {one.key.value: one.available for one in watch.capabilities()}["sleep"]
