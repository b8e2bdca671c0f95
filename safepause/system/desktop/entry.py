"""Reads and writes desktop entries, the files that freedesktop.org specifies for menus."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAIN = "[Desktop Entry]"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPED = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def exec_of(command: Iterable[str]) -> str:
    """Return the value of `Exec` for a command. Quotes keep each argument as it is."""
    return " ".join(_quoted(word) for word in command)


def text_of(value: str) -> str:
    """Return the value of a string key for a text, such as a path."""
    return value.replace("\\", "\\\\").replace("\n", "\\n")


def plain(value: str) -> str:
    """Return the text that the value of a string key stands for."""
    return re.sub(r"\\([sntr\\])", lambda found: _ESCAPED[found[1]], value)


def program_of(value: str) -> str:
    """Return the program that a value of `Exec` starts; empty if the value names none."""
    try:
        words = shlex.split(plain(value))
    except ValueError:  # a quote is not closed
        return ""
    return re.sub(r"\\([$`])", r"\1", words[0]).replace("%%", "%") if words else ""


def read_entry(path: Path) -> dict[str, str]:
    """Return the keys and values of a file's main group, or none if the file can't be read."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    group, found = "", {}
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line
        elif group == MAIN and "=" in line and not line.startswith("#"):
            key, _equals, value = line.partition("=")
            found[key.strip()] = value.strip()
    return found


def with_command(text: str, command: Iterable[str]) -> str:
    """Return the entry with `command` in the place of plain `safepause`."""
    words = list(command)
    lines = []
    for line in text.splitlines():
        key, _equals, value = line.partition("=")
        if key == "Exec" and value.split(" ")[0] == "safepause":
            lines.append(f"Exec={exec_of([*words, *value.split(' ')[1:]])}")
        else:
            lines.append(line)
        if line == MAIN:
            lines.append(f"TryExec={text_of(words[0])}")
    return "\n".join(lines) + "\n"


def entry(values: Mapping[str, str]) -> str:
    """Return a file's text with these keys and values in its main group."""
    return "\n".join((MAIN, *(f"{key}={value}" for key, value in values.items()), ""))


def _quoted(word: str) -> str:
    """Quote one argument: first for the command line, then for the value of a string key."""
    plain = word.replace("%", "%%")
    if word and _RESERVED.isdisjoint(word):
        return plain
    for char in '\\"`$':
        plain = plain.replace(char, "\\" + char)
    return text_of(f'"{plain}"')
