"""The `safepause` command: it asks the running app at once, and does more only if no app answers.

A key binding of the desktop must feel instant. So until the app has answered, this process imports
only the code that asks the app: no Qt, no parser, no `typing`. Package `client` starts the app, and
works without the app.
"""

from __future__ import annotations

import gc
import os
import sys

from safepause.client.instant import INSTANT, QUESTIONS

TYPE_CHECKING = False  # the module typing takes too long to import
if TYPE_CHECKING:
    from typing import TextIO

QUESTION_TIMEOUT = 0.25
"""Seconds that the app has to answer a question. Then the data is read without the app."""
_HELP = frozenset(("-h", "--help"))


def main() -> int:
    """Run the command line of this process and return its exit code.

    If the running app has answered, the process ends here.
    """
    gc.disable()  # to look for garbage among the imports takes 20 ms of the start
    from safepause.system.ipc.protocol import new_request_id

    argv, request_id = sys.argv[1:], new_request_id()
    answer, silent = _at_once(argv, request_id)
    if answer is not None:
        # Both texts are written. Python would clean up for a tenth of the command's time.
        os._exit(_say(*answer))
    answer = _as_app(argv)
    if answer is None:
        from safepause.client.remote_command import Client

        gc.enable()
        answer = Client(_run_app).run(argv, request_id, silent=silent)
    return _say(*answer)


def _at_once(argv: list[str], request_id: str) -> tuple[tuple[int, str, str] | None, bool]:
    """Return the running app's answer, and whether an app runs that does not answer a question.

    The answer is None if there is no app, or if the app can't answer this. An app that ended before
    its answer may have carried the request out. The request is sent again with the same id, to the
    next app.
    """
    if not argv or argv[0] not in INSTANT or not _HELP.isdisjoint(argv):
        return None, False
    # Not at the top: collection is disabled only now, and `socket` is many imports.
    from safepause.system.ipc import client, protocol

    try:
        if _is_question(argv):
            return client.ask(argv, QUESTION_TIMEOUT, request_id=request_id), False
        return client.ask(argv, request_id=request_id, waiting=_say_wait), False
    except protocol.ProtocolError:  # the client has the sentence for this error
        return None, False
    except client.NoAnswerError as error:
        if error.ended or _is_question(argv):
            return None, not error.ended
        return _no_answer(argv), False


def _is_question(argv: list[str]) -> bool:
    """Tell whether a command changes nothing. The data answers it if the app doesn't."""
    return argv[0] in QUESTIONS or (argv[0] == "settings" and "set" not in argv)


def _say_wait() -> None:
    from safepause.client.silent_app import say_wait

    say_wait()


def _as_app(argv: list[str]) -> tuple[int, str, str] | None:
    """Become the app if the arguments start it; None if they don't, or there is no display."""
    from safepause.client import launch

    if not launch.is_start(argv) or not launch.has_display():
        return None
    answer = launch.become_app(argv, _run_app, launch.Looks())
    return _no_answer(argv) if answer is None else answer


def _no_answer(argv: list[str]) -> tuple[int, str, str]:
    from safepause.client.silent_app import unreachable

    return unreachable(argv)


def _run_app(*, hidden: bool, demo: bool) -> int:
    from safepause.app.import_hook import import_qt

    import_qt()
    from safepause.app.main import main as run

    return run(hidden=hidden, demo=demo)


def _say(code: int, out: str, err: str) -> int:
    """Write both texts. A character that the terminal can't show is written as its code."""
    for stream, text in ((sys.stdout, out), (sys.stderr, err)):
        # A windowed program on Windows has no standard streams.
        if text and stream is not None:
            try:
                stream.write(
                    text.encode(stream.encoding, "backslashreplace").decode(stream.encoding)
                )
                stream.flush()
            except OSError:  # the reader has left, or the disk is full; the command is carried out
                _give_up(stream)
    return code


def _give_up(stream: TextIO) -> None:
    """Send a stream to the null device. Python would report its unwritten text at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
