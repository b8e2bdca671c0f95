"""The desktop's side of the GlobalShortcuts portal, as GNOME or KDE have it: run as a program.

The real xdg-desktop-portal talks to it. The argument says how it answers: "allow", "deny", "empty"
(binds nothing, and reports success), "keyless", "slow" (answers when told "answer"), "remembers"
(what an earlier session bound is bound, as in Plasma 6.3; BindShortcuts opens its settings, and so
counts as a refusal here). "gnome" is GNOME 48: it lists nothing before BindShortcuts, asks a person
about each shortcut that it doesn't know ("answer" or "cancel" is the person's), and responds with 2
to everything. "strict" is the same, and drops the wishes of an app without an id. "plasma" is
Plasma 6.7: it lists what it knows, and asks about the rest. With more
arguments, both know these shortcuts. A line "asked" on standard output is a question on the screen.
"""

from __future__ import annotations

import sys
from typing import Any

from tests.system.shortcut.peer import LIST, PATH, Peer, described, wished

NAME = "org.freedesktop.impl.portal.desktop.safepausetest"
_INTERFACE = "org.freedesktop.impl.portal.GlobalShortcuts"
_SESSION = "org.freedesktop.impl.portal.Session"
_REMEMBERED = ("pause", "CTRL+ALT+p")
_ASKING = ("gnome", "plasma")


class Backend(Peer):
    """Has one session at a time."""

    def __init__(self, mode: str, *known: str) -> None:
        super().__init__(NAME)
        self._mode = "gnome" if mode == "strict" else mode
        self._strict = mode == "strict"
        self._app = ""
        self._known = dict.fromkeys(known, _REMEMBERED[1])
        self._session = ""
        self._listed: list[tuple[str, str]] = []
        self._waiting: Any = None
        self._time = 1000

    def answer(self, message: Any, member: str) -> None:  # noqa: ANN401  -- jeepney has no types
        """Answer the portal."""
        if member == "GetAll":
            self.reply(message, "a{sv}", {"version": ("u", 2 if self._mode == "plasma" else 1)})
        elif member == "CreateSession":
            self._session, self._app = message.body[1], message.body[2]
            self._listed = [_REMEMBERED] if self._mode == "remembers" else []
            if self._mode == "plasma":
                self._listed = list(self._known.items())
            self.reply(message, "ua{sv}", 0, {})
        elif member == "BindShortcuts" and self._mode == "slow":
            self._waiting = message
        elif member == "BindShortcuts" and self._mode in _ASKING:
            self._ask(message)
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
        elif order == "remove":
            self.signal(_INTERFACE, PATH, "ShortcutsChanged", f"o{LIST}", self._session, [])
        elif self._mode in _ASKING:
            self._decide(yes=order == "answer")
        elif order == "answer":
            self._mode = "allow"
            if self._waiting is not None:
                self._bind(self._waiting)

    def _ask(self, message: Any) -> None:  # noqa: ANN401
        """Ask the person about new shortcuts. Known ones are bound without a question."""
        self._waiting = message
        if self._strict and not self._app:
            self.reply(message, "ua{sv}", 2, {})
        elif all(what in self._known for what, _keys in wished(message.body[2])):
            self._keep(message)
        else:
            print("asked", flush=True)  # noqa: T201  -- the test reads it

    def _decide(self, *, yes: bool) -> None:
        """Answer the question, as a person does."""
        if yes:
            self._keep(self._waiting)
        else:
            self.reply(self._waiting, "ua{sv}", 2 if self._mode == "gnome" else 1, {})

    def _keep(self, message: Any) -> None:  # noqa: ANN401
        """Bind the shortcuts. The keys of a known one stay, whatever the app prefers."""
        asked = dict(wished(message.body[2]))
        self._known = {**asked, **self._known}
        self._listed = [(what, self._words(self._known[what])) for what in asked]
        self.reply(message, "ua{sv}", 2 if self._mode == "gnome" else 0, self._shortcuts())

    def _words(self, keys: str) -> str:
        if self._mode != "gnome":
            return keys
        *modifiers, key = keys.split("+")
        names = {"CTRL": "Control", "ALT": "Alt", "SHIFT": "Shift", "LOGO": "Super"}
        return f"Press {''.join(f'<{names[each]}>' for each in modifiers)}{key}"

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
    Backend(*sys.argv[1:]).run()
