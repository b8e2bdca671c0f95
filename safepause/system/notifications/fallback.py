"""The order in which the channels are tried. What a failure means is decided here alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.notifications.dbus import DBusNotifications
from safepause.system.notifications.factory import make_fallback
from safepause.system.notifications.left_over import LeftOver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from safepause.system.dbus.connection import Bus
    from safepause.system.notifications.backend import Channel, Notice

log = logging.getLogger(__name__)


class Notifications(QObject):
    """Shows one notice at a time, in the first way that works. A failure is logged, no error."""

    chosen = Signal(str)
    """The key of the button that was pressed, or "default" for a click on the notice itself."""

    def __init__(  # noqa: PLR0913  -- built in one place, each part once
        self,
        bus: Bus | None,
        tray_message: Callable[[str, str], None],
        left_over: Path,
        parent: QObject | None = None,
        *,
        standing: Notice | None = None,
        fallback: Channel | None = None,
    ) -> None:
        """Take the session bus, if there is one. `fallback` is a fake of plyer for tests.

        `left_over` is the file that tells the next start of a notification on the screen.
        `standing` is the notice of a bus that was lost.
        """
        super().__init__(parent)
        self._tray_message = tray_message
        self._desktop: DBusNotifications | None = None
        self._fallback = fallback
        self._show = 0
        if bus is not None:
            self._desktop = DBusNotifications(bus, LeftOver(left_over), self, standing=standing)
            self._desktop.chosen.connect(self.chosen)

    @property
    def standing(self) -> Notice | None:
        """The notice that the desktop's service shows, or should show."""
        return self._desktop.standing if self._desktop is not None else None

    def show(self, notice: Notice) -> None:
        """Show a notice in the place of the last one. Return at once."""
        self._show += 1
        self._try(notice, self._channels(quiet=notice.quiet), self._show)

    def withdraw(self) -> None:
        """Remove the notice from the screen, if that is possible."""
        self._show += 1
        for channel in (self._desktop, self._fallback):
            if channel is not None:
                channel.withdraw()

    def capability(self) -> Capability:
        """Return how notices are shown here, as far as is known now."""
        found: list[Capability] = []
        for channel in self._channels():
            found.append(channel.capability())
            if found[-1].available:
                return found[-1]
        if found:
            return found[0]
        why, advice = _("No notification service runs here."), _("The window tells you instead.")
        return Capability(CapabilityKey.NOTIFICATIONS, available=False, why=why, advice=advice)

    def _channels(self, *, quiet: bool = False) -> Iterator[Channel]:
        """Yield the channels in their order. The last one is made when it is needed.

        With `quiet`, nothing is logged.
        """
        if self._desktop is not None:
            yield self._desktop
        if self._fallback is None:
            try:
                self._fallback = make_fallback(self)
            except (ImportError, OSError) as error:  # its files are gone: the tray is left
                if not quiet:
                    log.warning("plyer can't be loaded: %s", type(error).__name__)
                return
        yield self._fallback

    def _try(self, notice: Notice, channels: Iterator[Channel], show: int) -> None:
        """Try the next channel, unless another notice was shown, or this one withdrawn."""
        if show != self._show:
            return
        channel = next(channels, None)
        if channel is None:
            self._tray_message(notice.title, notice.body)
            return

        def refused(why: str) -> None:
            if not notice.quiet:
                log.warning("a notification was not shown: %s", why)
            self._try(notice, channels, show)

        channel.show(notice, refused)
