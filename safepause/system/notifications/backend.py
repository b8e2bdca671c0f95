"""A notice, and the protocol of every channel that shows notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.capability import Capability


@dataclass(frozen=True, slots=True)
class Notice:
    """Title and body in plain text. `actions` has key and label of each button, in their order."""

    title: str
    body: str
    actions: tuple[tuple[str, str], ...] = ()
    urgent: bool = False
    """Whether it ignores "do not disturb", and stays until a person answers."""
    sound: bool = False
    """Whether the desktop may play its sound for it."""
    quiet: bool = False
    """Whether the log must not mention it, even if it can't be shown."""


class Channel(Protocol):
    """One way of showing notices, one at a time. All calls are in the GUI thread. None blocks."""

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Show a notice in the place of the last one.

        If it is not certain that the notice was shown, `refused` is called once with the reason,
        in the GUI thread, at once or later.
        """
        ...

    def withdraw(self) -> None:
        """Remove the notice from the screen, if that is possible."""
        ...

    def capability(self) -> Capability:
        """Return whether notices are shown, as far as is known now."""
        ...


def sendable(text: str) -> str:
    """Return the text without NUL and lone surrogates, which no protocol can send."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
