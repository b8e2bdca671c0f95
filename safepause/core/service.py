"""The use cases: every command of a person, from wherever it comes, passes here.

A command is committed to the store before anyone is told of it. Where the store can't write, the
pause still runs, in memory, and `kept` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.agreement import more_time, promise
from safepause.core.pause import (
    UNDO_WINDOW,
    Command,
    Extend,
    LetGo,
    Outcome,
    Pause,
    Reason,
    Refusal,
    Return,
    Start,
    State,
    Terms,
    Transition,
    Undo,
    decide,
    state_of,
)
from safepause.core.ports import NotKept, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import Value


@dataclass(frozen=True, slots=True)
class Accepted:
    """A command that was carried out."""

    step: Transition
    kept: bool
    """False if the store could not write: this holds only until the program ends."""

    @property
    def pause(self) -> Pause | None:
        """The pause that stands now."""
        return self.step.pause


Result = Accepted | Refusal


class PauseService:
    """Holds the standing pause and carries out what is asked of it. Not for several threads."""

    def __init__(self, clock: Clock, store: Store, undo_window: timedelta = UNDO_WINDOW) -> None:
        """Take up the pause on record, if there is one."""
        self._clock = clock
        self._store = store
        self._undo_window = undo_window
        self._listeners: list[Callable[[Accepted], None]] = []
        self._settings_listeners: list[Callable[[Settings], None]] = []
        self._forgetters: list[Callable[[], None]] = []
        self._pause = store.standing()
        self.kept = True
        self.trouble = ""
        """The system's word for why the store could not write, while `kept` is False."""
        self.settings = store.settings()

    @property
    def clock(self) -> Clock:
        """The clock that the pause runs by."""
        return self._clock

    @property
    def pause(self) -> Pause | None:
        """The standing pause."""
        return self._pause

    @property
    def state(self) -> State:
        """Where the machine stands at this moment."""
        return state_of(self._pause, self._clock.now())

    def on_change(self, listener: Callable[[Accepted], None]) -> None:
        """Tell `listener` of every command that was carried out, after its commit."""
        self._listeners.append(listener)

    def on_settings(self, listener: Callable[[Settings], None]) -> None:
        """Tell `listener` of changed settings, after their commit."""
        self._settings_listeners.append(listener)

    def on_forget(self, forgetter: Callable[[], None]) -> None:
        """Have `forgetter` delete what it keeps, before all else, when everything is forgotten.

        It raises `NotKept` if it can't; then nothing more is deleted.
        """
        self._forgetters.append(forgetter)

    def call(
        self,
        by: str | None = None,
        *,
        length: timedelta | None = None,
        until: datetime | None = None,
    ) -> Result:
        """Call a pause of `length`, or until an instant; as agreed if neither is given.

        While one is open, it stands as it is and is the answer.
        """
        from uuid import uuid4  # 8 ms, which the start need not wait for

        agreement = self.settings.agreement
        lasting = agreement.length if length is None else length
        return_at = until or promise(self._clock.now(), lasting)
        terms = Terms(agreement.terms.extensions_allowed, self._undo_window)
        return self._do(Start(uuid4(), return_at, by or None, terms))

    def undo(self) -> Result:
        """Take back a pause called a moment ago: it leaves no trace."""
        return self._do(Undo())

    def extend(self, *, extra: timedelta | None = None, until: datetime | None = None) -> Result:
        """Name a new return time: an instant, or so much after the return (after now, once due)."""
        if self._pause is None:
            return Refusal(Reason.NOT_PAUSED)
        now = self._clock.now()
        return self._do(Extend(until or more_time(self._pause, now, extra or timedelta(0))))

    def come_back(self) -> Result:
        """Both are here again."""
        return self._do(Return())

    def let_go(self) -> Result:
        """Stop the reminders."""
        return self._do(LetGo())

    def outcomes(self) -> Iterable[Outcome]:
        """Return how past pauses ended, the newest first."""
        return self._store.outcomes()

    def set(self, key: str, value: Value) -> None:
        """Change a setting.

        Raises:
            SettingError: there is no such setting, or the value is in the way of another one.
            NotKept: the store could not write; the setting is as it was.

        """
        self.settings.check(key, value)
        self._store.set(key, value)
        self._settings_changed()

    def forget_all(self) -> None:
        """Delete everything that is kept, the standing pause too.

        Raises:
            NotKept: the store could not write; all is as it was.

        """
        for forget in self._forgetters:
            forget()
        self._store.forget_all()
        standing, self._pause = self._pause, None
        self.kept, self.trouble = True, ""
        self._settings_changed()
        if standing is not None:
            self._tell(Accepted(Transition(Undo(), self._clock.now(), None), kept=True))

    def _do(self, command: Command) -> Result:
        step = decide(self._pause, command, self._clock.now())
        if isinstance(step, Refusal):
            return step
        if step.pause != self._pause or step.outcome is not None or not self.kept:
            self._commit(step)
        self._pause = step.pause
        done = Accepted(step, self.kept)
        self._tell(done)
        return done

    def _commit(self, step: Transition) -> None:
        try:
            self._store.commit(step)
        except NotKept as error:
            self.kept, self.trouble = False, error.detail
        else:
            self.kept, self.trouble = True, ""

    def _tell(self, done: Accepted) -> None:
        for listener in self._listeners:
            listener(done)

    def _settings_changed(self) -> None:
        self.settings = self._store.settings()
        for listener in self._settings_listeners:
            listener(self.settings)
