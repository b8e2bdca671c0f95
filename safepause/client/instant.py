"""The commands that the running app takes as a person typed them.

`make instant` writes this file from safepause/commands/spec.py; a test fails if they differ. The
fast path of the command line has no time to import the declarations.
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
        "history",
        "settings",
        "doctor",
        "quit",
    )
)
