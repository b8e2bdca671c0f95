"""A portal as other versions of xdg-desktop-portal are, with its desktop: run as a program.

The argument is a version. "1.16" is Debian 12's with Plasma 5.27: CreateSession binds the shortcuts
in its options; BindShortcuts opens Plasma's settings, and so counts as a refusal here. "1.22" with
Plasma 6.7.4 lists what an earlier session bound, but no key works before BindShortcuts. "1.22
unlisted" is the same for an app without a desktop file. "1.22 dies" knows nothing, prints "asked"
as BindShortcuts comes, and ends without an answer. "1.22 brief" ends after its first answer.
"""

from __future__ import annotations

import sys
from typing import Any

import jeepney

from safepause.system.shortcut.portal_session import PORTAL, SHORTCUTS
from tests.system.shortcut.peer import LIST, PATH, Peer, described, wished

_REQUEST = "org.freedesktop.portal.Request"
_ERROR = "org.freedesktop.portal.Error"
_REMEMBERED = ("pause", "CTRL+ALT+p")


class Portal(Peer):
    """Has one session."""

    def __init__(self, version: str, *, listed: bool, dies: bool, brief: bool) -> None:
        super().__init__(PORTAL)
        self._dies = dies
        self._brief = brief
        self._binds_with_session = version == "1.16"
        self._knows_app = listed
        self._session = ""
        self._shown: list[tuple[str, str]] = []
        self._works = False

    def answer(self, message: Any, member: str) -> None:  # noqa: ANN401  -- jeepney has no types
        """Answer the app."""
        if member == "Register":
            self._register(message)
        elif member == "Get":
            self.reply(message, "v", ("u", 1 if self._binds_with_session else 2))
        elif member == "CreateSession":
            self._create(message, message.body[0])
        elif member == "ListShortcuts":
            self._respond(message, message.body[1], 0, self._shortcuts())
        elif member == "BindShortcuts":
            self._bind(message)
        else:
            if member == "Close":
                self._session = ""
            self.reply(message, None)

    def obey(self, order: str, *words: str) -> None:
        """Press and release keys."""
        if self._works:
            said = (self._session, words[0], 1000)
            self.signal(SHORTCUTS, PATH, order, "osta{sv}", *said, {})

    def _register(self, message: Any) -> None:  # noqa: ANN401
        if self._binds_with_session:
            self.refuse(message, "org.freedesktop.DBus.Error.UnknownMethod", "No such interface")
        elif not self._knows_app:
            self.refuse(message, f"{_ERROR}.Failed", "App info not found")
        else:
            self.reply(message, None)
        if self._brief:
            sys.exit()

    def _create(self, message: Any, options: dict[str, Any]) -> None:  # noqa: ANN401
        if not self._knows_app:
            self.refuse(message, f"{_ERROR}.NotAllowed", "An app id is required")
            return
        if self._session:
            self.refuse(message, f"{_ERROR}.Failed", "The session's name is in use")
            return
        self._session = f"{PATH}/session/{options['session_handle_token'][1]}"
        self._works = self._binds_with_session
        self._shown = wished(options["shortcuts"][1]) if self._works else [_REMEMBERED]
        if self._dies:
            self._shown = []
        self._respond(message, options, 0, {"session_handle": ("s", self._session)})

    def _bind(self, message: Any) -> None:  # noqa: ANN401
        options = message.body[3]
        if self._dies:
            print("asked", flush=True)  # noqa: T201  -- the test reads it
            sys.exit()
        if self._binds_with_session:
            self._respond(message, options, 1, {})
            return
        self._works = True
        self._shown = wished(message.body[1])
        self._respond(message, options, 0, self._shortcuts())

    def _shortcuts(self) -> dict[str, Any]:
        return {"shortcuts": (LIST, [described(*each) for each in self._shown])}

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
    Portal(
        sys.argv[1],
        listed="unlisted" not in sys.argv,
        dies="dies" in sys.argv,
        brief="brief" in sys.argv,
    ).run()
