"""The settings controller builds the settings window, and carries out its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import AUTOSTART
from safepause.core.settings.declaration import SettingError, Value
from safepause.core.shortcut.binding_lines import KeysOffer
from safepause.i18n import data_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.autostart_controller import AutostartController
    from safepause.app.windows import Windows
    from safepause.core.breathing import Session
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.core.shortcut.binding_lines import ShortcutView
    from safepause.ui.settings.window import SettingsWindow


class SettingsController:
    """Shows the settings, and what does not work on this computer."""

    def __init__(
        self,
        service: PauseService,
        autostart: AutostartController,
        capabilities: Callable[[], list[Capability]],
        windows: Windows,
    ) -> None:
        """Follow the settings. `capabilities` returns what works on this computer."""
        self._service = service
        self._autostart = autostart
        self._capabilities = capabilities
        self._windows = windows
        self._take_offer: Callable[[KeysOffer], object] = _nothing
        self._restart: Callable[[], bool] = bool
        self._try: Callable[[Session], object] = _nothing
        self._listen: Callable[[str], object] = _nothing
        self._shortcuts: ShortcutView | None = None
        self._capable: list[Capability] = []
        self.window: SettingsWindow | None = None
        """The window; None before its first use."""
        service.on_settings(CapabilityKey.WINDOWS, self._use)

    def show_settings(self) -> None:
        """Show the settings."""
        window = self._window()
        if window is not None:
            window.open_settings()
            window.bring_up(doors.window_manager())
            self._windows.tell_opened()

    def set(self, key: str, value: Value) -> None:
        """Change a setting, or say at its field why the setting is not changed."""
        try:
            if key == AUTOSTART.key:
                self._autostart.choose(wanted=bool(value))
            else:
                self._service.set(key, value)
        except NotKept as error:
            self._refuse(key, data_words.not_saved(error.detail))
        except SettingError as error:
            self._refuse(key, doors.wrong_setting(error))

    def show_shortcuts(self, view: ShortcutView) -> None:
        """Show the state of the hot keys, now and whenever the window opens."""
        self._shortcuts = view
        if self.window is not None:
            self.window.show_shortcuts(view)
            self._use(self._service.settings)

    def on_offer(self, take: Callable[[KeysOffer], None]) -> None:
        """Call `take` when the person takes an offer of a `ShortcutView`, except the restart."""
        self._take_offer = take

    def on_try(self, show: Callable[[Session], object]) -> None:
        """Call `show` when the person wants to try a way to breathe."""
        self._try = show

    def on_listen(self, listen: Callable[[str], object]) -> None:
        """Call `listen` when the person wants to hear a voice."""
        self._listen = listen

    def tell_heard(self, sentence: str) -> None:
        """Say in the window why a voice is not heard; nothing if it is."""
        if self.window is not None:
            self.window.tell_heard(sentence)

    def on_restart(self, restart: Callable[[], bool]) -> None:
        """Call `restart` when the person wants the program to start again.

        If it returns False, the person is told that a part of the program is missing.
        """
        self._restart = restart

    def tell(self, sentence: str) -> None:
        """Show a sentence in the window, if there is one."""
        if self.window is not None:
            self.window.tell(sentence)

    def take_keys(self, keys: str) -> bool:
        """Give pressed keys to the field that waits for keys. Return whether a field took them."""
        return self.window is not None and self.window.take_keys(keys)

    def _window(self) -> SettingsWindow | None:
        """Return the window, with its present contents.

        Return None, after the person was told, if its code is missing.
        """
        if self.window is None:
            made = self._windows.updates.use(doors.settings_window)
            if made is None:
                return None
            self.window = made(self._service.settings)
            self.window.set_requested.connect(self.set)
            self.window.came_back.connect(self._came_back)
            self.window.offer_taken.connect(self._offered)
            self.window.try_requested.connect(self._asked_to_try)
            self.window.listen_requested.connect(self._asked_to_listen)
        if self._shortcuts is not None:
            self.window.show_shortcuts(self._shortcuts)
        self._came_back()
        return self.window

    def _asked_to_try(self, session: Session) -> None:
        self._try(session)

    def _asked_to_listen(self, voice: str) -> None:
        self._listen(voice)

    def _offered(self, offer: KeysOffer) -> None:
        if offer is not KeysOffer.RESTART:
            self._take_offer(offer)
        elif not self._restart():
            self._windows.updates.missing()

    def _came_back(self) -> None:
        """Show what another program may have changed while the window was in the background."""
        self._autostart.sentence = ""
        if self.window is not None:
            self._show_present(self.window)

    def _use(self, _settings: Settings) -> None:
        """Show in the open window what a changed setting has changed beside its own field."""
        if self.window is not None and self.window.isVisible():
            self._show_present(self.window)

    def _show_present(self, window: SettingsWindow) -> None:
        """Show the desktop's record of the autostart, and what works now."""
        window.show_autostart(on=self._autostart.on, sentence=self._autostart.sentence)
        capable = self._capabilities()
        if capable != self._capable:
            self._capable = capable
            window.show_capabilities(capable)

    def _refuse(self, key: str, sentence: str) -> None:
        if self.window is not None:
            self.window.refuse(key, sentence)


def _nothing(_asked: object = None) -> None:
    """Do nothing: the part that would is not built."""
