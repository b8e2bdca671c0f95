"""The parts of the first page of a pause, and the hint of each."""

from __future__ import annotations

from enum import Enum

from safepause.i18n.language import _


class Part(Enum):
    """The part of the page that is shown."""

    STILL = "still"
    NOTE = "note"
    BREATHING = "breathing"


def hint_of(part: Part) -> str:
    """Return the words at the end of the lower edge."""
    if part is Part.STILL:
        return _("Nothing to decide now. It can wait.")
    if part is Part.NOTE:
        return _("Left alone, soft breathing\nbegins by itself.")
    return _("Dizzy? Stop,\nbreathe as usual.")
