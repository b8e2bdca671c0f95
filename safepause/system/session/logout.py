"""The end of the login session, as a session manager announces it (X11, Windows, macOS).

All data is on the disk at any time, so the program has nothing to save and lets the session end at
once. Only autostart decides whether it starts again. The Qt packages of PyPI have no session
manager under X11. There the program ends by SIGTERM (unix_signals.py) or with its display.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QSessionManager

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication


def leave_quietly(qt: QGuiApplication) -> None:
    """Let the session manager end the session at once, and never start the program again."""
    qt.commitDataRequest.connect(never_again)
    qt.saveStateRequest.connect(never_again)


def never_again(manager: QSessionManager) -> None:
    """Tell the session manager not to start the program again."""
    manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
