"""How a window comes up in front of other windows, and what Wayland allows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCursor, QGuiApplication

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.ui.wayland import on_wayland

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def move_to_pointer(window: QWidget) -> None:
    """Move a window to the middle of the pointer's screen, if the desktop allows it."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    window.setScreen(screen)
    frame = QRect(window.geometry())
    frame.moveCenter(screen.availableGeometry().center())
    window.move(frame.topLeft())


def leave_if_covered(window: QWidget) -> None:
    """On Wayland, hide a window that is not active, so that showing it again raises it.

    A program on Wayland can't raise a shown window, and can't find out which windows are covered. A
    window that is shown again comes to the front.
    """
    if on_wayland() and not window.isActiveWindow():
        window.hide()


def front_capability() -> Capability:
    """Say whether the pause window stays in front of other windows."""
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
    """Show a window in front of all others.

    With `steal_focus`, the window takes the keyboard. With `unmanaged`, it bypasses the window
    manager, which would keep it below a full-screen program. Then it has no frame and no keyboard
    until it comes up again.
    """
    bypass = Qt.WindowType.BypassWindowManagerHint
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not steal_focus)
    if bool(window.windowFlags() & bypass) != unmanaged:
        window.setWindowFlag(bypass, unmanaged)  # this also hides the window
    leave_if_covered(window)
    if (handle := window.windowHandle()) is not None:
        # Qt reads the attribute only when it makes the native window, and sets this property then.
        handle.setProperty("_q_showWithoutActivating", not steal_focus)
    if not window.isVisible() or window.isMinimized():
        move_to_pointer(window)
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    if steal_focus:
        window.activateWindow()
