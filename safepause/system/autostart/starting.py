"""Whether a command line starts a program that is there. Nothing of the program is run.

A desktop's entry may start a program through others: env, a shell, Python, the first line of a
script. What only a shell can know, such as the value of a variable, counts as there.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import safepause
from safepause.system.autostart.other_python import has_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DEEPEST = 8
"""How many programs may start each other. A script that is its own interpreter starts nothing."""
_FIRST_BYTES = 4096
"""How much is read of a script."""
_CARRIERS = frozenset(
    {"nice", "nohup", "setsid", "ionice", "chrt", "timeout", "stdbuf", "taskset", "dbus-launch"}
    | {"dbus-run-session", "systemd-run", "systemd-cat", "systemd-inhibit"}
)
"""Programs that start the command in their arguments, after options and numbers."""
_NUMBER = re.compile(r"[\d.]+[smhd]?")
_SHELL = re.compile(r"(ba|da|k|z|mk)?sh")
_PYTHON = re.compile(r"python[\d.]*")
_SWITCHES = re.compile(r"-[^-mcXW]*([mcXW]?)(.*)", re.DOTALL)
"""Python's options in one word. The last one may have a value, in this word or in the next."""
_OF_PYTHON = re.compile(rb"^(?:from|import) safepause\b", re.MULTILINE)
_ASSIGNMENT = re.compile(r"\w+=")
_BEFORE = frozenset(
    {"exec", "command", "then", "do", "else", "if", "while", "until", "time", "!", "{"}
)
"""The words of a shell that stand before a command."""
_OWN = frozenset(
    {".", ":", "[", "[[", "break", "case", "cd", "done", "echo", "esac", "eval", "exit", "export"}
    | {"fi", "for", "read", "return", "set", "source", "test", "trap", "ulimit", "umask", "unset"}
    | {"wait", "}"}
)
"""What a shell carries out by itself."""
_UNKNOWN = frozenset("$`*?[~")


def can_start(words: Sequence[str], path: str | None = None, depth: int = 0) -> bool:
    """Return whether a command starts a program. `path` is where names are looked for."""
    if not words or depth > _DEEPEST:
        return False
    first = str(Path.home() / words[0]) if _is_relative(words[0]) else words[0]
    program, rest = shutil.which(first, path=path), list(words[1:])
    if not words[0] or program is None or not _can_be_run(program, depth):
        return False
    program = str(Path(program).absolute())  # PATH may name folders from here
    name = Path(program).name
    if name == "env":
        return _env_starts(rest, path, depth + 1)
    if name in _CARRIERS:
        carried = _carried(rest)
        return not carried or can_start(carried, path, depth + 1)
    if _SHELL.fullmatch(name):
        return _shell_starts(rest, path, depth + 1)
    return not _PYTHON.fullmatch(name) or _python_starts(program, rest)


def _is_relative(word: str) -> bool:
    """Return whether a word is a path that depends on the folder. Desktops begin in the home."""
    return "/" in word and not word.startswith("/")


def _can_be_run(program: str, depth: int) -> bool:
    """Return whether the interpreter that a script's first line names is there, too."""
    start = _beginning(Path(program))
    if not start.startswith(b"#!"):
        return True
    line = os.fsdecode(start.partition(b"\n")[0].removeprefix(b"#!")).strip(" \t")
    interpreter, _blank, argument = line.partition(" ")
    arguments = [argument.strip(" \t")] if argument else []
    return not interpreter or can_start([interpreter, *arguments, program], depth=depth + 1)


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_FIRST_BYTES)
    except OSError:  # a program that may be run and not read
        return b""


def _env_starts(words: list[str], path: str | None, depth: int) -> bool:
    """Return whether env starts something, after its options and the variables that it sets."""
    while words:
        word = words.pop(0)
        if word in {"-S", "--split-string"}:
            words[:1] = _split(words[0]) if words else []
        elif word.startswith(("-S", "--split-string=")):
            words[:0] = _split(word.removeprefix("-S").removeprefix("--split-string="))
        elif word in {"-u", "--unset", "-C", "--chdir"}:
            words[:1] = []
        elif word.startswith("PATH="):
            path = word.removeprefix("PATH=")
        elif not word.startswith("-") and "=" not in word:
            return can_start([word, *words], path, depth)
    return False


def _carried(words: Sequence[str]) -> list[str]:
    """Return the command in the arguments of a program that starts it: a path, or a name."""
    places = [place for place, word in enumerate(words) if not word.startswith("-")]
    paths = [place for place in places if words[place].startswith("/")]
    names = [place for place in places if not _NUMBER.fullmatch(words[place])]
    return list(words[(paths or names)[0] :]) if names else []


def _shell_starts(words: Sequence[str], path: str | None, depth: int) -> bool:
    """Return whether a shell's script is there, or all that the text of `-c` names."""
    rest = [word for word in words if not word.startswith(("-", "+"))]
    by_text = any(re.fullmatch(r"-\w*c\w*", word) for word in words)
    if not by_text:
        return not rest or Path(rest[0]).is_file()
    commands = list(_commands(rest[0] if rest else ""))
    return bool(commands) and all(_is_carried_out(each, path, depth) for each in commands)


def _commands(text: str) -> Iterator[list[str]]:
    """Yield the simple commands in a shell's text, or an empty one if a quote is not closed."""
    lexer = shlex.shlex(text.replace("\n", ";"), posix=True, punctuation_chars=True)
    lexer.commenters = ""
    lexer.whitespace_split = True
    try:
        tokens = iter([*lexer, ";"])
    except ValueError:
        tokens = iter([";"])
        yield []
    command: list[str] = []
    for token in tokens:
        if set(token) & set("<>") and set(token) <= set("<>&|"):
            next(tokens)  # the file of a redirection
        elif set(token) <= set(";&|()"):
            if command:
                yield command
            command = []
        else:
            command.append(token)


def _is_carried_out(words: list[str], path: str | None, depth: int) -> bool:
    """Return whether a shell can carry out a simple command, as far as is known."""
    while words and (words[0] in _BEFORE or _ASSIGNMENT.match(words[0])):
        words = words[1:]
        if not words:
            return True
    if len(words) > 1 and words[0] in {".", "source"} and words[1].startswith("/"):
        return bool(_UNKNOWN & set(words[1])) or Path(words[1]).is_file()
    if words and (_UNKNOWN & set(words[0]) or words[0] in _OWN or _is_relative(words[0])):
        return True
    return can_start(words, path, depth)


def _python_starts(python: str, words: Sequence[str]) -> bool:
    """Return whether the module or the script that a Python runs is there."""
    flags: list[str] = []
    rest = iter(words)
    for word in rest:
        if switches := _SWITCHES.fullmatch(word):
            kind, value = switches.groups()
            if kind == "c":
                return True
            if kind == "m":
                return _has_module(python, flags, value or next(rest, ""))
            flags += [word] if value or not kind else [word, next(rest, "")]
            continue
        script = Path(word)
        needs_us = _OF_PYTHON.search(_beginning(script))
        return script.exists() and (not needs_us or _has_module(python, flags, "safepause"))
    return True


def _has_module(python: str, flags: Sequence[str], module: str) -> bool:
    """Return whether a Python finds a module. A Python that is silent counts as one that does."""
    name = module.partition(".")[0]
    if name == safepause.__name__ and _is_this(Path(python)):
        return Path(safepause.__file__).is_file()
    return has_package(python, flags, name)


def _is_this(python: Path) -> bool:
    """Return whether a program is this Python, perhaps by another name in the same folder."""
    own = Path(sys.executable).absolute()
    return python.absolute().parent == own.parent and python.resolve() == own.resolve()


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a quote is not closed
        return []
