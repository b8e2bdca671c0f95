"""Carries out a command line that no running app has answered.

Arguments are checked and questions asked first. Then this process starts the app, or carries the
command out on the data itself. Only a process that holds the instance lock may do either. Without a
command, this process becomes the app: see `launch`.
"""

from __future__ import annotations

import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from safepause import commands, own_files
from safepause.client import alone, install_desktop, launch
from safepause.client.caller_display import with_display
from safepause.client.launch import InstanceLock, Looks
from safepause.client.offline import log_nowhere
from safepause.client.silent_app import answer_for_it, interrupted, unreachable
from safepause.client.started_app import start_detached
from safepause.client.typed_name import hide_name
from safepause.commands import STANDARD_STREAM, Exit, Process, Reply, Request
from safepause.core.clock import SystemClock, since_boot
from safepause.i18n import data_words
from safepause.i18n.language import N_, _
from safepause.system import cannot_start, paths
from safepause.system.ipc import client
from safepause.system.ipc.client import NoAnswerError
from safepause.system.ipc.protocol import ProtocolError, new_request_id, pack_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.client.launch import Ask, RawReply, RunApp
    from safepause.commands import Confirmation
    from safepause.core.clock import Clock

QUESTION_TIMEOUT = 0.05
"""Seconds that an app which may be starting has to answer a question."""
MOST_STARTS = 2
"""How often an app is started with a command, if it ends before its answer."""
QUESTION_LOOKS = 2
"""How often such an app is asked."""
OWN = {"install-desktop": install_desktop.run}
"""The function for each command that is declared for the process of the command line."""


class Started(Protocol):
    """An app that was started with a request, as `StartedApp` is."""

    def answer(self, waiting: Callable[[], object]) -> RawReply | None:
        """Wait for the answer as long as the app lives, and call `waiting` all the time.

        Return None if there is no answer.
        """
        ...

    def last_words(self) -> str:
        """Return why the app ended without an answer."""
        ...


class Client:
    """Carries out a command line. The constructor gets everything that tests replace."""

    def __init__(
        self,
        run_app: RunApp,
        *,
        clock: Clock | None = None,
        ask: Ask = client.ask,
        start: Callable[[bytes], Started] = start_detached,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._run_app = run_app
        self._clock = clock or SystemClock()
        self._ask = ask
        self._start = start
        self._wait = wait
        self._looks = Looks(self._clock, ask, wait)
        self._asked_at = since_boot(self._clock)
        self._request_id = new_request_id()
        self._starts = 0
        """How often an app was started with the command."""

    def run(self, argv: list[str], request_id: str = "") -> Reply:
        """Carry out the command line and return the whole answer.

        `request_id` is the id with which an app may have the command already.
        """
        log_nowhere()
        self._request_id = request_id or self._request_id
        if launch.is_start(argv):
            return self._become_app(argv)
        request = commands.parse(argv)
        return request if isinstance(request, Reply) else self._prepare(request, argv)

    def _become_app(self, argv: list[str]) -> Reply:
        if not launch.has_display():
            return _no_display(argv)
        answer = launch.become_app(argv, self._run_app, self._looks, self._request_id)
        return Reply(*answer) if answer else unreachable(argv)

    def _prepare(self, request: Request, argv: list[str]) -> Reply:
        """Do what only this process can do: its own commands, questions, relative paths."""
        command = request.command
        if command.process is Process.COMMAND_LINE:
            return OWN[command.name](request)
        if command.confirmation and not request.confirmed:
            if not _confirms(command.confirmation):
                sentence = _(command.confirmation.refusal)
                return _problem(Exit.REFUSED, "not_confirmed", sentence, argv)
            request = request.confirm()
        reply = self._read(request, argv)
        if reply is not None:
            return reply
        if request.has(commands.BY) or command.name == "settings":
            hide_name()
        self._looks.waiting = _waiting(command.name)
        sent = argv if command.instant else _as_sent(request)
        try:
            return self._carry_out(request, self._dated(request, with_display(sent)))
        except ProtocolError:
            sentence = _("That is too long for a command.")
            return _problem(Exit.WRONG_ARGUMENTS, "wrong_arguments", sentence, argv)
        except KeyboardInterrupt:
            return interrupted(argv, may_be_done=self._looks.may_be_done)

    def _read(self, request: Request, argv: list[str]) -> Reply | None:
        """Answer what only reads the data. Return None for other commands, or if that fails."""
        if request.command.process is Process.READER:
            return alone.read(argv, self._clock)
        return self._answer(request, argv) if commands.is_question(request) else None

    def _answer(self, request: Request, argv: list[str]) -> Reply:
        """Answer a question soon: from the app, or from the data."""
        lock = InstanceLock()
        if lock.acquire():
            with closing(lock):
                return alone.carry_out(request, argv, self._clock, self._request_id)
        for _look in range(QUESTION_LOOKS):
            with suppress(NoAnswerError):
                answer = self._ask(argv, request.command.look or QUESTION_TIMEOUT)
                if answer is not None:
                    return Reply(*answer)
            self._wait(launch.STEP)
        return answer_for_it(argv, self._clock)

    def _carry_out(self, request: Request, argv: list[str]) -> Reply:
        """Ask an app that may be starting. Without an app, start one, or do the command here."""
        lock = InstanceLock()
        for _look in self._looks:
            answer = self._looks.ask(argv, self._request_id)
            if answer is not None:
                return Reply(*answer)
            reply = self._without_app(request, argv, lock)
            if reply is not None:
                return reply
            if launch.app_is_stopped():
                break
            needs_app = request.command.process is Process.APP and launch.has_display()
            if needs_app and not self._looks.silent:
                reply = self._hand_over(request, argv, lock)
                if reply is not None:
                    return reply
        return unreachable(argv)

    def _without_app(self, request: Request, argv: list[str], lock: InstanceLock) -> Reply | None:
        """Do the command here, or say why no app can do it. Return None if an app may do it.

        Without a usable folder the app keeps a pause in memory. It is never given a shared folder.
        """
        if lock.acquire():
            with closing(lock):
                if request.command.process is not Process.APP:
                    self._looks.may_be_done = True  # if Ctrl+C is pressed now
                    return alone.carry_out(request, argv, self._clock, self._request_id)
            if not launch.has_display():
                return _no_display(argv)
            if lock.detail and _is_shared(paths.home()):
                return _shared_folder(argv)
        return None

    def _hand_over(self, request: Request, argv: list[str], lock: InstanceLock) -> Reply | None:
        """Start an app with the command, which it carries out even if this process ends.

        If another app is starting, the new one passes the command on to it. Return None if the app
        ended before its answer, and the command has to be sent again.
        """
        try:
            return self._ask_started(request, argv, lock)
        except OSError as error:  # no process can be made
            said = f"{cannot_start.why('')}\n  {error}"
            return _problem(Exit.UNREACHABLE, "not_started", said, argv)
        except KeyboardInterrupt:
            if not self._starts:
                return interrupted(argv, may_be_done=True)
            return _problem(Exit.INTERRUPTED, "still_starting", _(_waiting(argv[0])), argv)

    def _ask_started(self, request: Request, argv: list[str], lock: InstanceLock) -> Reply | None:
        app = self._start(pack_request(argv, self._request_id))
        self._starts += 1
        answer = app.answer(self._looks.tell_waiting)
        if answer is not None:
            return Reply(*answer)
        said, free = app.last_words(), lock.acquire()
        with closing(lock):
            kept = alone.kept_answer(request, self._clock, self._request_id) if free else None
        if self._starts < MOST_STARTS and (kept is not None or not free):
            return None
        if kept is not None:  # the command is carried out, though no app stays
            return kept._replace(err=f"{kept.err}{said}\n")
        return _problem(Exit.UNREACHABLE, "not_started", said, argv)

    def _dated(self, request: Request, argv: list[str]) -> list[str]:
        """Return the command line, with the instant at which it was given if that counts."""
        if commands.ASKED_AT not in request.command.hidden:
            return argv
        return [argv[0], f"{commands.ASKED_AT.flag}={self._asked_at:.3f}", *argv[1:]]


def _as_sent(request: Request) -> list[str]:
    """Return the command line for the app, which has another working folder and no terminal."""
    if request.command.operands.paths:
        request = replace(request, words=tuple(map(_absolute, request.words)))
    return request.argv()


def _absolute(path: str) -> str:
    return path if path == STANDARD_STREAM else str(Path(path).absolute())


def _confirms(confirmation: Confirmation) -> bool:
    """Ask the person on the terminal. Without a terminal, the answer is no."""
    if not _is_terminal(sys.stdin):
        return False
    yes = _("yes")
    launch.tell(sys.stderr, _(confirmation.question).format(yes=yes))
    try:
        return sys.stdin.readline().strip().casefold() == yes.casefold()
    except KeyboardInterrupt:
        return False


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _no_display(argv: list[str]) -> Reply:
    sentence = _("SafePause needs a desktop to appear on. There is none here.")
    return _problem(Exit.UNREACHABLE, "no_display", sentence, argv)


def _waiting(name: str) -> str:
    """Return the message for a person who waits for an app that is starting."""
    if name == "pause":
        return N_("SafePause is still starting. The pause will be called.")
    return N_("SafePause is still starting.")


def _shared_folder(argv: list[str]) -> Reply:
    return _problem(Exit.UNREACHABLE, "folder", data_words.shared_folder(paths.home()), argv)


def _is_shared(folder: str) -> bool:
    try:
        return own_files.is_shared(folder)
    except OSError:  # nobody can make a file there
        return False


def _problem(code: Exit, reason: str, sentence: str, argv: list[str]) -> Reply:
    return commands.problem(code, reason, sentence, as_document=commands.wants_json(argv))
