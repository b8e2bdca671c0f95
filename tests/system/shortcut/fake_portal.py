"""A portal as other versions of xdg-desktop-portal are, its desktop included: run as a program.

The argument is a version. "1.16" is Debian 12's with Plasma 5.27: CreateSession binds the shortcuts
in its options and lists them in its response; BindShortcuts opens Plasma's settings and binds
nothing, so it counts as a refusal here. "1.21" takes only apps that have registered their id.
"""

from __future__ import annotations

import sys
from typing import Any

import jeepney

from safepause.system.shortcut.portal_session import PORTAL, SHORTCUTS
from tests.system.shortcut.peer import LIST, PATH, Peer, described, wished

_REQUEST = "org.freedesktop.portal.Request"


class Portal(Peer):
    """Has one session."""

    def __init__(self, version: str) -> None:
        super().__init__(PORTAL)
        self._version = version
        self._session = ""
        self._bound: list[tuple[str, str]] = []

    def answer(self, message: Any, member: str) -> None:  # noqa: ANN401  -- jeepney has no types
        """Answer the app."""
        if member == "Register" and self._version == "1.16":
            self.refuse(message, "org.freedesktop.DBus.Error.UnknownMethod", "No such interface")
        elif member == "Register":
            self.refuse(message, "org.freedesktop.portal.Error.Failed", "App info not found")
        elif member == "CreateSession" and self._version == "1.21":
            self.refuse(message, "org.freedesktop.portal.Error.NotAllowed", "An app id is required")
        elif member == "CreateSession":
            options = message.body[0]
            self._session = f"{PATH}/session/{options['session_handle_token'][1]}"
            self._bound = wished(options["shortcuts"][1])
            results = {"session_handle": ("s", self._session), **self._shortcuts()}
            self._respond(message, options, 0, results)
        elif member == "ListShortcuts":
            self._respond(message, message.body[1], 0, self._shortcuts())
        elif member == "BindShortcuts":
            self._respond(message, message.body[3], 1, {})
        else:
            self.reply(message, None)

    def obey(self, order: str, *words: str) -> None:
        """Press and release keys."""
        said = (self._session, words[0], 1000)
        self.signal(SHORTCUTS, PATH, order, "osta{sv}", *said, {})

    def _shortcuts(self) -> dict[str, Any]:
        return {"shortcuts": (LIST, [described(*each) for each in self._bound])}

    def _respond(
        self,
        message: Any,  # noqa: ANN401
        options: dict[str, Any],
        code: int,
        results: dict[str, Any],
    ) -> None:
        """Answer a call with the path of a request, and then respond from that path."""
        sender = message.header.fields[jeepney.HeaderFields.sender]
        name = f"{sender[1:].replace('.', '_')}/{options['handle_token'][1]}"
        request = f"{PATH}/request/{name}"
        self.reply(message, "o", request)
        self.signal(_REQUEST, request, "Response", "ua{sv}", code, results)


if __name__ == "__main__":
    Portal(sys.argv[1]).run()
