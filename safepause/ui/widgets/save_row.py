"""A row that asks for the path of a file to write, and says what became of it.

Qt's own file dialog is not used: it writes the folders that a person visits into a file.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from safepause.i18n.language import _
from safepause.ui.widgets import reader
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.in_sight import bring_into_sight
from safepause.ui.widgets.labels import label, say


class SaveRow(QWidget):
    """Asks where to save a file. It starts hidden."""

    save_requested = Signal(str)
    """The path that the person wants. The program may not be able to write there."""

    def __init__(self, name: str, hint: str = "") -> None:
        """Propose the file `name` in the folder of the person's documents."""
        super().__init__()
        self._name = name
        self._hint = hint
        caption = label(_("Save as"))
        self.path = QLineEdit()
        caption.setBuddy(self.path)
        self.path.setAccessibleName(_("Save as"))
        self.path.returnPressed.connect(self._save)
        self._said = label(role="label")
        self._replace = button(_("Replace it"), self._save_anyway, ButtonStyle.QUIET)
        self._replace.hide()
        self.path.textChanged.connect(self._replace.hide)
        row = QHBoxLayout()
        row.addWidget(caption)
        row.addWidget(self.path, 1)
        answers = Flow()
        answers.add(button(_("Not now"), self.hide, ButtonStyle.QUIET), at_end=True)
        answers.add(self._replace, at_end=True)
        answers.add(button(_("Save"), self._save), at_end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Card(row, self._said, answers))
        self.hide()

    def ask(self) -> None:
        """Show the row with the proposed path."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(place)
        self.path.setText(str(Path(folder) / self._name))
        self._replace.hide()
        say(self._said, self._hint)
        self._said.setVisible(bool(self._hint))
        self.show()
        self.path.setFocus()
        bring_into_sight(self)

    def tell(self, sentence: str) -> None:
        """Say what became of the file."""
        say(self._said, sentence)
        self._said.show()
        self.show()
        reader.announce_in(self, sentence)
        bring_into_sight(self)

    @property
    def sentence(self) -> str:
        """What the row says of the file."""
        return self._said.accessibleName()

    def _save(self) -> None:
        """Ask for the file. One that is there already stays until a person says otherwise."""
        path = self.path.text().strip()
        if not path:
            self.tell(_("Please write where the file should go."))
        elif _is_taken(path):
            self.tell(_("There is a file of that name already. Please choose another name."))
            self._replace.show()
        else:
            self.save_requested.emit(path)

    def _save_anyway(self) -> None:
        self._replace.hide()
        self.save_requested.emit(self.path.text().strip())


def _is_taken(path: str) -> bool:
    try:
        return Path(path).expanduser().is_file()
    except (OSError, RuntimeError, ValueError):  # whoever writes the file says why that fails
        return False
