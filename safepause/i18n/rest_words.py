"""The words for the rest of a pause: ideas, the way back, the calm check and the pulse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.calm_check import FAST, Advice
from safepause.i18n.language import _, ngettext
from safepause.i18n.words import clock_time, return_time, time_left

if TYPE_CHECKING:
    from datetime import datetime

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause


def own_ideas() -> tuple[str, ...]:
    """Return SafePause's own ideas for a pause. Each one distracts, and stirs nothing up."""
    return (
        _("Take a slow walk. Look for five green things."),
        _("Put on some quiet music."),
        _("Wash your hands in warm water."),
        _("Read a few pages of a book."),
        _("Sit with a pet, or look out of the window."),
        _("Drink a glass of water, slowly."),
        _("Let your shoulders drop. Then your jaw."),
        _("Water the plants, or fold some clothes."),
        _("Leave the argument for later. It can wait."),
        _("No driving and no alcohol for now."),
    )


def nothing_to_solve(pause: Pause, clock: Clock) -> str:
    """Return the line below the headline: "Nothing to solve now. 14 minutes left."."""
    return _("Nothing to solve now. {time_left}.").format(time_left=time_left(pause, clock))


def back_line(pause: Pause, clock: Clock) -> str:
    """Return the end of the way: "Back at 20:40", "Back tomorrow at 09:00"."""
    shown = return_time(pause.return_at, clock)
    if shown == clock_time(pause.return_at, clock):
        return _("Back at {time}").format(time=shown)
    return _("Back {day_and_time}").format(day_and_time=shown)


def sleep_on_it(morning: datetime, clock: Clock) -> str:
    """Return the label of the button for a return in the morning: "Sleep on it: 09:00"."""
    return _("Sleep on it: {time}").format(time=clock_time(morning, clock))


def advice(given: Advice) -> str:
    """Return what two ratings advise."""
    return {
        Advice.CHOOSE: _("Choose a number in each row."),
        Advice.CALM: _("This is low. Keep it slow and kind."),
        Advice.SOFTER: _("Softer than before. A slow walk may help the rest."),
        Advice.SAME: _("About the same. A body takes its time."),
        Advice.HIGHER: _("More stirred up than before. Soft breaths may help."),
        Advice.STILL_HIGH: _("Still high. Soft breaths may help."),
    }[given]


def in_any_case(pause: Pause, clock: Clock) -> str:
    """Return the sentences that say that the promise stands, whatever a person feels."""
    shown = return_time(pause.return_at, clock)
    if pause.extensions_left and pause.return_at < pause.last_at:
        text = _("You come back at {time} in any case. You can ask for more time then.")
        day = _("You come back {day_and_time} in any case. You can ask for more time then.")
    else:
        text = _("You come back at {time} in any case. You choose together what comes next.")
        day = _("You come back {day_and_time} in any case. You choose together what comes next.")
    if shown == clock_time(pause.return_at, clock):
        return text.format(time=shown)
    return day.format(day_and_time=shown)


def pulse(rate: int) -> str:
    """Return a pulse in words. A slow one proves nothing."""
    shown = ngettext(
        "About {count} beat a minute, as a rough guide.",
        "About {count} beats a minute, as a rough guide.",
        rate,
    ).format(count=rate)
    if rate >= FAST:
        return shown + " " + _("A longer rest may help.")
    return shown + " " + _("How you feel counts more.")


def beats(count: int) -> str:
    """Return the number of heartbeats that a person has counted."""
    return ngettext("{count} beat", "{count} beats", count).format(count=count)


def keep_counting(seconds: int) -> str:
    """Return what a person does while counting heartbeats."""
    return ngettext(
        "Count the beats. {count} second left.", "Count the beats. {count} seconds left.", seconds
    ).format(count=seconds)


def keep_tapping(seconds: int) -> str:
    """Return what a person does while tapping along."""
    return ngettext(
        "Tap with each beat. {count} second left.",
        "Tap with each beat. {count} seconds left.",
        seconds,
    ).format(count=seconds)
