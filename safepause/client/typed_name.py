"""A name that comes through standard input, `--by -`, and names that others must not read.

Every person on a computer can read the command line of every process. So a name on it can be read
as long as the command runs. What comes instead of a name is left out: no call is lost for a name.
"""

from __future__ import annotations

import os
import re
import select
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from pathlib import Path

TYPE_CHECKING = False  # the module typing takes too long to import
if TYPE_CHECKING:
    from typing import TextIO

BY, TYPED = "--by", "-"
PATIENCE = 3.0
"""Seconds that another program has to write the name. The call does not wait longer."""
TYPING_PATIENCE = 30.0
"""Seconds that a person has. A desktop's key binding may have a terminal that nobody sees."""
_MOST = 1000
"""How many bytes are read at most. A name has fewer."""
_SURE = 60
"""How many characters a name may surely have."""
_ARGUMENTS = slice(45, 47)
"""Where the kernel's line about a process has the addresses of its command line."""
_PRIVATE = re.compile(rb"\0--by[=\0]([^\0]*)|\0settings\0(?:.*?\0)?set\0[^\0]*\0(.*)", re.DOTALL)
"""A name, and all words after a setting's key: a setting may be a name or have a password."""
_LETTER = re.compile(rb"[^\0]")


def with_typed_name(argv: list[str]) -> list[str]:
    """Return the command line. If it asks for a name, the name is the first line of the input."""
    place = _place(argv)
    if place is None:
        return argv
    return [*argv[: place[0]], f"{BY}={_typed()}", *argv[place[1] :]]


def hide_name() -> None:
    """Cross a name or a setting out on the command line of this process, which waits for a while.

    Linux shows each process's command line to everybody, as it is in the memory of that process.
    """
    if sys.platform == "linux":
        import ctypes  # not at the top: an app that runs has answered before

        fields = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace")
        start, end = map(int, fields.rpartition(")")[2].split()[_ARGUMENTS])
        for found in _PRIVATE.finditer(ctypes.string_at(start, end - start)):
            words = found.lastindex or 0
            crossed = _LETTER.sub(TYPED.encode(), found[words])
            ctypes.memmove(start + found.start(words), crossed, len(crossed))


def _typed() -> str:
    """Return the name in the first line of the input. If there is none, say so."""
    line = _line(sys.stdin)
    name = _text(line)
    if name.isprintable() and 0 < len(name.strip()) <= _SURE:
        return name
    # Not before: few callers need the rules and the words.
    from safepause.commands.arguments import person
    from safepause.commands.declaration import UsageError
    from safepause.i18n.language import _

    wrong = _("The name can't be read as text.") if line else _("There is no name in the input.")
    try:
        found = person(name)
        if found:
            return found
    except UsageError as error:
        wrong = str(error)
    without = _("The pause is called without a name.")
    _tell(f"{wrong} {without}\n")
    return ""


def _text(line: bytes) -> str:
    """Return what was written, in UTF-8 or in the encoding of this person's texts; or nothing."""
    for encoding in ("utf-8-sig", getattr(sys.stdin, "encoding", "utf-8")):
        with suppress(UnicodeDecodeError):
            decoder = getincrementaldecoder(encoding)()
            return decoder.decode(line, final=len(line) < _MOST)  # a longer line was cut
    return ""


def _line(given: TextIO | None) -> bytes:
    """Return the first line of the input; nothing if it can't be read."""
    try:
        if given is None or _is_kept_from(given):  # it is closed, or belongs to another program
            return b""
        typed = given.isatty()
        if typed:
            from safepause.i18n.language import _  # not at the top: most names are in a file

            _tell(_("Please type the name, then press Enter: "))
        if sys.platform == "win32":  # there, nobody can wait for a limited time
            data = given.buffer.readline(_MOST)
        else:
            data = _read(given.fileno(), TYPING_PATIENCE if typed else PATIENCE)
    except OSError:
        return b""
    return next(iter(data.splitlines()), b"").strip()


def _is_kept_from(given: TextIO) -> bool:
    """Tell whether a read would stop this process: a job in the background of its terminal."""
    if sys.platform != "win32" and given.isatty():
        with suppress(OSError):  # the terminal is not the one that this process belongs to
            return os.tcgetpgrp(given.fileno()) != os.getpgrp()
    return False


def _read(file: int, seconds: float) -> bytes:
    """Return what is written, once there is a line, or after some seconds without one."""
    from safepause.core.clock import SystemClock  # not at the top: it takes a while

    clock, data = SystemClock(), b""
    end = clock.monotonic() + seconds
    while set(data).isdisjoint(b"\r\n") and len(data) < _MOST:
        left = max(0.0, end - clock.monotonic())
        chunk = os.read(file, _MOST) if select.select([file], [], [], left)[0] else b""
        if not chunk:
            break
        data += chunk
    return data


def _tell(text: str) -> None:
    with suppress(OSError):  # nobody reads it
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()


def _place(argv: list[str]) -> tuple[int, int] | None:
    """Return where the option is whose name is to be read: its first word, and the word after."""
    for at, word in enumerate(argv):
        if word == "--":
            return None
        if word == f"{BY}={TYPED}":
            return at, at + 1
        if word == BY and argv[at + 1 : at + 2] == [TYPED]:
            return at, at + 2
    return None
