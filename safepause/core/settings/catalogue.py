"""Every setting, declared once: name, page, type, default and bounds.

Storage, window and command line use these declarations. `i18n.setting_words` has the label of each
setting. A test fails if a setting has no label.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.core import breathing
from safepause.core.agreement import NAME_LENGTH, Agreement
from safepause.core.pause import LONGEST, SHORTEST, Terms
from safepause.core.settings.declaration import (
    COMMAND_LENGTH,
    Group,
    Setting,
    SettingError,
    Value,
    Wrong,
)
from safepause.core.settings.patterns import OWN, Pattern, readable_patterns

if TYPE_CHECKING:
    from collections.abc import Mapping

DECLARED = (
    Setting("name1", Group.AGREEMENT, "", most=NAME_LENGTH),
    Setting("name2", Group.AGREEMENT, "", most=NAME_LENGTH),
    Setting(
        "length",
        Group.AGREEMENT,
        30,
        least=int(SHORTEST.total_seconds() // 60),
        most=int(LONGEST.total_seconds() // 60),
        unit="minutes",
    ),
    Setting("extensions", Group.AGREEMENT, 2, least=0, most=3, unit="times"),
    Setting("heads_up", Group.AGREEMENT, 2, least=0, most=15, unit="minutes"),
    Setting(
        "this_computer",
        Group.AGREEMENT,
        "both",
        choices=("both", "first", "second"),
    ),
    Setting("sign", Group.AGREEMENT, "", words=True),
    Setting("place1", Group.AGREEMENT, "", words=True),
    Setting("place2", Group.AGREEMENT, "", words=True),
    Setting("children", Group.AGREEMENT, "", words=True),
    Setting("greeting_at", Group.DAILY, "", time=True),
    Setting("greeting_words", Group.DAILY, "", words=True),
    Setting("parting_at", Group.DAILY, "", time=True),
    Setting("parting_words", Group.DAILY, "", words=True),
    Setting("appreciation_at", Group.DAILY, "", time=True),
    Setting("appreciation_words", Group.DAILY, "", words=True),
    Setting(
        "technique",
        Group.BREATHING,
        breathing.SOFT.key,
        choices=tuple(breathing.TECHNIQUES),
        own_patterns=True,
    ),
    Setting("patterns", Group.BREATHING, "", patterns=True),
    Setting(
        "breathing_minutes",
        Group.BREATHING,
        breathing.SESSION_MINUTES,
        least=breathing.SHORTEST_MINUTES,
        most=breathing.LONGEST_MINUTES,
        unit="minutes",
    ),
    Setting("gentle_start", Group.BREATHING, default=False),
    Setting("say_breath", Group.BREATHING, default=False),
    Setting("ideas", Group.BREATHING, "", ideas=True),
    Setting("eyes_closed", Group.SOUND, default=False),
    Setting("voice", Group.SOUND, "warm", choices=("warm", "clear", "deep")),
    Setting("volume", Group.SOUND, 50, least=5, most=100, unit="percent"),
    Setting("return_sound", Group.SOUND, default=False),
    Setting("pause_media", Group.SOUND, default=False),
    Setting("shortcut", Group.SHORTCUT, "Ctrl+Alt+P", keys=True),
    Setting("shortcut1", Group.SHORTCUT, "", keys=True),
    Setting("shortcut2", Group.SHORTCUT, "", keys=True),
    Setting("theme", Group.LOOK, "system", choices=("system", "light", "dark", "contrast")),
    Setting("motion", Group.LOOK, "system", choices=("system", "full", "less")),
    Setting(
        "screens",
        Group.LOOK,
        "pointer",
        choices=("pointer", "all"),
    ),
    Setting("fill_screen", Group.LOOK, default=False),
    Setting("names_in_notifications", Group.LOOK, default=False),
    Setting("hook_paused", Group.HOOKS, "", most=COMMAND_LENGTH, command=True),
    Setting("hook_due", Group.HOOKS, "", most=COMMAND_LENGTH, command=True),
    Setting("hook_returned", Group.HOOKS, "", most=COMMAND_LENGTH, command=True),
    Setting("talk_at", Group.UNSEEN, "", most=NAME_LENGTH),
    Setting("look_back_at", Group.UNSEEN, "", most=NAME_LENGTH),
    Setting("agreed", Group.UNSEEN, "", most=NAME_LENGTH),
    Setting("asked_autostart", Group.UNSEEN, default=False),
    Setting("asked_players", Group.UNSEEN, default=False),
    Setting("welcomed", Group.UNSEEN, default=False),
    Setting("keys_given", Group.UNSEEN, "", most=NAME_LENGTH),
    Setting("keys_refused", Group.UNSEEN, default=False),
)
AUTOSTART = Setting("autostart", Group.COMPUTER, default=False)
"""The desktop keeps this setting; `ports.Autostart` reads the desktop's record each time."""
NAMED = (*DECLARED, AUTOSTART)
"""The settings that a person can read and change by name."""
SETTINGS = {setting.key: setting for setting in DECLARED}


def declared(key: str) -> Setting:
    """Return the declaration of `key`.

    Raises:
        SettingError: there is no such setting.

    """
    if key not in SETTINGS:
        raise SettingError(Wrong.UNKNOWN, key, key)
    return SETTINGS[key]


def named(key: str) -> Setting:
    """Return the declaration of `key`, the desktop's setting included.

    Raises:
        SettingError: there is no such setting.

    """
    return AUTOSTART if key == AUTOSTART.key else declared(key)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of all settings at one moment."""

    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """Return a text or a choice."""
        return str(self.values[key])

    def number(self, key: str) -> int:
        """Return a whole number."""
        return int(self.values[key])

    def flag(self, key: str) -> bool:
        """Return a yes or no."""
        return bool(self.values[key])

    def check(self, key: str, value: Value) -> None:
        """Check that the new value of a setting does not conflict with another setting.

        Raises:
            SettingError: there is no such setting, another setting has the same keys, or the
                technique would be an own pattern that is not in the list.

        """
        self._check_pattern(key, str(value))
        if declared(key).keys and value:
            others = (each.key for each in DECLARED if each.keys and each.key != key)
            if any(self.values[other] == value for other in others):
                raise SettingError(Wrong.KEYS_IN_USE, key, str(value))

    def _check_pattern(self, key: str, value: str) -> None:
        """Check that the technique and the list of own patterns go together."""
        if key == "technique" and value.startswith(OWN) and value not in _keys(self.patterns):
            raise SettingError(Wrong.PATTERN_UNKNOWN, key, value.removeprefix(OWN))
        used = self.own_pattern if key == "patterns" else None
        if used is not None and used.key not in _keys(readable_patterns(value)):
            raise SettingError(Wrong.PATTERN_IN_USE, key, used.name)

    @property
    def agreement(self) -> Agreement:
        """The agreement for a new pause."""
        return Agreement(
            names=tuple(name for name in (self.text("name1"), self.text("name2")) if name),
            length=timedelta(minutes=self.number("length")),
            heads_up=timedelta(minutes=self.number("heads_up")),
            terms=Terms(extensions_allowed=self.number("extensions")),
            owner={"first": self.text("name1"), "second": self.text("name2")}.get(
                self.text("this_computer"), ""
            ),
        )

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The person's own breathing patterns."""
        return readable_patterns(self.text("patterns"))

    @property
    def own_pattern(self) -> Pattern | None:
        """The own pattern that is chosen as the technique; None if none is."""
        chosen = self.text("technique")
        return next((each for each in self.patterns if each.key == chosen), None)

    @property
    def technique(self) -> breathing.Technique:
        """The technique that is chosen; the default if it is an own pattern that was lost."""
        own = self.own_pattern
        if own is not None:
            return own.technique
        return breathing.TECHNIQUES.get(self.text("technique"), breathing.SOFT)

    @property
    def session(self) -> breathing.Session:
        """The breathing at the start of a pause."""
        minutes, gentle = self.number("breathing_minutes"), self.flag("gentle_start")
        return breathing.Session(self.technique, minutes, gentle)

    @property
    def ideas(self) -> tuple[str, ...]:
        """The couple's own ideas for a pause; none for SafePause's own."""
        return tuple(self.text("ideas").splitlines())


def _keys(patterns: tuple[Pattern, ...]) -> set[str]:
    return {pattern.key for pattern in patterns}


DEFAULTS = Settings({setting.key: setting.default for setting in DECLARED})
