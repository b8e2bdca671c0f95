"""The shortcut controller binds the hot keys of the settings. A press calls a pause.

The settings window and the menu show the state of the hot keys. The menu shows only keys that work.

Some desktops ask the person before they bind keys. They may ask once the person has opened a
window, and never at a login or in a pause. Their answer is kept for the next start.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from safepause.app import doors
from safepause.core.capability import CapabilityKey
from safepause.core.origin import Origin
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.core.shortcut.binding_lines import COMMAND, KeysOffer, ShortcutView, ready_lines
from safepause.core.shortcut.keys import parse_keys
from safepause.i18n.language import _
from safepause.system.shortcut import NAME1, NAME2, PAUSE, Shortcuts
from safepause.system.shortcut.base import BindFailure, Consent

if TYPE_CHECKING:
    from safepause.app.pause_flow import PauseFlow
    from safepause.app.windows import Windows
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.core.settings.declaration import Value
    from safepause.ui.tray.actions import Actions

SETTINGS = {PAUSE: "shortcut", NAME1: "shortcut1", NAME2: "shortcut2"}
"""The setting that holds the keys of each shortcut."""
SETTLE_MS = 400
"""How long `doctor` waits for a desktop that is being asked. A healthy one answers in a tenth."""
_NAMES = {NAME1: "name1", NAME2: "name2"}


class ShortcutController:
    """Binds the hot keys, calls a pause when they are pressed, and shows their state."""

    def __init__(
        self,
        service: PauseService,
        flow: PauseFlow,
        windows: Windows,
        actions: Actions,
        shortcuts: Shortcuts,
    ) -> None:
        """Follow the settings, and the windows that a person opens."""
        self._service = service
        self._flow = flow
        self._windows = windows
        self._settings = windows.settings
        self._actions = actions
        self._shortcuts = shortcuts
        self._wanted: dict[str, str] = {}
        self._in_menu = False
        self._waited = False
        shortcuts.pressed.connect(self._pressed)
        shortcuts.changed.connect(self._show)
        shortcuts.answered.connect(self._remember)
        shortcuts.may_ask = self._may_ask
        self._settings.on_offer(self._take)
        windows.on_opened(CapabilityKey.SHORTCUT, self._person_is_here)
        service.on_settings(CapabilityKey.SHORTCUT, self._bind)

    def start(self) -> None:
        """Bind the hot keys that the settings name."""
        self._wanted = _keys_of(self._service.settings)
        self._ask(allowed=self._windows.opened and self._may_ask())

    def stop(self) -> None:
        """Release the hot keys."""
        self._shortcuts.close()

    def capabilities(self) -> list[Capability]:
        """Say whether the hot keys work here, or why not."""
        return [self._shortcuts.capability()]

    @property
    def shown(self) -> str:
        """The keys that call a pause now; empty if none do."""
        return self._shortcuts.shown(PAUSE)

    def settle(self) -> None:
        """Wait a moment for a desktop that is being asked, as after a start.

        It may be asking a person, so one question is waited for once. Windows don't take clicks
        meanwhile.
        """
        if self._waited or not self._shortcuts.has(BindFailure.WAITING):
            return
        self._waited = True
        loop = QEventLoop()
        limit = QTimer(singleShot=True)
        limit.timeout.connect(loop.quit)
        limit.start(SETTLE_MS)
        self._shortcuts.changed.connect(loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._shortcuts.changed.disconnect(loop.quit)

    def _bind(self, settings: Settings) -> None:
        """Bind the settings' keys. The desktop may ask about keys that a person has changed."""
        before, self._wanted = self._wanted, _keys_of(settings)
        self._ask(allowed=self._wanted != before)

    def _person_is_here(self) -> None:
        """Have the desktop asked, if that has waited for a person."""
        if self._shortcuts.has(BindFailure.UNASKED) and self._may_ask():
            self._ask(allowed=True)

    def _may_ask(self) -> bool:
        """Return whether the desktop's question would disturb nothing, and has had no "no"."""
        return self._service.pause is None and not self._service.settings.flag("keys_refused")

    def _ask(self, *, allowed: bool) -> None:
        settings = self._service.settings
        given = frozenset(settings.text("keys_given").split())
        consent = Consent(ask=allowed, given=given, refused=settings.flag("keys_refused"))
        self._waited = False
        self._shortcuts.bind(self._wanted, consent)
        self._show()

    def _remember(self, answer: Consent) -> None:
        """Keep the desktop's answer. If it can't be kept, the next start may have to ask again."""
        kept: dict[str, Value] = {
            "keys_given": " ".join(sorted(answer.given)),
            "keys_refused": answer.refused,
        }
        for key, value in kept.items():
            if self._service.settings.values[key] != value:
                with suppress(NotKept):
                    self._service.set(key, value)

    def _take(self, offer: KeysOffer) -> None:
        """Do what the person was offered in the settings window."""
        if offer is KeysOffer.ASK:
            self._ask(allowed=True)
        elif offer is KeysOffer.MENU:
            self._put_in_menu()

    def _put_in_menu(self) -> None:
        """Write the menu's entry. The desktop sees a running program in it after a new start."""
        put_into_menu = self._windows.updates.use(doors.menu_installer)
        if put_into_menu is None:
            return
        try:
            put_into_menu()
        except OSError as error:
            sentence = _("The entry can't be written. ({detail})")
            self._settings.tell(sentence.format(detail=error.strerror or error))
            return
        self._in_menu = True
        self._show()
        self._settings.tell(_("SafePause is in your menu now. Start it again to get the keys."))

    def _pressed(self, what: str) -> None:
        """Call a pause, unless a field of the settings window takes the keys."""
        settings = self._service.settings
        keys = settings.text(SETTINGS[what])
        taken = self._service.faults.attempt(
            CapabilityKey.SHORTCUT, lambda: self._settings.take_keys(keys), otherwise=False
        )
        if not taken:
            name = settings.text(_NAMES[what]) if what in _NAMES else ""
            self._flow.requests.call(Origin.SHORTCUT, name or None)

    def _show(self) -> None:
        self._actions.set_shortcut_text(self.shown)
        self._settings.show_shortcuts(self._view())

    def _view(self) -> ShortcutView:
        settings, shortcuts = self._service.settings, self._shortcuts
        keys = settings.text("shortcut") or DEFAULTS.text("shortcut")
        return ShortcutView(
            possible=shortcuts.possible,
            why=shortcuts.capability().why if shortcuts.by_hand else "",
            notes={key: self._note(what, settings.text(key)) for what, key in SETTINGS.items()},
            offer=self._offer(),
            lines=ready_lines(
                parse_keys(keys), os.environ.get("XDG_CURRENT_DESKTOP", ""), _command()
            ),
        )

    def _offer(self) -> KeysOffer | None:
        """Return what SafePause can do for keys that don't work."""
        if self._shortcuts.has(BindFailure.UNLISTED):
            return KeysOffer.RESTART if self._in_menu else KeysOffer.MENU
        open_ones = (BindFailure.UNASKED, BindFailure.REFUSED, BindFailure.ENDED)
        return KeysOffer.ASK if any(map(self._shortcuts.has, open_ones)) else None

    def _note(self, what: str, wanted: str) -> str:
        """Return the sentence below the keys of a setting."""
        shown = self._shortcuts.shown(what)
        if not (self._shortcuts.desktop_decides and shown):
            return self._shortcuts.problem(what) if wanted else ""
        place = self._shortcuts.to_change()
        other = _("The desktop has set: {keys}").format(keys=shown) if shown != wanted else ""
        return ". ".join(filter(None, (other, place)))


def _keys_of(settings: Settings) -> dict[str, str]:
    return {what: settings.text(key) for what, key in SETTINGS.items()}


def _command() -> str:
    """Return the command that calls a pause, with its path if it is not on the search path."""
    if shutil.which(COMMAND.split()[0]):
        return COMMAND
    beside = Path(sys.executable).with_name(COMMAND.split()[0])
    return f"{shlex.quote(str(beside))} pause" if beside.exists() else COMMAND
