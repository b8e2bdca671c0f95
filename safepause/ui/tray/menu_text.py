"""The form of a person's text in a menu. Panels show menus, and some read marks in the text.

The tray icon waits for this module, too: the name `Qt` is first used in a function, see `actions`.
"""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtGui import QFontMetrics, QGuiApplication

NAME_WIDTH = 30
"""The width of a name in a menu, in average letters. A longer name ends in an ellipsis."""


def menu_text(text: str) -> str:
    """Return a person's text in a form that Qt's menus and a panel's menus show unchanged.

    In Qt, "&" marks a mnemonic. In the D-Bus protocol of menus, "_" does. For D-Bus, Qt translates
    only the first "&", and leaves every "_", which a panel then removes. So similar characters
    replace the other "&" and every "_".
    """
    first, ampersand, rest = text.partition("&")
    doubled = first + ampersand * 2 + rest.replace("&", "\uff06")
    return doubled.replace("_", "\u02cd")


def elided(name: str) -> str:
    """Return a name that is short enough for a menu."""
    if len(name) <= NAME_WIDTH // 2:
        return name
    font = QFontMetrics(QGuiApplication.font())
    width = NAME_WIDTH * font.averageCharWidth()
    return font.elidedText(name, QtCore.Qt.TextElideMode.ElideRight, width)
