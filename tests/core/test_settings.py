"""Settings: parsing, writing, and errors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core import breathing
from safepause.core.agreement import NAME_LENGTH, Agreement, clean_name
from safepause.core.pause import Terms
from safepause.core.settings.catalogue import DECLARED, DEFAULTS, Settings, declared
from safepause.core.settings.declaration import Setting, SettingError, Value, Wrong

_letters = st.characters(exclude_categories=("Cc", "Cs"))
_names = st.text(_letters, max_size=NAME_LENGTH).map(clean_name)


def _values(setting: Setting) -> st.SearchStrategy[Value]:
    if setting.command:
        return st.sampled_from(
            ("", "lights --off", "~/bin/hook 'two  blanks' \"quoted\"", "x" * 500)
        )
    if isinstance(setting.default, bool):
        return st.booleans()
    if isinstance(setting.default, int):
        return st.integers(setting.least, setting.most)
    return _texts(setting)


def _texts(setting: Setting) -> st.SearchStrategy[Value]:
    if setting.ideas:
        return st.sampled_from(("", "Tea", "Tea\nThe balcony"))
    if setting.patterns:
        return st.sampled_from(("", "Evening: 4/0/6/0", "Evening: 4/0/6/0\nWalk: 3.5/1/5/0.5"))
    if setting.keys:
        return st.sampled_from(("", "Ctrl+Alt+P", "Meta+Shift+F9", "Pause"))
    if setting.time:
        return st.times().map(lambda time: time.strftime("%H:%M")) | st.just("")
    return st.sampled_from(setting.choices) if setting.choices else _names


@given(st.sampled_from(DECLARED), st.data())
def test_what_is_written_is_read(setting: Setting, data: st.DataObject) -> None:
    """Every value of every setting is parsed from the text that it is written as."""
    value = data.draw(_values(setting))
    found = setting.parse(setting.write(value))
    assert found == value
    assert type(found) is type(setting.default)


@given(st.sampled_from(DECLARED), st.text())
def test_any_text_is_read_or_refused(setting: Setting, text: str) -> None:
    """Any text gives a value inside the bounds, or an error that names the setting."""
    found: Value | SettingError
    try:
        found = setting.parse(text)
    except SettingError as error:
        found = error
    if isinstance(found, SettingError):
        assert (found.key, found.text) == (setting.key, text)
    else:
        assert setting.parse(setting.write(found)) == found


@pytest.mark.parametrize("setting", DECLARED, ids=lambda setting: setting.key)
def test_a_default_is_a_value_of_its_setting(setting: Setting) -> None:
    """Every default is a valid value, and every setting is found by its key."""
    assert setting.parse(setting.write(setting.default)) == setting.default
    assert declared(setting.key) is setting


@pytest.mark.parametrize(
    ("key", "text", "wrong"),
    [
        ("length", "abc", Wrong.NOT_A_NUMBER),
        ("length", "", Wrong.NOT_A_NUMBER),
        ("length", "-30", Wrong.NOT_A_NUMBER),
        ("length", "\u0663\u0660", Wrong.NOT_A_NUMBER),
        ("length", "9" * 5000, Wrong.NOT_A_NUMBER),
        ("length", "19", Wrong.OUT_OF_BOUNDS),
        ("length", "1441", Wrong.OUT_OF_BOUNDS),
        ("technique", "hyperventilate", Wrong.NOT_A_CHOICE),
        ("gentle_start", "maybe", Wrong.NOT_YES_OR_NO),
        ("name1", "x" * 500, Wrong.NAME_TOO_LONG),
        ("name1", "a\0", Wrong.NAME_CONTROL),
        ("sign", "x" * 81, Wrong.WORDS_TOO_LONG),
        ("sign", "a\0", Wrong.WORDS_CONTROL),
        ("greeting_at", "24:00", Wrong.NOT_A_TIME),
        ("greeting_at", "7", Wrong.NOT_A_TIME),
        ("greeting_at", "7:5", Wrong.NOT_A_TIME),
        ("greeting_at", "morning", Wrong.NOT_A_TIME),
        ("hook_due", "x" * 501, Wrong.COMMAND_TOO_LONG),
        ("hook_due", "a\nb", Wrong.COMMAND_CONTROL),
        ("hook_due", "lights 'off", Wrong.COMMAND_WORDS),
        ("hook_due", "'' off", Wrong.COMMAND_WORDS),
        ("shortcut", "P", Wrong.KEYS_NO_MODIFIER),
        ("shortcut", "Shift+P", Wrong.KEYS_ONLY_SHIFT),
        ("shortcut1", "Ctrl+Alt", Wrong.KEYS_ONLY_MODIFIERS),
        ("shortcut2", "Ctrl+Banana", Wrong.KEYS_UNKNOWN_KEY),
        ("shortcut", "Ctrl+C", Wrong.KEYS_NEEDED),
    ],
)
def test_a_wrong_value_is_told_apart(key: str, text: str, wrong: Wrong) -> None:
    """A wrong value raises an error with the kind of the mistake."""
    with pytest.raises(SettingError) as raised:
        declared(key).parse(text)
    assert raised.value.wrong is wrong


def test_keys_are_for_one_thing() -> None:
    """Keys of one setting are refused for another one. Its own keys, and no keys, are allowed."""
    settings = Settings({**DEFAULTS.values, "shortcut1": "Ctrl+Alt+A"})
    for key in ("shortcut", "shortcut2"):
        with pytest.raises(SettingError) as raised:
            settings.check(key, "Ctrl+Alt+A")
        assert raised.value.wrong is Wrong.KEYS_IN_USE
    settings.check("shortcut1", "Ctrl+Alt+A")
    settings.check("shortcut2", "")
    settings.check("name1", "Ctrl+Alt+A")


def test_an_unknown_setting_is_told() -> None:
    """An unknown key is refused as unknown."""
    with pytest.raises(SettingError) as raised:
        declared("weather")
    assert raised.value.wrong is Wrong.UNKNOWN


@pytest.mark.parametrize("text", ["yes", "TRUE", "on"])
def test_yes_has_several_spellings(text: str) -> None:
    """The texts yes, true and on mean yes, in any case. Their opposites mean no."""
    opposite = {"yes": "no", "TRUE": "False", "on": "OFF"}[text]
    assert declared("gentle_start").parse(text) is True
    assert declared("gentle_start").parse(opposite) is False


def test_the_defaults_are_the_plain_agreement() -> None:
    """By default there are no names, 30 minutes, two extensions, and a heads-up of 2 minutes."""
    assert DEFAULTS.agreement == Agreement(
        (), timedelta(minutes=30), timedelta(minutes=2), Terms(2)
    )
    assert DEFAULTS.session == breathing.Session()


def test_an_agreement_is_made_from_the_settings() -> None:
    """Empty names are left out. Numbers are minutes and times."""
    settings = Settings(
        {
            **DEFAULTS.values,
            "name2": "Bo",
            "length": 45,
            "heads_up": 0,
            "extensions": 1,
            "technique": "box",
            "breathing_minutes": 3,
            "gentle_start": True,
        }
    )
    assert settings.agreement == Agreement(
        ("Bo",), timedelta(minutes=45), timedelta(0), Terms(extensions_allowed=1)
    )
    assert settings.session == breathing.Session(breathing.BOX, 3, gentle_start=True)


def test_a_command_is_kept_as_it_was_typed() -> None:
    """Spaces at the ends of a command are removed, and spaces inside it stay."""
    hook = declared("hook_paused")
    assert hook.parse("  say 'two  blanks' ") == "say 'two  blanks'"
    assert hook.parse("  ") == ""
