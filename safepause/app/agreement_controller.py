"""Shows the agreement, keeps the yes of both people, and writes the page to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.agreed import KEY, yes
from safepause.core.ports import NotKept
from safepause.core.settings.declaration import SettingError, Value
from safepause.i18n import data_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.windows import Windows
    from safepause.core.service import PauseService
    from safepause.ui.agreement.window import AgreementWindow


class AgreementController:
    """Builds the window of the agreement with its first use, and carries out its requests."""

    def __init__(self, service: PauseService, windows: Windows) -> None:
        self._service = service
        self._windows = windows
        self._rehearse: Callable[[], object] | None = None
        self.window: AgreementWindow | None = None
        """The window; None before its first use."""

    def on_rehearse(self, rehearse: Callable[[], object]) -> None:
        """Call `rehearse` when the couple wants to rehearse a pause."""
        self._rehearse = rehearse

    def show(self) -> None:
        """Show the agreement."""
        if self.window is None and (made := self._windows.updates.use(doors.agreement_window)):
            self.window = made(self._service.settings)
            self._connect(self.window)
        if self.window is not None:
            self.window.rehearse.setVisible(self._rehearse is not None)
            self.window.bring_up(doors.window_manager())
            self._windows.tell_opened()

    def save(self, path: str) -> None:
        """Write the page to print, or say why it can't be written."""
        if self.window is not None:
            self.window.save_row.tell(doors.save_file(Path(path), self.window.page))

    def _connect(self, window: AgreementWindow) -> None:
        window.set_requested.connect(self._set)
        window.agreed.connect(self._agree)
        window.withdrawn.connect(lambda: self._set(KEY, ""))
        window.rehearse_requested.connect(self._begin_rehearsal)
        window.support_requested.connect(self._windows.show_support)
        window.save_requested.connect(self.save)

    def _agree(self) -> None:
        clock = self._service.clock
        self._set(KEY, yes(self._service.settings, clock.local(clock.now()).date()))

    def _begin_rehearsal(self) -> None:
        if self._rehearse is not None and self.window is not None:
            self.window.close()
            self._rehearse()

    def _set(self, key: str, value: Value) -> None:
        """Change a setting, or say in the window why it is not changed."""
        try:
            self._service.set(key, value)
        except NotKept as error:
            self._refuse(key, data_words.not_saved(error.detail))
        except SettingError as error:
            self._refuse(key, doors.wrong_setting(error))

    def _refuse(self, key: str, sentence: str) -> None:
        if self.window is not None:
            self.window.refuse(key, sentence)
