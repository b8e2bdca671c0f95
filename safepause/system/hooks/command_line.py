"""A person's own command, as words: what is run, and whether it can be found here.

No shell ever reads it: the words are split as a shell would, and handed to the program as they are.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def words_of(command: str) -> list[str]:
    """Return the program and its arguments; "~" at a word's start is the person's home.

    Raises:
        ValueError: a quotation mark is not closed.

    """
    import shlex  # needed only by who has such a command

    return [os.path.expanduser(word) for word in shlex.split(command)]  # noqa: PTH111


def capability(commands: Iterable[str]) -> Capability:
    """Say whether the programs of all commands that are set can be found."""
    given = [command for command in commands if command]
    if not given:
        return Capability(CapabilityKey.HOOKS, available=True, why=_("You have set none."))
    from shutil import which

    for command in given:
        program = words_of(command)[0]
        if which(program, path=os.environ.get("PATH"), mode=os.X_OK) is None:
            why = _("This program isn't found: {program}").format(program=program)
            advice = _("Please look at the command in the settings.")
            return Capability(CapabilityKey.HOOKS, available=False, why=why, advice=advice)
    return Capability(CapabilityKey.HOOKS, available=True, why=_("Their programs are found."))
