"""Events of a pause, for the log and for the person's own commands.

An event has no names and no words of people. Nothing in it says which person did something.
"""

from __future__ import annotations

from datetime import UTC
from enum import Enum
from typing import TYPE_CHECKING

from safepause.core.pause import Correct, Extend, LetGo, Return, Start, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from safepause.core.pause import Pause, Transition


HOOKS = ("hook_paused", "hook_due", "hook_returned")
"""The settings that hold a person's own commands."""


class Event(Enum):
    """Something that happened."""

    PAUSED = "paused"
    EXTENDED = "extended"
    MOVED = "moved"
    """The pause has another return time, because the clock was set."""
    DUE = "due"
    RETURNED = "returned"
    LET_GO = "let_go"
    RESUMED = "resumed"
    """The end of the pause was undone, so the pause stands again."""
    UNDONE = "undone"
    """The pause was undone, or deleted with all other data."""

    @property
    def state(self) -> State:
        """The state after the event."""
        if self in (Event.PAUSED, Event.EXTENDED, Event.MOVED, Event.RESUMED):
            return State.PAUSED
        return State.DUE if self is Event.DUE else State.IDLE

    @property
    def hook(self) -> str:
        """The setting with the command that runs at the event. Each state has one setting.

        So lights that a pause has dimmed are lit again, however the pause ends.
        """
        return {
            State.PAUSED: "hook_paused",
            State.DUE: "hook_due",
            State.IDLE: "hook_returned",
        }[self.state]


def event_of(step: Transition) -> Event | None:
    """Return the event of a transition. A call that found an open pause has none.

    A correction has one if people have to come back at another time.
    """
    command = step.command
    if isinstance(command, Correct):
        ahead = step.pause is not None and step.at < step.pause.return_at
        return Event.MOVED if step.moves_return and ahead else None
    if isinstance(command, Start):
        fresh = step.pause is not None and step.pause.id == command.id
        return Event.PAUSED if fresh else None
    if isinstance(command, Extend):
        return Event.EXTENDED
    if isinstance(command, Return):
        return Event.RETURNED
    if step.taken_back is not None:
        return Event.RESUMED
    return Event.LET_GO if isinstance(command, LetGo) else Event.UNDONE


def environment(event: Event, pause: Pause | None) -> Mapping[str, str]:
    """Return the environment variables for a person's own command; `pause` stands now."""
    return {
        "SAFEPAUSE_EVENT": event.value,
        "SAFEPAUSE_STATE": event.state.value,
        "SAFEPAUSE_RETURN_AT": "" if pause is None else iso(pause.return_at),
    }


def iso(instant: datetime) -> str:
    """Return an instant in UTC, to the second, such as "2026-03-10T20:40:00Z"."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
