"""A prompt: something that the program says by itself, as one value.

Who makes a prompt decides its words, its urgency, its page, its sound and its actions. One delivery
then brings it to the people: by the window, a notification or the tray.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Urgency(Enum):
    """How much a prompt may disturb: the levels of freedesktop.org's notifications."""

    NORMAL = "normal"
    """A desktop that is set to "do not disturb" may keep it back."""
    CRITICAL = "critical"
    """Shown even then: for the return itself, and for nothing else."""


class Page(Enum):
    """A page of the pause window that a prompt brings up."""

    RETURN = "return"


class Action(Enum):
    """What a person can ask for at a prompt. The values are the keys of notification buttons."""

    SHOW = "default"
    """A click on the notification itself; freedesktop.org gives the key its name."""
    HERE = "here"
    MORE_TIME = "more-time"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Words for people, and how they are shown."""

    title: str
    body: str
    urgency: Urgency = Urgency.NORMAL
    page: Page | None = None
    """The page that comes to the front with it; None for none."""
    sound: bool = False
    """Whether the desktop may play its sound for it."""
    actions: tuple[tuple[Action, str], ...] = ()
    """What can be asked for at once, with the words for it, the most important first."""
