"""The words of the first seconds of a pause: when the two come back, and a sentence to say aloud.

The sentences stand as something that a person can say. The two can have a sign of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.i18n.language import N_, _
from safepause.i18n.words import clock_time, date, return_time

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

SENTENCES = (
    N_("I care about this. I'll be back at {time}."),
    N_("I'm too stirred up to be fair. I'll be back at {time}."),
    N_("I'm stepping away from the heat, not from you. Back at {time}."),
)
"""What a person can say at the call. Each pause offers the next one."""


def to_say(pause: Pause, clock: Clock, turn: int, sign: str = "") -> str:
    """Return what a person can say or show at the call: the couple's sign, if they have one."""
    if sign:
        return sign
    sentence = _(SENTENCES[turn % len(SENTENCES)])
    return sentence.format(time=clock_time(pause.return_at, clock))


def quoted(sentence: str) -> str:
    """Return a sentence in quotation marks."""
    # Translators: the quotation marks of your language.
    return _("\u201c{sentence}\u201d").format(sentence=sentence)


def back_caption(pause: Pause, clock: Clock) -> str:
    """Return the words above the clock time of the return: "Back at", "Back tomorrow at"."""
    days = (clock.local(pause.return_at).date() - clock.local(clock.now()).date()).days
    if days == 0:
        return _("Back at")
    if days == 1:
        return _("Back tomorrow at")
    return _("Back on {date} at").format(date=date(pause.return_at, clock))


def what_this_is(pause: Pause, clock: Clock) -> str:
    """Return what a pause is, in a sentence or two, for a person who has never seen one."""
    shown = return_time(pause.return_at, clock)
    if shown == clock_time(pause.return_at, clock):
        what = _("One of us needs a break from this talk. We calm down, and talk on at {time}.")
        return what.format(time=shown)
    what = _("One of us needs a break from this talk. We calm down, and talk on {day_and_time}.")
    return what.format(day_and_time=shown)


def holds_note() -> str:
    """Return whom a breathing with holds is not for."""
    return _(
        "This breathing has holds.\nLeave them out in pregnancy, heart or lung illness, or panic."
    )
