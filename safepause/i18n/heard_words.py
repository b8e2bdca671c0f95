"""What a screen reader says by itself: no marks for the eye, and never a countdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.i18n.language import _
from safepause.i18n.words import come_back_line, return_time, who_asked

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

_MARKS = dict.fromkeys((0x200B, 0x2066, 0x2067, 0x2068, 0x2069))
"""A break opportunity, and the marks around a name that may run the other way."""
_ENDS = tuple(".!?\u2026:\u201d\u201c\u3002")


def spoken(text: str) -> str:
    """Return a text without the characters that only place it on the screen."""
    return text.translate(_MARKS)


def sentences(*parts: str) -> str:
    """Return the parts that aren't empty, each as a sentence of its own."""
    said = (spoken(part).replace("\n", " ").strip() for part in parts)
    return " ".join(part if part.endswith(_ENDS) else f"{part}." for part in said if part)


def call_heard(pause: Pause, clock: Clock) -> str:
    """Return who asked for a pause, and when the two come back."""
    return sentences(who_asked(pause), come_back_line(pause, clock))


def time_heard(pause: Pause, clock: Clock, keys: str) -> str:
    """Return that it is time, and what brings the window that doesn't take the keyboard.

    `keys` are the keys that call a pause; empty if none do.
    """
    said = _("You said {time}.").format(time=return_time(pause.return_at, clock))
    way = _("Press {keys} to answer.").format(keys=keys) if keys else ""
    return sentences(_("Time to come back"), said, way or _("Open SafePause to answer."))
