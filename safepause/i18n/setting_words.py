"""The words for settings: labels, choices, values, errors, and places where keys are bound."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.core.agreement import NAME_LENGTH
from safepause.core.settings.catalogue import named
from safepause.core.settings.declaration import WORDS_LENGTH, SettingError, Value, Wrong
from safepause.core.settings.ideas import IDEA_LENGTH, MOST_IDEAS
from safepause.core.settings.patterns import OWN, PatternFault
from safepause.core.shortcut.binding_lines import Desktop, ReadyLine
from safepause.i18n import pattern_words, words
from safepause.i18n.language import N_, _

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings

LABELS = {
    "name1": N_("One of you"),
    "name2": N_("The other one"),
    "length": N_("Length of a pause"),
    "extensions": N_("More time, at most"),
    "heads_up": N_("Heads-up before"),
    "this_computer": N_("Whose computer this is"),
    "sign": N_("Your sign"),
    "place1": N_("Where one of you goes"),
    "place2": N_("Where the other one goes"),
    "children": N_("Who looks after children or pets"),
    "greeting_at": N_("A greeting, at"),
    "greeting_words": N_("Words for a greeting"),
    "parting_at": N_("A parting, at"),
    "parting_words": N_("Words for a parting"),
    "appreciation_at": N_("A thank-you, at"),
    "appreciation_words": N_("Words for a thank-you"),
    "technique": N_("Breathing"),
    "patterns": N_("Your own patterns"),
    "breathing_minutes": N_("Length of the breathing"),
    "gentle_start": N_("Start with easier breaths"),
    "say_breath": N_("A screen reader says the way of each breath"),
    "ideas": N_("Ideas for a pause"),
    "eyes_closed": N_("Tones while you breathe, for closed eyes"),
    "voice": N_("Voice of the tones"),
    "volume": N_("Volume"),
    "return_sound": N_("A gentle sound when it is time"),
    "pause_media": N_("A pause stops music and videos, too"),
    "shortcut": N_("Keys that call a pause"),
    "shortcut1": N_("Keys for one of you"),
    "shortcut2": N_("Keys for the other one"),
    "theme": N_("Colours"),
    "motion": N_("Motion"),
    "fill_screen": N_("The pause fills the screen"),
    "screens": N_("Screens that show the pause"),
    "names_in_notifications": N_("Names in notifications"),
    "hook_paused": N_("When a pause begins"),
    "hook_due": N_("When it is time to come back"),
    "hook_returned": N_("When a pause ends"),
    "talk_at": N_("The next talk"),
    "look_back_at": N_("When to look back"),
    "agreed": N_("When you both said yes"),
    "asked_autostart": N_("Asked about starting by itself"),
    "asked_players": N_("Asked about music and videos"),
    "welcomed": N_("The first page was shown"),
    "keys_given": N_("Keys that the desktop has given"),
    "keys_refused": N_("The desktop was asked for keys, and said no"),
    "autostart": N_("Start with the computer"),
}
"""The label of each setting, by the setting's key."""


_KEYS_OF = {"shortcut1": "name1", "shortcut2": "name2"}
_PLACE_OF = {"place1": "name1", "place2": "name2"}
_CHOICE_OF = {"first": "name1", "second": "name2"}
"""The settings and the choices that are about one of the two people, with that person's name."""


def label(key: str, settings: Settings | None = None, *, shown: bool = False) -> str:
    """Return the label of the setting `key`, with the name of the person whom it is about.

    With `shown` it is for the eye: the name has marks that separate its writing direction.
    """
    marked = words.name if shown else str
    if name := _name_of(_KEYS_OF, key, settings):
        return _("{name}'s keys").format(name=marked(name))
    if name := _name_of(_PLACE_OF, key, settings):
        return _("Where {name} goes").format(name=marked(name))
    return _(LABELS[key])


def _name_of(about: dict[str, str], key: str, settings: Settings | None) -> str:
    if settings is None or key not in about:
        return ""
    return settings.text(about[key])


def wrong_setting(error: SettingError) -> str:
    """Return the sentence for a wrong name or value of a setting."""
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
        **_wrong_ideas(),
        **_wrong_patterns(),
        Wrong.WORDS_TOO_LONG: _("This has {longest} characters at most."),
        Wrong.WORDS_CONTROL: _("This can't hold control characters."),
        Wrong.NOT_A_TIME: _("'{text}' is no time of day. Such as: 07:30. Empty is never."),
        **_wrong_command(),
        **_wrong_keys(),
    }
    return sentences[error.wrong].format(
        key=error.key,
        text=words.shortened(error.text),
        least=setting.least,
        most=setting.most,
        longest=WORDS_LENGTH,
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


def _wrong_ideas() -> dict[Wrong, str]:
    return {
        Wrong.IDEAS_MANY: _("The list has {count} ideas at most.").format(count=MOST_IDEAS),
        Wrong.IDEAS_LONG: _("An idea has {count} letters at most.").format(count=IDEA_LENGTH),
        Wrong.IDEAS_CONTROL: _("An idea can't hold control characters."),
    }


def _wrong_patterns() -> dict[Wrong, str]:
    faults = {
        Wrong(f"patterns_{fault.value}"): pattern_words.wrong_pattern(fault)
        for fault in PatternFault
    }
    return {
        **faults,
        Wrong.PATTERN_UNKNOWN: _("There is no pattern called '{text}'."),
        Wrong.PATTERN_IN_USE: _("'{text}' is in use. Please choose another breathing first."),
    }


def name_too_long() -> str:
    """Return the sentence for a name that is too long."""
    return _("A name has {most} characters at most.").format(most=NAME_LENGTH)


def name_control() -> str:
    """Return the sentence for a name with control characters."""
    return _("A name can't hold control characters.")


def choice(key: str, settings: Settings | None = None) -> str:
    """Return the label of one of a setting's choices: a person's name, if it means a person.

    An own pattern has its own name.
    """
    if key.startswith(OWN):
        return key.removeprefix(OWN)
    return (
        _name_of(_CHOICE_OF, key, settings)
        or {
            "soft": _("Soft long exhale"),
            "easier": _("Easier"),
            "longer": _("Longer exhale"),
            "even": _("Even"),
            "coherent": _("Coherent"),
            "sighing": _("Cyclic sighing"),
            "box": _("Box, with holds"),
            "four_seven_eight": _("4-7-8, with a hold"),
            "notice": _("Just notice"),
            "warm": _("Warm"),
            "clear": _("Clear"),
            "deep": _("Deep"),
            "system": _("As the system says"),
            "contrast": _("High contrast"),
            "light": _("Light"),
            "dark": _("Dark"),
            "full": _("Moving"),
            "less": _("Still"),
            "both": _("Both of us"),
            "first": _("One of us"),
            "second": _("The other one of us"),
            "pointer": _("The one with the pointer"),
            "all": _("All of them"),
        }[key]
    )


def value(key: str, given: Value) -> str:
    """Return the value of a setting in words."""
    setting = named(key)
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if setting.choices:
        return choice(str(given))
    if setting.unit and not given:
        return _("none")
    if setting.unit == "minutes":
        return words.long_length(timedelta(minutes=int(given)))
    return f"{given} %" if setting.unit == "percent" else str(given)


def desktop(name: Desktop) -> str:
    """Return the name of a desktop that can bind keys to a command."""
    return _("Others") if name is Desktop.OTHER else name.value


def keys_place(here: str) -> str:
    """Return where a person changes keys that the desktop `here` has bound for a program.

    `here` is a desktop as XDG_CURRENT_DESKTOP names it, such as "ubuntu:GNOME".
    """
    names = [name.lower() for name in here.split(":")]
    if Desktop.GNOME.lower() in names:
        place = _("Settings, Apps, SafePause, Global Shortcuts")
    elif Desktop.KDE.lower() in names:
        place = _("System Settings, Shortcuts, SafePause")
    else:
        place = _("your desktop's keyboard settings")
    return _("To change these keys: {place}.").format(place=place)


def binding_place(ready: ReadyLine) -> str:
    """Return where a line that binds keys belongs: a file, or a page of the desktop's settings."""
    if ready.file:
        return ready.file
    pages = {
        Desktop.GNOME: _("Settings, Keyboard, Custom Shortcuts. The command is:"),
        Desktop.KDE: _("System Settings, Shortcuts, Add Command. It is:"),
        Desktop.XFCE: _("Settings, Keyboard, Application Shortcuts. It is:"),
    }
    return pages.get(ready.desktop, _("The keyboard settings. The command is:"))
