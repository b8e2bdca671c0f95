"""Ports: the protocols of what the core needs from outside.

The core needs a store, a scheduler, and the desktop's record of the autostart. All methods are
called in the program's one thread, so no method may block for long.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, time

    from safepause.core.capability import Capability, CapabilityKey
    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.reference import Reference
    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import Value


class NotKept(Exception):  # noqa: N818  -- the name says what happened
    """Something could not be written. `detail` is the system's message about the cause."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotAllForgotten(NotKept):
    """The pause, the outcomes and the settings are deleted, but other data could not be deleted."""

    def __init__(
        self, detail: str, files: tuple[str, ...] = (), parts: tuple[CapabilityKey, ...] = ()
    ) -> None:
        """Take the system's message, and the files and parts that still have data."""
        super().__init__(detail)
        self.files = files
        self.parts = parts


class Trouble(Enum):
    """What can be wrong with the store's file."""

    UNREADABLE = "unreadable"
    """Nothing in the file could be read. It has another name now, and a new file is in use."""
    DAMAGED = "damaged"
    """A part of the file was damaged. What could be read is in use."""
    FOREIGN = "foreign"
    """The file belongs to another program. It stays as it is, and nothing is kept."""
    NEWER = "newer"
    """A newer version wrote the file. It stays as it is, and nothing is kept."""
    IN_THE_WAY = "in_the_way"
    """A folder, or something else that is no file, has the name. Nothing is kept."""
    READ_ONLY = "read_only"
    """The file can be read, but not written. Its data is used, and nothing new is kept."""
    NOT_OPENED = "not_opened"
    """The file can't be opened or made. Nothing is kept."""
    IN_USE = "in_use"
    """Another program holds the file. Nothing is read and nothing is kept."""
    SHARED = "shared"
    """Others use the folder, too, or can write to it. It stays as it is, and nothing is kept."""


class Part(Enum):
    """A part of what the store keeps."""

    PAUSE = "pause"
    OUTCOMES = "outcomes"
    SETTINGS = "settings"
    REQUESTS = "requests"
    """What other programs have asked for, so that it is done once."""


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """What the program tells the person about the store's file."""

    trouble: Trouble
    path: str
    detail: str = ""
    """The system's message."""
    moved_to: str = ""
    """The new path of a file that was damaged; empty if the file kept its name."""
    damaged: tuple[Part, ...] = ()
    """What could not be read, or not as it was written."""
    may_name: bool = False
    """Whether the file at the new path may still have the name of the person who called."""


MOST_REMEMBERED = 64
"""How many requests are remembered. A program sends a request again within seconds, if at all."""
ANSWER_FORGOTTEN = b""
"""The answer of a request that is not carried out again, though its answer is not kept any more."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A request of another program that was carried out, and its answer.

    Only a program that knows the request's id can find the answer and read it. For everybody else
    both are random bytes. So they don't tell who called, or that a pause was undone.
    """

    key: bytes
    answer: bytes


class Store(Protocol):
    """Keeps the standing pause, the outcomes, the settings and the newest requests.

    When a method that writes returns, the data is on disk.
    """

    @property
    def clean(self) -> bool:
        """Whether no trace is left of what was deleted."""
        ...

    def standing(self) -> Pause | None:
        """Return the standing pause, or None."""
        ...

    def reference(self) -> Reference | None:
        """Return the reference of the standing pause; None if it isn't known."""
        ...

    def commit(
        self,
        step: Transition,
        request: Remembered | None = None,
        reference: Reference | None = None,
    ) -> None:
        """Make `step.pause` the standing pause, add `step.outcome` and remember the request.

        `step.taken_back` is deleted. `reference` belongs to `step.pause`. All of it is one
        transaction.

        Raises:
            NotKept: nothing was written.

        """
        ...

    def outcomes(self) -> Iterable[Outcome]:
        """Return how past pauses ended, the newest first."""
        ...

    def unreadable_outcomes(self) -> int:
        """Return how many past pauses can't be read, and are not among the outcomes."""
        ...

    def settings(self) -> Settings:
        """Return all settings. A setting that was never set, or can't be read, has its default."""
        ...

    def set(self, key: str, value: Value, request: Remembered | None = None) -> None:
        """Keep a setting and remember the request, in one transaction.

        Raises:
            NotKept: nothing was written.

        """
        ...

    def remember(self, request: Remembered) -> None:
        """Remember a request that has changed neither the pause nor a setting.

        Raises:
            NotKept: nothing was written.

        """
        ...

    def remembered(self, key: bytes) -> bytes | None:
        """Return the answer of a request; None if the request is not remembered."""
        ...

    def forget_all(self) -> None:
        """Delete every pause, outcome, setting and answer, and leave no trace in the file.

        The keys of requests stay, without answers: no request is carried out again.

        Raises:
            NotAllForgotten: they are deleted, but an old copy of the file is not.
            NotKept: nothing was deleted.

        """
        ...

    def tidy(self) -> bool:
        """Try to delete every trace of what was deleted. Return `clean`.

        A trace is left only while another program reads the file.
        """
        ...


class Scheduler(Protocol):
    """Calls a function once at an instant, or every day at a time, in the program's one thread.

    Each call has a name. A new call replaces the call of the same name, and no other.
    """

    def at(self, name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Call `call` once at `instant`, in UTC. If the instant has passed, call it soon."""
        ...

    def daily(self, name: str, wall: time, call: Callable[[], None]) -> None:
        """Call `call` every day at the time `wall` of the computer's zone."""
        ...

    def cancel(self, name: str) -> None:
        """Remove the call of this name, if there is one. Without calls, nothing wakes up."""
        ...

    def close(self) -> None:
        """Remove every call. The scheduler can't be used any more."""
        ...


class Autostart(Protocol):
    """The desktop's record of whether it starts SafePause at a login."""

    def enabled(self) -> bool:
        """Read the record. Other programs may have changed it."""
        ...

    def enable(self) -> None:
        """Write into the record that the desktop starts SafePause, from the next login on.

        Raises:
            NotKept: the record can't be changed.

        """
        ...

    def disable(self) -> None:
        """Write into the record that the desktop does not start SafePause any more.

        Raises:
            NotKept: the record can't be changed.

        """
        ...

    def capability(self) -> Capability:
        """Return whether this desktop starts programs at a login."""
        ...
