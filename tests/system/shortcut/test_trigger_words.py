"""The words of portals for keys, as people read them."""

from __future__ import annotations

import ctypes

import pytest

from safepause.system.shortcut import trigger_words
from safepause.system.shortcut.trigger_words import readable


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Press <Control><Alt>p", "Ctrl+Alt+P"),
        ("<Control><Alt>p dr\u00fccken", "Ctrl+Alt+P"),
        ("Appuyer sur \u00ab <Control><Alt>p \u00bb.", "Ctrl+Alt+P"),
        ("\u6309 <Control><Alt>p\u3002", "Ctrl+Alt+P"),
        ("Press <Primary><Shift>Page_Up.", "Ctrl+Shift+PgUp"),
        ("Press <Shift><Super>F9", "Super+Shift+F9"),
        ("Press <Alt><Ctrl>comma", "Ctrl+Alt+,"),
        ("Press <Hyper><Meta>space", "Hyper+Meta+Space"),
        ("Press <Mod4><Mod1>7", "Super+Alt+7"),
        ("Press <Mod3>a", "Mod3+A"),
        ("Press <Release><Super>Home", "Super+Home"),
        ("Press <Super>ISO_Left_Tab", "Super+Tab"),
        ("Press <Control>KP_1", "Ctrl+KP 1"),
        ("Press <Control>KP_Enter", "Ctrl+Enter"),
        ("Press <Alt>XF86AudioPlay", "Alt+AudioPlay"),
        ("Press XF86Tools", "Tools"),
        ("Press <Control><Alt>p or <Super>Pause", "Ctrl+Alt+P, Super+Pause"),
        ("Pulse <Control>a o <Control>b", "Ctrl+A, Ctrl+B"),
        ("Press <Control><Alt>p or F9", "Ctrl+Alt+P, F9"),
        ("CTRL+ALT+p", "Ctrl+Alt+P"),
        ("LOGO+Page_Up", "Super+PgUp"),
    ],
)
def test_raw_keys_are_written_as_people_read_them(words: str, keys: str) -> None:
    """GTK's and the specification's notation become keys, in any language and order."""
    assert readable(words) == keys


@pytest.mark.parametrize("words", ["Ctrl+Alt+P", "Meta+P, Ctrl+Alt+O", "Press F9 twice", ""])
def test_words_that_a_person_reads_stay(words: str) -> None:
    """What is no program's notation is shown as the desktop says it."""
    assert readable(words) == words


def _has_xkb() -> bool:
    try:
        ctypes.CDLL(trigger_words._XKB_LIBRARY)  # noqa: SLF001
    except OSError:
        return False
    return True


@pytest.mark.skipif(not _has_xkb(), reason="not here: libxkbcommon, as on X11 alone")
@pytest.mark.parametrize(
    ("keysym", "key"),
    [("odiaeresis", "\u00d6"), ("Cyrillic_ef", "\u0424"), ("less", "<"), ("plus", "+")],
)
def test_a_key_of_another_layout_is_written_as_its_character(keysym: str, key: str) -> None:
    """A key beyond our own list is named by the character that it types."""
    assert readable(f"Press <Control><Alt>{keysym}") == f"Ctrl+Alt+{key}"


def test_without_xkbcommon_a_key_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library is missing, the key's own name is shown."""
    monkeypatch.setattr(trigger_words, "_XKB_LIBRARY", "libnothing.so.0")
    trigger_words._sign.cache_clear()  # noqa: SLF001
    assert readable("Press <Control>Cyrillic_a") == "Ctrl+Cyrillic a"
    trigger_words._sign.cache_clear()  # noqa: SLF001
