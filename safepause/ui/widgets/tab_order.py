"""The way of the Tab key through a window: as its layouts show it, with the way out at the end.

The order is made when a person presses Tab, because widgets come and go. It costs nothing before.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from safepause.ui.widgets.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayout

_LAST = "last_stop"
W = TypeVar("W", bound=QWidget)


def last_stop(widget: W) -> W:
    """Return a widget, such as Hide, that the Tab key reaches after every answer."""
    widget.setProperty(_LAST, True)
    return widget


def order_stops(window: QWidget) -> None:
    """Have the Tab key follow the layouts of a window as they are now."""
    for before, after in pairwise(stops(window)):
        QWidget.setTabOrder(before, after)


def stops(window: QWidget) -> list[QWidget]:
    """Return what the Tab key reaches in a window, in order."""
    found = list(_below(window))
    return sorted(found, key=lambda widget: bool(widget.property(_LAST)))


def _below(widget: QWidget) -> Iterator[QWidget]:
    """Yield the stops in a widget: itself, or those of its layout."""
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        yield from _shown(widget.widget())
    elif isinstance(widget, QStackedWidget):
        yield from _shown(widget.currentWidget())
    elif _is_stop(widget):
        yield widget
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for part in parts(layout):
        if isinstance(part, QWidget):
            yield from _shown(part)
        else:
            yield from _in_layout(part)


def _shown(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is not None and not widget.isHidden():
        yield from _below(widget)


def _is_stop(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isEnabled() and widget.focusProxy() is None
