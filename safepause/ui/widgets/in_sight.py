"""Scrolls to what a click has brought up, such as a question, where a low window scrolls it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from safepause.ui.theme.scale import GAP

SOON_MS = (0, 50)
"""When to scroll: a window that is too low for what has come moves it, after the first time."""


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to a widget, and in it to what has the keyboard, once the layouts are done."""
    for soon in SOON_MS:
        QTimer.singleShot(soon, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    area: QWidget | None = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None:
        return
    area.ensureWidgetVisible(widget, 0, GAP)
    focused = cast("QWidget | None", area.window().focusWidget())  # the stub leaves None out
    if focused is not None and widget.isAncestorOf(focused):
        area.ensureWidgetVisible(focused, 0, GAP)
