"""The base of all global shortcuts: the state of each binding, and the sentences about it.

`shown` is empty until the desktop has really bound the keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.shortcut.keys import Keys, KeysError, parse_keys
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from safepause.system.dbus.connection import Bus

KEY = CapabilityKey.SHORTCUT
"""The capability's name."""
PAUSE, NAME1, NAME2 = "pause", "name1", "name2"
"""The actions of shortcuts: a pause, or a pause that one of the two partners calls."""


class BindFailure(Enum):
    """Why a combination of keys doesn't work, or doesn't work yet."""

    WAITING = "waiting"
    """The desktop has not answered yet."""
    TAKEN = "taken"
    NO_SUCH_KEY = "no_such_key"
    """The keyboard has no such key."""
    IMPOSSIBLE = "impossible"
    """The text is no combination of keys."""
    REFUSED = "refused"
    KEYLESS = "keyless"
    """The desktop knows the shortcut, but has bound no keys to it."""
    NO_WAY = "no_way"
    """The desktop has no global shortcuts for programs."""
    UNLISTED = "unlisted"
    """The desktop gives keys only to programs that its menu lists."""
    UNASKED = "unasked"
    """The desktop would ask the person, and no person is here: SafePause started by itself."""
    ENDED = "ended"
    """The desktop has ended the binding."""


@dataclass(frozen=True, slots=True)
class BindingState:
    """The state of one binding."""

    shown: str = ""
    """The keys that work, by the desktop's names. It is empty if none work."""
    trouble: BindFailure | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What the desktop may ask the person, and what the person has answered before.

    A desktop remembers the shortcuts that it has bound, and binds these again without a question.
    """

    ask: bool = True
    """Whether the desktop may ask now, because a person has just done something here."""
    given: frozenset[str] = frozenset()
    """The actions that the desktop has bound before."""
    refused: bool = False
    """Whether the person has said no. Only the person's own wish asks again."""


ASK = Consent()
"""A person is here, and nothing was bound before."""


class Shortcuts(QObject):
    """Keys that call a pause in any program. All calls and signals are in the GUI thread."""

    pressed = Signal(str)
    """The keys of an action were pressed. Held keys repeat, but emit this once."""
    changed = Signal()
    """The results of `shown`, `problem` or `capability` have changed."""
    answered = Signal(object)
    """The desktop has answered. The value is the `Consent` for the next start."""

    way = ""
    """The words by which `doctor` names this kind of shortcut."""
    desktop_decides = False
    """Whether the desktop decides which keys are bound, instead of the setting."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Bind no keys yet."""
        super().__init__(parent)
        self._states: dict[str, BindingState] = {}
        self.may_ask: Callable[[], bool] = lambda: True
        """Tells whether the desktop's question would disturb nobody, if it came now."""

    @property
    def possible(self) -> bool:
        """Whether global shortcuts are possible here, as far as is known."""
        return True

    def has(self, trouble: BindFailure) -> bool:
        """Return whether this is the trouble of a shortcut."""
        return any(each.trouble is trouble for each in self._states.values())

    def to_change(self) -> str:
        """Return where the person changes keys that work, or an empty text if it is our setting."""
        return ""

    @property
    def by_hand(self) -> bool:
        """Whether keys work only after the person has bound them in the desktop's settings."""
        said_no = {
            BindFailure.REFUSED,
            BindFailure.KEYLESS,
            BindFailure.UNLISTED,
            BindFailure.ENDED,
        }
        states = self._states.values()
        works = any(state.shown for state in states)
        refused = any(state.trouble in said_no for state in states)
        return not self.possible or (refused and not works)

    def bind(self, wanted: Mapping[str, str], consent: Consent = ASK) -> None:
        """Bind these combinations, and no others. An empty text binds nothing.

        `consent` matters only if `desktop_decides`. Elsewhere nobody is asked.
        """
        raise NotImplementedError

    def use_bus(self, bus: Bus | None) -> None:
        """Use the message bus that has come back. Keys without the bus need none."""

    def close(self) -> None:
        """End every binding for good. May be called twice."""
        raise NotImplementedError

    def shown(self, what: str) -> str:
        """Return the keys that work for the action `what`, by the desktop's names."""
        return self._states.get(what, BindingState()).shown

    def problem(self, what: str) -> str:
        """Return why the keys don't work, as a sentence, or an empty text if they work."""
        trouble = self._states.get(what, BindingState()).trouble
        return "" if trouble is None else sentence(trouble)

    def capability(self) -> Capability:
        """Return which keys work, or why none work and what helps."""
        working = [state.shown for state in self._states.values() if state.shown]
        problems = [self.problem(what) for what in self._states if self.problem(what)]
        if working:
            why = _("Keys that call a pause: {keys}. ({way})").format(
                keys=", ".join(working), way=self.way
            )
            help_lines = filter(None, [*dict.fromkeys(problems), self.to_change()])
            return Capability(KEY, True, why, " ".join(help_lines))
        if not problems:
            return Capability(KEY, False, _("No keys are chosen."), _("Choose some in Settings."))
        why = " ".join(dict.fromkeys(problems))
        if self.has(BindFailure.WAITING):
            return Capability(KEY, False, why, known=False)
        unasked = self.has(BindFailure.UNASKED)
        advice = _("Open SafePause's settings: then it is asked.") if unasked else ready_line()
        return Capability(KEY, False, why, advice)

    def _put(self, states: Mapping[str, BindingState]) -> None:
        """Keep the state of every binding, and emit `changed` if it differs."""
        if dict(states) != self._states:
            self._states = dict(states)
            self.changed.emit()


def read(wanted: Mapping[str, str]) -> tuple[dict[str, Keys], dict[str, BindingState]]:
    """Return the combinations by action, and the state of those that are no combination."""
    keys: dict[str, Keys] = {}
    impossible: dict[str, BindingState] = {}
    for what, text in wanted.items():
        try:
            if text:
                keys[what] = parse_keys(text)
        except KeysError:
            impossible[what] = BindingState(trouble=BindFailure.IMPOSSIBLE)
    return keys, impossible


def sentence(trouble: BindFailure) -> str:
    """Return why a combination doesn't work, as a sentence."""
    return {
        BindFailure.WAITING: _("The desktop was asked and hasn't answered yet."),
        BindFailure.TAKEN: _("Another program has these keys. Please choose others."),
        BindFailure.NO_SUCH_KEY: _("This keyboard has no such key. Please choose another."),
        BindFailure.IMPOSSIBLE: _("These keys can't be used. Please choose others."),
        BindFailure.REFUSED: _("The desktop was asked, and said no."),
        BindFailure.KEYLESS: _("The desktop has set no keys. Its keyboard settings can."),
        BindFailure.NO_WAY: _("This desktop gives programs no keys."),
        BindFailure.UNLISTED: _(
            "The desktop gives keys only to programs in its menu. "
            "Run safepause install-desktop, then start SafePause again."
        ),
        BindFailure.UNASKED: _("The desktop has not been asked for these keys yet."),
        BindFailure.ENDED: _("The desktop has taken the shortcut back."),
    }[trouble]


def ready_line() -> str:
    """Return what the person can do where no shortcut is possible."""
    return _("Bind keys to this command in your desktop's settings: safepause pause")
