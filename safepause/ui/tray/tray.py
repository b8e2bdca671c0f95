"""The tray icon: left click, menu, state at a glance.

A panel that comes back after its end gets the icon from Qt, and so does one that comes late and
speaks XEmbed (seen with 6.11 and an XFCE panel that was killed). A late one that speaks only
StatusNotifierItem does not: whoever sees org.kde.StatusNotifierWatcher come calls `reregister`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QSystemTrayIcon

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.ui.tray.icon import IconState, icon, icon_state
from safepause.ui.wayland import on_wayland

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.tray.actions import Actions

MESSAGE_MS = 15_000
MIDDLE = 128
"""Of the lightness of a colour, which goes from 0 to 255."""


class Tray(QObject):
    """The icon in the panel."""

    activated = Signal()
    """A left click."""
    middle_clicked = Signal()
    menu_wanted = Signal()
    """A right click, in a panel that can't show our menu."""
    message_clicked = Signal()

    def __init__(self, actions: Actions, clock: Clock, parent: QObject | None = None) -> None:
        """Make the icon and its menu; nothing is seen before `show`."""
        super().__init__(parent)
        self._actions = actions
        self._clock = clock
        self._menu = actions.build_menu()
        self._shown: tuple[IconState, bool] | None = None
        self._tip = ""
        self._icon = self._make()
        actions.changed.connect(self._refresh)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        self._refresh()

    def show(self) -> None:
        """Stand in the tray, now or as soon as there is one."""
        self._icon.show()

    def hide(self) -> None:
        """Leave the tray."""
        self._icon.hide()

    def update(self, pause: Pause | None, settings: Settings) -> None:
        """Show a pause, or that there is none, in icon, tooltip and menu."""
        self._actions.update(pause, settings)

    def message(self, title: str, body: str) -> None:
        """Show a bubble at the icon, where the desktop has them."""
        self._icon.showMessage(title, body, self._icon.icon(), MESSAGE_MS)

    def reregister(self) -> None:
        """Stand in the tray anew: for a panel that came late, or came back without the icon.

        Qt decides only once, as an icon is made, how that one speaks to the panel; so it is made
        anew.
        """
        self._icon.hide()
        self._icon.deleteLater()
        self._icon = self._make()
        self._shown, self._tip = None, ""
        self._refresh()
        self._icon.show()

    def available(self) -> bool:
        """Tell whether this desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def capability(self) -> Capability:
        """Return whether there is a tray, and what to do without one."""
        if self.available():
            return Capability(CapabilityKey.TRAY, True, _("SafePause stands in the tray."))
        advice = (
            _("On GNOME, the AppIndicator extension adds one.")
            if sys.platform.startswith("linux")
            else ""
        )
        return Capability(
            CapabilityKey.TRAY,
            False,
            _("This desktop has no tray. The window does the same."),
            advice,
        )

    def _make(self) -> QSystemTrayIcon:
        made = QSystemTrayIcon(self)
        made.setContextMenu(self._menu)
        made.activated.connect(self._on_activated)
        made.messageClicked.connect(self.message_clicked)
        return made

    def _refresh(self) -> None:
        """Show what has changed, and only that: each change goes to the panel over D-Bus."""
        pause = self._actions.pause
        dark = _is_dark()
        look = icon_state(pause, self._clock.now())
        if (look, dark) != self._shown:
            self._shown = (look, dark)
            self._icon.setIcon(icon(look, dark=dark))
        tip = words.back_at(pause, self._clock) if pause else _("SafePause")
        if tip != self._tip:
            self._tip = tip
            self._icon.setToolTip(tip)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """Pass on a click; the second of a double click is none, since the first one acted."""
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.activated.emit()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.middle_clicked.emit()
        elif reason is QSystemTrayIcon.ActivationReason.Context and on_wayland():
            # Panels that know our menu show it and don't tell us; sway's bar knows none. Qt would
            # show it itself, but on Wayland no menu opens without a window.
            self.menu_wanted.emit()


def _is_dark() -> bool:
    """Tell by its palette whether the desktop is dark; asking for its scheme costs 24 ms."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < MIDDLE
