"""Writes safepause/client/instant.py: the commands that the running app takes as they are typed.

Usage: write_instant.py FILE.
"""

import sys
from pathlib import Path

from safepause.commands.spec import DECLARED

START, END = "INSTANT = frozenset(\n    (\n", "    )\n)\n"


def main(path: Path) -> None:
    """Replace the list in the file, and keep the docstring above it."""
    above, start, _old = path.read_text(encoding="utf-8").partition(START)
    lines = (f'        "{command.name}",\n' for command in DECLARED if command.instant)
    path.write_text("".join((above, start, *lines, END)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
