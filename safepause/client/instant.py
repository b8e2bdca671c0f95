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
QUESTIONS = frozenset(("status", "history", "doctor"))
"""Commands that change nothing. They need not wait for an app that does not answer."""
LOOKS = {"doctor": 1.5}
"""Seconds that the app has to answer a question for which it looks at the desktop."""
