"""The prompt for each moment of a pause. A prompt has names only if the settings say so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.prompt import Action, Page, Prompt, Urgency
from safepause.core.reminders import Kind
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.reminder_engine import Announcement
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings


_BEFORE = (Kind.HEADS_UP, Kind.MOVED)
"""What is said before the return is due, and discreetly."""


def prompt_of(announcement: Announcement, settings: Settings, clock: Clock) -> Prompt:
    """Return the prompt for a moment.

    Only the return itself is shown during "do not disturb". The pause window comes to the front at
    every moment except the heads-up.
    """
    return replace(
        wordless_prompt(announcement),
        title=_title(announcement, settings),
        body=_body(announcement, clock),
        actions=_actions(before=announcement.kind in _BEFORE),
    )


def prompt_in_any_case(announcement: Announcement, service: PauseService) -> Prompt:
    """Return the prompt for a moment; without its words after a fault in them."""
    return service.faults.attempt(
        CapabilityKey.REMINDERS,
        lambda: prompt_of(announcement, service.settings, service.clock),
        wordless_prompt(announcement),
    )


def wordless_prompt(announcement: Announcement) -> Prompt:
    """Return the prompt for a moment without its words, which a fault in them can't take away."""
    return Prompt(
        title="SafePause",
        body="",
        urgency=Urgency.CRITICAL if announcement.kind is Kind.DUE else Urgency.NORMAL,
        page=None if announcement.kind in _BEFORE else Page.RETURN,
        quiet=announcement.kind is Kind.HEADS_UP,
    )


def _title(announcement: Announcement, settings: Settings) -> str:
    if announcement.kind is Kind.MOVED:
        return _("The clock was set")
    name = announcement.pause.called_by
    if settings.flag("names_in_notifications") and name:
        if announcement.kind is Kind.HEADS_UP:
            return _("{name}, soon it is time").format(name=words.name(name))
        return _("{name}, it is time").format(name=words.name(name))
    return _("Soon it is time") if announcement.kind is Kind.HEADS_UP else _("It is time")


def _body(announcement: Announcement, clock: Clock) -> str:
    """Return the line below the title. It blames nobody for a late return."""
    shown = words.return_time(announcement.pause.return_at, clock)
    if announcement.kind in _BEFORE:
        # The notification stays for a while, so a number of minutes would soon be wrong.
        return words.come_back_line(announcement.pause, clock)
    if announcement.kind is Kind.LAST:
        return _("This is the last reminder. You can still come back.")
    if words.minutes(announcement.late_by) > 1:
        return _("It was {time}. Whenever you are ready.").format(time=shown)
    return _("It's {time}. Whenever you are ready.").format(time=shown)


def _actions(*, before: bool) -> tuple[tuple[Action, str], ...]:
    """Return the buttons. Some desktops show only the first one: it is the one that matters."""
    show = (Action.SHOW, _("Show"))
    if before:
        return (show,)
    return (
        (Action.HERE, _("We're both here")),
        (Action.MORE_TIME, _("Not ready yet")),
        (Action.LET_REST, _("Let it rest today")),
        show,
    )
