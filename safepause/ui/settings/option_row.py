"""One of several things to choose from: its name, one line about it, and what can be done with it.

A click anywhere on the row chooses it. The arrow keys move between the rows of one group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from safepause.ui.theme.scale import BIG_LETTERS
from safepause.ui.theme.style_sheet import TARGET, font_size
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QPushButton

_GAP, _BESIDE = 4, 12
"""The room between the words and what is below and beside them, in pixels."""


class OptionRow(QWidget):
    """A round button with a name, perhaps a line, and further buttons."""

    def __init__(
        self,
        name: str,
        line: str,
        chosen: Callable[[], object],
        main: QPushButton,
        *more: QPushButton,
    ) -> None:
        """Show the button `main` beside the name, and `more` below the line.

        With large letters `main` is below the line, too.
        `chosen` is called when a person chooses the row.
        """
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(name)
        self.radio.setAccessibleDescription(line)
        self.radio.setMinimumSize(TARGET, TARGET)
        self.radio.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.radio.clicked.connect(lambda _checked: chosen())
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addStretch(1)
        column.addWidget(label(name))
        if line:
            column.addWidget(label(line, "label"))
        narrow = font_size(1) > BIG_LETTERS
        below = (main, *more) if narrow else more
        if below:
            row = Flow()
            row.setSpacing(_GAP)
            for each in below:
                row.add(each)
            column.addLayout(row)
        column.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(column, 1)
        if not narrow:
            whole.addSpacing(_BESIDE)
            whole.addWidget(main, 0, Qt.AlignmentFlag.AlignTop)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the row."""
        super().mouseReleaseEvent(event)
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton:
            self.radio.setFocus()
            self.radio.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here."""
        event.setAccepted(event.type() == QEvent.Type.MouseButtonPress)
