"""GNOME's overview, which a call of a pause closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from safepause.system.dbus.message import Call, DBusError
from safepause.system.session.overview import leave_overview

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus


class RefusingBus:
    """A bus that keeps the calls, and refuses each."""

    def __init__(self) -> None:
        """Start without calls."""
        self.calls: list[Call] = []

    def call(self, call: Call, _done: object, failed: Callable[[DBusError], None]) -> None:
        """Refuse a call."""
        self.calls.append(call)
        failed(DBusError("org.freedesktop.DBus.Error.AccessDenied", "no"))


@pytest.mark.parametrize("desktops", ["GNOME", "ubuntu:GNOME"])
def test_overview_of_gnome_is_closed(desktops: str) -> None:
    """On GNOME the shell is asked to close its overview, and a refusal is no fault."""
    bus = RefusingBus()
    leave_overview(cast("Bus", bus), {"XDG_CURRENT_DESKTOP": desktops})
    [call] = bus.calls
    assert (call.destination, call.member) == ("org.gnome.Shell", "Set")
    assert call.body == ("org.gnome.Shell", "OverviewActive", ("b", False))


@pytest.mark.parametrize("desktops", ["KDE", "X-Cinnamon", ""])
def test_other_desktops_are_asked_nothing(desktops: str) -> None:
    """Elsewhere nothing is sent."""
    bus = RefusingBus()
    leave_overview(cast("Bus", bus), {"XDG_CURRENT_DESKTOP": desktops})
    assert not bus.calls


def test_without_a_bus_nothing_happens() -> None:
    """Without a session bus there is no error."""
    leave_overview(None, {"XDG_CURRENT_DESKTOP": "GNOME"})
