"""A person's own breathing patterns: what is read, what is refused, and what is used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.breathing import BOX, SOFT, Phase
from safepause.core.settings.catalogue import DEFAULTS, Settings, declared
from safepause.core.settings.declaration import SettingError, Value, Wrong
from safepause.core.settings.patterns import (
    MOST_PATTERNS,
    PATTERN_NAME_LENGTH,
    PatternError,
    own_pattern,
    read_patterns,
    readable_patterns,
    write_patterns,
)

SETTING = declared("patterns")
EVENING = own_pattern("Evening", (4, 0, 6, 0))
WALK = own_pattern("Walk: fast", (3.5, 1, 5, 0.5))
TENTHS = st.integers(0, 150).map(lambda tenths: tenths / 10)


def settings(**values: Value) -> Settings:
    """Return the default settings with some changed."""
    return Settings({**DEFAULTS.values, **values})


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("", ()),
        (" \n|\n", ()),
        ("Evening: 4/0/6/0", (EVENING,)),
        ("  Evening :4 / 0/ 6 /0\n\nWalk:  fast: 3,5/1/5.0/0.5", (EVENING, WALK)),
        ("Evening: 4/0/6/0 | Walk: fast: 3.5/1/5/0.5 |", (EVENING, WALK)),
    ],
)
def test_read(text: str, patterns: tuple[object, ...]) -> None:
    """Each line is a name and four lengths. A comma is as good as a point."""
    assert read_patterns(text) == patterns


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Evening", Wrong.PATTERNS_SHAPE),
        ("4/0/6/0", Wrong.PATTERNS_NAMELESS),
        ("Evening: 4/0/6", Wrong.PATTERNS_SHAPE),
        ("Evening: 4/0/6/0/0", Wrong.PATTERNS_SHAPE),
        ("Evening: 4/0/six/0", Wrong.PATTERNS_SHAPE),
        ("Evening: 4/-1/6/0", Wrong.PATTERNS_SHAPE),
        ("Evening: 4/0/6.55/0", Wrong.PATTERNS_SHAPE),
        ("Evening: 4/nan/6/0", Wrong.PATTERNS_SHAPE),
        ("Evening: \u0664/0/6/0", Wrong.PATTERNS_SHAPE),
        (": 4/0/6/0", Wrong.PATTERNS_NAMELESS),
        ("x" * (PATTERN_NAME_LENGTH + 1) + ": 4/0/6/0", Wrong.PATTERNS_LONG),
        ("a\0: 4/0/6/0", Wrong.PATTERNS_CONTROL),
        ("A: 4/0/6/0\na: 5/0/5/0", Wrong.PATTERNS_SAME),
        ("\n".join(f"{n}: 4/0/6/0" for n in range(MOST_PATTERNS + 1)), Wrong.PATTERNS_MANY),
        ("Evening: 2/0/15.1/0", Wrong.PATTERNS_PART),
        ("Evening: 4/999/6/0", Wrong.PATTERNS_PART),
        ("Evening: 1.9/0/6/0", Wrong.PATTERNS_FLOW),
        ("Evening: 4/4/0/4", Wrong.PATTERNS_FLOW),
        ("Evening: 2/0/2.9/0", Wrong.PATTERNS_FAST),
        ("Evening: 5/5/5/5.1", Wrong.PATTERNS_SLOW),
    ],
)
def test_refused(text: str, wrong: Wrong) -> None:
    """Each bound has its own refusal."""
    with pytest.raises(SettingError) as raised:
        SETTING.parse(text)
    assert raised.value.wrong is wrong


@pytest.mark.parametrize("rhythm", ["2/0/3/0", "2.1/0.4/2.4/0.1", "5/5/5/5", "5/0/15/0"])
def test_the_bounds_themselves_are_allowed(rhythm: str) -> None:
    """A breath of 5 and of 20 seconds is allowed: 12 and 3 a minute."""
    (pattern,) = read_patterns(f"Mine: {rhythm}")
    assert 3 <= pattern.breaths_a_minute <= 12.001


@given(st.tuples(TENTHS, TENTHS, TENTHS, TENTHS))
def test_what_is_inside_the_bounds_is_kept_exactly(
    seconds: tuple[float, float, float, float],
) -> None:
    """Any lengths are refused, or kept as they are inside the bounds."""
    try:
        pattern = own_pattern("Mine", seconds)
    except PatternError:
        assert min(seconds[0], seconds[2]) < 2 or not 5 <= round(sum(seconds), 1) <= 20
    else:
        assert read_patterns(write_patterns([pattern])) == (pattern,)
        assert pattern.seconds == seconds
        assert pattern.technique.breath == pytest.approx(60 / pattern.breaths_a_minute)


def test_a_name_of_the_window_can_end_no_pattern() -> None:
    """A name can't hold the mark that ends a pattern."""
    with pytest.raises(PatternError):
        own_pattern("a|b", (4, 0, 6, 0))


def test_one_line_on_the_command_line() -> None:
    """Patterns are written in one line, and read back from it."""
    value = SETTING.parse(write_patterns([EVENING, WALK]))
    assert SETTING.write(value) == "Evening: 4/0/6/0 | Walk: fast: 3.5/1/5/0.5"
    assert SETTING.parse(SETTING.write(value)) == value


def test_a_pattern_is_a_technique() -> None:
    """A pattern has the phases of its lengths, and holds only if it has some."""
    assert list(EVENING.technique.phases) == [(Phase.IN, 4), (Phase.OUT, 6)]
    assert [each.technique.has_holds for each in (EVENING, WALK)] == [False, True]
    assert WALK.technique.phases[-1] == (Phase.HOLD_EMPTY, 0.5)


def test_an_own_pattern_is_chosen_as_the_technique() -> None:
    """The pattern that is chosen is used. Without it, the default is."""
    text = write_patterns([EVENING, WALK])
    chosen = settings(patterns=text, technique=WALK.key, breathing_minutes=3)
    assert chosen.patterns == (EVENING, WALK)
    assert chosen.own_pattern == WALK
    assert chosen.technique == chosen.session.technique == WALK.technique
    assert settings(patterns=text).own_pattern is None
    assert settings(technique="box").technique == BOX
    assert settings(technique=WALK.key).technique == SOFT


def test_technique_and_patterns_go_together() -> None:
    """Only a pattern of the list can be chosen, and the one that is chosen stays in it."""
    text = write_patterns([EVENING, WALK])
    plain, chosen = settings(patterns=text), settings(patterns=text, technique=WALK.key)
    plain.check("technique", WALK.key)
    plain.check("patterns", "")
    chosen.check("patterns", str(WALK))
    with pytest.raises(SettingError) as raised:
        plain.check("technique", "own:Other")
    assert raised.value.wrong is Wrong.PATTERN_UNKNOWN
    with pytest.raises(SettingError) as raised:
        chosen.check("patterns", str(EVENING))
    assert (raised.value.wrong, raised.value.text) == (Wrong.PATTERN_IN_USE, "Walk: fast")


def test_the_name_of_a_technique_is_checked() -> None:
    """The name of an own pattern gets single spaces. One that can be none is refused."""
    assert declared("technique").parse("own: My  evening") == "own:My evening"
    with pytest.raises(SettingError) as raised:
        declared("technique").parse("own:")
    assert raised.value.wrong is Wrong.PATTERNS_NAMELESS


def test_whole_patterns_of_a_damaged_text_are_read() -> None:
    """A line that can't be read costs no other line. The first of two with one name is read."""
    damaged = f"{EVENING}\nWa\0k: 4/0/6/0\nMine: 4/0/\ufffd/0\nevening: 5/0/5/0\n{WALK}"
    assert readable_patterns(damaged) == (EVENING, WALK)
    assert SETTING.rescue(damaged) == write_patterns([EVENING, WALK])
    assert SETTING.rescue("\0") is None
    assert SETTING.rescue(b"\0") is None
    assert declared("length").rescue("9999") is None
