"""The end of the desktop's session, as a session manager announces it (X11, Windows, macOS).

Everything is on disk the moment it happens, so there is nothing to save, nobody to ask and nothing
that could hold up a logout. Coming back is the business of autostart alone. Where Qt knows no
session manager, as that of PyPI under X11, SIGTERM or the lost display is the end: see `signals`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QSessionManager

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication


def leave_quietly(qt: QGuiApplication) -> None:
    """Let every session of this application end at once, and not start it again by itself."""
    qt.commitDataRequest.connect(never_again)
    qt.saveStateRequest.connect(never_again)


def never_again(manager: QSessionManager) -> None:
    """Tell a session manager not to start the program again: no interaction, no objection."""
    manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
