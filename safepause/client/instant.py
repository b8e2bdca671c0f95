"""The commands that the running app takes as a person typed them.

`make instant` writes this file from safepause/commands/spec.py. A test fails if the two differ. To
import the declarations themselves would take too long for the `safepause` command.
"""

INSTANT = frozenset(
    (
        "pause",
        "undo",
        "extend",
        "return",
        "let-go",
        "status",
        "show",
        "breathe",
        "settings",
        "doctor",
        "quit",
    )
)
