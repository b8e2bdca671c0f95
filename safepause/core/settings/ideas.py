"""The couple's own ideas for a pause: one text with one idea in each line.

On the command line an idea ends with "|" as well. No idea means SafePause's own.
"""

from __future__ import annotations

import re
import unicodedata

MOST_IDEAS = 20
"""The most ideas: a longer list is read by nobody."""
IDEA_LENGTH = 80
"""The most characters of an idea: two short sentences."""
_ENDS = re.compile(r"[\n|\u2028\u2029]")
_SHOWN_END = " | "


class IdeasError(ValueError):
    """The text is no list of ideas: "many", "long" or "control" says why."""


def read_ideas(text: str) -> tuple[str, ...]:
    """Return the ideas of a text, each with single spaces. Empty lines and repeats are left out.

    Raises:
        IdeasError: there are too many ideas, or one is too long or has characters that are no text.

    """
    ideas = tuple(dict.fromkeys(filter(None, (_clean(line) for line in _ENDS.split(text)))))
    if len(ideas) > MOST_IDEAS:
        raise IdeasError("many")
    if any(len(idea) > IDEA_LENGTH for idea in ideas):
        raise IdeasError("long")
    return ideas


def one_line(text: str) -> str:
    """Return the lines of a text in a single line, as the command line shows a list."""
    return text.replace("\n", _SHOWN_END)


def _clean(line: str) -> str:
    if any(unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace() for char in line):
        raise IdeasError("control")
    return " ".join(line.split())
