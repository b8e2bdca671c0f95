"""Notifications together with the bus, the service and the other channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.capability import Capability, CapabilityKey
from safepause.system.dbus.message import Call
from safepause.system.notifications import Notice, Notifications
from tests.system.notifications.fake_notifyd import CONTROL, NAME, PATH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from safepause.system.dbus.connection import Bus
    from tests.system.dbus.desk import Program, Wiretap

DUE = Notice("It's 20:40", "Sam & Kim <3", (("return", "We're both here"), ("more", "More time")))
NEXT = Notice("It's 20:42", "Still time")


class OtherWay:
    """A fake of plyer."""

    def __init__(self, refusals: list[Callable[[str], None]] | None = None) -> None:
        """Show nothing yet. `refusals` gets the functions that a test may call later."""
        self.refusals = [] if refusals is None else refusals
        self.shown: list[Notice] = []
        self.withdrawn = 0

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Keep a notice."""
        self.refusals.append(refused)
        self.shown.append(notice)

    def withdraw(self) -> None:
        """Count the calls."""
        self.withdrawn += 1

    def capability(self) -> Capability:
        """Return that nothing is shown."""
        return Capability(CapabilityKey.NOTIFICATIONS, available=False, why="nothing here")


class Desk:
    """Notifications, and all that they show."""

    def __init__(self, bus: Bus, tap: Wiretap, service: Program, folder: Path) -> None:
        """Connect the notifications, and keep what they emit."""
        self.left_over = folder / "notification"
        self.bus = bus
        self.tap = tap
        self.service = service
        self.other = OtherWay()
        self.tray: list[tuple[str, str]] = []
        self.notifications = Notifications(
            bus,
            lambda title, body: self.tray.append((title, body)),
            self.left_over,
            fallback=self.other,
        )
        self.chosen: list[str] = []
        self.notifications.chosen.connect(self.chosen.append)

    def desktop(self) -> Capability:
        """Return the capability of the desktop's service alone."""
        assert self.notifications._desktop is not None  # noqa: SLF001
        return self.notifications._desktop.capability()  # noqa: SLF001

    def hurry(self) -> None:
        """Wait 20 ms for an answer from now on. A service that runs may be slower than that."""
        assert self.notifications._desktop is not None  # noqa: SLF001
        self.notifications._desktop._patience.setInterval(20)  # noqa: SLF001

    def show(self, notice: Notice, count: int = 1) -> list[list[object]]:
        """Show a notice. Return the arguments of all Notify calls, after `count` of them."""
        self.notifications.show(notice)
        calls = self.tap.wait_for_calls("Notify", count)
        self.settle()
        return calls

    def settle(self) -> None:
        """Wait until every message has arrived at both ends."""
        self.tap.control("Nothing")
        self.tap.ask(Call(NAME, PATH, CONTROL, "Nothing"), self.bus)
