"""What the command line says and does while an app runs and doesn't answer.

The app may be stopped, busy or hung. A question is answered from what it saved last. The data is
only read, as it is the app's.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import commands
from safepause.client.launch import holder, is_start, tell
from safepause.client.offline import OfflineHost, autostart_record, log_nowhere, with_notice
from safepause.commands import Exit, Reply
from safepause.core.clock import SystemClock
from safepause.core.service import PauseService
from safepause.i18n.language import _
from safepause.store import Opened, read_store
from safepause.store.files import NAME
from safepause.store.null_store import UnopenedStore
from safepause.system import paths
from safepause.system.atomic_file import write_through_link

if TYPE_CHECKING:
    from safepause.core.clock import Clock


AT_ONCE = 0.05
"""Seconds to wait for a file that the app holds."""


class SilentHost(OfflineHost):
    """Reads the files of an app that runs and doesn't answer."""

    running = True

    def _unknown(self) -> str:
        return _("SafePause runs, but it doesn't answer.")


def say_wait() -> None:
    """Tell the person that the app takes its time."""
    tell(sys.stderr, _("SafePause doesn't answer yet. Please wait.") + "\n")


def answer_for_it(argv: list[str], clock: Clock | None = None) -> Reply:
    """Answer a question from what the app saved last."""
    log_nowhere()
    clock = clock or SystemClock()
    folder = Path(paths.home_of_app())
    has_data = (folder / NAME).exists()
    nothing = Opened(UnopenedStore("no file"))
    opened = read_store(folder, clock, AT_ONCE) if has_data else nothing
    if opened is None:
        return unreachable(argv)
    with closing(opened.store) as store:
        service = PauseService(clock, store, autostart=autostart_record)
        reply = commands.run(argv, service, SilentHost(opened.notice, service), write_through_link)
    reply = with_notice(reply, opened.notice)
    sentence = _("SafePause runs, but it doesn't answer. This is what it saved last.")
    return reply._replace(err=f"{reply.err}{sentence}\n")


def unreachable(argv: list[str]) -> Reply:
    """Return the answer if an app runs, or was started, and doesn't answer."""
    sentence = _sentence(argv)
    as_document = commands.wants_json(argv)
    return commands.problem(Exit.UNREACHABLE, "unreachable", sentence, as_document=as_document)


def interrupted(argv: list[str], *, may_be_done: bool) -> Reply:
    """Return the answer after Ctrl+C: nothing is said unless the command may be carried out."""
    if not may_be_done:
        return Reply(Exit.INTERRUPTED, "", "")
    sentence = _("SafePause may have done that already. To see: safepause status")
    as_document = commands.wants_json(argv)
    return commands.problem(Exit.INTERRUPTED, "interrupted", sentence, as_document=as_document)


def unwritten(argv: list[str], error: OSError) -> Reply:
    """Return the answer if the output of a command that only reads can't be written."""
    sentence = _("The answer can't be written. ({detail})").format(detail=error.strerror)
    as_document = commands.wants_json(argv)
    return commands.problem(Exit.REFUSED, "not_written", sentence, as_document=as_document)


def _sentence(argv: list[str]) -> str:
    process, state = holder()
    if state == paths.STOPPED:
        sentence = _("SafePause is stopped. To let it go on: kill -CONT {process}")
    elif state == paths.WAITS_FOR_DISK:
        sentence = _("SafePause waits for a disk. It goes on once the disk answers.")
    elif state:
        sentence = _("SafePause runs, but it doesn't answer. To end it: kill {process}")
    elif is_start(argv):
        sentence = _("SafePause doesn't answer. Its log may say why: {file}")
    else:
        sentence = _("SafePause doesn't answer. To see why, start it here: safepause")
    return sentence.format(process=process, file=paths.log_path())
