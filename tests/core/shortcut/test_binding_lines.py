"""The lines that bind keys to a pause by hand."""

from __future__ import annotations

from safepause.core.shortcut.binding_lines import ready_lines
from safepause.core.shortcut.keys import parse_keys


def lines(keys: str, here: str = "", command: str = "safepause pause") -> dict[str, str]:
    """Return the lines that bind some keys, by the desktop's name."""
    return {each.desktop: each.line for each in ready_lines(parse_keys(keys), here, command)}


def test_each_desktop_gets_its_own_line() -> None:
    """Each line has the desktop's own names of modifiers and keys."""
    found = lines("Ctrl+Alt+P")
    assert found["sway"] == "bindsym Ctrl+Mod1+p exec safepause pause"
    assert found["Hyprland"] == "bind = CTRL ALT, p, exec, safepause pause"
    assert found["niri"] == 'Ctrl+Alt+p { spawn "safepause" "pause"; }'
    assert found["GNOME"] == found["KDE"] == found["XFCE"] == found["other"] == "safepause pause"


def test_the_key_with_the_sign() -> None:
    """Meta is called Mod4, SUPER or Super, depending on the desktop."""
    found = lines("Meta+Shift+PgUp", command="/opt/safepause pause")
    assert found["sway"] == "bindsym Mod4+Shift+Page_Up exec /opt/safepause pause"
    assert found["Hyprland"] == "bind = SUPER SHIFT, Page_Up, exec, /opt/safepause pause"
    assert found["niri"] == 'Super+Shift+Page_Up { spawn "/opt/safepause" "pause"; }'


def test_a_folder_with_a_space() -> None:
    """A path with a space is quoted as each desktop needs it."""
    found = lines("F9", command="'/home/a b/safepause' pause")
    assert found["sway"] == "bindsym F9 exec '/home/a b/safepause' pause"
    assert found["niri"] == 'F9 { spawn "/home/a b/safepause" "pause"; }'


def test_the_desktop_in_use_comes_first() -> None:
    """The desktop in use comes first, if XDG_CURRENT_DESKTOP has several names, too."""
    assert next(iter(lines("F9", "ubuntu:GNOME"))) == "GNOME"
    assert next(iter(lines("F9", "Hyprland"))) == "Hyprland"
    assert list(lines("F9", "Cage")) == list(lines("F9"))
