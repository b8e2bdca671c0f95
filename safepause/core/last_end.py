"""The last end of a pause, which can be taken back for ten real seconds.

On disk the pause has ended, and who called it is wiped. Only the memory has the pause. So a program
that is killed in these seconds leaves a pause that has ended, and after an undo one that stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.core.clock import since_boot
from safepause.core.pause import UNDO_WINDOW, Outcome, Pause

if TYPE_CHECKING:
    from datetime import datetime

    from safepause.core.clock import Clock
    from safepause.core.pause import Transition
    from safepause.core.reference import Reference


@dataclass(frozen=True, slots=True)
class Ended:
    """A pause that ended, and what brings it back."""

    pause: Pause
    """The pause as it stands after an undo.

    Its call can't be undone any more: the end of the pause is written in the log.
    """
    outcome: Outcome
    given: datetime
    """The instant at which a person ended the pause."""
    reference: Reference | None


class LastEnd:
    """Holds the pause that ended last, until the time for an undo is over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ended: Ended | None = None
        self._at = clock.now()
        self._since = 0.0

    @property
    def ended(self) -> Ended | None:
        """The pause that ended, if its end can be undone now."""
        passed = since_boot(self._clock) - self._since
        if self._ended is None or not 0 <= passed <= UNDO_WINDOW.total_seconds():
            self._ended = None
            return None
        given = self._ended.given + min(timedelta(0), self._clock_set_by(passed))
        return replace(self._ended, given=given)

    def can_undo(self, standing: Pause | None) -> bool:
        """Tell whether the call of the standing pause, or the last end, can be undone now."""
        if standing is None:
            return self.ended is not None
        return standing.can_undo(self._clock.now())

    def note(
        self, standing: Pause | None, made: Transition, reference: Reference | None
    ) -> Ended | None:
        """Hold the pause that a transition ends. Return the pause that it brings back.

        `standing` and `reference` are from before. Any other transition forgets the last end.
        """
        before, self._ended = self._ended, None
        if made.taken_back is not None:
            return before
        if standing is not None and made.pause is None and made.outcome is not None:
            terms = replace(standing.terms, undo_window=timedelta(0))
            pause = replace(standing, terms=terms)
            given = min(made.command.at, made.at)
            self._ended = Ended(pause, made.outcome, given, reference)
            self._since, self._at = since_boot(self._clock), made.at
        return None

    def forget(self) -> None:
        """Forget the pause, and who called it."""
        self._ended = None

    def _clock_set_by(self, passed: float) -> timedelta:
        """Return by how much the wall clock was set since the end, `passed` real seconds ago."""
        return self._clock.now() - self._at - timedelta(seconds=passed * self._clock.speed)
