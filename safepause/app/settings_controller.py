"""The settings window: built with its first use; what it requests is done, or refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import AUTOSTART
from safepause.core.settings.declaration import SettingError, Value
from safepause.i18n import setting_words, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.autostart_controller import AutostartController
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.core.shortcut.binding_lines import ShortcutView
    from safepause.ui.settings.window import SettingsWindow


class SettingsController:
    """Our agreement and the settings, and what this computer can do."""

    def __init__(
        self,
        service: PauseService,
        starting: AutostartController,
        capabilities: Callable[[], list[Capability]],
        show_support: Callable[[], None],
    ) -> None:
        """Have no window yet."""
        self._service = service
        self._starting = starting
        starting.told = self._show_autostart
        self._capabilities = capabilities
        self._show_support = show_support
        self._shortcuts: ShortcutView | None = None
        self.window: SettingsWindow | None = None

    def show_agreement(self) -> None:
        """Show what the two agreed on."""
        from safepause.ui.settings.window import Tab

        window = self._shown()
        window.open(Tab.AGREEMENT)
        window.bring_up()

    def show_settings(self) -> None:
        """Show everything else."""
        from safepause.ui.settings.window import Tab

        window = self._shown()
        window.open(Tab.SETTINGS)
        window.bring_up()

    def set(self, key: str, value: Value) -> None:
        """Keep a changed setting, or say at its field why it stays as it was."""
        try:
            if key == AUTOSTART.key:
                self._starting.choose(wanted=bool(value))
                return
            self._service.set(key, value)
        except NotKept as error:
            self._refuse(key, words.not_saved(error.detail))
        except SettingError as error:
            self._refuse(key, setting_words.wrong_setting(error))

    def show_shortcuts(self, view: ShortcutView) -> None:
        """Show how the keys that call a pause stand, now and whenever the window opens."""
        self._shortcuts = view
        if self.window is not None:
            self.window.show_shortcuts(view)

    def take_keys(self, keys: str) -> bool:
        """Take the keys of a shortcut that were pressed while a field waits for some."""
        return self.window is not None and self.window.take_keys(keys)

    def _shown(self) -> SettingsWindow:
        """Return the window, with everything as it is now."""
        window = self._make()
        window.show_capabilities(self._capabilities())
        if self._shortcuts is not None:
            window.show_shortcuts(self._shortcuts)
        window.show_autostart(on=self._starting.on)
        return window

    def _make(self) -> SettingsWindow:
        if self.window is None:
            from safepause.ui.settings.window import SettingsWindow

            self.window = SettingsWindow(self._service.settings)
            self.window.set_requested.connect(self.set)
            self.window.support_requested.connect(self._show_support)
            self.window.came_back.connect(lambda: self._show_autostart(self._starting.on, ""))
        return self.window

    def _refuse(self, key: str, sentence: str) -> None:
        if self.window is not None:
            self.window.refuse(key, sentence)

    def _show_autostart(self, on: bool, sentence: str) -> None:  # noqa: FBT001  -- a listener
        if self.window is not None:
            self.window.show_autostart(on=on, sentence=sentence)
            self.window.show_capabilities(self._capabilities())
