"""The words of the daily prompts: lines to say, never the computer's own warmth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.daily import Daily, words_of
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings


def title(daily: Daily) -> str:
    """Return the title of a prompt."""
    return {
        Daily.GREETING: _("A moment to say hello"),
        Daily.PARTING: _("A moment to say goodbye"),
        Daily.APPRECIATION: _("A moment to say thank you"),
    }[daily]


def line(daily: Daily, settings: Settings) -> str:
    """Return what one can say: the couple's own words, or the usual ones."""
    usual = {
        Daily.GREETING: _("Say, if you like: \u201cHi. I'm glad you are here.\u201d"),
        Daily.PARTING: _("Say, if you like: \u201cSee you tonight.\u201d"),
        Daily.APPRECIATION: _("Say, if you like: \u201cI saw what you did today. Thank you.\u201d"),
    }
    return words_of(daily, settings) or usual[daily]
