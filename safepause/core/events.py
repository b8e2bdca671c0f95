"""What happens to a pause, as the log and the person's own commands are told of it.

No names and no words of people are in an event, and nothing in one tells the two apart.
"""

from __future__ import annotations

from datetime import UTC
from enum import Enum
from typing import TYPE_CHECKING

from safepause.core.pause import Extend, LetGo, Return, Start, State

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
    DUE = "due"
    RETURNED = "returned"
    LET_GO = "let_go"
    UNDONE = "undone"
    """A slip was taken back, within seconds; or the pause was forgotten with everything else."""

    @property
    def state(self) -> State:
        """Where things stand from then on."""
        if self in (Event.PAUSED, Event.EXTENDED):
            return State.PAUSED
        return State.DUE if self is Event.DUE else State.IDLE

    @property
    def hook(self) -> str:
        """The setting with the command that is run then: one for each state that is reached.

        Lights that a pause has dimmed are to be lit again however it ends, undone or let go.
        """
        return {
            State.PAUSED: "hook_paused",
            State.DUE: "hook_due",
            State.IDLE: "hook_returned",
        }[self.state]


def event_of(step: Transition) -> Event | None:
    """Return what a step was; None if it left everything as it was."""
    command = step.command
    if isinstance(command, Start):
        fresh = step.pause is not None and step.pause.id == command.id
        return Event.PAUSED if fresh else None
    if isinstance(command, Extend):
        return Event.EXTENDED
    if isinstance(command, Return):
        return Event.RETURNED
    return Event.LET_GO if isinstance(command, LetGo) else Event.UNDONE


def environment(event: Event, pause: Pause | None) -> Mapping[str, str]:
    """Return what a person's own command is told; `pause` is the one that stands now."""
    return {
        "SAFEPAUSE_EVENT": event.value,
        "SAFEPAUSE_STATE": event.state.value,
        "SAFEPAUSE_RETURN_AT": "" if pause is None else iso(pause.return_at),
    }


def iso(instant: datetime) -> str:
    """Return an instant in UTC, to the second, such as "2026-03-10T20:40:00Z"."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
