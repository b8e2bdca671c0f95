"""Which shortcuts GNOME knows, read from its settings before a silent start.

GNOME binds shortcuts that it knows without a question, and asks about others. Its portal does not
list them beforehand, and a person can remove them while SafePause doesn't run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess

from safepause import APP_ID

if TYPE_CHECKING:
    from collections.abc import Callable

_SCHEMA = (
    "org.gnome.settings-daemon.global-shortcuts.application:"
    f"/org/gnome/settings-daemon/global-shortcuts/{APP_ID}/"
)
_NAMES = re.compile(r"\('([^']*)', \{")


def known_shortcuts(then: Callable[[frozenset[str] | None], None]) -> None:
    """Call `then` with the shortcuts that GNOME knows of SafePause; None if it can't be asked."""
    process = QProcess()

    def finished() -> None:
        answer = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
        process.deleteLater()
        then(frozenset(_NAMES.findall(answer)) if process.exitCode() == 0 else None)

    def failed(error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            process.deleteLater()
            then(None)

    process.finished.connect(finished)
    process.errorOccurred.connect(failed)
    process.start("gsettings", ["get", _SCHEMA, "shortcuts"])
