"""The menu of the tray icon, as a panel reads it over the bus: its lines, and a click on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress

from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

_ITEM, _MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
_MARKS = str.maketrans("", "", "\u2068\u2069_")
"""What stands around a name, and before the letter of a mnemonic."""


class TrayMenu:
    """The menu of the icon that was registered last."""

    def __init__(self, rig: Rig) -> None:
        """Read where the menu is."""
        self._caller = rig.desktop.caller
        name = rig.desktop.watch.icons()[-1]
        item = DBusAddress("/StatusNotifierItem", name, "org.freedesktop.DBus.Properties")
        ((_kind, path),) = self._caller.call(item, "Get", "ss", _ITEM, "Menu")
        self._menu = DBusAddress(path, name, _MENU)

    def lines(self) -> list[str]:
        """Return the visible lines, as after the menu is opened. "---" is a separator."""
        return [text for text, _number in self._entries()]

    def choose(self, text: str) -> None:
        """Click a line."""
        number = wait_for(lambda: dict(self._entries()).get(text), f"the menu has {text!r}")
        self._event(number, "clicked")

    def _entries(self) -> list[tuple[str, int]]:
        self._event(0, "opened")
        self._caller.call(self._menu, "AboutToShow", "i", 0)
        _revision, (_number, _values, children) = self._caller.call(
            self._menu, "GetLayout", "iias", 0, 1, []
        )
        found = [(child[0], child[1]) for _kind, child in children]
        return [
            (_text(values), number)
            for number, values in found
            if _value(values, "visible", otherwise=True)
        ]

    def _event(self, number: int, kind: str) -> None:
        self._caller.call(self._menu, "Event", "isvu", number, kind, ("i", 0), 0)


def _value(values: dict[str, Any], key: str, *, otherwise: object = "") -> Any:  # noqa: ANN401 -- the bus has its types
    return values.get(key, ("", otherwise))[1]


def _text(values: dict[str, Any]) -> str:
    if _value(values, "type") == "separator":
        return "---"
    return str(_value(values, "label")).translate(_MARKS)
