"""Every setting, declared once: name, kind, default, bounds. All else derives from that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.core import breathing
from safepause.core.agreement import NAME_LENGTH, Agreement
from safepause.core.message import N_
from safepause.core.pause import LONGEST, SHORTEST, Terms
from safepause.core.settings.declaration import (
    COMMAND_LENGTH,
    Group,
    Setting,
    SettingError,
    Value,
    Wrong,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

DECLARED = (
    Setting("name1", Group.AGREEMENT, N_("First name"), "", most=NAME_LENGTH),
    Setting("name2", Group.AGREEMENT, N_("Second name"), "", most=NAME_LENGTH),
    Setting(
        "length",
        Group.AGREEMENT,
        N_("Length of a pause"),
        30,
        least=int(SHORTEST.total_seconds() // 60),
        most=int(LONGEST.total_seconds() // 60),
        unit="minutes",
    ),
    Setting(
        "extensions", Group.AGREEMENT, N_("More time, at most"), 2, least=0, most=3, unit="times"
    ),
    Setting(
        "heads_up", Group.AGREEMENT, N_("Heads-up before"), 2, least=0, most=15, unit="minutes"
    ),
    Setting(
        "this_computer",
        Group.AGREEMENT,
        N_("Whose computer (who asked is reminded first)"),
        "both",
        choices=("both", "first", "second"),
    ),
    Setting(
        "technique",
        Group.BREATHING,
        N_("Breathing"),
        breathing.SOFT.key,
        choices=tuple(breathing.TECHNIQUES),
    ),
    Setting(
        "breathing_minutes",
        Group.BREATHING,
        N_("Length of the breathing"),
        breathing.SESSION_MINUTES,
        least=breathing.SHORTEST_MINUTES,
        most=breathing.LONGEST_MINUTES,
        unit="minutes",
    ),
    Setting("gentle_start", Group.BREATHING, N_("Start with easier breaths"), default=False),
    Setting("shortcut", Group.SHORTCUT, N_("Keys that call a pause"), "Ctrl+Alt+P", keys=True),
    Setting("shortcut1", Group.SHORTCUT, N_("Keys of the first name"), "", keys=True),
    Setting("shortcut2", Group.SHORTCUT, N_("Keys of the second name"), "", keys=True),
    Setting("theme", Group.LOOK, N_("Colours"), "system", choices=("system", "light", "dark")),
    Setting("motion", Group.LOOK, N_("Motion"), "system", choices=("system", "full", "less")),
    Setting(
        "screens",
        Group.LOOK,
        N_("Screens that show the pause"),
        "pointer",
        choices=("pointer", "all"),
    ),
    Setting("names_in_notifications", Group.LOOK, N_("Names in notifications"), default=False),
    *(
        Setting(key, Group.HOOKS, label, "", most=COMMAND_LENGTH, command=True)
        for key, label in (
            ("hook_paused", N_("When a pause begins")),
            ("hook_due", N_("When it is time to come back")),
            ("hook_returned", N_("When a pause ends")),
        )
    ),
    Setting("asked_autostart", Group.UNSEEN, N_("Asked about starting by itself"), default=False),
)
AUTOSTART = Setting("autostart", Group.COMPUTER, N_("Start with the computer"), default=False)
"""Kept by the desktop, not by us: its record is looked at each time, see `ports.Autostart`."""
NAMED = (*DECLARED, AUTOSTART)
"""All that a person can look at and change by name."""
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
    """Return the declaration of `key`, whoever keeps its value.

    Raises:
        SettingError: there is no such setting.

    """
    return AUTOSTART if key == AUTOSTART.key else declared(key)


@dataclass(frozen=True, slots=True)
class Settings:
    """All values, read at one moment."""

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
        """Make sure that a setting's new value agrees with the others.

        Raises:
            SettingError: there is no such setting, or another one has the same keys.

        """
        if declared(key).keys and value:
            others = (each.key for each in DECLARED if each.keys and each.key != key)
            if any(self.values[other] == value for other in others):
                raise SettingError(Wrong.KEYS_IN_USE, key, str(value))

    @property
    def agreement(self) -> Agreement:
        """The terms that a new pause is called on."""
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
    def session(self) -> breathing.Session:
        """The breathing that a pause starts with."""
        return breathing.Session(
            breathing.TECHNIQUES[self.text("technique")],
            self.number("breathing_minutes"),
            self.flag("gentle_start"),
        )


DEFAULTS = Settings({setting.key: setting.default for setting in DECLARED})
