"""What the core asks of the outside: a place to keep things, and something that wakes it.

Each protocol says who calls it, and that nothing here may block for long: all of it runs in the
program's one thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, time

    from safepause.core.capability import Capability
    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import Value


class NotKept(Exception):  # noqa: N818  -- says what happened, as a sentence would
    """The store could not write: what was asked holds in memory only.

    `detail` is the system's own word for it, for the log and for `doctor`.
    """

    def __init__(self, detail: str) -> None:
        """Keep the system's word for what went wrong."""
        super().__init__(detail)
        self.detail = detail


class NotAllForgotten(NotKept):
    """The store has deleted everything, but something that is kept elsewhere stands."""


class Trouble(Enum):
    """What can be wrong with the place where things are kept."""

    UNREADABLE = "unreadable"
    """It was damaged: set aside under another name, and begun anew."""
    FOREIGN = "foreign"
    """It is another program's: left alone, nothing is kept."""
    NEWER = "newer"
    """It was written by a newer version: left alone, nothing is kept."""
    IN_THE_WAY = "in_the_way"
    """It is a folder or the like: left alone, nothing is kept."""
    READ_ONLY = "read_only"
    """It can be read, not written: what is there is used, nothing new is kept."""
    NOT_OPENED = "not_opened"
    """It can't be opened or made: nothing is kept."""


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """Something that the person is to be told about the place where things are kept."""

    trouble: Trouble
    path: str
    detail: str = ""
    """The system's own word for it."""
    moved_to: str = ""
    """Where an unreadable file is now."""


class Store(Protocol):
    """Keeps the standing pause, the outcomes and the settings. Every write is on disk on return."""

    def standing(self) -> Pause | None:
        """Return the pause that stands on record."""
        ...

    def commit(self, step: Transition) -> None:
        """Make `step.pause` the standing pause and add `step.outcome`, in one transaction.

        Raises:
            NotKept: nothing was written.

        """
        ...

    def outcomes(self) -> Iterable[Outcome]:
        """Return how past pauses ended, the newest first."""
        ...

    def settings(self) -> Settings:
        """Return all settings; one that was never set, or can't be read, has its default."""
        ...

    def set(self, key: str, value: Value) -> None:
        """Keep a setting.

        Raises:
            NotKept: nothing was written.

        """
        ...

    def forget_all(self) -> None:
        """Delete every pause, outcome and setting, and leave no trace of them in the file.

        Raises:
            NotKept: nothing was deleted.

        """
        ...


class Scheduler(Protocol):
    """Calls back at an instant, or daily at a time, in the program's one thread.

    Calls have names: a new call replaces the call of the same name, and no other.
    """

    def at(self, name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Call `call` once at `instant`, in UTC, or soon if the instant has passed."""
        ...

    def daily(self, name: str, wall: time, call: Callable[[], None]) -> None:
        """Call `call` every day at the time `wall` of the computer's zone."""
        ...

    def cancel(self, name: str) -> None:
        """Remove the call of this name, if there is one. With none left, nothing wakes up."""
        ...

    def close(self) -> None:
        """Remove every call, for good."""
        ...


class Autostart(Protocol):
    """The computer's own record of whether it starts SafePause at login."""

    def enabled(self) -> bool:
        """Look at the record; it may have been changed elsewhere."""
        ...

    def enable(self) -> None:
        """Have SafePause started, from the next login on.

        Raises:
            NotKept: the record can't be changed.

        """
        ...

    def disable(self) -> None:
        """Have SafePause not started any more.

        Raises:
            NotKept: the record can't be changed.

        """
        ...

    def capability(self) -> Capability:
        """Return whether this desktop starts programs at all."""
        ...
