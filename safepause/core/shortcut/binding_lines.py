"""The state of the shortcut, and the lines that bind keys to a pause by hand.

Some desktops give no keys to a program. The settings of such a desktop can bind keys to a command.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from safepause.core.shortcut.keys import Keys, Modifier

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMAND = "safepause pause"
_SWAY = {
    Modifier.META: "Mod4",
    Modifier.CTRL: "Ctrl",
    Modifier.ALT: "Mod1",
    Modifier.SHIFT: "Shift",
}
_NIRI = {**{each: each.value for each in Modifier}, Modifier.META: "Super"}


class Desktop(StrEnum):
    """A desktop that can bind keys to a command. The value is the desktop's own name."""

    GNOME = "GNOME"
    KDE = "KDE"
    SWAY = "sway"
    HYPRLAND = "Hyprland"
    NIRI = "niri"
    XFCE = "XFCE"
    OTHER = "other"
    """Any desktop whose settings can bind keys to a command."""


class KeysOffer(Enum):
    """What SafePause can do for keys that don't work, if the person wants it."""

    ASK = "ask"
    """Ask the desktop for the keys, for the first time or again."""
    MENU = "menu"
    """Put SafePause into the menu: the desktop gives keys only to programs that are in it."""
    RESTART = "restart"
    """Start SafePause again, because the desktop has not yet seen it in the menu."""


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A line that binds keys to a pause on one desktop, ready to be copied."""

    desktop: Desktop
    line: str
    file: str = ""
    """The file that the line goes into; empty if it goes into the settings of the desktop."""


@dataclass(frozen=True, slots=True)
class ShortcutView:
    """The state of the shortcut, for a window to show."""

    possible: bool = True
    """Whether this desktop gives a program any keys."""
    why: str = ""
    """A sentence that says why the person has to bind keys by hand; empty if that is not needed."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """The sentence below each setting of the shortcut, by the setting's key."""
    lines: tuple[ReadyLine, ...] = ()
    offer: KeysOffer | None = None


def ready_lines(keys: Keys, here: str, command: str = COMMAND) -> tuple[ReadyLine, ...]:
    """Return the lines that bind `keys`; the line of the desktop `here` is the first.

    `here` is a desktop as XDG_CURRENT_DESKTOP names it, such as "ubuntu:GNOME"; `command` is
    written as in a shell.
    """
    spawn = " ".join(f'"{word}"' for word in shlex.split(command))
    hypr = " ".join("SUPER" if m is Modifier.META else m.value.upper() for m in keys.modifiers)
    sway = _joined(keys, _SWAY)
    hyprland = f"bind = {hypr}, {keys.keysym}, exec, {command}"
    niri = f"{_joined(keys, _NIRI)} {{ spawn {spawn}; }}"
    lines = (
        ReadyLine(Desktop.GNOME, command),
        ReadyLine(Desktop.KDE, command),
        ReadyLine(Desktop.SWAY, f"bindsym {sway} exec {command}", "~/.config/sway/config"),
        ReadyLine(Desktop.HYPRLAND, hyprland, "~/.config/hypr/hyprland.conf"),
        ReadyLine(Desktop.NIRI, niri, "~/.config/niri/config.kdl"),
        ReadyLine(Desktop.XFCE, command),
        ReadyLine(Desktop.OTHER, command),
    )
    names = [name.lower() for name in here.split(":")]
    return tuple(sorted(lines, key=lambda each: each.desktop.lower() not in names))


def _joined(keys: Keys, names: Mapping[Modifier, str]) -> str:
    return "+".join([*(names[each] for each in keys.modifiers), keys.keysym])
