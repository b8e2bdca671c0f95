"""Reads and writes desktop entries, the files that freedesktop.org specifies for menus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAIN = "[Desktop Entry]"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPES = {"\\": "\\", "\n": "n", "\t": "t", "\r": "r"}
_ESCAPED = {"s": " ", **{letter: char for char, letter in _ESCAPES.items()}}
_BLANKS = " \t\r\f\v"
_QUOTED = r""""(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s"'\\]|\\.)+"""
_PART = re.compile(_QUOTED, re.DOTALL)
_WORD = re.compile(rf"\s*((?:{_QUOTED})+)(?=\s|$)", re.DOTALL)
_FIELD = re.compile("%[a-zA-Z]")
"""A code that the desktop replaces with a file, an icon or a name. An autostart has no file."""


def exec_of(command: Iterable[str]) -> str:
    """Return the value of `Exec` for a command. Quotes keep each argument as it is."""
    return " ".join(_quoted(word) for word in command)


def text_of(value: str) -> str:
    """Return the value of a string key for a text, such as a path."""
    for char, letter in _ESCAPES.items():
        value = value.replace(char, f"\\{letter}")
    # A reader drops blanks around the value.
    return re.sub("^ +| +$", lambda blanks: "\\s" * len(blanks[0]), value)


def plain(value: str) -> str:
    """Return the text that the value of a string key stands for."""
    return re.sub(r"\\([sntr\\])", lambda found: _ESCAPED[found[1]], value)


def words_of(value: str) -> list[str]:
    """Return the words of a value of `Exec`; none if a quote is not closed."""
    text, words, at = plain(value), list[str](), 0
    while found := _WORD.match(text, at):
        word = "".join(map(_unquoted, _PART.findall(found[1])))
        if not _FIELD.fullmatch(word):
            words.append(word.replace("%%", "%"))
        at = found.end()
    return words if not text[at:].strip() else []


def _unquoted(part: str) -> str:
    if part.startswith('"'):
        return re.sub(r'\\(["`$\\])', r"\1", part[1:-1])
    return part[1:-1] if part.startswith("'") else re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)


def read_entry(path: Path) -> dict[str, str]:
    """Return the keys and values of a file's main group, or none if the file can't be read.

    Bytes that are no UTF-8 become surrogates, as in paths.
    """
    try:
        text = path.read_bytes().decode(errors="surrogateescape") if path.is_file() else ""
    except OSError:
        return {}
    group, found = "", {}
    for line in (line.strip(_BLANKS) for line in text.split("\n")):
        if line.startswith("["):
            group = line
        elif group == MAIN and "=" in line and not line.startswith("#"):
            key, _equals, value = line.partition("=")
            found[key.strip(_BLANKS)] = value.strip(_BLANKS)
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
