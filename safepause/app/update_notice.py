"""Tells the person that the program's files were changed, and offers a new start.

It is said once for each change, when a person opens a window or gives a command, and again when
something can't be opened. It is never said by itself in a pause, and a pause takes the question
away. From then on the files are watched until they change, so that the window says what is true.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QTimer

from safepause import assets
from safepause.app import doors
from safepause.app.plain_window import PlainWindow
from safepause.app.updates import Change
from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n import language, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.pause_flow import PauseFlow
    from safepause.app.windows import Windows
    from safepause.core.pause import Pause
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.windows.update import UpdateWindow


STILL_MS = 1500
"""How long the files must be still: an installer deletes the old ones before it writes new ones."""


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
        self._said: tuple[Change | None, object] | None = None
        self._unsaid = False
        """Whether a person has acted, and the files are not still yet."""
        self._needed = False
        """Whether what was asked for since the last `await_command` needs a new start."""
        self._window: UpdateWindow | None = None
        self._files: QFileSystemWatcher | None = None
        self._still = QTimer(singleShot=True, interval=STILL_MS)
        self._still.timeout.connect(self._follow)
        windows.on_opened(CapabilityKey.PROGRAM, self._look)
        service.on_change(CapabilityKey.PROGRAM, lambda _accepted: self._make_way())
        service.on_settings(CapabilityKey.PROGRAM, self._use)
        windows.updates.missing = self._missing

    def start(self) -> None:
        """Do nothing. The files are looked at when a person acts."""

    def stop(self) -> None:
        """Remove the window."""
        self._still.stop()
        self._rest()
        if "_plain" in vars(self):
            self._plain.close()
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def capabilities(self) -> list[Capability]:
        """Say that files were changed or are missing. Otherwise others speak for the program."""
        change = self._updates.change()
        whole = self._updates.can_start and assets.is_whole() and language.is_whole()
        if change is None and whole:
            return []
        why, advice = _said(change)
        return [Capability(CapabilityKey.PROGRAM, available=False, why=why, advice=advice)]

    def await_command(self) -> None:
        """Begin anew: what a click has needed is told in a window, and not after a command."""
        self._needed = False

    def line(self) -> str:
        """Return the line for a person who has given a command.

        In a pause with a window it is empty, unless something was asked for that needs a new start.
        """
        change = self._updates.change()
        shown = self._service.pause is not None and self._flow.window is not None
        if not self._needed and (change is None or shown):
            return ""
        return " ".join(_said(change)) + "\n"

    def _look(self) -> None:
        """Say a change once, unless a pause stands. An update is said when it is whole."""
        change = self._updates.change()
        if self._service.pause is not None:
            return
        if change is Change.GONE:  # an update may bring the files back at once
            self._unsaid = True
            self._still.start()
        elif change is None:
            self._close()
        else:
            self._say_once(change)

    def _say_once(self, change: Change | None) -> None:
        told = change is Change.REPLACED or change is Change.GONE
        if told and self._said != (change, self._updates.seen):
            self._said = (change, self._updates.seen)
            self._show()

    def _missing(self) -> None:
        """Say why something can't be opened. Without its window, a pause needs a new start."""
        self._needed = True
        if self._service.pause is None:
            self._show()
        elif self._flow.window is not None:
            self._flow.say(self._why_not())
        elif self._can_go_on_anew(self._updates.change()):
            self._restart()
        else:
            self._unsaid = True
            self._still.start()

    def _why_not(self) -> str:
        """Return why something can't be opened in a pause, which a question would disturb."""
        change = self._updates.change()
        if change is not Change.REPLACED:
            return " ".join(_said(change))
        return _("SafePause was updated. This needs a new start.")

    def _show(self) -> None:
        if self._window is None:
            self._window = doors.update_window()(self._service.settings)
            self._window.restart_requested.connect(self._start_again)
        self._word(self._window)
        self._window.bring_up(doors.window_manager())
        self._watch()

    def _word(self, window: UpdateWindow) -> None:
        change = self._updates.change()
        if change is Change.GONE or change is None:
            window.say_gone()
        elif change is Change.UNFINISHED:
            window.say_unfinished()
            self._still.start()  # a file that is written further tells nothing
        else:
            window.ask()

    def _watch(self) -> None:
        """Watch the files. New folders are watched, too."""
        self._files = QFileSystemWatcher(self._updates.places())
        self._files.fileChanged.connect(lambda _file: self._still.start())
        self._files.directoryChanged.connect(lambda _folder: self._still.start())

    def _rest(self) -> None:
        self._files = None  # this deletes it: `deleteLater` would let it speak once more

    def _follow(self) -> None:
        """Show what is true, now that the files have been still for a moment."""
        change, unsaid = self._updates.change(), self._unsaid
        self._unsaid = False
        if self._service.pause is not None:
            if self._flow.window is None:
                self._help_pause(self._service.pause, change, unsaid=unsaid)
        elif self._window is not None and self._window.isVisible() and change is not None:
            self._said = (change, self._updates.seen)
            self._word(self._window)
            self._watch()
        elif unsaid:
            self._say_once(change)
        else:
            self._close()

    def _help_pause(self, pause: Pause, change: Change | None, *, unsaid: bool) -> None:
        """Show a pause whose window is missing, with a new start or in the plainest of windows."""
        if self._can_go_on_anew(change):
            self._restart()
        elif change is None and _can_build_window():
            self._plain.close()
            self._flow.show()
        else:
            if unsaid:
                shown = words.back_at(pause, self._service.clock)
                self._plain.tell("\n\n".join((shown, " ".join(_said(change)))))
            if change is not None:
                self._still.start()

    def _can_go_on_anew(self, change: Change | None) -> bool:
        """Return whether a new start shows the pause. One that isn't saved would be lost."""
        return change is Change.REPLACED and self._service.kept

    @cached_property
    def _plain(self) -> PlainWindow:
        """A window that needs no file of the program."""
        return PlainWindow()

    def _make_way(self) -> None:
        """Close the question when a pause begins. It comes again after the pause."""
        if self._service.pause is None and "_plain" in vars(self):
            self._plain.close()
        if self._service.pause is not None and self._window is not None:
            if self._window.isVisible():
                self._said = None
            self._close()

    def _close(self) -> None:
        self._rest()
        if self._window is not None:
            self._window.close()

    def _start_again(self) -> None:
        """Start again, unless the files are not all there since the question."""
        if self._updates.can_start:
            self._restart()
        else:
            self._show()

    def _use(self, settings: Settings) -> None:
        if self._window is not None:
            self._window.use(settings)


def _can_build_window() -> bool:
    """Return whether the code of the pause window is there, and whole."""
    try:
        doors.pause_window()
    except (ImportError, OSError, SyntaxError):
        return False
    return True


def _said(change: Change | None) -> tuple[str, str]:
    """Return what has happened to the files, and what helps. None: they were so at the start."""
    if change is None:
        return _("A part of SafePause is missing."), _("Please install SafePause again.")
    if change is Change.GONE:
        return _("SafePause's files are gone."), _("Please install SafePause again.")
    if change is Change.UNFINISHED:
        why = _("SafePause's new files are not all here yet.")
        return why, _("Please wait, or install SafePause again.")
    return _("SafePause was updated. Start it again?"), _("Run safepause quit, then safepause.")
