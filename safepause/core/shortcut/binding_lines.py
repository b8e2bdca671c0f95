"""What can be said about the shortcut: as it stands here, and how to bind it by hand.

Where a desktop gives a program no keys, its own settings can still bind some to a command.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safepause.core.message import N_
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


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A line that binds keys to a pause on one desktop, ready to be copied."""

    desktop: str
    """Its name."""
    place: str
    """Where the line belongs: a message for the catalogue, or the path of a file."""
    line: str


@dataclass(frozen=True, slots=True)
class ShortcutView:
    """How the shortcut stands, for a window to show."""

    possible: bool = True
    """Whether keys can be had here at all."""
    why: str = ""
    """Why keys have to be bound by hand, as a sentence; nothing if they needn't be."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What is to be said below a setting, by its key; nothing if all is well."""
    lines: tuple[ReadyLine, ...] = ()


def ready_lines(keys: Keys, here: str, command: str = COMMAND) -> tuple[ReadyLine, ...]:
    """Return the lines that bind `keys`, that of the desktop `here` first.

    `here` is a desktop as XDG_CURRENT_DESKTOP names it, such as "ubuntu:GNOME"; `command` is
    written as a shell has it.
    """
    spawn = " ".join(f'"{word}"' for word in shlex.split(command))
    hypr = " ".join("SUPER" if m is Modifier.META else m.value.upper() for m in keys.modifiers)
    sway = _joined(keys, _SWAY)
    lines = (
        ReadyLine("GNOME", N_("Settings, Keyboard, Custom Shortcuts. The command is:"), command),
        ReadyLine("KDE", N_("System Settings, Shortcuts, Add Command. It is:"), command),
        ReadyLine("sway", "~/.config/sway/config", f"bindsym {sway} exec {command}"),
        ReadyLine(
            "Hyprland",
            "~/.config/hypr/hyprland.conf",
            f"bind = {hypr}, {keys.keysym}, exec, {command}",
        ),
        ReadyLine(
            "niri", "~/.config/niri/config.kdl", f"{_joined(keys, _NIRI)} {{ spawn {spawn}; }}"
        ),
        ReadyLine("XFCE", N_("Settings, Keyboard, Application Shortcuts. It is:"), command),
        ReadyLine(N_("Others"), N_("The keyboard settings. The command is:"), command),
    )
    names = [name.lower() for name in here.split(":")]
    return tuple(sorted(lines, key=lambda each: each.desktop.lower() not in names))


def _joined(keys: Keys, names: Mapping[Modifier, str]) -> str:
    return "+".join([*(names[each] for each in keys.modifiers), keys.keysym])
