"""The words of SafePause's windows in the desktop's language.

Tests name a text by its English words, or by some of them. This module translates the words.
"""

from __future__ import annotations

import re
from functools import cache

from babel.messages.pofile import read_po

from safepause.assets import resource
from tests.end2end.place import ENGLISH


@cache
def shown(english: str, locale: str) -> re.Pattern[str]:
    """Return a pattern that finds the translation of each message with these English words.

    A message that consists of exactly these words comes first. Words of no message, such as a name,
    are not translated.
    """
    messages = _translations(locale)
    found = [messages[english]] if english in messages else []
    found = found or [text for message, text in messages.items() if english in message]
    return re.compile("|".join(_any_values(text) for text in found) or re.escape(english))


@cache
def _translations(locale: str) -> dict[str, str]:
    """Return the translation of each English message for a locale."""
    if locale == ENGLISH:
        return {}
    with resource("locale", locale.partition("_")[0], "LC_MESSAGES", "safepause.po").open(
        "rb"
    ) as file:
        catalogue = read_po(file)
    return {str(each.id): str(each.string) for each in catalogue if each.id and each.string}


def _any_values(text: str) -> str:
    """Return a pattern for a text with any values for the names in braces."""
    return re.sub(r"\\\{\w+\\\}", ".*", re.escape(text))
