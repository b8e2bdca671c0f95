"""A name that comes through standard input: `--by -`.

Every person on a computer can read the command line of every process. So a name on it can be read
as long as the command runs.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

BY, TYPED = "--by", "-"
_MOST = 1000
"""How many characters are read at most. A name is shorter."""
_ARGUMENTS = slice(45, 47)
"""Where the kernel's line about a process has the addresses of its command line."""
_NAME = re.compile(rb"\0--by[=\0]([^\0]*)")


def with_typed_name(argv: list[str]) -> list[str]:
    """Return the command line. If it asks for a name, the name is the first line of the input."""
    place = _place(argv)
    if place is None:
        return argv
    return [*argv[: place[0]], f"{BY}={_typed()}", *argv[place[1] :]]


def hide_name() -> None:
    """Cross the name out on the command line of this process, which waits for a while.

    Linux shows each process's command line to everybody, as it is in the memory of that process.
    """
    if sys.platform == "linux":
        import ctypes  # not at the top: an app that runs has answered before

        fields = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace")
        start, end = map(int, fields.rpartition(")")[2].split()[_ARGUMENTS])
        for found in _NAME.finditer(ctypes.string_at(start, end - start)):
            ctypes.memset(start + found.start(1), ord(TYPED), len(found[1]))


def _typed() -> str:
    """Return the first line of the input; nothing if it can't be read. The call counts more."""
    try:
        return "" if sys.stdin is None else sys.stdin.readline(_MOST).rstrip("\r\n")
    except (OSError, ValueError):  # the input is closed, or is no text
        return ""


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
