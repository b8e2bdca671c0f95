"""Faults of one run: which part of the program broke. `doctor` shows them.

A fault in one part (log, hooks, clock watch, notification) must not take another part away. So the
parts run guarded: a fault is logged and remembered, and the program goes on.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from safepause.core.capability import CapabilityKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
log = logging.getLogger(__name__)


class Faults:
    """Remembers the last fault of each part, until the program ends."""

    def __init__(self) -> None:
        """Start without a fault."""
        self._kinds: dict[CapabilityKey, str] = {}
        self._logged = True

    def guard(self, part: CapabilityKey, call: Callable[[], object]) -> bool:
        """Run `call`, which belongs to `part`. Return whether it raised no error."""
        try:
            call()
        except Exception as error:  # noqa: BLE001  -- the border between parts
            self.add(part, error)
            return False
        return True

    def attempt(self, part: CapabilityKey, call: Callable[[], T], otherwise: T) -> T:
        """Return what `call`, which belongs to `part`, returns; `otherwise` if it raises."""
        try:
            return call()
        except Exception as error:  # noqa: BLE001  -- the border between parts
            self.add(part, error)
            return otherwise

    @contextmanager
    def unlogged(self) -> Iterator[None]:
        """Log no fault inside the `with` block, because the time of the entry would tell too much.

        `doctor` shows such a fault as it shows others.
        """
        before, self._logged = self._logged, False
        try:
            yield
        finally:
            self._logged = before

    def add(self, part: CapabilityKey, error: BaseException) -> None:
        """Remember a fault's kind, and log the fault. This never raises, whatever the log does."""
        self._kinds[part] = type(error).__name__
        if not self._logged:
            return
        try:
            log.error("a fault in part %s", part.value, exc_info=error)
        except Exception as trouble:  # noqa: BLE001  -- the border between parts
            self._kinds[CapabilityKey.LOG] = type(trouble).__name__

    def kind(self, part: CapabilityKey) -> str:
        """Return the class name of the last error in `part`, such as "OSError", or nothing."""
        return self._kinds.get(part, "")

    def parts(self) -> frozenset[CapabilityKey]:
        """Return the parts that broke."""
        return frozenset(self._kinds)
