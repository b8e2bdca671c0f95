"""Carries out a command on the saved data itself. A command that changes it needs the lock."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import commands
from safepause.client.offline import OfflineHost, autostart_record, with_notice
from safepause.commands import Process, Reply, Request
from safepause.commands.request_memory import RequestMemory
from safepause.core.service import PauseService
from safepause.i18n import data_words
from safepause.store import BUSY_SECONDS, open_store, read_store
from safepause.system import paths
from safepause.system.atomic_file import write_through_link

if TYPE_CHECKING:
    from safepause.core.clock import Clock

READER_PATIENCE = 0.1
"""Seconds to wait for a program that holds the file, for a command that only reads it."""


def read(argv: list[str], clock: Clock) -> Reply | None:
    """Carry out a command that only reads the data. Return None if its file can't be read."""
    opened = read_store(Path(paths.home_of_app()), clock, READER_PATIENCE)
    if opened is None:
        return None
    with closing(opened.store) as store:
        service = PauseService(clock, store, autostart=autostart_record)
        reply = commands.run(argv, service, OfflineHost(opened.notice, service), write_through_link)
    return with_notice(reply, opened.notice)


def carry_out(request: Request, argv: list[str], clock: Clock, request_id: str) -> Reply:
    """Carry out a command while this process holds the instance lock."""
    reads = request.command.process is Process.READER or commands.is_question(request)
    opened = open_store(Path(paths.home()), clock, READER_PATIENCE if reads else BUSY_SECONDS)
    with closing(opened.store):
        service = PauseService(clock, opened.store, autostart=autostart_record)
        host = OfflineHost(opened.notice, service)
        if opened.notice and opened.hides:
            host.hidden_data = data_words.hidden_data(opened.notice)
        reply = commands.run(argv, service, host, write_through_link, request_id)
    said = reply.err == f"{host.hidden_data}\n"
    return reply if said else with_notice(reply, opened.notice)


def kept_answer(request: Request, clock: Clock, request_id: str) -> Reply | None:
    """Return the answer that an app kept before it ended; None if it kept none."""
    with closing(open_store(Path(paths.home()), clock).store) as store:
        return RequestMemory(PauseService(clock, store), request_id, request).answer()
