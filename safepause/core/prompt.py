"""A prompt: something that the program says by itself, as one value.

The code that makes a prompt decides its words, its urgency, its page, its sound and its actions.
The delivery then shows the prompt in the window, as a notification or at the tray icon.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Urgency(Enum):
    """How much a prompt may disturb. The levels are those of freedesktop.org's notifications."""

    NORMAL = "normal"
    """A desktop that is set to "do not disturb" may hide the prompt."""
    CRITICAL = "critical"
    """A desktop that is set to "do not disturb" shows the prompt, too. Only the return has it."""


class Page(Enum):
    """A page of the pause window that a prompt can show."""

    RETURN = "return"


class Action(Enum):
    """What a person can ask for at a prompt. The values are the keys of notification buttons."""

    SHOW = "default"
    """A click on the notification itself. freedesktop.org defines the name of this key."""
    HERE = "here"
    MORE_TIME = "more-time"
    LET_REST = "let-rest"
    UNDO = "undo"
    LOOK_BACK = "look-back"
    START_AGAIN = "start-again"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Words for people, and how they are shown."""

    title: str
    body: str
    urgency: Urgency = Urgency.NORMAL
    page: Page | None = None
    """The page that comes to the front; None for no page."""
    sound: bool = False
    """Whether the desktop may play its sound."""
    actions: tuple[tuple[Action, str], ...] = ()
    """What a person can ask for at the prompt, with the words for it; the first matters most."""

    quiet: bool = False
    """Whether the log must not mention it, even if it can't be shown."""

    @property
    def is_return(self) -> bool:
        """Whether it shows the page of the return."""
        return self.page is Page.RETURN
