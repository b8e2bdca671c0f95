"""The words for breathing techniques and own patterns: a line for each, and what is out of bounds.

A line claims no more than the studies do: "may help", and little where little is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.settings.patterns import (
    FEWEST_BREATHS,
    LONGEST_PART,
    MOST_BREATHS,
    MOST_PATTERNS,
    PATTERN_NAME_LENGTH,
    SHORTEST_FLOW,
    PatternFault,
)
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.settings.patterns import Lengths, Pattern

_MINUTE = 60


def technique_line(key: str) -> str:
    """Return what a technique is, and what it may be good for."""
    return {
        "soft": _("4 in, 6 out. Slow and soft. May help you settle."),
        "easier": _("3 in, 4 out. Light breaths, if slow ones are hard."),
        "longer": _("3 in, 7 out. A longer out-breath may help you settle."),
        "even": _("5 in, 5 out. In and out are alike."),
        "coherent": _("5.5 in, 5.5 out. Slow and even, like a wave."),
        "sighing": _("3 in, 1 more, 8 out. A long sigh may help you settle."),
        "box": _("4 in, 4 hold, 4 out, 4 rest. Four equal parts."),
        "four_seven_eight": _("4 in, 7 hold, 8 out. Four breaths. Little is known of it."),
        "notice": _("No rhythm. If following one feels worse."),
    }[key]


def health_note() -> str:
    """Return who should not hold the breath."""
    return _("Not in pregnancy, with heart or lung disease, or panic.")


def seconds(length: float) -> str:
    """Return a length as a person writes it, such as "5.5"."""
    # Translators: the mark between a number and its tenths, as in "5.5"
    return f"{length:g}".replace(".", _("."))


def pattern_line(pattern: Pattern) -> str:
    """Return the lengths of an own pattern, and how fast it is."""
    return f"{rhythm(pattern.seconds)}. {pace(pattern.seconds)}"


def rhythm(lengths: Lengths) -> str:
    """Return four lengths in words, such as "4 in, 6 out". A hold of no length is left out."""
    texts = (_("{count} in"), _("{count} hold"), _("{count} out"), _("{count} rest"))
    parts = zip(texts, lengths, strict=True)
    return ", ".join(text.format(count=seconds(length)) for text, length in parts if length)


def pace(lengths: Lengths) -> str:
    """Return how many breaths a minute has with these lengths."""
    count = seconds(round(_MINUTE / sum(lengths), 1))
    return _("{count} breaths a minute.").format(count=count)


def pattern_bounds() -> str:
    """Return what an own pattern can be."""
    sentence = _(
        "In and out: {shortest} to {longest} seconds each. A hold or a rest: 0 to {longest}. "
        "{fewest} to {most} breaths a minute."
    )
    return sentence.format(
        shortest=seconds(SHORTEST_FLOW),
        longest=seconds(LONGEST_PART),
        fewest=FEWEST_BREATHS,
        most=MOST_BREATHS,
    )


def wrong_pattern(fault: PatternFault) -> str:
    """Return the sentence for what is no pattern. '{text}' in it is for the text that was given."""
    least, most = seconds(_MINUTE / MOST_BREATHS), seconds(_MINUTE / FEWEST_BREATHS)
    return {
        PatternFault.MANY: _("The list has {count} patterns at most.").format(count=MOST_PATTERNS),
        PatternFault.SHAPE: _("'{text}' is no pattern. Such as: Evening: 4/0/6/0."),
        PatternFault.NAMELESS: _("A pattern needs a name."),
        PatternFault.LONG: _("A pattern's name has {count} letters at most.").format(
            count=PATTERN_NAME_LENGTH
        ),
        PatternFault.CONTROL: _("A pattern's name can't hold | or control characters."),
        PatternFault.SAME: _("Another pattern has this name already."),
        PatternFault.PART: _("Each part has {count} seconds at most.").format(
            count=seconds(LONGEST_PART)
        ),
        PatternFault.FLOW: _("In and out need {count} seconds at least.").format(
            count=seconds(SHORTEST_FLOW)
        ),
        PatternFault.FAST: _("That is too fast. A breath needs {count} seconds.").format(
            count=least
        ),
        PatternFault.SLOW: _("That is too slow. A breath has {count} seconds at most.").format(
            count=most
        ),
    }[fault]
