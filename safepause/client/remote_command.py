"""Carries out a command line that no running app has answered.

Arguments are checked and questions asked first. Then this process starts the app, or carries the
command out on the data itself. Only a process that holds the instance lock may do either. Without a
command, this process becomes the app: see `launch`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from safepause import commands, own_files
from safepause.client import install_desktop, launch
from safepause.client.launch import InstanceLock, Looks
from safepause.client.offline import OfflineHost, autostart_record
from safepause.client.silent_app import answer_for_it, unreachable
from safepause.commands import STANDARD_STREAM, Exit, Process, Reply, Request
from safepause.core.clock import SystemClock
from safepause.core.pause import MOST_LATE
from safepause.core.service import PauseService
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.store import open_store, read_store
from safepause.system import paths
from safepause.system.atomic_file import write_whole
from safepause.system.ipc import client
from safepause.system.ipc.client import NoAnswerError
from safepause.system.ipc.protocol import ProtocolError, new_request_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.client.launch import Ask, RunApp
    from safepause.commands import Confirmation
    from safepause.core.clock import Clock

QUESTION_TIMEOUT = 0.05
"""Seconds that an app which may be starting has to answer a question."""
QUESTION_LOOKS = 2
"""How often such an app is asked."""
OWN = {"install-desktop": install_desktop.run}
"""The function for each command that is declared for the process of the command line."""


class Started(Protocol):
    """The process of an app that was started."""

    def poll(self) -> int | None:
        """Return the exit code; None while the app runs."""
        ...


def start_detached() -> Started:
    """Start the app in a new process, which continues after this process and its terminal."""
    # -P: Python imports no module from the working folder.
    command = [sys.executable, "-P", "-m", "safepause", launch.HIDDEN]
    environment = dict(os.environ)
    if paths.VARIABLE in environment:
        environment[paths.VARIABLE] = paths.home()  # the app has another working folder
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(  # noqa: S603  -- our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=os.sep,
        env=environment,
        creationflags=flags,
        start_new_session=True,
    )


class Client:
    """Carries out a command line. The constructor gets everything that tests replace."""

    def __init__(
        self,
        run_app: RunApp,
        *,
        clock: Clock | None = None,
        ask: Ask = client.ask,
        start: Callable[[], Started] = start_detached,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._run_app = run_app
        self._clock = clock or SystemClock()
        self._ask = ask
        self._start = start
        self._wait = wait
        self._looks = Looks(self._clock, ask, wait)
        self._began = self._clock.monotonic()
        self._request_id = new_request_id()
        self._app: Started | None = None

    def run(self, argv: list[str], request_id: str = "") -> Reply:
        """Carry out the command line and return the whole answer.

        `request_id` is the id with which an app may have the command already.
        """
        self._request_id = request_id or self._request_id
        if launch.is_start(argv):
            return self._become_app(argv)
        request = commands.parse(argv)
        return request if isinstance(request, Reply) else self._prepare(request, argv)

    def _become_app(self, argv: list[str]) -> Reply:
        if not launch.has_display():
            return _no_display(argv)
        answer = launch.become_app(argv, self._run_app, self._looks)
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
        if commands.is_question(request) and command.process is not Process.READER:
            return self._answer(argv)
        reads = command.process is Process.READER
        if reads and (reply := self._as_reader(argv)):
            return reply
        try:
            return self._carry_out(request, argv if command.instant else _as_sent(request))
        except ProtocolError:
            sentence = _("That is too long for a command.")
            return _problem(Exit.WRONG_ARGUMENTS, "wrong_arguments", sentence, argv)

    def _answer(self, argv: list[str]) -> Reply:
        """Answer a question soon: from the app, or from the data."""
        lock = InstanceLock()
        if lock.acquire():
            with closing(lock):
                return self._alone(argv)
        for _look in range(QUESTION_LOOKS):
            with suppress(NoAnswerError):
                answer = self._ask(argv, QUESTION_TIMEOUT)
                if answer is not None:
                    return Reply(*answer)
            self._wait(launch.STEP)
        return answer_for_it(argv, self._clock)

    def _carry_out(self, request: Request, argv: list[str]) -> Reply:
        """Ask an app that may be starting. Without an app, start one, or do the command here."""
        lock = InstanceLock()
        for look in self._looks:
            answer = self._sent(argv if look == 0 else self._late(request, argv))
            if answer is None and self._app is None and lock.acquire():
                answer = self._without_app(request, argv, lock)
            elif answer is None and (self._app_has_ended() or launch.app_is_stopped()):
                break
            if answer is not None:
                return answer
        return unreachable(argv)

    def _without_app(self, request: Request, argv: list[str], lock: InstanceLock) -> Reply | None:
        """Do the command here, or start the app and return None. This process has the lock."""
        with closing(lock):
            if request.command.process is not Process.APP:
                return self._alone(argv)
        if lock.detail:
            return _unusable_folder(lock.detail, argv)
        if not launch.has_display():
            return _no_display(argv)
        self._app = self._start()
        return None

    def _app_has_ended(self) -> bool:
        return self._app is not None and bool(self._app.poll())

    def _sent(self, argv: list[str]) -> Reply | None:
        """Send the command to an app that answers. Return None if none does, or if it has ended.

        A command that is sent again has the same id. So it is carried out once.
        """
        if not self._looks.found(launch.PING):
            return None
        try:
            answer = self._ask(argv, request_id=self._request_id)
        except NoAnswerError as error:
            return None if error.ended else unreachable(argv)
        return Reply(*answer) if answer else None

    def _late(self, request: Request, argv: list[str]) -> list[str]:
        """Return the command line for an app that was awaited: it says how long ago, if it may."""
        if commands.AGO not in request.command.hidden:
            return argv
        waited = timedelta(seconds=self._clock.monotonic() - self._began)
        ago = min(waited + (request.value(commands.AGO) or timedelta(0)), MOST_LATE)
        late = {commands.AGO.flag: f"{ago.total_seconds():.3f}"}
        return replace(request, values={**request.values, **late}).argv()

    def _as_reader(self, argv: list[str]) -> Reply | None:
        """Carry out a command that only reads the data. Return None if its file can't be read."""
        store = read_store(Path(paths.home_of_app()), self._clock)
        if store is None:
            return None
        with closing(store):
            service = PauseService(self._clock, store, autostart=autostart_record)
            return commands.run(argv, service, OfflineHost(None, service), write_whole)

    def _alone(self, argv: list[str]) -> Reply:
        """Carry out a command on the data itself, while this process holds the instance lock."""
        opened = open_store(Path(paths.home()), self._clock)
        with closing(opened.store):
            service = PauseService(self._clock, opened.store, autostart=autostart_record)
            host = OfflineHost(opened.notice, service)
            reply = commands.run(argv, service, host, write_whole, self._request_id)
        if opened.notice is None:
            return reply
        return reply._replace(err=f"{reply.err}{words.store_notice(opened.notice)}\n")


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


def _unusable_folder(detail: str, argv: list[str]) -> Reply:
    sentence = _("SafePause can't use its folder: {folder}. ({detail}) Start it here: safepause")
    told = sentence.format(folder=paths.home(), detail=detail)
    if own_files.is_shared(paths.home()):
        told = words.shared_folder(paths.home())
    return _problem(Exit.UNREACHABLE, "folder", told, argv)


def _problem(code: Exit, reason: str, sentence: str, argv: list[str]) -> Reply:
    return commands.problem(code, reason, sentence, as_document=commands.wants_json(argv))
