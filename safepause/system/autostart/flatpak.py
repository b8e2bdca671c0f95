"""Starting with the desktop from inside a Flatpak: the desktop writes the file, if it may.

The portal can be asked, but not what stands. So the file that it writes is looked at where the
package may read it (`--filesystem=xdg-config/autostart:ro`); else the portal's last answer counts.
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
from safepause.system.dbus.wire import Call, DBusError, Message, Rule
from safepause.system.desktop import launch_command
from safepause.system.desktop.entry import read_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
BACKGROUND = "org.freedesktop.portal.Background"
REQUEST = "org.freedesktop.portal.Request"
PATIENCE = 120.0
"""Seconds that the portal may take to answer: it may ask the person first."""
_GRANTED = 0
_FOLDER = "xdg-config/autostart"

log = logging.getLogger(__name__)


class Subscription(Protocol):
    """Signals that are being listened to."""

    def close(self) -> None:
        """Hear no more."""
        ...


class Calls(Protocol):
    """The bus, as far as it is needed here."""

    unique_name: str

    def call(
        self,
        call: Call,
        done: Callable[[Message], None],
        failed: Callable[[DBusError], None],
        timeout: float | None = ...,
    ) -> None:
        """Call, and have one of the two called later."""
        ...

    def on_signal(self, rule: Rule, handler: Callable[[Message], None]) -> Subscription:
        """Have `handler` called for every signal that fits."""
        ...


class PortalBackground:
    """Asks the portal, which may ask the person."""

    def __init__(
        self,
        bus: Calls,
        answered: Callable[[str], None],
        info: Path,
        env: Mapping[str, str] = os.environ,
    ) -> None:
        """Know the bus, whom to tell of an answer, and the file that says what we may read."""
        self._bus = bus
        self._answered = answered
        self._env = env
        self._reads_file = _may_read_folder(info)
        self._tokens = count(1)
        self._listening: Subscription | None = None
        self._granted = False
        self._refused = ""

    def enabled(self) -> bool:
        """Look at the desktop's file; where that can't be seen, return the portal's last answer."""
        if self._reads_file:
            found = read_entry(self._file())
            return "Exec" in found and found.get("Hidden") != "true"
        return self._granted

    def enable(self) -> None:
        """Ask the portal; `answered` is called later.

        Raises:
            NotKept: there is no portal to ask yet.

        """
        self._ask(wanted=True)

    def disable(self) -> None:
        """Ask the portal; `answered` is called later.

        Raises:
            NotKept: there is no portal to ask yet.

        """
        self._ask(wanted=False)

    def capability(self) -> Capability:
        """Return whether the portal has refused."""
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
        sender = self._bus.unique_name.removeprefix(":").replace(".", "_")
        if not sender:
            raise NotKept(_("The desktop doesn't answer."))
        token = f"safepause_autostart{next(self._tokens)}"
        self._listen(f"{PATH}/request/{sender}/{token}", wanted=wanted)
        options = {
            "handle_token": ("s", token),
            "reason": ("s", _("SafePause can start with your computer.")),
            "autostart": ("b", wanted),
            "commandline": ("as", ["safepause", launch_command.HIDDEN]),
            "dbus-activatable": ("b", False),
        }
        call = Call(PORTAL, PATH, BACKGROUND, "RequestBackground", "sa{sv}", ("", options))
        self._bus.call(call, lambda _handle: None, self._not_there, PATIENCE)

    def _listen(self, handle: str, *, wanted: bool) -> None:
        """Wait for the answer to this request, and to no earlier one."""
        self._forget()
        self._listening = self._bus.on_signal(
            Rule(PORTAL, handle, REQUEST, "Response"),
            lambda heard: self._decided(heard, wanted=wanted),
        )

    def _forget(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def _decided(self, heard: Message, *, wanted: bool) -> None:
        self._forget()
        code, results = heard.body
        self._granted = code == _GRANTED and bool(results.get("autostart", ("b", False))[1])
        self._refused = _("The desktop said no.") if wanted and not self._granted else ""
        self._answered(self._refused)

    def _not_there(self, reason: DBusError) -> None:
        log.info("no background portal: %s", reason)
        self._forget()
        self._refused = _("This desktop has no portal for it.")
        self._answered(self._refused)

    def _file(self) -> Path:
        """Return the file of the desktop, not of the package's own folders."""
        config = self._env.get("HOST_XDG_CONFIG_HOME", "")
        home = Path(config) if config.startswith("/") else Path.home() / ".config"
        return home / "autostart" / FILE


def _may_read_folder(info: Path) -> bool:
    """Tell whether the package was given the folder of autostart files, to read at least."""
    try:
        text = info.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    lines = (line.partition("=") for line in text.splitlines())
    given = next((value for key, _equals, value in lines if key == "filesystems"), "")
    return _FOLDER in (part.partition(":")[0] for part in given.split(";"))
