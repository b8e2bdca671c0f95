"""A fake session bus without answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.message import Rule


class Subscription:
    """A subscription to the quiet bus."""

    def __init__(self, close: Callable[[], None]) -> None:
        """Take the function that ends the subscription."""
        self.close = close


class QuietBus(QObject):
    """Takes calls and subscriptions, and sends no answer."""

    closed = Signal(str)
    is_open = True

    def __init__(self) -> None:
        """Start without subscriptions."""
        super().__init__()
        self.names: list[str] = []
        """The names of D-Bus that are watched."""

    def call(self, *_arguments: object, **_named: object) -> None:
        """Send no answer."""

    def on_signal(self, _rule: Rule, _handler: object) -> Subscription:
        """Emit no signal."""
        return Subscription(lambda: None)

    def watch_name(self, name: str, _handler: object) -> Subscription:
        """Record the name until the subscription is closed."""
        self.names.append(name)
        return Subscription(lambda: self.names.remove(name))


class FakeSession:
    """A fake of the program's session bus. It returns `bus`, which may be None."""

    def __init__(self, bus: QuietBus | None) -> None:
        """Take the bus."""
        self.bus = bus
        self.closed = False

    def __call__(self) -> QuietBus | None:
        """Return the bus."""
        return self.bus

    def close(self) -> None:
        """Record the end."""
        self.closed = True
