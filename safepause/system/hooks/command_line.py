"""The command line of a hook: its program and arguments, and whether the program exists.

It is split as a shell splits it, but no shell runs it.
"""

from __future__ import annotations

import os
import shlex
import shutil
from typing import TYPE_CHECKING

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def words_of(command: str) -> list[str]:
    """Return the program and its arguments. A "~" at the start of a word is the home folder.

    Raises:
        ValueError: a quotation mark is not closed, or there is no program.

    """
    words = [os.path.expanduser(word) for word in shlex.split(command)]  # noqa: PTH111
    if not words:
        raise ValueError("no program")
    return words


def capability(commands: Iterable[str]) -> Capability:
    """Return whether the program of each command exists. An empty command counts as none."""
    given = [command for command in commands if command]
    if not given:
        return Capability(CapabilityKey.HOOKS, available=True, why=_("You have set none."))
    for command in given:
        program = _program(command)
        if shutil.which(program, path=os.environ.get("PATH"), mode=os.X_OK) is None:
            why = _("This program isn't found: {program}").format(program=program)
            advice = _("Please look at the command in the settings.")
            return Capability(CapabilityKey.HOOKS, available=False, why=why, advice=advice)
    return Capability(CapabilityKey.HOOKS, available=True, why=_("Their programs are found."))


def _program(command: str) -> str:
    """Return the program of a command, or the whole command if it can't be split."""
    try:
        return words_of(command)[0]
    except ValueError:
        return command
