"""A fake session bus without answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.system.dbus.probe import Seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.message import Rule
    from safepause.system.dbus.probe import Question


class Subscription:
    """A subscription to the quiet bus."""

    def __init__(self, close: Callable[[], None]) -> None:
        """Take the function that ends the subscription."""
        self.close = close


class QuietBus(QObject):
    """Takes calls and subscriptions, and sends no answer."""

    closed = Signal(str)
    ready = Signal()
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


class FakeSession(QObject):
    """A fake of the program's session bus. It returns `bus`, which may be None."""

    came = Signal()
    lost = Signal()

    def __init__(self, bus: QuietBus | None, *, owned: frozenset[str] = frozenset()) -> None:
        """Take the bus, and the names that are owned on it."""
        super().__init__()
        self.bus = bus
        self.owned = owned
        self.closed = False

    def __call__(self) -> QuietBus | None:
        """Return the bus."""
        return self.bus

    @property
    def is_open(self) -> bool:
        """Whether there is a bus."""
        return self.bus is not None

    def look(self, _names: frozenset[str], _questions: tuple[Question, ...] = ()) -> Seen:
        """Return who is on the bus."""
        return Seen(self.bus is not None, self.owned)

    def close(self) -> None:
        """Record the end."""
        self.closed = True
