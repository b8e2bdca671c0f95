"""Tells the person that the program's files were changed, and offers a new start.

It is said once for each change, when a person opens a window or gives a command, and again when
something can't be opened. It is never said by itself in a pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.app.updates import Change
from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.pause_flow import PauseFlow
    from safepause.app.windows import Windows
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.windows.update import UpdateWindow


class UpdateNotice:
    """Looks at the files when a person acts, and shows what has happened to them."""

    def __init__(
        self,
        service: PauseService,
        flow: PauseFlow,
        windows: Windows,
        restart: Callable[[], object],
    ) -> None:
        """Follow the windows that a person opens, and the code that is missing."""
        self._service = service
        self._flow = flow
        self._updates = windows.updates
        self._restart = restart
        self._said: Change | None = None
        self._window: UpdateWindow | None = None
        windows.on_opened(CapabilityKey.PROGRAM, self._look)
        service.on_settings(CapabilityKey.PROGRAM, self._use)
        windows.updates.missing = self._missing

    def start(self) -> None:
        """Do nothing. The files are looked at when a person acts."""

    def stop(self) -> None:
        """Remove the window."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def capabilities(self) -> list[Capability]:
        """Say that the files were changed. Otherwise others speak for the program."""
        if (change := self._updates.change()) is None:
            return []
        why, advice = _said(change)
        return [Capability(CapabilityKey.PROGRAM, available=False, why=why, advice=advice)]

    def line(self) -> str:
        """Return the line for a person who has given a command; empty in a pause."""
        change = self._updates.change()
        if change is None or self._service.pause is not None:
            return ""
        return " ".join(_said(change)) + "\n"

    def _look(self) -> None:
        """Say a change once, unless a pause stands."""
        change = self._updates.change()
        if self._service.pause is None and change is not self._said:
            self._said = change
            self._show()

    def _missing(self) -> None:
        """Say why something can't be opened. Without its window, a pause needs a new start."""
        if self._service.pause is None:
            self._show()
        elif self._flow.window is not None:
            self._flow.say(_("SafePause was updated. This opens after the pause."))
        elif self._updates.change() is Change.REPLACED:
            self._restart()

    def _show(self) -> None:
        change = self._updates.change()
        if self._window is None:
            self._window = doors.update_window()(self._service.settings)
            self._window.restart_requested.connect(self._start_again)
        if change is Change.GONE:
            self._window.say_gone()
        else:
            self._window.ask()
        self._window.bring_up(doors.window_manager())

    def _start_again(self) -> None:
        """Start again, unless the files have gone since the question."""
        if self._updates.change() is Change.GONE:
            self._show()
        else:
            self._restart()

    def _use(self, settings: Settings) -> None:
        if self._window is not None:
            self._window.use(settings)


def _said(change: Change) -> tuple[str, str]:
    """Return what has happened to the files, and what helps."""
    if change is Change.GONE:
        return _("SafePause's files are gone."), _("Please install SafePause again.")
    return _("SafePause was updated. Start it again?"), _("Run safepause quit, then safepause.")
