"""Autostart in a Flatpak: the background portal writes the autostart file, if the person agrees.

The portal can't be asked whether SafePause starts. If the package may read the autostart folder
(`--filesystem=xdg-config/autostart:ro`), the file there decides. Otherwise the portal's last answer
does.
"""

from __future__ import annotations

import logging
import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept
from safepause.i18n.language import _
from safepause.system.autostart.xdg import FILE
from safepause.system.dbus.message import Call, DBusError, Message, Rule
from safepause.system.desktop import launch_command
from safepause.system.desktop.entry import read_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
BACKGROUND = "org.freedesktop.portal.Background"
REQUEST = "org.freedesktop.portal.Request"
PATIENCE = 120.0
"""Seconds that the portal has for its answer. It may ask the person first."""
_GRANTED = 0
_FOLDER = "xdg-config/autostart"

log = logging.getLogger(__name__)


class Subscription(Protocol):
    """A subscription to signals, until `close`."""

    def close(self) -> None:
        """End the subscription."""
        ...


class Calls(Protocol):
    """The part of the session bus that is needed here."""

    unique_name: str

    def call(
        self,
        call: Call,
        done: Callable[[Message], None],
        failed: Callable[[DBusError], None],
        timeout: float | None = ...,
    ) -> None:
        """Send a call. Later one of the two functions is called."""
        ...

    def on_signal(self, rule: Rule, handler: Callable[[Message], None]) -> Subscription:
        """Call `handler` for every signal that matches the rule."""
        ...


class PortalBackground:
    """Asks the background portal."""

    def __init__(
        self,
        bus: Callable[[], Calls | None],
        answered: Callable[[str], None],
        info: Path,
        env: Mapping[str, str] = os.environ,
    ) -> None:
        """Take functions for the present bus and for the answers, and the list of permissions."""
        self._bus = bus
        self._answered = answered
        self._env = env
        self._reads_file = _may_read_folder(info)
        self._tokens = count(1)
        self._listening: Subscription | None = None
        self._granted = False
        self._refused = ""

    def enabled(self) -> bool:
        """Return what the autostart file says, or else the portal's last answer."""
        if self._reads_file:
            found = read_entry(self._file())
            return "Exec" in found and found.get("Hidden") != "true"
        return self._granted

    def enable(self) -> None:
        """Ask the portal. `answered` is called later.

        Raises:
            NotKept: the bus has not answered yet, so the portal can't be asked.

        """
        self._ask(wanted=True)

    def disable(self) -> None:
        """Ask the portal. `answered` is called later.

        Raises:
            NotKept: the bus has not answered yet, so the portal can't be asked.

        """
        self._ask(wanted=False)

    def capability(self) -> Capability:
        """Return whether SafePause starts, or that the portal has refused."""
        if self._refused:
            advice = _("You can allow it in your desktop's settings.")
            return Capability(
                CapabilityKey.AUTOSTART, available=False, why=self._refused, advice=advice
            )
        if self.enabled():
            why = _("SafePause starts with the computer.")
        else:
            why = _("It can. You choose in the settings.")
        return Capability(CapabilityKey.AUTOSTART, available=True, why=why)

    def _ask(self, *, wanted: bool) -> None:
        bus = self._bus()
        sender = "" if bus is None else bus.unique_name.removeprefix(":").replace(".", "_")
        if bus is None or not sender:
            raise NotKept(_("The desktop doesn't answer."))
        token = f"safepause_autostart{next(self._tokens)}"
        self._listen(bus, f"{PATH}/request/{sender}/{token}", wanted=wanted)
        options = {
            "handle_token": ("s", token),
            "reason": ("s", _("SafePause can start with your computer.")),
            "autostart": ("b", wanted),
            "commandline": ("as", ["safepause", launch_command.HIDDEN]),
            "dbus-activatable": ("b", False),
        }
        call = Call(PORTAL, PATH, BACKGROUND, "RequestBackground", "sa{sv}", ("", options))
        bus.call(call, lambda _handle: None, self._failed, PATIENCE)

    def _listen(self, bus: Calls, handle: str, *, wanted: bool) -> None:
        """Wait for the answer to this request only, no longer for an earlier one."""
        self._unsubscribe()
        self._listening = bus.on_signal(
            Rule(PORTAL, handle, REQUEST, "Response"),
            lambda message: self._decided(message, wanted=wanted),
        )

    def _unsubscribe(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def _decided(self, message: Message, *, wanted: bool) -> None:
        self._unsubscribe()
        code, results = message.body
        self._granted = code == _GRANTED and bool(results.get("autostart", ("b", False))[1])
        self._refused = _("The desktop said no.") if wanted and not self._granted else ""
        self._answered(self._refused)

    def _failed(self, reason: DBusError) -> None:
        log.info("no background portal: %s", reason)
        self._unsubscribe()
        self._refused = _("This desktop has no portal for it.")
        self._answered(self._refused)

    def _file(self) -> Path:
        """Return the path in the person's folders, not in the package's own."""
        config = self._env.get("HOST_XDG_CONFIG_HOME", "")
        home = Path(config) if config.startswith("/") else Path.home() / ".config"
        return home / "autostart" / FILE


def _may_read_folder(info: Path) -> bool:
    """Return whether the package has permission to read the autostart folder."""
    try:
        text = info.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    lines = (line.partition("=") for line in text.splitlines())
    given = next((value for key, _equals, value in lines if key == "filesystems"), "")
    return _FOLDER in (part.partition(":")[0] for part in given.split(";"))
