"""How a window comes up in front of other windows, and what Wayland allows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.ui.platform import on_wayland, on_x11
from safepause.ui.windows.placed import pointer_screen, room

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    from safepause.ui.windows.placed import Placed


_DIALOG = 0x80
"""Qt's number for the type of window that i3 doesn't tile."""


class WindowManager(Protocol):
    """What can be asked of the window manager, beyond what Qt asks, for a native window."""

    def give_keyboard(self, window: int) -> None:
        """Give the keyboard to a window because a person has acted."""

    def wait_for_withdrawal(self, window: int) -> bool:
        """Wait a moment until the window manager has let go of a window that was hidden.

        Return whether it has.
        """

    def runs(self) -> bool:
        """Whether there is a window manager. It may have crashed, and a kiosk has none."""


def leave(window: QWidget, manager: WindowManager | None) -> None:
    """Hide a window, so that it comes to where the person is when it is shown anew.

    A shown window may be covered, minimised or on another desktop. One that is shown anew comes to
    the front, to the desktop that is shown now, and to the pointer's screen. On X11, some window
    managers take a request to raise a window for one to give it the keyboard, and others ignore it.
    On Wayland, a program can't raise a window. An active window stays there: it is in front. On X11
    Qt may take a window for active for 0.4 s after it has lost the keyboard.
    """
    if window.isVisible() and (on_x11() or (on_wayland() and not window.isActiveWindow())):
        window.hide()
        # WORKAROUND: mutter 43 does not paint a surface that is hidden and shown again within
        # milliseconds. JWM never lets go of a window on another desktop, nor xfwm4 of one that is
        # rolled up. Without its native window, the widget gets a new one.
        if on_wayland() or (manager and not manager.wait_for_withdrawal(window.winId())):
            window.windowHandle().destroy()


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


def come_up(
    window: Placed, *, steal_focus: bool, unmanaged: bool, manager: WindowManager | None = None
) -> None:
    """Show a window in front of all others, where the person is.

    With `steal_focus`, the window takes the keyboard: a person has acted. With `unmanaged`, it
    bypasses the window manager, which would keep it below a full-screen program, or hide it on the
    bare desktop. Then it has no frame and no keyboard until it comes up again.
    """
    bypass = Qt.WindowType.BypassWindowManagerHint
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not steal_focus)
    if bool(window.windowFlags() & bypass) != unmanaged:
        window.setWindowFlag(bypass, unmanaged)  # this also hides the window
    screen, frame, place = pointer_screen(), window.frameGeometry(), window.settled_place()
    shown = window.isVisible() and not window.isMinimized()
    leave(window, manager)
    window.winId()  # makes the native window
    accept_keyboard(window, accepts=steal_focus)
    if shown and room(screen).contains(frame) and not window.isMaximized():
        window.move(frame.topLeft())  # where it was: the window manager would place it
        window.settle_at(place)
    else:
        window.place(screen)
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    if steal_focus or not on_x11() or (manager and not manager.runs()):
        window.raise_()
    if steal_focus:
        window.activateWindow()
        if manager is not None:
            manager.give_keyboard(window.winId())


def offer_keyboard(window: QWidget, later: QTimer) -> None:
    """Have a window that came by itself take the keyboard from now on, if a person chooses it.

    Where the keyboard follows the mouse, xfwm4 gives it to a new window below the pointer, once, a
    quarter of a second after the window came. There, `later` fires after that, and does the same.
    """
    if window.frameGeometry().contains(QCursor.pos()):
        later.start()
    else:
        accept_keyboard(window, accepts=True)


def accept_keyboard(window: QWidget, *, accepts: bool) -> None:
    """Tell the window manager whether a native window wants the keyboard when it is shown.

    Some window managers, such as IceWM, read nothing but this hint.
    """
    handle = window.windowHandle()
    # Qt reads the widget's attribute only when it makes the native window, and sets this then.
    handle.setProperty("_q_showWithoutActivating", not accepts)
    if on_x11():
        if window.testAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDialog):
            # Qt forgets this attribute with the next line, unless this property has the type.
            handle.setProperty("_q_xcb_wm_window_type", _DIALOG)
        handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not accepts)
