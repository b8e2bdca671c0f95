"""The desktop's side of the GlobalShortcuts portal, as GNOME or KDE have it: run as a program.

The real xdg-desktop-portal talks to it. The argument says how it answers: "allow", "deny", "empty"
(binds nothing, and reports success), "keyless", "slow" (answers when told "answer"), "remembers"
(what an earlier session bound is bound, as in Plasma 6.3; BindShortcuts opens its settings, and so
counts as a refusal here).
"""

from __future__ import annotations

import sys
from typing import Any

from tests.system.shortcut.peer import LIST, PATH, Peer, described, wished

NAME = "org.freedesktop.impl.portal.desktop.safepausetest"
_INTERFACE = "org.freedesktop.impl.portal.GlobalShortcuts"
_SESSION = "org.freedesktop.impl.portal.Session"
_REMEMBERED = ("pause", "CTRL+ALT+p")


class Backend(Peer):
    """Has one session at a time."""

    def __init__(self, mode: str) -> None:
        super().__init__(NAME)
        self._mode = mode
        self._session = ""
        self._listed: list[tuple[str, str]] = []
        self._waiting: Any = None
        self._time = 1000

    def answer(self, message: Any, member: str) -> None:  # noqa: ANN401  -- jeepney has no types
        """Answer the portal."""
        if member == "GetAll":
            self.reply(message, "a{sv}", {"version": ("u", 1)})
        elif member == "CreateSession":
            self._session = message.body[1]
            self._listed = [_REMEMBERED] if self._mode == "remembers" else []
            self.reply(message, "ua{sv}", 0, {})
        elif member == "BindShortcuts" and self._mode == "slow":
            self._waiting = message
        elif member == "BindShortcuts":
            self._bind(message)
        elif member == "ListShortcuts":
            self.reply(message, "ua{sv}", 0, self._shortcuts())
        else:
            self.reply(message, None)

    def obey(self, order: str, *words: str) -> None:
        """Press and release keys, change them, end the session, answer at last."""
        self._time += 40
        if order in ("Activated", "Deactivated"):
            said = (self._session, words[0], self._time)
            self.signal(_INTERFACE, PATH, order, "osta{sv}", *said, {})
        elif order == "change":
            changed = [described(words[0], " ".join(words[1:]))]
            self.signal(_INTERFACE, PATH, "ShortcutsChanged", f"o{LIST}", self._session, changed)
        elif order == "close":
            self.signal(_SESSION, self._session, "Closed", None)
        elif order == "answer":
            self._mode = "allow"
            if self._waiting is not None:
                self._bind(self._waiting)

    def _bind(self, message: Any) -> None:  # noqa: ANN401
        if self._mode in ("deny", "remembers"):
            self.reply(message, "ua{sv}", 1, {})
            return
        if self._mode != "empty":
            keyless = self._mode == "keyless"
            self._listed = [
                (what, "" if keyless else keys) for what, keys in wished(message.body[2])
            ]
        self.reply(message, "ua{sv}", 0, self._shortcuts())

    def _shortcuts(self) -> dict[str, Any]:
        return {"shortcuts": (LIST, [described(*each) for each in self._listed])}


if __name__ == "__main__":
    Backend(sys.argv[1]).run()
