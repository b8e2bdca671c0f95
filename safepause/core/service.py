"""The pause service carries out every command, from any origin.

A command is committed to the store before the listeners are told of it. If the store can't write,
the pause runs in memory, and `kept` is False.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.correction import Correction
from safepause.core.decision import decide
from safepause.core.faults import Faults
from safepause.core.forgetters import Forgetters
from safepause.core.last_end import LastEnd
from safepause.core.listeners import Listeners, Order
from safepause.core.origin import Origin
from safepause.core.pause import Command, Correct, Outcome, Pause, Refusal, State, Transition, Undo
from safepause.core.pause import state_of as _state_of
from safepause.core.ports import (
    ANSWER_FORGOTTEN,
    MOST_REMEMBERED,
    NotAllForgotten,
    NotKept,
    Remembered,
    Store,
)
from safepause.core.settings.catalogue import AUTOSTART
from safepause.core.unsaved import Unsaved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from safepause.core.clock import Clock
    from safepause.core.ports import Autostart
    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import Value


@dataclass(frozen=True, slots=True)
class Accepted:
    """A command that was carried out."""

    transition: Transition
    origin: Origin
    """Where the command came from."""
    kept: bool
    """False if the store could not write: the transition holds only until the program ends."""

    @property
    def pause(self) -> Pause | None:
        """The pause that stands now."""
        return self.transition.pause


Result = Accepted | Refusal
Answer = Callable[[Accepted], Remembered]
"""Returns what is remembered of a request, for the command that was carried out for it."""


class PauseService:
    """Holds the standing pause and the settings, and carries out commands, in one thread."""

    def __init__(
        self,
        clock: Clock,
        store: Store,
        faults: Faults | None = None,
        autostart: Callable[[], Autostart] | None = None,
    ) -> None:
        """Continue the standing pause, if there is one.

        `faults` takes the faults of listeners. `autostart` returns the desktop's record of whether
        it starts the program.
        """
        self._clock = clock
        self._store = store
        self._autostart = autostart
        self.faults = faults or Faults()
        self._changed: Listeners[Accepted] = Listeners(self.faults)
        self._settings_changed: Listeners[Settings] = Listeners(self.faults)
        self._forgetters = Forgetters(self.faults)
        self._pause = store.standing()
        self._correction = Correction(clock, self._pause, store.reference())
        self._unsaved = Unsaved(store)
        self.last_end = LastEnd(clock)
        self.kept = True
        self.trouble = ""
        """The system's message for why the store could not write, while `kept` is False."""
        self.settings = store.settings()
        if autostart is not None:
            # Also a record that starts nothing now: on another desktop, or later, it may.
            self.on_forget(CapabilityKey.AUTOSTART, lambda: self.set(AUTOSTART.key, value=False))
        self._requests: dict[bytes, bytes] = {}
        """The answers of this run by their keys, the newest last, for a store that can't write."""

    @property
    def clock(self) -> Clock:
        """The clock of the pause."""
        return self._clock

    @property
    def pause(self) -> Pause | None:
        """The standing pause."""
        return self._pause

    @property
    def state(self) -> State:
        """The present state."""
        return _state_of(self._pause, self._clock.now())

    @property
    def autostart(self) -> Autostart:
        """The desktop's record of whether it starts the program.

        Raises:
            LookupError: this service has no record.

        """
        if self._autostart is None:
            raise LookupError("no autostart record")
        return self._autostart()

    def on_change(
        self,
        part: CapabilityKey,
        listener: Callable[[Accepted], object],
        order: Order = Order.AFTER,
    ) -> None:
        """Tell `listener`, which belongs to `part`, of every command, once it is committed."""
        self._changed.add(part, listener, order)

    def on_settings(
        self,
        part: CapabilityKey,
        listener: Callable[[Settings], object],
        order: Order = Order.AFTER,
    ) -> None:
        """Tell `listener`, which belongs to `part`, of changed settings, autostart included."""
        self._settings_changed.add(part, listener, order)

    def on_forget(self, part: CapabilityKey, forgetter: Callable[[], None]) -> None:
        """Call `forgetter`, which belongs to `part`, after the store has deleted everything."""
        self._forgetters.add(part, forgetter)

    def apply(self, command: Command, origin: Origin, answer: Answer | None = None) -> Result:
        """Carry out a command by the clock that counts now. Tell the listeners.

        `answer` returns what is remembered of the request. It is committed with the command.
        """
        self.follow_clock()
        return self._carry_out(command, origin, answer)

    def clock_was_set(self) -> bool:
        """Tell whether the wall clock was set since the standing pause followed it last."""
        return self._correction.clock_was_set()

    def follow_clock(self, *, slept: bool = False) -> None:
        """Move the standing pause with a wall clock that was set, as `core.correction` says.

        `slept` says that the computer has slept since the last call.
        """
        command = self._correction.look(self._pause, slept=slept)
        if command is not None:
            self._carry_out(command, Origin.CLOCK)

    def _carry_out(self, command: Command, origin: Origin, answer: Answer | None = None) -> Result:
        now, ended = self._clock.now(), self.last_end.ended
        transition = decide(self._pause, command, now, self.outcomes(), ended)
        if isinstance(transition, Refusal):
            return transition
        fault = None
        changes = transition.pause != self._pause or isinstance(command, Correct)
        back = self.last_end.note(self._pause, transition, self._correction.reference)
        self._correction.note(self._pause, transition)
        if back is not None:
            self._correction.reference = back.reference
        self._pause = transition.pause
        if changes or transition.outcome is not None or not self.kept:
            fault = self._commit(transition, origin, answer)
        accepted = Accepted(transition, origin, self.kept)
        self._changed.tell(accepted)
        if fault is not None:
            # Only now does the log know whether it has to hold back what tells of this command.
            self.faults.add(CapabilityKey.DATA, fault)
        return accepted

    def outcomes(self) -> Iterable[Outcome]:
        """Return how past pauses ended, the newest first."""
        return self._store.outcomes()

    def set(self, key: str, value: Value, request: Remembered | None = None) -> None:
        """Change a setting, and remember the request. The desktop keeps the setting "autostart".

        Raises:
            SettingError: there is no such setting, or the value conflicts with another setting.
            NotKept: the setting could not be written, and has not changed.

        """
        if key == AUTOSTART.key:
            record = self.autostart
            (record.enable if value else record.disable)()
        else:
            self.settings.check(key, value)
            self._store.set(key, value, request)
            if request is not None:
                self._note(request)
        self.tell_settings()

    def tell_settings(self) -> None:
        """Tell the listeners of all settings, because one was changed here or elsewhere."""
        self.settings = self._store.settings()
        self._settings_changed.tell(self.settings)

    @property
    def clean(self) -> bool:
        """Whether no trace is left of what was deleted, such as an undone pause."""
        return self._store.clean

    def tidy(self) -> bool:
        """Try to delete the traces that another program kept from deletion. Return `clean`."""
        return self._store.tidy()

    def save(self) -> None:
        """Try again to write what could not be written."""
        if self._unsaved.waits:
            with suppress(NotKept):
                self._unsaved.write_waiting(self._correction.reference)
                self.kept, self.trouble = True, ""

    def unreadable_outcomes(self) -> int:
        """Return how many past pauses can't be read."""
        return self._store.unreadable_outcomes()

    def forget_all(self, at: datetime, origin: Origin) -> None:
        """Delete everything that is kept, the standing pause included, as asked for at `at`.

        Raises:
            NotAllForgotten: the store is empty, but other data can't be deleted.
            NotKept: the store could not delete, and nothing has changed.

        """
        left: list[NotAllForgotten] = []
        try:
            self._store.forget_all()
        except NotAllForgotten as error:
            left.append(error)
        standing, self._pause, self._unsaved = self._pause, None, Unsaved(self._store)
        self.last_end.forget()
        self._requests = dict.fromkeys(self._requests, ANSWER_FORGOTTEN)
        self.kept, self.trouble = True, ""
        self.tell_settings()
        if standing is not None:
            transition = Transition(Undo(at), self._clock.now(), None)
            self._correction.note(standing, transition)
            self._changed.tell(Accepted(transition, origin, kept=True))
        self._forgetters.forget(left)

    def remembered(self, key: bytes) -> bytes | None:
        """Return the answer of a request; None if the request is not remembered."""
        found = self._requests.get(key)
        return self._store.remembered(key) if found is None else found

    def remember(self, request: Remembered, *, durable: bool) -> None:
        """Remember a request in this run, and in the store if `durable` and if it can write."""
        self._note(request)
        if durable:
            with suppress(NotKept):  # what the request changed is not kept either
                self._store.remember(request)

    def _note(self, request: Remembered) -> None:
        self._requests[request.key] = request.answer
        if len(self._requests) > MOST_REMEMBERED:
            del self._requests[next(iter(self._requests))]

    def _commit(
        self, transition: Transition, origin: Origin, answer: Answer | None
    ) -> Exception | None:
        """Have the store write a transition. Return an error that is not the disk's but ours."""
        self.kept, self.trouble = True, ""
        request = None
        if answer is not None:
            accepted = Accepted(transition, origin, kept=True)
            request = self.faults.attempt(CapabilityKey.COMMANDS, lambda: answer(accepted), None)
        try:
            self._unsaved.write(transition, request, self._correction.reference)
        except NotKept as error:
            self.kept, self.trouble = False, error.detail
        except Exception as error:  # noqa: BLE001  -- the border to the store
            self.kept, self.trouble = False, type(error).__name__
            return error
        else:
            if request is not None:
                self._note(request)
        return None
