"""The couple's own ideas: what is read, and what is refused."""

from __future__ import annotations

import pytest

from safepause.core.settings.catalogue import DEFAULTS, Settings, declared
from safepause.core.settings.declaration import SettingError, Wrong
from safepause.core.settings.ideas import IDEA_LENGTH, MOST_IDEAS, read_ideas

SETTING = declared("ideas")


@pytest.mark.parametrize(
    ("text", "ideas"),
    [
        ("", ()),
        (" \n\n", ()),
        ("Tea\nThe  balcony ", ("Tea", "The balcony")),
        ("Tea | The balcony|", ("Tea", "The balcony")),
        ("Tea\r\nTea\n\tTea", ("Tea",)),
        ("x" * IDEA_LENGTH, ("x" * IDEA_LENGTH,)),
    ],
)
def test_read(text: str, ideas: tuple[str, ...]) -> None:
    """Each line is an idea, with single spaces. Empty lines and repeats are left out."""
    assert read_ideas(text) == ideas


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("x" * (IDEA_LENGTH + 1), Wrong.IDEAS_LONG),
        ("\n".join(str(number) for number in range(MOST_IDEAS + 1)), Wrong.IDEAS_MANY),
        ("Tea\0", Wrong.IDEAS_CONTROL),
        ("Tea\ud800", Wrong.IDEAS_CONTROL),
    ],
)
def test_refused(text: str, wrong: Wrong) -> None:
    """Too many ideas, an idea that is too long, and what is no text are told apart."""
    with pytest.raises(SettingError) as raised:
        SETTING.parse(text)
    assert raised.value.wrong is wrong


def test_one_line_on_the_command_line() -> None:
    """A list of ideas is written in one line, and read back from it."""
    value = SETTING.parse("Tea\nThe balcony")
    assert SETTING.write(value) == "Tea | The balcony"
    assert SETTING.parse(SETTING.write(value)) == value


def test_settings_have_the_ideas() -> None:
    """The settings give the ideas one by one; by default there is none."""
    assert DEFAULTS.ideas == ()
    assert Settings({**DEFAULTS.values, "ideas": "Tea\nThe balcony"}).ideas == (
        "Tea",
        "The balcony",
    )
