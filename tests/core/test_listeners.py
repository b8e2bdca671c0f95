"""Listeners: their order, and faults that do not reach other listeners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from safepause.core.listeners import Listeners, Order

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def faults() -> Faults:
    """Return `Faults` without a fault."""
    return Faults()


@pytest.fixture
def listeners(faults: Faults) -> Listeners[str]:
    """Return listeners of texts."""
    return Listeners(faults)


def test_what_a_person_sees_comes_first(listeners: Listeners[str]) -> None:
    """The order is window and icon, agenda, the rest. In each, earlier listeners come first."""
    told: list[str] = []

    def noting(name: str) -> Callable[[str], None]:
        return lambda event: told.append(f"{name} {event}")

    listeners.add(CapabilityKey.LOG, noting("log"))
    listeners.add(CapabilityKey.REMINDERS, noting("agenda"), Order.REMIND)
    listeners.add(CapabilityKey.WINDOW, noting("window"), Order.SHOW)
    listeners.add(CapabilityKey.TRAY, noting("icon"), Order.SHOW)
    listeners.add(CapabilityKey.HOOKS, noting("hooks"))
    listeners.tell("call")
    assert told == ["window call", "icon call", "agenda call", "log call", "hooks call"]


def test_a_fault_in_one_reaches_no_other(
    listeners: Listeners[str], faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    """The other listeners are told. The fault is logged and remembered by its part."""
    told: list[str] = []

    def broken(_event: str) -> None:
        raise OSError("disk is full")

    listeners.add(CapabilityKey.LOG, broken, Order.SHOW)
    listeners.add(CapabilityKey.WINDOW, told.append)
    listeners.tell("call")
    assert told == ["call"]
    assert faults.parts() == {CapabilityKey.LOG}
    assert faults.kind(CapabilityKey.LOG) == "OSError"
    assert faults.kind(CapabilityKey.WINDOW) == ""
    assert "a fault in part log" in caplog.text


def test_a_fault_is_logged_after_everybody_knows(
    listeners: Listeners[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The fault is logged after the last listener was told."""
    logged: list[str] = []

    def broken(_event: str) -> None:
        raise ValueError

    listeners.add(CapabilityKey.WINDOW, broken, Order.SHOW)
    listeners.add(CapabilityKey.LOG, lambda _event: logged.append(caplog.text))
    listeners.tell("call")
    assert logged == [""]
    assert caplog.text


def test_what_a_listener_causes_is_told_afterwards(listeners: Listeners[str]) -> None:
    """Every listener is told of the call before the undo that one of them causes."""
    told: list[str] = []

    def cause(event: str) -> None:
        if event == "call":
            listeners.tell("undo")

    listeners.add(CapabilityKey.WINDOW, cause, Order.SHOW)
    listeners.add(CapabilityKey.LOG, told.append)
    listeners.tell("call")
    assert told == ["call", "undo"]


def test_the_end_of_the_program_is_no_fault(listeners: Listeners[str]) -> None:
    """SystemExit of a listener is not caught, a second time neither."""

    def leaving(_event: str) -> None:
        raise SystemExit

    listeners.add(CapabilityKey.WINDOW, leaving)
    for _again in range(2):
        with pytest.raises(SystemExit):
            listeners.tell("call")


def test_a_guarded_call_says_whether_it_went_well(
    faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    """`guard` returns True, or returns False and remembers a fault."""
    done: list[int] = []
    assert faults.guard(CapabilityKey.SLEEP, lambda: done.append(1))
    assert not faults.guard(CapabilityKey.SLEEP, lambda: done[5])
    assert done == [1]
    assert faults.kind(CapabilityKey.SLEEP) == "IndexError"
    assert "sleep" in caplog.text
