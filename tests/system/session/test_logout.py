"""Leaving with the session: nothing is asked, nothing is held up, nothing comes back unasked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QSessionManager

from safepause.system.session.logout import leave_quietly, never_again


class FakeManager:
    """A session manager that notes what it is told, and can't be asked for anything else."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.hints: list[object] = []

    def setRestartHint(self, hint: object) -> None:  # noqa: N802  -- Qt's name
        """Note a hint."""
        self.hints.append(hint)


class FakeApplication(QObject):
    """An application with the two signals of a session."""

    commitDataRequest = Signal(object)  # noqa: N815  -- Qt's name
    saveStateRequest = Signal(object)  # noqa: N815  -- Qt's name


def test_the_session_ends_without_a_word() -> None:
    """Both requests are answered at once, by the wish not to be started again."""
    application, manager = FakeApplication(), FakeManager()
    leave_quietly(application)  # type: ignore[arg-type]  # a stand-in
    application.commitDataRequest.emit(manager)
    application.saveStateRequest.emit(manager)
    never = QSessionManager.RestartHint.RestartNever
    assert manager.hints == [never, never]
    never_again(manager)  # type: ignore[arg-type]  # a stand-in
    assert len(manager.hints) == 3
