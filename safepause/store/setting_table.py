"""The settings in their table: one row each, as text.

An odd row is left out alone. What can be read of a list in it, such as whole patterns, is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.settings.catalogue import SETTINGS, declared
from safepause.core.settings.declaration import SettingError, Value

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_SET = "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)"
_DROP = "DELETE FROM setting WHERE key = ? OR key = CAST(? AS TEXT)"


def read(connection: sqlite3.Connection) -> tuple[dict[str, Value], list[object]]:
    """Return the values of the settings, and the keys of odd rows."""
    values: dict[str, Value] = {}
    odd: list[object] = []
    for key, text in connection.execute("SELECT key, value FROM setting"):
        if isinstance(key, str) and key not in SETTINGS and not _is_damaged_key(key):
            continue  # a newer version of the program may have other settings
        try:
            values[key] = declared(key).parse(text)
        except (SettingError, TypeError, AttributeError):
            odd.append(key)
            if key in SETTINGS and (value := SETTINGS[key].rescue(text)) is not None:
                values[key] = value
    return values, odd


def write(connection: sqlite3.Connection, values: Mapping[str, Value]) -> None:
    """Write values."""
    texts = [(key, declared(key).write(value)) for key, value in values.items()]
    connection.executemany(_SET, texts)


def set_right(
    connection: sqlite3.Connection, values: Mapping[str, Value], odd: list[object]
) -> None:
    """Delete the odd rows, and write what was read of them."""
    keys = [_stored(key) for key in odd]
    connection.executemany(_DROP, [(key, key) for key in keys])
    write(connection, values)


def _stored(key: object) -> object:
    """Return the bytes of a key that may be no UTF-8, or a key that is no text."""
    return key.encode("utf-8", "surrogateescape") if isinstance(key, str) else key


def _is_damaged_key(key: str) -> bool:
    """Tell whether one character of a setting's key is damaged, or it can't be a key at all."""
    return not key.isidentifier() or any(
        len(known) == len(key) and sum(map(str.__ne__, known, key)) == 1 for known in SETTINGS
    )
