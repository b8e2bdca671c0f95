"""What a notification says at each moment: no word of an argument, no names unless asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.reminders import Kind
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.reminder_engine import Announcement
    from safepause.core.settings.catalogue import Settings

HERE, MORE_TIME, CLICK = "here", "more-time", "default"
"""What pressing a notification's buttons, or the notification itself, asks for."""


def title(announcement: Announcement, settings: Settings) -> str:
    """Return the headline."""
    name = announcement.pause.called_by
    if settings.flag("names_in_notifications") and name:
        if announcement.kind is Kind.HEADS_UP:
            return _("{name}, soon it is time").format(name=words.name(name))
        return _("{name}, it is time").format(name=words.name(name))
    return _("Soon it is time") if announcement.kind is Kind.HEADS_UP else _("It is time")


def body(announcement: Announcement, clock: Clock) -> str:
    """Return the line below, kind about time that has passed meanwhile."""
    shown = words.return_time(announcement.pause.return_at, clock)
    if announcement.kind is Kind.HEADS_UP:
        # No minutes left: a notification stands for a while, and they would soon be wrong.
        return words.come_back_line(announcement.pause, clock)
    if announcement.kind is Kind.LAST:
        return _("This is the last reminder. You can still come back.")
    if words.minutes(announcement.late_by) > 1:
        return _("It was {time}. Whenever you are ready.").format(time=shown)
    return _("It's {time}. Whenever you are ready.").format(time=shown)


def buttons(announcement: Announcement) -> tuple[tuple[str, str], ...]:
    """Return what can be answered at once, as keys and labels."""
    if announcement.kind is Kind.HEADS_UP:
        return ((CLICK, _("Show")),)
    return ((CLICK, _("Show")), (HERE, _("We're here")), (MORE_TIME, _("More time")))
