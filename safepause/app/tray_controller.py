"""The tray controller updates the tray icon and its menu, and connects their requests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from safepause.app.tray_fallback import TrayFallback
from safepause.core.capability import CapabilityKey
from safepause.core.listeners import Order
from safepause.core.origin import Origin
from safepause.ui.tray.actions import Actions
from safepause.ui.tray.clicks import menu_at_click
from safepause.ui.tray.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.pause_flow import PauseFlow
    from safepause.app.windows import Windows
    from safepause.core.capability import Capability, TrayService
    from safepause.core.service import PauseService


class TrayController:
    """Shows the state of the pause in icon and menu, and passes on what a person asks for."""

    def __init__(self, service: PauseService, tray_service: Callable[[], TrayService]) -> None:
        """Make the icon and its menu. `start` shows them."""
        self._service = service
        desktops = os.environ.get("XDG_CURRENT_DESKTOP", "")
        self.actions = Actions(service.clock, menu_at_click=menu_at_click(desktops))
        self.tray = Tray(self.actions, service.clock, tray_service)

    def connect(self, flow: PauseFlow, windows: Windows, leave: Callable[[], None]) -> None:
        """Connect every request of icon and menu. `leave` ends the program."""
        self.fallback = TrayFallback(self.tray.available, flow, windows)
        self.tray.activated.connect(lambda: flow.requests.call(Origin.TRAY))
        self.tray.middle_clicked.connect(flow.show_breathing)
        self.tray.menu_wanted.connect(windows.show_home)
        actions = self.actions
        actions.pause_requested.connect(lambda by: flow.requests.call(Origin.TRAY, by))
        actions.pause_for_requested.connect(lambda when: flow.requests.call(Origin.TRAY, when=when))
        actions.more_time_requested.connect(lambda when: flow.requests.extend(Origin.TRAY, when))
        actions.choose_time_requested.connect(flow.show_more_time)
        actions.show_requested.connect(flow.show)
        actions.breathe_requested.connect(flow.show_breathing)
        actions.return_requested.connect(flow.ask_return)
        actions.undo_requested.connect(lambda: flow.requests.undo(Origin.TRAY))
        actions.breathe_in_pause_requested.connect(flow.breathe)
        actions.let_go_requested.connect(lambda: flow.requests.let_go(Origin.TRAY))
        actions.start_again_requested.connect(flow.show_restart)
        actions.look_back_requested.connect(flow.show_look_back)
        actions.quick_exit_requested.connect(windows.quick_exit)
        actions.agreement_requested.connect(windows.agreement.show)
        actions.settings_requested.connect(windows.settings.show_settings)
        actions.history_requested.connect(windows.show_history)
        actions.support_requested.connect(windows.show_support)
        actions.quit_requested.connect(leave)
        self._service.on_change(CapabilityKey.TRAY, lambda _accepted: self.update(), Order.SHOW)
        self._service.on_settings(CapabilityKey.TRAY, lambda _settings: self.update(), Order.SHOW)

    def start(self) -> None:
        """Put the icon into the tray."""
        self.update()
        self.tray.show()

    def stop(self) -> None:
        """Remove the icon."""
        self.fallback.stop()
        self.actions.minute.follow(None)
        self.tray.hide()

    def capabilities(self) -> list[Capability]:
        """Say whether this desktop has a tray."""
        return [self.tray.capability()]

    def update(self) -> None:
        """Show the present state."""
        can_undo = self._service.last_end.can_undo(self._service.pause)
        self.tray.update(self._service.pause, self._service.settings, can_undo=can_undo)
