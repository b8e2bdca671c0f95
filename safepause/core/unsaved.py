"""Writes commands to the store. One that can't be written now is written before the next one.

A program that repairs the data, or a full disk, keeps a command from being written for a moment. A
pause that was called then must not be lost with the next logout.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safepause.core.ports import MOST_REMEMBERED, NotKept

if TYPE_CHECKING:
    from safepause.core.pause import Transition
    from safepause.core.ports import Remembered, Store
    from safepause.core.reference import Reference


class Unsaved:
    """The transitions that wait, each with its request. The last one has the present pause."""

    def __init__(self, store: Store) -> None:
        """Wait for nothing yet."""
        self._store = store
        self._waiting: list[tuple[Transition, Remembered | None]] = []

    @property
    def waits(self) -> bool:
        """Whether something could not be written."""
        return bool(self._waiting)

    def write(
        self, made: Transition, request: Remembered | None, reference: Reference | None
    ) -> None:
        """Write what waits, and then this. `reference` belongs to its pause.

        Raises:
            NotKept: not all is written. What is left waits.

        """
        # No earlier pause is written any more: its name would be for nothing.
        waiting = [(replace(step, pause=made.pause), asked) for step, asked in self._waiting]
        needed = [(step, asked) for step, asked in waiting if _matters(step) or asked]
        self._waiting = [*needed[1 - MOST_REMEMBERED :], (made, request)]
        self.write_waiting(reference)

    def write_waiting(self, reference: Reference | None) -> None:
        """Write what waits. `reference` belongs to the present pause.

        Raises:
            NotKept: not all is written. What is left waits.

        """
        try:
            while self._waiting:
                self._store.commit(*self._waiting[0], reference)
                del self._waiting[0]
        except NotKept:
            raise
        except Exception:
            self._waiting.clear()  # a fault of ours would come again, and hold up all that follows
            raise


def _matters(step: Transition) -> bool:
    """Tell whether a transition changes more than which pause stands."""
    return step.outcome is not None or step.taken_back is not None
