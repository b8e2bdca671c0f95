"""Orca, the screen reader of Linux desktops, without a loudspeaker: what it says is in a file.

Orca writes each sentence that it speaks into its debug file. It needs no speech synthesizer for
that.
"""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.end2end.language import shown
from tests.end2end.waiting import Process, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.desktop import Desktop

MISSING = "" if shutil.which("orca") else "Orca is not installed (Debian's package `orca`)"
"""Why Orca can't run here; empty if it can."""
_SAID = re.compile(r"SPEECH OUTPUT: '(.*?)'(?: ?\{|$)", re.MULTILINE | re.DOTALL)
_READY = "Starting registry"
_AT_ONCE = "import orca.debug\norca.debug.debugFile.reconfigure(line_buffering=True)\n"
"""Orca runs this at its start. Otherwise it keeps the last sentences for itself."""


class Orca:
    """A running screen reader."""

    def __init__(self, desktop: Desktop, process: Process) -> None:
        self._file = desktop.folder / "orca.log"
        self._locale = desktop.place.locale
        self._from = 0
        self.process = process

    def forget(self) -> None:
        """Leave out, from now on, what was said before."""
        self._from = len(self._text())

    def said(self) -> list[str]:
        """Return what Orca has said."""
        return [said.strip() for said in _SAID.findall(self._text()[self._from :])]

    def wait(self, words: str, limit: float = 15.0) -> str:
        """Wait until Orca says `words`, and return all that it said with them."""

        def look() -> str:
            found = [each for each in self.said() if shown(words, self._locale).search(each)]
            return found[-1] if found else ""

        return wait_for(look, f"Orca says {words!r}", limit)

    def _text(self) -> str:
        """Return the debug file, without the lines that Orca writes for itself."""
        return self._file.read_text(encoding="utf-8", errors="replace")


@contextmanager
def orca(desktop: Desktop) -> Iterator[Orca]:
    """Run Orca on a desktop."""
    log, said = desktop.folder / "orca-output.log", desktop.folder / "orca.log"
    own = desktop.folder / "data/orca/orca-customizations.py"
    own.parent.mkdir(exist_ok=True)
    own.write_text(_AT_ONCE, encoding="utf-8")
    process = Process(["orca", "--replace", "--debug-file", str(said)], desktop.env, log)
    try:
        wait_for(lambda: said.exists() and _READY in said.read_text(), "Orca listens", 30)
        yield Orca(desktop, process)
    finally:
        process.stop()
