"""The `safepause` command: asks the running app, at once; only if none answers is there more to do.

A compositor's key binding has to feel instant, so nothing is imported here but what asking takes:
no Qt, no parser, not even `typing`. Starting the app and working without one: package `client`.
"""

from __future__ import annotations

import sys

from safepause.system.ipc import client, protocol

_INSTANT = frozenset(
    (
        *("pause", "undo", "extend", "return", "let-go"),
        *("status", "show", "breathe", "history", "settings", "doctor", "quit"),
    )
)
"""Commands that the app takes as they are; the others need something of this process first."""
_HELP = frozenset(("-h", "--help"))


def main() -> int:
    """Run the command line of this process and return its exit code."""
    argv = sys.argv[1:]
    answer = _at_once(argv)
    if answer is None:
        answer = _as_app(argv)
    if answer is None:
        from safepause.client.remote_command import Client

        answer = Client(_run_app).run(argv)
    return _say(*answer)


def _at_once(argv: list[str]) -> tuple[int, str, str] | None:
    """Return the running app's answer; None if there is none, or this is not for the app."""
    if not argv or argv[0] not in _INSTANT or not _HELP.isdisjoint(argv):
        return None
    try:
        return client.ask(argv)
    except protocol.ProtocolError:  # the parser knows what to say about it
        return None


def _as_app(argv: list[str]) -> tuple[int, str, str] | None:
    """Become the app, if that is what is wanted and possible; else the client says why not."""
    from safepause.client import launch

    if not launch.is_start(argv) or not launch.has_display():
        return None
    answer = launch.become_app(argv, _run_app, launch.Looks())
    if answer is None:
        from safepause.client.remote_command import unreachable

        return unreachable(argv)
    return answer


def _run_app(*, hidden: bool, demo: bool) -> int:
    from safepause.app.import_hook import import_qt

    import_qt()
    from safepause.app.main import main as run

    return run(hidden=hidden, demo=demo)


def _say(code: int, out: str, err: str) -> int:
    """Write both texts as far as somebody reads them; what the terminal can't show is escaped."""
    for stream, text in ((sys.stdout, out), (sys.stderr, err)):
        # A windowed program on Windows has neither.
        if text and stream is not None:
            try:
                stream.write(
                    text.encode(stream.encoding, "backslashreplace").decode(stream.encoding)
                )
                stream.flush()
            except BrokenPipeError:
                _give_up_output()
    return code


def _give_up_output() -> None:
    """Point standard output nowhere: its reader is gone, and Python would complain at the end."""
    import os

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
