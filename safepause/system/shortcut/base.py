"""What every way of having a global shortcut has in common, and the words for what became of it.

A shortcut is never pretended: `shown` is empty until the desktop has really given the keys.
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
    from collections.abc import Mapping

KEY = CapabilityKey.SHORTCUT
"""The capability's name."""
PAUSE, NAME1, NAME2 = "pause", "name1", "name2"
"""What a shortcut asks for: a pause, or a pause that one of the two asked for."""


class BindFailure(Enum):
    """Why a wanted combination doesn't work, or not yet."""

    WAITING = "waiting"
    """The desktop has been asked and has not answered."""
    TAKEN = "taken"
    NO_SUCH_KEY = "no_such_key"
    """The keyboard has no such key."""
    IMPOSSIBLE = "impossible"
    """The text is no combination."""
    REFUSED = "refused"
    KEYLESS = "keyless"
    """The desktop knows what is wanted, and has given it no keys."""
    NO_WAY = "no_way"
    """The desktop gives no program any keys."""
    UNLISTED = "unlisted"
    """The desktop gives keys only to programs that its menu lists."""
    ENDED = "ended"
    """The desktop had given it, and has taken it back."""


@dataclass(frozen=True, slots=True)
class BindingState:
    """What has become of one wanted combination."""

    shown: str = ""
    """The keys that work, as the desktop names them; nothing if none do."""
    trouble: BindFailure | None = None


class Shortcuts(QObject):
    """Keys that call a pause from anywhere. Everything happens in the GUI thread."""

    pressed = Signal(str)
    """`PAUSE`, `NAME1` or `NAME2`: once for each time that the keys go down, however long."""
    changed = Signal()
    """What `shown`, `problem` or `capability` answer has changed."""

    way = ""
    """How keys are had here, in words, as the doctor names it."""
    desktop_decides = False
    """Whether the desktop, not the setting, has the last word on which keys they are."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Have nothing yet."""
        super().__init__(parent)
        self._standings: dict[str, BindingState] = {}

    @property
    def possible(self) -> bool:
        """Whether keys can be had here at all, as far as is known."""
        return True

    @property
    def by_hand(self) -> bool:
        """Whether the person has to bind keys in the desktop's own settings, to have any."""
        said_no = {
            BindFailure.REFUSED,
            BindFailure.KEYLESS,
            BindFailure.UNLISTED,
            BindFailure.ENDED,
        }
        standings = self._standings.values()
        works = any(standing.shown for standing in standings)
        refused = any(standing.trouble in said_no for standing in standings)
        return not self.possible or (refused and not works)

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Have these combinations and no others. Empty texts ask for nothing."""
        raise NotImplementedError

    def close(self) -> None:
        """Give every key back, for good. May be called twice."""
        raise NotImplementedError

    def shown(self, what: str) -> str:
        """Return the keys that really work for `what`, as the desktop names them."""
        return self._standings.get(what, BindingState()).shown

    def problem(self, what: str) -> str:
        """Return, as a sentence, why the wanted keys don't work; nothing if they do."""
        trouble = self._standings.get(what, BindingState()).trouble
        return "" if trouble is None else sentence(trouble)

    def capability(self) -> Capability:
        """Say which keys work and by which way, or why none do and what helps."""
        working = [standing.shown for standing in self._standings.values() if standing.shown]
        problems = [self.problem(what) for what in self._standings if self.problem(what)]
        if working:
            why = _("Keys that call a pause: {keys}. ({way})").format(
                keys=", ".join(working), way=self.way
            )
            return Capability(KEY, True, why, " ".join(dict.fromkeys(problems)))
        if not problems:
            return Capability(KEY, False, _("No keys are chosen."), _("Choose some in Settings."))
        return Capability(KEY, False, " ".join(dict.fromkeys(problems)), ready_line())

    def _put(self, standings: Mapping[str, BindingState]) -> None:
        """Remember what has become of everything, and tell if that is news."""
        if dict(standings) != self._standings:
            self._standings = dict(standings)
            self.changed.emit()


def read(wanted: Mapping[str, str]) -> tuple[dict[str, Keys], dict[str, BindingState]]:
    """Return the combinations that are wanted, and a standing for those that are none."""
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
    """Return why a combination doesn't work."""
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
        BindFailure.ENDED: _("The desktop has taken the shortcut back."),
    }[trouble]


def ready_line() -> str:
    """Return what can be done where no shortcut can be had."""
    return _("Bind keys to this command in your desktop's settings: safepause pause")
