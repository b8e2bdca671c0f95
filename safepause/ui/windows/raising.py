"""How a window comes up in front of a person who is busy: where they look, and deaf at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCursor, QGuiApplication

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.ui.wayland import on_wayland

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def stand_where_pointer_is(window: QWidget) -> None:
    """Put a window in the middle of the screen with the pointer, where the desktop lets us."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    window.setScreen(screen)
    frame = QRect(window.geometry())
    frame.moveCenter(screen.availableGeometry().center())
    window.move(frame.topLeft())


def leave_if_covered(window: QWidget) -> None:
    """Take a window off a Wayland screen unless it is the one in use, so that it can come anew.

    Wayland raises nothing that stands already, and tells nobody what is covered; what comes anew
    comes in front.
    """
    if on_wayland() and not window.isActiveWindow():
        window.hide()


def front_capability() -> Capability:
    """Return whether the window of a pause stays in front once it is there."""
    if not on_wayland():
        return Capability(
            CapabilityKey.WINDOW, available=True, why=_("It stays above other windows.")
        )
    return Capability(
        CapabilityKey.WINDOW,
        available=False,
        why=_("It comes in front. On Wayland, others can cover it again."),
        advice=_("A window rule of your desktop can keep it above."),
    )


def come_up(window: QWidget, *, steal_focus: bool, unmanaged: bool) -> None:
    """Show a window in front of all others, with the keyboard or without.

    `unmanaged`: past the window manager, which would keep it below a program that fills the screen;
    then it has no frame and no keys until it comes up again.
    """
    bypass = Qt.WindowType.BypassWindowManagerHint
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not steal_focus)
    if bool(window.windowFlags() & bypass) != unmanaged:
        window.setWindowFlag(bypass, unmanaged)  # hides it
    leave_if_covered(window)
    if (handle := window.windowHandle()) is not None:
        # Qt reads the attribute only as it makes the native window; this is what it turns it into.
        handle.setProperty("_q_showWithoutActivating", not steal_focus)
    if not window.isVisible() or window.isMinimized():
        stand_where_pointer_is(window)
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    if steal_focus:
        window.activateWindow()
