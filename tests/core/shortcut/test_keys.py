"""Key combinations: parsing, writing, and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.shortcut.keys import (
    KEYSYMS,
    Keys,
    KeysError,
    Modifier,
    WrongKeys,
    key_at,
    parse_keys,
)

USUAL = Keys((Modifier.CTRL, Modifier.ALT), "P")


@pytest.mark.parametrize("text", ["Ctrl+Alt+P", "ctrl + alt + p", "Alt+Control+P", "option+Ctrl+p"])
def test_a_combination_is_read(text: str) -> None:
    """Case, spaces, order and other names of a modifier do not matter."""
    assert parse_keys(text) == USUAL
    assert str(parse_keys(text)) == "Ctrl+Alt+P"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Super+Shift+pageup", "Meta+Shift+PgUp"),
        ("f9", "F9"),
        ("Pause", "Pause"),
        ("Shift+F1", "Shift+F1"),
        ("ctrl+shift+p", "Ctrl+Shift+P"),
        ("Alt+;", "Alt+;"),
    ],
)
def test_a_combination_is_written_one_way(text: str, shown: str) -> None:
    """A combination is written with Qt's names in Qt's order."""
    assert str(parse_keys(text)) == shown


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", WrongKeys.UNKNOWN_KEY),
        ("Ctrl+Alt+", WrongKeys.UNKNOWN_KEY),
        ("Ctrl+Alt+Banana", WrongKeys.UNKNOWN_KEY),
        ("Ctrl+A+B", WrongKeys.UNKNOWN_KEY),
        ("Ctrl+K, Ctrl+P", WrongKeys.UNKNOWN_KEY),
        ("Ctrl+Alt", WrongKeys.ONLY_MODIFIERS),
        ("Meta", WrongKeys.ONLY_MODIFIERS),
        ("P", WrongKeys.NO_MODIFIER),
        ("Space", WrongKeys.NO_MODIFIER),
        ("Shift+P", WrongKeys.ONLY_SHIFT),
        ("Shift+1", WrongKeys.ONLY_SHIFT),
        ("Ctrl+C", WrongKeys.NEEDED),
        ("Alt+Ctrl+Delete", WrongKeys.NEEDED),
        ("Ctrl+Alt+F1", WrongKeys.NEEDED),
    ],
)
def test_what_can_call_no_pause_is_refused(text: str, wrong: WrongKeys) -> None:
    """Each impossible combination is refused with its own reason."""
    with pytest.raises(KeysError) as raised:
        parse_keys(text)
    assert (raised.value.wrong, raised.value.text) == (wrong, text)


@given(st.sets(st.sampled_from(list(Modifier)), min_size=2), st.sampled_from(list(KEYSYMS)))
def test_what_is_written_is_read(held: set[Modifier], key: str) -> None:
    """A written combination is parsed as the same one, unless the system needs it."""
    keys = Keys(tuple(each for each in Modifier if each in held), key)
    found: Keys | WrongKeys
    try:
        found = parse_keys(str(keys))
    except KeysError as error:
        found = error.wrong
    assert found in (keys, WrongKeys.NEEDED)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any text gives a combination or a `KeysError`."""
    try:
        found = parse_keys(text)
    except KeysError:
        return
    assert parse_keys(str(found)) == found


def test_a_key_has_an_x_name() -> None:
    """Each key has the name of its X keysym."""
    assert parse_keys("Ctrl+Alt+P").keysym == "p"
    assert parse_keys("Alt+PgUp").keysym == "Page_Up"


def test_a_place_on_the_keyboard_has_a_key() -> None:
    """A key code of a letter gives the letter. Other codes give an empty text."""
    assert key_at(25) == "P"
    assert key_at(11) == "0"
    assert not key_at(999)
