"""The daily prompts of a couple: greeting, parting, thank-you, each at a time of their choice.

Without a time a prompt is off. Nothing counts the prompts, or what came of them.
"""

from __future__ import annotations

from datetime import time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings

GRACE = timedelta(minutes=20)
"""How late a prompt may still come. A later one is skipped."""


class Daily(Enum):
    """A daily prompt. The value begins the names of its settings, and names its wake-up."""

    GREETING = "greeting"
    PARTING = "parting"
    APPRECIATION = "appreciation"


def time_of(daily: Daily, settings: Settings) -> time | None:
    """Return when a prompt comes every day; None if it is off."""
    chosen = settings.text(f"{daily.value}_at")
    return time.fromisoformat(chosen) if chosen else None


def words_of(daily: Daily, settings: Settings) -> str:
    """Return the couple's own words for a prompt; empty for the usual ones."""
    return settings.text(f"{daily.value}_words")
