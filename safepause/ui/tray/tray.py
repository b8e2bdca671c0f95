"""The tray icon: its clicks, its menu, its tooltip and its picture.

Qt gives the icon to a panel that was restarted, and to a late panel with XEmbed (seen with Qt 6.11
and an XFCE panel that was killed). A late panel with StatusNotifierItem alone does not get the icon
from Qt. So `reregister` is called when org.kde.StatusNotifierWatcher appears.

Qt asks the message bus when an icon is made, when a menu is added to another one, for a bubble, and
for `isSystemTrayAvailable`. It waits for a bus that hangs. So icon and menus are made once, at the
start, and again only after the bus has just answered.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QSystemTrayIcon

from safepause.core.capability import Capability, CapabilityKey, TrayService
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.ui.platform import on_wayland
from safepause.ui.tray.icon import IconState, icon, icon_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.tray.actions import Actions

MESSAGE_MS = 15_000
"""How long a bubble is shown."""
DARK_BARS = frozenset(("GNOME", "Unity", "Pantheon"))
"""Desktops whose bar is dark in every theme, as XDG_CURRENT_DESKTOP names them."""
MIDDLE = 128
"""The middle of a colour's lightness, which goes from 0 to 255."""


class Tray(QObject):
    """The icon in the panel."""

    activated = Signal()
    """A left click."""
    middle_clicked = Signal()
    menu_wanted = Signal()
    """A right click in a panel that can't show the menu."""
    message_clicked = Signal()
    """A click on a bubble."""

    def __init__(
        self,
        actions: Actions,
        clock: Clock,
        service: Callable[[], TrayService],
        parent: QObject | None = None,
    ) -> None:
        """Make the icon and its menu. `show` shows them.

        `service` tells, without a long wait, whether the desktop takes icons now.
        """
        super().__init__(parent)
        self._actions = actions
        self._clock = clock
        self._service = service
        self._cut_off = self._for_good = False
        self._menu = actions.build_menu()
        self._menu.installEventFilter(self)
        self._shown: tuple[IconState, bool] | None = None
        self._tip = ""
        self._icon = self._make()
        actions.changed.connect(self._refresh)
        self._refresh()

    def show(self) -> None:
        """Show the icon, now or as soon as there is a tray."""
        self._icon.show()

    def hide(self) -> None:
        """Hide the icon."""
        self._icon.hide()

    def update(self, pause: Pause | None, settings: Settings, *, can_undo: bool = False) -> None:
        """Show a pause, or no pause, in icon, tooltip and menu."""
        self._actions.update(pause, settings, can_undo=can_undo)

    def message(self, title: str, body: str) -> None:
        """Show a bubble at the icon, if Qt draws the icon itself.

        Elsewhere the bubble would be a notification of the service that has just not worked, and Qt
        would wait for that.
        """
        if self._drawn_by_qt():
            self._icon.showMessage(title, body, self._icon.icon(), MESSAGE_MS)

    def reregister(self) -> None:
        """Make the icon again, for a panel that came late or was restarted.

        Qt chooses the panel's protocol only once, when an icon is made.
        """
        self._cut_off = self._for_good
        self._icon.hide()
        self._icon.deleteLater()
        self._icon = self._make()
        self._shown, self._tip = None, ""
        self._refresh()
        self._icon.show()

    def cut_off(self, *, for_good: bool = False) -> None:
        """Note that the connection over which the desktop had the icon is gone.

        With `for_good`, Qt can't connect again, so a new icon doesn't help either. On X11 that is
        always so: Qt asks on its lost connection whether there is a tray.
        """
        self._cut_off = True
        self._for_good = self._for_good or for_good or QGuiApplication.platformName() == "xcb"

    def available(self) -> bool:
        """Tell whether this desktop has a tray now, and can have the icon in it."""
        return self._drawn_by_qt() or (self._service() is TrayService.RUNS and not self._cut_off)

    def _drawn_by_qt(self) -> bool:
        """Tell whether the icon is a window of ours: with XEmbed, on Windows and on macOS.

        Qt knows a place for no other icon.
        """
        return not self._icon.geometry().isEmpty()

    def capability(self) -> Capability:
        """Say whether the icon is in a tray, and what helps if it isn't."""
        if self.available():
            return Capability(CapabilityKey.TRAY, True, self._in_the_tray())
        why, advice = self._why_not()
        return Capability(CapabilityKey.TRAY, False, why, advice)

    def eventFilter(self, _menu: QObject, event: QEvent) -> bool:
        """Follow the system's colours. The menu is told of them, and the icon is no widget."""
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._refresh()
        return False

    def _why_not(self) -> tuple[str, str]:
        """Return why no icon stands, and what helps."""
        service, advice = self._service(), ""
        if service is TrayService.UNKNOWN:
            why = _("The desktop doesn't answer. The window does the same.")
        elif service is TrayService.NO_BUS:
            why = _("There is no message bus here. The window does the same.")
            advice = _("Start SafePause from a menu of your desktop, or log in again.")
        elif service is TrayService.RUNS:
            why = _("The desktop has lost the icon. The window does the same.")
            advice = _("It comes back when SafePause starts again.")
        else:
            why = _("This desktop has no tray. The window does the same.")
            if sys.platform.startswith("linux"):
                advice = _("On GNOME, the AppIndicator extension adds one.")
        return why, advice

    def _in_the_tray(self) -> str:
        if self._actions.menu_at_click:
            return _("SafePause stands in the tray. A double click calls a pause.")
        return _("SafePause stands in the tray.")

    def _make(self) -> QSystemTrayIcon:
        made = QSystemTrayIcon(self)
        made.setContextMenu(self._menu)
        made.activated.connect(self._on_activated)
        made.messageClicked.connect(self.message_clicked)
        return made

    def _refresh(self) -> None:
        """Show only what has changed, because each change is a message to the panel."""
        pause = self._actions.pause
        dark = _is_dark()
        state = icon_state(pause, self._clock.now())
        if (state, dark) != self._shown:
            self._shown = (state, dark)
            self._icon.setIcon(icon(state, dark=dark))
        idle = _("Practice: nothing is kept") if self._actions.practising else _("SafePause")
        tip = words.back_at(pause, self._clock) if pause else idle
        if tip != self._tip:
            self._tip = tip
            self._icon.setToolTip(tip)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """Pass on a click. The second click of a double click is ignored: the first one acted."""
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.activated.emit()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.middle_clicked.emit()
        elif reason is QSystemTrayIcon.ActivationReason.Context and on_wayland():
            # Most panels show the menu themselves, and then this does not run. The bar of sway
            # can't show it. Qt can't show it either: on Wayland a menu needs a window.
            self.menu_wanted.emit()


def _is_dark() -> bool:
    """Tell whether the panel is dark: the bar of GNOME always is. Elsewhere the palette says it.

    The desktop's colour scheme would take 24 ms.
    """
    if _has_dark_bar(os.environ.get("XDG_CURRENT_DESKTOP", "")):
        return True
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < MIDDLE


def _has_dark_bar(desktops: str) -> bool:
    """Tell whether a desktop has a black bar in its light theme, too.

    GNOME Classic, which has the other name in front of it, has a bar in the theme's colours.
    """
    names = desktops.split(":")
    return not DARK_BARS.isdisjoint(names) and "GNOME-Classic" not in names
