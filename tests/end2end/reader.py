"""A screen reader: it reads names, kinds and places of all visible widgets.

Tests find a button by its words, as a person does, and click its middle. They use English words,
whatever the desktop's language is. The protocol is AT-SPI over D-Bus, which Qt and GTK support.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jeepney import DBusAddress

from tests.end2end.bus import Caller, CallError
from tests.end2end.language import shown
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_COMPONENT = "org.a11y.atspi.Component"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_SHOWING = 1 << 25
_DEEPEST = 30


@dataclass(frozen=True)
class Thing:
    """A widget on the screen."""

    name: str
    kind: str
    """Its role, such as "push button" or "label"."""
    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """The place to click."""
        return self.left + self.width // 2, self.top + self.height // 2


class Reader:
    """Reads the widgets of the programs on one desktop."""

    def __init__(self, caller: Caller, locale: str) -> None:
        """Connect to the accessibility bus. `locale` names the windows' language."""
        self._locale = locale
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        self._caller = Caller(str(caller.call(launcher, "GetAddress")[0]))

    def close(self) -> None:
        """Disconnect."""
        self._caller.close()

    def things(self, program: str = "") -> Iterator[Thing]:
        """Yield all visible widgets of all programs whose name contains `program`."""
        for name, path in self._children("org.a11y.atspi.Registry", _ROOT):
            if program.lower() in self._name(name, path).lower():
                yield from self._below(name, path, 0)

    def says(self, words: str, text: str) -> bool:
        """Tell whether a text of SafePause contains `words`, in the desktop's language."""
        return shown(words, self._locale).search(text) is not None

    def find(self, words: str, program: str = "", kind: str = "") -> Thing | None:
        """Return the first visible widget whose name contains `words`."""
        for thing in self.things(program):
            if self.says(words, thing.name) and kind in thing.kind:
                return thing
        return None

    def wait(self, words: str, program: str = "", limit: float = 10.0, kind: str = "") -> Thing:
        """Wait for a visible widget whose name contains `words`, and return it.

        Raises:
            NotInTimeError: there was none within `limit` seconds.

        """
        look = f"{words!r} is shown"
        return wait_for(lambda: self.find(words, program, kind), look, limit)

    def words(self, program: str = "") -> list[str]:
        """Return all visible texts."""
        return [thing.name for thing in self.things(program) if thing.name]

    def _below(self, name: str, path: str, depth: int) -> Iterator[Thing]:
        if depth > _DEEPEST:
            return
        for child in self._children(name, path):
            # A widget that is gone by now answers with an error, and is not shown.
            with suppress(CallError, TimeoutError):
                if depth == 0 or self._shows(*child):
                    yield self._thing(*child)
            yield from self._below(*child, depth + 1)

    def _thing(self, name: str, path: str) -> Thing:
        kind = self._caller.call(DBusAddress(path, name, _ACCESSIBLE), "GetRoleName")[0]
        component = DBusAddress(path, name, _COMPONENT)
        place = self._caller.call(component, "GetExtents", "u", 0)[0]
        return Thing(self._name(name, path), str(kind), *place)

    def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        where = DBusAddress(path, name, _ACCESSIBLE)
        try:
            found = self._caller.call(where, "GetChildren")[0]
        except (CallError, TimeoutError):
            return []
        return [(str(child), str(at)) for child, at in found]

    def _name(self, name: str, path: str) -> str:
        where = DBusAddress(path, name, _PROPERTIES)
        try:
            return str(self._caller.call(where, "Get", "ss", _ACCESSIBLE, "Name")[0][1])
        except (CallError, TimeoutError):
            return ""

    def _shows(self, name: str, path: str) -> bool:
        low, _high = self._caller.call(DBusAddress(path, name, _ACCESSIBLE), "GetState")[0]
        return bool(low & _SHOWING)
