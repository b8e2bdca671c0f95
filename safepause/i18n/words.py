"""The words for the values of the core, for windows and command line alike.

This module has the sentences that more than one place shows, and the forms of times, lengths and
numbers. `setting_words` has the words for settings, and `data_words` those for saved data. A window
has its own words itself. Words are plain and kind, and blame nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.agreement import promise
from safepause.core.breathing import Phase
from safepause.core.capability import CapabilityKey
from safepause.core.pause import SHORTEST, Ending, Outcome, Pause, Punctuality, Reason, Refusal
from safepause.i18n.language import _, ngettext

if TYPE_CHECKING:
    from safepause.core.clock import Clock

_ISOLATE, _POP = "\u2068", "\u2069"


def name(text: str) -> str:
    """Return a person's name with marks that separate its writing direction from the sentence."""
    return f"{_ISOLATE}{text}{_POP}"


def clock_time(instant: datetime, clock: Clock) -> str:
    """Return the time of day of an instant, such as "20:40"."""
    # Translators: how a time of day is written, for strftime; "%I:%M %p" gives "08:40 PM".
    return clock.local(instant).strftime(_("%H:%M"))


def return_time(instant: datetime, clock: Clock) -> str:
    """Return the time of day, with the day unless it is today: "20:40", "tomorrow at 09:00"."""
    shown = clock_time(instant, clock)
    days = (clock.local(instant).date() - clock.local(clock.now()).date()).days
    if days == 0:
        return shown
    if days == 1:
        return _("tomorrow at {time}").format(time=shown)
    if days == -1:
        return _("yesterday at {time}").format(time=shown)
    return _("{date}, {time}").format(date=date(instant, clock), time=shown)


def date(instant: datetime, clock: Clock) -> str:
    """Return the date of an instant in figures, such as "2026-03-01"."""
    # Translators: how a date is written, for strftime; "%Y-%m-%d" gives "2026-03-01".
    return clock.local(instant).strftime(_("%Y-%m-%d"))


def date_and_time(instant: datetime, clock: Clock) -> str:
    """Return the date and the time of day of an instant, such as "2026-03-01 20:40"."""
    local = clock.local(instant)
    return f"{local.strftime(_('%Y-%m-%d'))} {local.strftime(_('%H:%M'))}"


def minutes(length: timedelta) -> int:
    """Return the whole minutes of a length; 0 if the length is negative."""
    return max(0, int(length.total_seconds()) // 60)


def short_length(length: timedelta) -> str:
    """Return a length, short enough for a tooltip: "26 min", "2 h", "2 h 5 min"."""
    hours, rest = divmod(minutes(length), 60)
    if not hours and not rest:
        return _("under 1 min")
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def long_length(length: timedelta) -> str:
    """Return a length in words: "26 minutes", "2 hours", "2 h 5 min"."""
    hours, rest = divmod(minutes(length), 60)
    if not hours and not rest:
        return _("less than a minute")
    if not hours:
        return ngettext("{count} minute", "{count} minutes", rest).format(count=rest)
    if not rest:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    return short_length(length)


def time_left(pause: Pause, clock: Clock) -> str:
    """Return the length until the return: "26 minutes left"."""
    left = pause.return_at - clock.now()
    return _("{length} left").format(length=long_length(left))


def back_at(pause: Pause, clock: Clock) -> str:
    """Return the line of the tooltip: "Back at 20:40 - 26 min", or since when the return is due."""
    shown = return_time(pause.return_at, clock)
    left = pause.return_at - clock.now()
    if left <= timedelta(0):
        return _("Time to come back, since {time}").format(time=shown)
    length = short_length(left)
    if shown == clock_time(pause.return_at, clock):
        return _("Back at {time} - {length}").format(time=shown, length=length)
    return _("Back {day_and_time} - {length}").format(day_and_time=shown, length=length)


def come_back_line(pause: Pause, clock: Clock) -> str:
    """Return the promise: "We come back at 20:40."."""
    shown = return_time(pause.return_at, clock)
    if shown == clock_time(pause.return_at, clock):
        return _("We come back at {time}.").format(time=shown)
    return _("We come back {day_and_time}.").format(day_and_time=shown)


def stands_again(pause: Pause, clock: Clock) -> str:
    """Return the sentence for a pause whose end was undone."""
    if pause.return_at <= clock.now():
        return _("Taken back. Come together whenever you are ready.")
    return _("Taken back.") + " " + come_back_line(pause, clock)


def early_note(pause: Pause, clock: Clock) -> str:
    """Return the gentle note before an early return."""
    if clock.now() - pause.started_at < SHORTEST:
        return _("It's early. A body needs 20 minutes to settle.")
    return _("A little early is fine. Are you both ready?")


def agreed_times(pause: Pause) -> str:
    """Return which new time this is, of those that the two agreed on."""
    allowed, place = pause.terms.extensions_allowed, pause.extensions + 1
    agreed = _agreed(allowed)
    if allowed == 1:
        return agreed
    if place == 1:
        return agreed + "\n" + _("This is the first.")
    if place == 2:  # noqa: PLR2004  -- the second
        return agreed + "\n" + _("This is the second.")
    return agreed + "\n" + _("This is number {count}.").format(count=place)


def _agreed(allowed: int) -> str:
    if not allowed:
        return _("You agreed on no more time.")
    if allowed == 1:
        return _("You agreed: a new time, once.")
    if allowed == 2:  # noqa: PLR2004  -- twice
        return _("You agreed: a new time, twice.")
    return _("You agreed: a new time, {count} times.").format(count=allowed)


def clock_set(pause: Pause, clock: Clock) -> str:
    """Return the sentences for a return that has another time, because the clock was set."""
    return _("The clock was set.") + " " + come_back_line(pause, clock)


def who_asked(pause: Pause) -> str:
    """Return the headline of a pause. It has the caller's name, if that is known."""
    if pause.called_by:
        return _("{name} asked for a pause").format(name=name(pause.called_by))
    return _("A pause, together")


def refused(refusal: Refusal, clock: Clock) -> str:
    """Return the sentence for a refusal, with what the person can do instead."""
    shown = clock_time if refusal.reason is Reason.JUST_PASSED else return_time
    named = refusal.limit
    if named is not None and refusal.reason is Reason.TOO_SHORT:
        named = promise(named, timedelta(0))  # the first clock time that is allowed
    limit = shown(named, clock) if named else ""
    if refusal.reason is Reason.NO_EXTENSIONS_LEFT:
        return used_up(refusal.allowed or 0)
    past = refusal.limit is not None and refusal.limit <= clock.now()
    if refusal.reason is Reason.TOO_LONG and past:
        return day_over()
    sentences = {
        Reason.NOT_PAUSED: _("There is no pause right now."),
        Reason.TOO_SHORT: _("A pause needs 20 minutes or more: from {time} on."),
        Reason.TOO_LONG: _("A pause may last a day at most: until {time}."),
        Reason.TOO_LATE_TO_UNDO: _("Undo works in the first 10 seconds. You can come back early."),
        Reason.TOO_OLD: _("That came too late: it was about an earlier pause."),
        Reason.PASSED: _("That came too late: the time to come back has passed already."),
        Reason.JUST_PASSED: _("{time} has just passed. Please choose a later time."),
        Reason.NOT_LATER: _("The new time must be later than {time}."),
    }
    return sentences[refusal.reason].format(time=limit)


def day_over() -> str:
    """Return the sentence for a pause that has lasted a day, with what the person can do."""
    ways = _("Try ten small minutes, let it rest, or ask someone you both trust.")
    return _("A pause lasts a day at most.") + " " + ways


def used_up(allowed: int, *, morning: bool = False) -> str:
    """Return the sentence for a pause without extensions left, with what the person can do.

    `morning` says that the two can sleep on it, which uses no extension.
    """
    taken = {0: "", 1: _("That time is taken."), 2: _("This was the second.")}
    last = taken.get(allowed, _("Those are taken."))
    ways = [_agreed(allowed), last, _("Sleep on it, if you like.") if morning else ""]
    ways.append(_("Try ten small minutes, let it rest, or ask someone you both trust."))
    return " ".join(filter(None, ways))


def shortened(text: str, most: int = 40) -> str:
    """Return a person's text for a sentence: `most` characters, no control characters."""
    printable = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return printable if len(printable) <= most else printable[: most - 1] + "\u2026"


def outcome(ended: Outcome) -> str:
    """Return how a pause ended."""
    punctuality = ended.punctuality
    if ended.ending is Ending.LET_GO:
        shown = _("let go")
    elif punctuality is Punctuality.EARLY:
        shown = _("came back early")
    elif punctuality is Punctuality.LATER:
        shown = _("came back later")
    else:
        shown = _("came back on time")
    return shown


def outcome_sentence(ended: Outcome) -> str:
    """Return how a pause ended, as a sentence to the two."""
    punctuality = ended.punctuality
    if not met_again(ended):
        return _("You let it rest")
    if punctuality is Punctuality.EARLY:
        return _("You came back early")
    if punctuality is Punctuality.LATER:
        return _("You came back later")
    return _("You came back on time")


def met_again(ended: Outcome) -> bool:
    """Return whether the two came back to each other, and did not let it rest."""
    return ended.ending is not Ending.LET_GO


def phase(part: Phase) -> str:
    """Return what the person does in a phase of a breath."""
    return {
        Phase.IN: _("Breathe in"),
        Phase.TOP_UP: _("A little more"),
        Phase.HOLD_FULL: _("Hold, softly"),
        Phase.OUT: _("Breathe out"),
        Phase.HOLD_EMPTY: _("Rest"),
        Phase.NOTICE: _("Just notice"),
    }[part]


def capability_label(key: CapabilityKey) -> str:
    """Return the name of a capability."""
    return {
        CapabilityKey.TRAY: _("Tray icon"),
        CapabilityKey.NOTIFICATIONS: _("Notifications"),
        CapabilityKey.SHORTCUT: _("Shortcut"),
        CapabilityKey.WINDOW: _("Window in front"),
        CapabilityKey.WINDOWS: _("Other windows"),
        CapabilityKey.FONTS: _("Letters"),
        CapabilityKey.REMINDERS: _("Reminders"),
        CapabilityKey.SLEEP: _("Waking from sleep"),
        CapabilityKey.CLOCK: _("A clock that is set"),
        CapabilityKey.LOCK: _("Locked screen"),
        CapabilityKey.AUTOSTART: _("Start with the computer"),
        CapabilityKey.COMMANDS: _("Command line"),
        CapabilityKey.DATA: _("Saved data"),
        CapabilityKey.LOG: _("Log"),
        CapabilityKey.HOOKS: _("Your own commands"),
        CapabilityKey.SOUND: _("Sound"),
        CapabilityKey.MEDIA: _("What is playing"),
        CapabilityKey.PROGRAM: _("SafePause itself"),
    }[key]
