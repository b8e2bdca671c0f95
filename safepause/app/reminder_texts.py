"""The prompt for each moment of a pause. A prompt has names only if the settings say so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safepause.core.prompt import Action, Page, Prompt, Urgency
from safepause.core.reminders import Kind
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.reminder_engine import Announcement
    from safepause.core.settings.catalogue import Settings


def prompt_of(announcement: Announcement, settings: Settings, clock: Clock) -> Prompt:
    """Return the prompt for a moment.

    Only the return itself is shown during "do not disturb". The pause window comes to the front at
    every moment except the heads-up.
    """
    return replace(
        wordless_prompt(announcement),
        title=_title(announcement, settings),
        body=_body(announcement, clock),
        actions=_actions(heads_up=announcement.kind is Kind.HEADS_UP),
    )


def wordless_prompt(announcement: Announcement) -> Prompt:
    """Return the prompt for a moment without its words, which a fault in them can't take away."""
    return Prompt(
        title="SafePause",
        body="",
        urgency=Urgency.CRITICAL if announcement.kind is Kind.DUE else Urgency.NORMAL,
        page=None if announcement.kind is Kind.HEADS_UP else Page.RETURN,
    )


def _title(announcement: Announcement, settings: Settings) -> str:
    name = announcement.pause.called_by
    if settings.flag("names_in_notifications") and name:
        if announcement.kind is Kind.HEADS_UP:
            return _("{name}, soon it is time").format(name=words.name(name))
        return _("{name}, it is time").format(name=words.name(name))
    return _("Soon it is time") if announcement.kind is Kind.HEADS_UP else _("It is time")


def _body(announcement: Announcement, clock: Clock) -> str:
    """Return the line below the title. It blames nobody for a late return."""
    shown = words.return_time(announcement.pause.return_at, clock)
    if announcement.kind is Kind.HEADS_UP:
        # The notification stays for a while, so a number of minutes would soon be wrong.
        return words.come_back_line(announcement.pause, clock)
    if announcement.kind is Kind.LAST:
        return _("This is the last reminder. You can still come back.")
    if words.minutes(announcement.late_by) > 1:
        return _("It was {time}. Whenever you are ready.").format(time=shown)
    return _("It's {time}. Whenever you are ready.").format(time=shown)


def _actions(*, heads_up: bool) -> tuple[tuple[Action, str], ...]:
    """Return the buttons. Some desktops show only the first one: it is the one that matters."""
    show = (Action.SHOW, _("Show"))
    if heads_up:
        return (show,)
    return ((Action.HERE, _("We're here")), (Action.MORE_TIME, _("More time")), show)
