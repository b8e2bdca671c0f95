"""The words for settings: their choices and values, and what is wrong with one."""

from __future__ import annotations

from datetime import timedelta

from safepause.core.agreement import NAME_LENGTH
from safepause.core.settings.catalogue import named
from safepause.core.settings.declaration import SettingError, Value, Wrong
from safepause.i18n import words
from safepause.i18n.language import _


def wrong_setting(error: SettingError) -> str:
    """Return the sentence for a setting's name or value that is wrong."""
    if error.wrong is Wrong.UNKNOWN:
        return _("There is no setting called '{key}'. See: safepause settings list").format(
            key=words.shortened(error.key)
        )
    setting = named(error.key)
    sentences = {
        Wrong.NOT_A_NUMBER: _("'{key}' needs a whole number from {least} to {most}, not '{text}'."),
        Wrong.OUT_OF_BOUNDS: _("'{key}' goes from {least} to {most}, so not '{text}'."),
        Wrong.NOT_A_CHOICE: _("'{key}' is one of {choices}, not '{text}'."),
        Wrong.NOT_YES_OR_NO: _("'{key}' is yes or no, not '{text}'."),
        Wrong.NAME_TOO_LONG: name_too_long(),
        Wrong.NAME_CONTROL: name_control(),
        **_wrong_command(),
        **_wrong_keys(),
    }
    return sentences[error.wrong].format(
        key=error.key,
        text=words.shortened(error.text),
        least=setting.least,
        most=setting.most,
        choices=", ".join(setting.choices),
    )


def _wrong_keys() -> dict[Wrong, str]:
    return {
        Wrong.KEYS_UNKNOWN_KEY: _("'{text}' are no keys that work here. Such as: Ctrl+Alt+P."),
        Wrong.KEYS_ONLY_MODIFIERS: _("'{text}' needs one more key, such as a letter."),
        Wrong.KEYS_NO_MODIFIER: _("'{text}' needs Ctrl, Alt or Meta as well."),
        Wrong.KEYS_ONLY_SHIFT: _("'{text}' is for typing. Please add Ctrl, Alt or Meta."),
        Wrong.KEYS_NEEDED: _("Other programs need '{text}'. Please choose other keys."),
        Wrong.KEYS_IN_USE: _("'{text}' calls a pause already. Please choose other keys."),
    }


def _wrong_command() -> dict[Wrong, str]:
    return {
        Wrong.COMMAND_TOO_LONG: _("A command has {most} characters at most."),
        Wrong.COMMAND_CONTROL: _("A command can't hold control characters."),
        Wrong.COMMAND_WORDS: _("This can't be run. A quotation mark may be missing."),
    }


def name_too_long() -> str:
    """Return the sentence for a name that is too long."""
    return _("A name has {most} characters at most.").format(most=NAME_LENGTH)


def name_control() -> str:
    """Return the sentence for a name with characters that can't be shown."""
    return _("A name can't hold control characters.")


def choice(key: str) -> str:
    """Return the label of one of a setting's choices."""
    return {
        "soft": _("Soft long exhale"),
        "easier": _("Easier"),
        "longer": _("Longer exhale"),
        "even": _("Even"),
        "coherent": _("Coherent"),
        "sighing": _("Cyclic sighing"),
        "box": _("Box, with holds"),
        "four_seven_eight": _("4-7-8, with a hold"),
        "notice": _("Just notice"),
        "system": _("As the system says"),
        "light": _("Light"),
        "dark": _("Dark"),
        "full": _("Moving"),
        "less": _("Still"),
        "both": _("Both of us"),
        "first": _("The first name"),
        "second": _("The second name"),
        "pointer": _("The one with the pointer"),
        "all": _("All of them"),
    }[key]


def value(key: str, given: Value) -> str:
    """Return a setting's value as a person reads it."""
    setting = named(key)
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if setting.choices:
        return choice(str(given))
    if setting.unit and not given:
        return _("none")
    if setting.unit == "minutes":
        return words.long_length(timedelta(minutes=int(given)))
    return str(given)
