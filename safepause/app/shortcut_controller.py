"""Calling a pause with keys: what is bound follows the settings, what is pressed becomes a call.

The windows and the menu are told how the shortcut stands; nowhere is one shown that doesn't work.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.core.shortcut.binding_lines import COMMAND, ShortcutView, ready_lines
from safepause.core.shortcut.keys import parse_keys
from safepause.i18n.language import _
from safepause.system.shortcut import NAME1, NAME2, PAUSE, Shortcuts

if TYPE_CHECKING:
    from safepause.app.windows import Windows
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.ui.tray.actions import Actions

SETTINGS = {PAUSE: "shortcut", NAME1: "shortcut1", NAME2: "shortcut2"}
"""Which setting holds the keys of what."""
_NAMES = {NAME1: "name1", NAME2: "name2"}


class ShortcutController:
    """Connects shortcuts with the program."""

    def __init__(
        self, service: PauseService, windows: Windows, actions: Actions, shortcuts: Shortcuts
    ) -> None:
        """Bind nothing yet."""
        self._service = service
        self._windows = windows
        self._actions = actions
        self._shortcuts = shortcuts

    def listen(self) -> None:
        """Bind what the settings say, now and whenever they change."""
        self._shortcuts.pressed.connect(self._pressed)
        self._shortcuts.changed.connect(self._show)
        self._service.on_settings(self._bind)
        self._bind(self._service.settings)

    def capability(self) -> Capability:
        """Say how keys are had here, or why not."""
        return self._shortcuts.capability()

    def close(self) -> None:
        """Give the keys back."""
        self._shortcuts.close()

    def _bind(self, settings: Settings) -> None:
        self._shortcuts.bind({what: settings.text(key) for what, key in SETTINGS.items()})
        self._show()

    def _pressed(self, what: str) -> None:
        """Call a pause, unless the keys were pressed to be recorded."""
        settings = self._service.settings
        if not self._windows.settings.take_keys(settings.text(SETTINGS[what])):
            name = settings.text(_NAMES[what]) if what in _NAMES else ""
            self._windows.call(by=name or None)

    def _show(self) -> None:
        self._actions.set_shortcut_text(self._shortcuts.shown(PAUSE))
        self._windows.settings.show_shortcuts(self._view())

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
        """Return what is to be said below the keys of a setting."""
        shown = self._shortcuts.shown(what)
        if self._shortcuts.desktop_decides and shown and shown != wanted:
            return _("The desktop has set: {keys}").format(keys=shown)
        return self._shortcuts.problem(what) if wanted else ""


def _command() -> str:
    """Return the command that calls a pause, with its path where a desktop wouldn't find it."""
    if shutil.which(COMMAND.split()[0]):
        return COMMAND
    beside = Path(sys.executable).with_name(COMMAND.split()[0])
    return f"{shlex.quote(str(beside))} pause" if beside.exists() else COMMAND
