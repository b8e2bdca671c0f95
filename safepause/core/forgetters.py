"""The parts that keep data outside the store, and delete it when everything is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.ports import NotAllForgotten, NotKept

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.capability import CapabilityKey
    from safepause.core.faults import Faults


class Forgetters:
    """Has each part delete its own data. A part that can't takes nothing from the others."""

    def __init__(self, faults: Faults) -> None:
        """Have no parts yet. `faults` takes the errors that a part doesn't expect."""
        self._faults = faults
        self._parts: list[tuple[CapabilityKey, Callable[[], None]]] = []

    def add(self, part: CapabilityKey, forgetter: Callable[[], None]) -> None:
        """Call `forgetter` to delete the data of `part`. It raises `NotKept` if it can't."""
        self._parts.append((part, forgetter))

    def forget(self, left: list[NotAllForgotten]) -> None:
        """Have every part delete its data. `left` says what the store could not delete.

        Raises:
            NotAllForgotten: the store or a part could not delete all of its data.

        """
        for part, forget in self._parts:
            try:
                forget()
            except NotKept as error:
                left.append(NotAllForgotten(error.detail, parts=(part,)))
            except Exception as error:  # noqa: BLE001  -- the border between parts
                left.append(NotAllForgotten(type(error).__name__, parts=(part,)))
                self._faults.add(part, error)
        if left:
            files = tuple(name for error in left for name in error.files)
            parts = tuple(part for error in left for part in error.parts)
            raise NotAllForgotten(left[0].detail, files, parts)
