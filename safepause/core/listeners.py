"""Listeners: they are guarded, and told in the order that matters most to a person.

If a listener raises an error, the listeners after it are told all the same.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.capability import CapabilityKey
    from safepause.core.faults import Faults

T = TypeVar("T")


class Order(IntEnum):
    """When a listener is told: smaller values first."""

    SHOW = 0
    """The window and the icon: what a person sees."""
    REMIND = 1
    """The agenda: when a person is reminded."""
    AFTER = 2
    """Log, hooks, clock watch and all else."""


class Listeners(Generic[T]):
    """The listeners of one kind of event. All calls are in one thread."""

    def __init__(self, faults: Faults) -> None:
        """Start without a listener; their faults go to `faults`."""
        self._faults = faults
        self._listeners: list[tuple[Order, CapabilityKey, Callable[[T], object]]] = []
        self._events: list[T] = []

    def add(
        self, part: CapabilityKey, listener: Callable[[T], object], order: Order = Order.AFTER
    ) -> None:
        """Tell `listener`, which belongs to `part`, of every event, after those added before it."""
        self._listeners.append((order, part, listener))
        self._listeners.sort(key=lambda each: each[0])

    def tell(self, event: T) -> None:
        """Tell every listener of an event.

        An event that a listener causes is told after this event. So all listeners are told of the
        events in the same order.
        """
        self._events.append(event)
        if len(self._events) > 1:
            return
        try:
            while self._events:
                self._tell(self._events[0])
                del self._events[0]
        finally:
            self._events.clear()

    def _tell(self, event: T) -> None:
        """Tell every listener of one event. Faults are logged after all listeners were told.

        The log holds entries back while a pause can be undone. A listener tells the log of the
        pause. An entry before that would leave a trace of an undone pause.
        """
        found: list[tuple[CapabilityKey, Exception]] = []
        for _order, part, listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception as error:  # noqa: BLE001  -- the border between parts
                found.append((part, error))
        for broken, fault in found:
            self._faults.add(broken, fault)
