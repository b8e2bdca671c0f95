"""What the `safepause` command does where no running app has answered it.

It rejects wrong arguments, asks what has to be asked, starts the app, or carries the command out on
the data itself. Two never do so at once: whoever holds the instance lock may. Without a command it
becomes the app: see `becoming`.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from safepause import commands
from safepause.client import launch
from safepause.client.launch import InstanceLock, Looks
from safepause.client.offline import autostart_record, stand_in
from safepause.commands import Exit, Name, Reply, Request
from safepause.core.clock import SystemClock
from safepause.core.service import PauseService
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.store import open_store
from safepause.system import paths
from safepause.system.ipc import client
from safepause.system.ipc.protocol import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.client.launch import Ask, RunApp
    from safepause.core.clock import Clock

_NEEDS_APP = (Name.PAUSE, Name.EXTEND, Name.BREATHE, Name.SHOW)


class Started(Protocol):
    """An app that was started."""

    def poll(self) -> int | None:
        """Return its exit code, or None while it runs."""
        ...


def start_detached() -> Started:
    """Start the app as a process of its own, which outlives this one and its terminal."""
    import subprocess  # what most commands never need, none waits for

    # -P: a folder that happens to be named like a module of ours must not run in its place.
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
    """Does the rest of a command line. What reaches out of the process is handed to it."""

    def __init__(
        self,
        run_app: RunApp,
        *,
        clock: Clock | None = None,
        ask: Ask = client.ask,
        start: Callable[[], Started] = start_detached,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Know how to become the app, to ask one, to start one, and to wait some seconds."""
        self._run_app = run_app
        self._clock = clock or SystemClock()
        self._ask = ask
        self._start = start
        self._looks = Looks(self._clock, ask, wait)

    def run(self, argv: list[str]) -> Reply:
        """Carry the command line out and return the whole answer."""
        if launch.is_start(argv):
            if not launch.has_display():
                return _no_display(argv)
            answer = launch.become_app(argv, self._run_app, self._looks)
            return Reply(*answer) if answer else unreachable(argv)
        request = commands.parse(argv)
        if isinstance(request, Reply):
            return request
        done = _without_anyone(request, argv)
        if done is not None:
            return done
        try:
            return self._carry_out(request, _as_sent(request, argv))
        except ProtocolError:
            sentence = _("That is too long for a command.")
            return _problem(Exit.WRONG_ARGUMENTS, "wrong_arguments", sentence, argv)

    def _carry_out(self, request: Request, argv: list[str]) -> Reply:
        """Ask the app, which may just be coming up; without one, start it, or do without."""
        lock = InstanceLock()
        app: Started | None = None
        for _look in self._looks:
            if self._looks.found(launch.PING):
                answer = self._ask(argv)
                return Reply(*answer) if answer else unreachable(argv)
            if app is not None and app.poll():
                return unreachable(argv)
            if app is None and lock.acquire():
                with closing(lock):
                    if request.command not in _NEEDS_APP:
                        return self._alone(argv)
                if lock.detail:
                    return _unusable_folder(lock.detail, argv)
                if not launch.has_display():
                    return _no_display(argv)
                app = self._start()
        return unreachable(argv)

    def _alone(self, argv: list[str]) -> Reply:
        """Carry a command out on the data itself; the lock keeps others away from it."""
        opened = open_store(Path(paths.home()), self._clock)
        with closing(opened.store):
            service = PauseService(self._clock, opened.store, autostart=autostart_record)
            reply = commands.run(argv, service, stand_in(opened.notice, service))
        if opened.notice is None:
            return reply
        return reply._replace(err=f"{reply.err}{words.store_notice(opened.notice)}\n")


def _without_anyone(request: Request, argv: list[str]) -> Reply | None:
    """Return the answer that takes neither the app nor the data; None for all else."""
    if request.command is Name.INSTALL_DESKTOP:
        from safepause.client import install_desktop  # hardly ever needed

        return install_desktop.run(request)
    if request.command is Name.FORGET and not request.confirmed and not _confirmed():
        sentence = _("Nothing was deleted. To delete without a question, add --yes.")
        return _problem(Exit.REFUSED, "not_confirmed", sentence, argv)
    return None


def _as_sent(request: Request, argv: list[str]) -> list[str]:
    """Return the arguments for a process in another folder, which can't ask the person."""
    as_json = ["--json"] if request.json else []
    if request.command is Name.FORGET:
        return [Name.FORGET.value, "--all", "--yes", *as_json]
    if request.command is not Name.EXPORT or request.file == commands.STANDARD_OUTPUT:
        return argv
    force = ["--force"] if request.force else []
    return [Name.EXPORT.value, *as_json, *force, "--", str(Path(request.file).absolute())]


def _confirmed() -> bool:
    """Ask whether everything is to be deleted; without a person to ask, the answer is no."""
    if not _is_terminal(sys.stdin):
        return False
    yes = _("yes")
    question = _("Delete everything that SafePause keeps? Type '{yes}': ").format(yes=yes)
    launch.tell(sys.stderr, question)
    try:
        return sys.stdin.readline().strip().casefold() == yes.casefold()
    except KeyboardInterrupt:
        return False


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _no_display(argv: list[str]) -> Reply:
    sentence = _("SafePause needs a desktop to appear on. There is none here.")
    return _problem(Exit.UNREACHABLE, "no_display", sentence, argv)


def unreachable(argv: list[str]) -> Reply:
    """Return the answer where there is an app that doesn't answer."""
    sentence = _("SafePause doesn't answer. To see why, start it here: safepause")
    return _problem(Exit.UNREACHABLE, "unreachable", sentence, argv)


def _unusable_folder(detail: str, argv: list[str]) -> Reply:
    sentence = _("SafePause can't use its folder: {folder}. ({detail}) Start it here: safepause")
    told = sentence.format(folder=paths.home(), detail=detail)
    return _problem(Exit.UNREACHABLE, "folder", told, argv)


def _problem(code: Exit, reason: str, sentence: str, argv: list[str]) -> Reply:
    return commands.problem(code, reason, sentence, as_document=commands.wants_json(argv))
