"""Writes safepause/client/instant.py: the commands that the running app takes as typed.

Usage: write_instant.py FILE.
"""

import sys
from pathlib import Path

from safepause.commands.declaration import Memory
from safepause.commands.spec import DECLARED

TEMPLATE = '''"""The commands that the running app takes as a person typed them.

`make instant` writes this file from safepause/commands/spec.py. A test fails if the two differ. To
import the declarations themselves would take too long for the `safepause` command.
"""

INSTANT = frozenset(
    (
{lines}
    )
)
QUESTIONS = frozenset(({questions}))
"""Commands that change nothing. They need not wait for an app that does not answer."""
LOOKS = {{{looks}}}
"""Seconds that the app has to answer a question for which it looks at the desktop."""
'''


def main(path: Path) -> None:
    """Write the file."""
    lines = "\n".join(f'        "{command.name}",' for command in DECLARED if command.instant)
    questions = ", ".join(
        f'"{command.name}"' for command in DECLARED if command.memory is Memory.NONE
    )
    looks = ", ".join(f'"{command.name}": {command.look}' for command in DECLARED if command.look)
    text = TEMPLATE.format(lines=lines, questions=questions, looks=looks)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
