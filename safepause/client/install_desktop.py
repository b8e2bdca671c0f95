"""`safepause install-desktop`: the command line carries it out, whether or not the app runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.assets import resource
from safepause.commands import Exit, Reply, done, problem, spec
from safepause.i18n.language import _, ngettext
from safepause.system import cannot_start
from safepause.system.desktop import install, launch_command

if TYPE_CHECKING:
    from safepause.commands import Request


def run(request: Request) -> Reply:
    """Install or remove the files for the desktop, and return the answer."""
    if sys.platform == "linux":
        reply = _change(request)
    else:
        reply = _problem(request, "other_system", _("This is for Linux desktops only."))
    return reply


def _change(request: Request) -> Reply:
    folder = install.data_folder()
    try:
        if request.has(spec.REMOVE):
            changed = install.remove(folder)
        else:
            changed = install.install(folder, launch_command.command())
    except OSError as error:
        if Path(error.filename or "").is_relative_to(resource()):
            return _problem(request, "missing", cannot_start.why_not_imported(""))
        sentence = _("'{file}' can't be written. ({detail})")
        told = sentence.format(file=error.filename or folder, detail=error.strerror or error)
        return _problem(request, "not_written", told)
    document = {
        "folder": str(folder),
        "put": [path.as_posix() for path in changed.put],
        "removed": [path.as_posix() for path in changed.gone],
        "kept": [path.as_posix() for path in changed.kept],
    }
    return done(_sentences(request, changed), document, as_document=request.json)


def _sentences(request: Request, changed: install.Changed) -> str:
    folder = install.data_folder()
    if not request.has(spec.REMOVE):
        lines = [_("SafePause is in your menu now. Its files are in {folder}.")]
    elif changed.gone:
        count = len(changed.gone)
        lines = [ngettext("{count} file removed.", "{count} files removed.", count)]
    else:
        lines = [_("There was nothing to remove.")]
    lines[0] = lines[0].format(folder=folder, count=len(changed.gone))
    stays = _("Changed since, so it stays: {file}")
    return "\n".join([*lines, *(stays.format(file=folder / path) for path in changed.kept)])


def _problem(request: Request, reason: str, sentence: str) -> Reply:
    return problem(Exit.REFUSED, reason, sentence, as_document=request.json)
