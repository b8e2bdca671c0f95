"""Listeners: guarded, and told in the order of what matters to a person.

A listener that raises an error takes nothing away from the listeners after it.
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
    """The listeners of one kind of event. Not for several threads."""

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
        """Tell every listener. What a listener causes is told after that, so all hear one order."""
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
        """Tell every listener of one event. A fault is logged once all listeners know the event.

        The log holds back what is written about a pause that may be undone, and it is itself told
        of the pause by a listener: an entry that is written earlier would leave a trace.
        """
        found: list[tuple[CapabilityKey, Exception]] = []
        for _order, part, listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception as error:  # noqa: BLE001  -- the border between parts
                found.append((part, error))
        for broken, fault in found:
            self._faults.add(broken, fault)
