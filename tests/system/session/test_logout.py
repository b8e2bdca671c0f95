"""The end of the login session: the session manager must not start the program again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QSessionManager

from safepause.system.session.logout import leave_quietly, never_again


class FakeManager:
    """A session manager that keeps the hints, and has nothing else."""

    def __init__(self) -> None:
        """Start without hints."""
        self.hints: list[object] = []

    def setRestartHint(self, hint: object) -> None:  # noqa: N802  -- Qt's name
        """Keep a hint."""
        self.hints.append(hint)


class FakeApplication(QObject):
    """An application with the two signals of a session manager."""

    commitDataRequest = Signal(object)  # noqa: N815  -- Qt's name
    saveStateRequest = Signal(object)  # noqa: N815  -- Qt's name


def test_the_program_is_not_started_again() -> None:
    """Both requests of a session manager get this one hint as their answer."""
    application, manager = FakeApplication(), FakeManager()
    leave_quietly(application)  # type: ignore[arg-type]  # a fake
    application.commitDataRequest.emit(manager)
    application.saveStateRequest.emit(manager)
    never = QSessionManager.RestartHint.RestartNever
    assert manager.hints == [never, never]
    never_again(manager)  # type: ignore[arg-type]  # a fake
    assert len(manager.hints) == 3
