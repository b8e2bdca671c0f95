"""The shortcut controller binds the hot keys of the settings. A press calls a pause.

The settings window and the menu show the state of the hot keys. The menu shows only keys that work.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.origin import Origin
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.core.shortcut.binding_lines import COMMAND, ShortcutView, ready_lines
from safepause.core.shortcut.keys import parse_keys
from safepause.i18n.language import _
from safepause.system.shortcut import NAME1, NAME2, PAUSE, Shortcuts

if TYPE_CHECKING:
    from safepause.app.pause_flow import PauseFlow
    from safepause.app.settings_controller import SettingsController
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.ui.tray.actions import Actions

SETTINGS = {PAUSE: "shortcut", NAME1: "shortcut1", NAME2: "shortcut2"}
"""The setting that holds the keys of each shortcut."""
_NAMES = {NAME1: "name1", NAME2: "name2"}


class ShortcutController:
    """Binds the hot keys, calls a pause when they are pressed, and shows their state."""

    def __init__(
        self,
        service: PauseService,
        flow: PauseFlow,
        settings: SettingsController,
        actions: Actions,
        shortcuts: Shortcuts,
    ) -> None:
        """Follow the settings."""
        self._service = service
        self._flow = flow
        self._settings = settings
        self._actions = actions
        self._shortcuts = shortcuts
        shortcuts.pressed.connect(self._pressed)
        shortcuts.changed.connect(self._show)
        service.on_settings(CapabilityKey.SHORTCUT, self._bind)

    def start(self) -> None:
        """Bind the hot keys that the settings name."""
        self._bind(self._service.settings)

    def stop(self) -> None:
        """Release the hot keys."""
        self._shortcuts.close()

    def capabilities(self) -> list[Capability]:
        """Say whether the hot keys work here, or why not."""
        return [self._shortcuts.capability()]

    def _bind(self, settings: Settings) -> None:
        self._shortcuts.bind({what: settings.text(key) for what, key in SETTINGS.items()})
        self._show()

    def _pressed(self, what: str) -> None:
        """Call a pause, unless a field of the settings window takes the keys."""
        settings = self._service.settings
        keys = settings.text(SETTINGS[what])
        taken = self._service.faults.attempt(
            CapabilityKey.SHORTCUT, lambda: self._settings.take_keys(keys), otherwise=False
        )
        if not taken:
            name = settings.text(_NAMES[what]) if what in _NAMES else ""
            self._flow.call(Origin.SHORTCUT, name or None)

    def _show(self) -> None:
        self._actions.set_shortcut_text(self._shortcuts.shown(PAUSE))
        self._settings.show_shortcuts(self._view())

    def _view(self) -> ShortcutView:
        settings, shortcuts = self._service.settings, self._shortcuts
        keys = settings.text("shortcut") or DEFAULTS.text("shortcut")
        return ShortcutView(
            possible=shortcuts.possible,
            why=shortcuts.capability().why if shortcuts.by_hand else "",
            notes={key: self._note(what, settings.text(key)) for what, key in SETTINGS.items()},
            lines=ready_lines(
                parse_keys(keys), os.environ.get("XDG_CURRENT_DESKTOP", ""), _command()
            ),
        )

    def _note(self, what: str, wanted: str) -> str:
        """Return the sentence below the keys of a setting."""
        shown = self._shortcuts.shown(what)
        if self._shortcuts.desktop_decides and shown and shown != wanted:
            return _("The desktop has set: {keys}").format(keys=shown)
        return self._shortcuts.problem(what) if wanted else ""


def _command() -> str:
    """Return the command that calls a pause, with its path if it is not on the search path."""
    if shutil.which(COMMAND.split()[0]):
        return COMMAND
    beside = Path(sys.executable).with_name(COMMAND.split()[0])
    return f"{shlex.quote(str(beside))} pause" if beside.exists() else COMMAND
