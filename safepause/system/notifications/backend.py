"""What is to be said, and what each way of saying it must offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.capability import Capability


@dataclass(frozen=True, slots=True)
class Notice:
    """Plain text; `actions` are (key, label) of the buttons, in their order."""

    title: str
    body: str
    actions: tuple[tuple[str, str], ...] = ()
    urgent: bool = False
    """Whether it may break through "do not disturb" and stays until it is answered."""


class Channel(Protocol):
    """One way of showing notices, one at a time. Called in the GUI thread; never blocks."""

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Show a notice in place of the last one.

        `refused` is called with the reason, once, in the GUI thread, at once or later, if it is
        not certain that the notice was shown.
        """
        ...

    def withdraw(self) -> None:
        """Take the notice from the screen, if that is possible here."""
        ...

    def capability(self) -> Capability:
        """Say what this way can do, as far as is known now."""
        ...


def sendable(text: str) -> str:
    """Return the text without what no protocol carries: NUL and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
