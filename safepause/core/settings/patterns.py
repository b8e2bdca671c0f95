"""A person's own breathing patterns: one text with one pattern in each line.

A line is a name and four lengths in seconds: "Evening: 4/0/6/0" is in, hold, out, hold. On the
command line a pattern ends with "|" as well. The bounds keep own patterns slow and soft, as the
reviews of slow breathing advise: 3 to 12 breaths a minute, no part of a breath longer than 15
seconds, and no in-breath or out-breath under 2 seconds. Fast breathing with long holds is left out
on purpose: over-breathing is the most common harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from safepause.core.agreement import clean_text
from safepause.core.breathing import Technique, paced

if TYPE_CHECKING:
    from collections.abc import Iterable

OWN = "own:"
"""What the key of an own pattern begins with, as a technique. The name follows."""
MOST_PATTERNS = 10
"""The most own patterns: a longer list is read by nobody."""
PATTERN_NAME_LENGTH = 30
"""The most characters of a name, which stands on a button and in a list."""
LONGEST_PART = 15.0
"""The most seconds of a part of a breath."""
SHORTEST_FLOW = 2.0
"""The fewest seconds of an in-breath and of an out-breath. A hold may be left out."""
MOST_BREATHS, FEWEST_BREATHS = 12, 3
"""The most and the fewest breaths a minute."""
_ENDS = re.compile(r"[\n|\u2028\u2029]")
_SECONDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9])?")
_PARTS = 4
_MINUTE = 60


Lengths = tuple[float, float, float, float]
"""In-breath, hold, out-breath, hold, in seconds."""


class PatternFault(Enum):
    """Why a text is no pattern, or no list of patterns."""

    MANY = "many"
    SHAPE = "shape"
    """It is not a name and four lengths."""
    NAMELESS = "nameless"
    LONG = "long"
    """The name is too long."""
    CONTROL = "control"
    """The name has characters that are no text, or that end a pattern."""
    SAME = "same"
    """Another pattern has the same name."""
    PART = "part"
    """A part of the breath is too long."""
    FLOW = "flow"
    """The in-breath or the out-breath is too short."""
    FAST = "fast"
    SLOW = "slow"


class PatternError(ValueError):
    """The text is no pattern, or no list of patterns."""

    def __init__(self, fault: PatternFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Pattern:
    """A person's own pattern. `own_pattern` checks it."""

    name: str
    breathe_in: float
    hold: float
    out: float
    rest: float
    """The hold with empty lungs."""

    @property
    def seconds(self) -> Lengths:
        """The four lengths in their order."""
        return self.breathe_in, self.hold, self.out, self.rest

    @property
    def key(self) -> str:
        """The key of the pattern as a technique."""
        return OWN + self.name

    @property
    def technique(self) -> Technique:
        """The pattern as a technique."""
        return paced(self.key, *self.seconds)

    @property
    def breaths_a_minute(self) -> float:
        """How many breaths a minute has."""
        return _MINUTE / sum(self.seconds)

    def __str__(self) -> str:
        """Return the line that `read_patterns` reads back."""
        return f"{self.name}: {'/'.join(f'{each:g}' for each in self.seconds)}"


def own_pattern(name: str, seconds: Lengths) -> Pattern:
    """Return a pattern that is inside the bounds.

    Raises:
        PatternError: the name or a length is out of bounds.

    """
    breathe_in, hold, out, rest = seconds
    whole = round(sum(seconds), 1)
    wrong = {
        PatternFault.PART: not all(0 <= each <= LONGEST_PART for each in seconds),
        PatternFault.FLOW: min(breathe_in, out) < SHORTEST_FLOW,
        PatternFault.FAST: whole * MOST_BREATHS < _MINUTE,
        PatternFault.SLOW: whole * FEWEST_BREATHS > _MINUTE,
    }
    for fault, found in wrong.items():
        if found:
            raise PatternError(fault)
    return Pattern(clean_pattern_name(name), breathe_in, hold, out, rest)


def clean_pattern_name(name: str) -> str:
    """Return the name of a pattern, with single spaces.

    Raises:
        PatternError: there is no name, or it is too long, or has characters that it can't have.

    """
    try:
        clean = clean_text(name, PATTERN_NAME_LENGTH)
    except ValueError as error:
        raise PatternError(PatternFault(str(error))) from error
    if not clean:
        raise PatternError(PatternFault.NAMELESS)
    if _ENDS.search(clean):
        raise PatternError(PatternFault.CONTROL)
    return clean


def read_patterns(text: str) -> tuple[Pattern, ...]:
    """Return the patterns of a text. Empty lines are left out.

    Raises:
        PatternError: a line is no pattern, two have the same name, or there are too many.

    """
    patterns = tuple(_read(line) for line in _lines(text))
    check_list(patterns)
    return patterns


def check_list(patterns: tuple[Pattern, ...]) -> None:
    """Check that patterns can be kept together.

    Raises:
        PatternError: there are too many, or two have the same name.

    """
    if len(patterns) > MOST_PATTERNS:
        raise PatternError(PatternFault.MANY)
    if len({pattern.name.casefold() for pattern in patterns}) < len(patterns):
        raise PatternError(PatternFault.SAME)


def readable_patterns(text: str) -> tuple[Pattern, ...]:
    """Return the patterns of a damaged text that can be read, as far as the list has room."""
    found: dict[str, Pattern] = {}
    for line in _lines(text):
        try:
            pattern = _read(line)
        except PatternError:
            continue
        found.setdefault(pattern.name.casefold(), pattern)
    return tuple(found.values())[:MOST_PATTERNS]


def write_patterns(patterns: Iterable[Pattern]) -> str:
    """Return the text that `read_patterns` reads back."""
    return "\n".join(map(str, patterns))


def _lines(text: str) -> list[str]:
    return [line for line in _ENDS.split(text) if line.strip()]


def _read(line: str) -> Pattern:
    name, _colon, rhythm = line.rpartition(":")
    parts = [part.strip() for part in rhythm.split("/")]
    if len(parts) != _PARTS or not all(map(_SECONDS.fullmatch, parts)):
        raise PatternError(PatternFault.SHAPE)
    breathe_in, hold, out, rest = (float(part.replace(",", ".")) for part in parts)
    return own_pattern(name, (breathe_in, hold, out, rest))
