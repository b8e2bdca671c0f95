"""The `safepause` command: it asks the running app at once, and does more only if no app answers.

A key binding of the desktop must feel instant. So until the app has answered, this process imports
only the code that asks the app: no Qt, no parser, no `typing`. Package `client` starts the app, and
works without the app.
"""

from __future__ import annotations

import gc
import os
import sys

from safepause.client.instant import INSTANT, LOOKS, QUESTIONS

TYPE_CHECKING = False  # the module typing takes too long to import
if TYPE_CHECKING:
    from typing import TextIO

    from safepause.system.ipc.handover import FirstRequest

SOON = 2.0
"""Seconds after which a person is told that the app takes its time."""
QUESTION_SOON = 0.06
"""Seconds after which the command line gets ready to answer a question without the app."""
QUESTION_TIMEOUT = 0.03
"""Seconds that the app has to answer after that. Then the data is read without the app."""
INTERRUPTED = 130
"""The exit code after Ctrl+C. Its declaration would be an import."""
_READERS = frozenset(("export", "history"))
"""Commands that do nothing but write: without their whole output, they have not worked."""
_UNREACHABLE = 3
"""The exit code if no app can be reached or started."""
_BROKEN = "A part of SafePause is missing or broken. Please install SafePause again."
"""What is said if even the words for it are missing."""
_HELP = frozenset(("-h", "--help"))
_TYPED, _BY_TYPED = "-", "--by=-"
"""Arguments that may ask for a name in the standard input."""


def main() -> int:
    """Run the command line of this process and return its exit code.

    If the running app has answered, the process ends here.
    """
    gc.disable()  # to look for garbage among the imports takes 20 ms of the start
    argv = sys.argv[1:]
    try:
        return _run(argv)
    except KeyboardInterrupt as interrupt:
        return _interrupted(argv, interrupt)
    except (ImportError, SyntaxError) as error:  # a library or a file is missing, or cut short
        return _incomplete(str(error))


def _run(argv: list[str]) -> int:
    from safepause.system.ipc.protocol import new_request_id

    request_id = new_request_id()
    if _TYPED in argv or _BY_TYPED in argv:
        from safepause.client.typed_name import with_typed_name

        argv = with_typed_name(argv)
    answer = _at_once(argv, request_id)
    if answer is not None:
        # Both texts are written. Python would clean up for a tenth of the command's time.
        os._exit(_say(*answer))
    answer = _as_app(argv, request_id)
    if answer is None:
        from safepause.client.remote_command import Client

        gc.enable()
        answer = Client(_run_app).run(argv, request_id)
    code, out, err = answer
    lost = _write(sys.stdout, out)
    if lost is not None and not _READERS.isdisjoint(argv):
        from safepause.client.silent_app import unwritten

        code, _out, err = unwritten(argv, lost)
    _write(sys.stderr, err)
    return code


def _at_once(argv: list[str], request_id: str) -> tuple[int, str, str] | None:
    """Return the running app's answer; None if there is no app, or the app can't answer this.

    An app that ended before its answer may have carried the request out. The request is sent again
    with the same id, to the next app.
    """
    if not argv or argv[0] not in INSTANT or not _HELP.isdisjoint(argv):
        return None
    # Not at the top: collection is disabled only now, and `socket` is many imports.
    from safepause.client.caller_display import with_display
    from safepause.system.ipc import client, protocol

    asked = with_display(argv)
    try:
        if _is_question(argv):
            seconds = LOOKS.get(argv[0], QUESTION_TIMEOUT)
            return client.ask(argv, seconds, waiting=(QUESTION_SOON, _get_ready))
        answer = client.ask(asked, request_id=request_id, waiting=(SOON, _say_wait))
        if asked is argv or answer is None or answer[0] != client.WRONG_ARGUMENTS:
            return answer
        # An app of an older version knows no display, and has executed nothing.
        return client.ask(argv, request_id=request_id)
    except protocol.ProtocolError:  # the client has the sentence for this error
        return None
    except client.NoAnswerError as error:
        return None if error.ended else _silent(argv)


def _is_question(argv: list[str]) -> bool:
    """Tell whether a command changes nothing. The data answers it if the app doesn't."""
    return argv[0] in QUESTIONS or (argv[0] == "settings" and "set" not in argv)


def _say_wait() -> None:
    from safepause.client.silent_app import say_wait
    from safepause.client.typed_name import hide_name

    hide_name()
    say_wait()


def _get_ready() -> None:
    """Import what answers a question without the app, while the app may still answer."""
    import safepause.client.silent_app  # noqa: F401  -- the import is the point


def _silent(argv: list[str]) -> tuple[int, str, str]:
    """Return the answer while an app runs and doesn't answer."""
    from safepause.client import silent_app

    return silent_app.answer_for_it(argv) if _is_question(argv) else silent_app.unreachable(argv)


def _interrupted(argv: list[str], interrupt: KeyboardInterrupt) -> int:
    """End quietly after Ctrl+C. Say so if the app may have carried the command out."""
    import signal

    from safepause.system.ipc.client import InterruptedRequestError

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends already
    command = bool(argv) and argv[0] in INSTANT and not _is_question(argv)
    if not command or not isinstance(interrupt, InterruptedRequestError):
        return INTERRUPTED
    from safepause.client import silent_app

    return _say(*silent_app.interrupted(argv, may_be_done=True))


def _as_app(argv: list[str], request_id: str) -> tuple[int, str, str] | None:
    """Become the app if the arguments start it; None if they don't, or there is no display."""
    from safepause.client import launch

    if not launch.is_start(argv) or not launch.has_display():
        return None
    answer = launch.become_app(argv, _run_app, launch.Looks(), request_id)
    if answer is None:
        from safepause.client.silent_app import unreachable

        answer = unreachable(argv)
    return answer


def _run_app(*, hidden: bool, demo: bool, first: FirstRequest | None) -> int:
    from safepause.app.import_hook import import_qt

    import_qt()
    from safepause.app.main import main as run

    return run(hidden=hidden, demo=demo, first=first)


def _incomplete(detail: str) -> int:
    """Say that the program can't be imported. The code that has the words may be missing, too."""
    try:
        from safepause.system import cannot_start
    except (ImportError, SyntaxError):
        return _say(_UNREACHABLE, "", f"{detail}\n{_BROKEN}\n")
    cannot_start.say(detail, cannot_start.why_not_imported(detail))
    return cannot_start.EXIT_CODE


def _say(code: int, out: str, err: str) -> int:
    """Write both texts. If one can't be written, the command is carried out all the same."""
    _write(sys.stdout, out)
    _write(sys.stderr, err)
    return code


def _write(stream: TextIO | None, text: str) -> OSError | None:
    """Write a text. Return why it is not written, if nobody has chosen that.

    A character that the terminal can't show is written as its code.
    """
    if not text or stream is None:  # a windowed program on Windows has no standard streams
        return None
    try:
        stream.write(text.encode(stream.encoding, "backslashreplace").decode(stream.encoding))
        stream.flush()
    except OSError as error:
        _give_up(stream)
        return None if isinstance(error, BrokenPipeError) else error  # the reader has left
    return None


def _give_up(stream: TextIO) -> None:
    """Send a stream to the null device. Python would report its unwritten text at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
