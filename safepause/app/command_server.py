"""The command server answers the commands that other processes of the same person send."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from safepause import commands
from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system import paths
from safepause.system.atomic_file import write_through_link
from safepause.system.ipc.server import make_server

if TYPE_CHECKING:
    from safepause.app.update_notice import UpdateNotice
    from safepause.commands import Host
    from safepause.core.faults import Faults
    from safepause.core.service import PauseService

_QUIT = "quit"
"""The command after which nothing is new to the person."""

log = logging.getLogger(__name__)


class CommandServer:
    """Listens on the socket for the command line."""

    def __init__(
        self, service: PauseService, host: Host, faults: Faults, notice: UpdateNotice | None
    ) -> None:
        """Make the server. `host` is the running program, for commands beyond the service.

        `notice` has what a person should read after an answer.
        """
        self._notice = notice
        self._service = service
        self._host = host
        self._faults = faults
        self._server = make_server(
            paths.socket_path(),
            self.answer,
            name=paths.abstract_name("socket"),
            locks=paths.lock_paths(),
        )
        self._trouble = ""

    def start(self) -> None:
        """Take commands. If the socket can't be made, log that; the windows still work."""
        try:
            self._server.listen()
        except OSError as error:
            self._trouble = error.strerror or str(error)
            log.warning("commands can't reach this app: %s", self._trouble)

    def stop(self) -> None:
        """Take no more commands."""
        self._server.close()

    def capabilities(self) -> list[Capability]:
        """Say whether commands reach the program."""
        key = CapabilityKey.COMMANDS
        if not self._trouble:
            return [Capability(key, available=True, why=self._where())]
        why = _("Commands can't reach SafePause. ({detail})").format(detail=self._trouble)
        return [Capability(key, available=False, why=why, advice=_("The windows do the same."))]

    def _where(self) -> str:
        """Say where commands meet the program."""
        folder, detail = paths.meeting_place(), self._server.trouble
        if not detail:
            return _("Commands reach SafePause in {folder}.").format(folder=folder)
        sentence = _("Commands reach SafePause, but {folder} can't hold its socket. ({detail})")
        return sentence.format(folder=folder, detail=detail)

    def answer(self, argv: list[str], request_id: str = "") -> tuple[int, str, str]:
        """Carry out a command line, and return exit code, output and error output.

        A request whose id is known gets its first answer, and is not carried out again.
        A fault of a command is logged, and the client is told that something went wrong.
        A person, unlike a script, also reads what is new.
        """
        if self._notice is not None:
            self._notice.await_command()
        sorry = _("Something went wrong inside SafePause.") + "\n"
        code, out, err = self._faults.attempt(
            CapabilityKey.COMMANDS,
            lambda: commands.run(argv, self._service, self._host, write_through_link, request_id),
            commands.Reply(commands.Exit.UNREACHABLE, "", sorry),
        )
        silent = commands.wants_json(argv) or argv[:1] == [_QUIT]
        news = "" if silent or self._notice is None else self._notice.line()
        return code, out, f"{err}{news}"
