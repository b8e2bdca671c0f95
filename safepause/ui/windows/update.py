"""The window that says that the program's files were changed, and offers a new start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal

from safepause.i18n.language import _
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say
from safepause.ui.windows.base import Window

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings

SIZE = QSize(600, 220)


class UpdateWindow(Window):
    """Asks whether SafePause starts again, or says that its files are not there."""

    restart_requested = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, SIZE)
        self.setWindowTitle(_("SafePause"))
        self._title, self._text = label(role="title"), label()
        self.column.addWidget(self._title)
        self.column.addWidget(self._text)
        self.column.addStretch(1)
        again = self.restart_requested.emit
        self._again = button(_("Restart SafePause"), again, ButtonStyle.PRIMARY)
        self._later = button(_("Later"), self.close, ButtonStyle.QUIET)
        self.bottom.add(self._later, at_end=True)
        self.bottom.add(self._again, at_end=True)

    def wanted(self) -> QSize:
        """Return a size in which all words are in sight."""
        usual = super().wanted()
        wide = min(usual.width(), self.screen().availableGeometry().width())
        inside = wide - self.area.verticalScrollBar().sizeHint().width()
        high = self.column.totalHeightForWidth(inside) + self.bottom.totalHeightForWidth(inside)
        return usual.expandedTo(QSize(0, high))

    def ask(self) -> None:
        """Say that the files were replaced, and offer the new start."""
        say(self._title, _("SafePause was updated. Start it again?"))
        say(self._text, _("Your pauses and settings stay."))
        self._again.show()

    def say_gone(self) -> None:
        """Say that the files are gone."""
        say(self._title, _("SafePause's files are gone."))
        say(self._text, _("A pause still works. Please install SafePause again."))
        self._again.hide()

    def say_unfinished(self) -> None:
        """Say that the new files are not whole, as in the middle of an update."""
        say(self._title, _("SafePause's new files are not all here yet."))
        say(self._text, _("A pause still works. Please wait, or install SafePause again."))
        self._again.hide()
