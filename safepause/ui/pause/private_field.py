"""Fields whose words are kept nowhere: not in the undo history, and not for a middle click."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

PRIVATE = Qt.InputMethodHint(
    (
        Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhHiddenText
    ).value
)
"""What keeps the words out of the memory of an on-screen keyboard."""
_MOST = 500


class PrivateField(QLineEdit):
    """One line that forgets its words."""

    def __init__(self, name: str, example: str) -> None:
        """Name the field for a screen reader, and show an example in it."""
        super().__init__()
        self.setPlaceholderText(example)
        self.setAccessibleName(name)
        self.setMaxLength(_MOST)
        self.setInputMethodHints(PRIVATE)

    def forget(self) -> None:
        """Empty the field. `setText` also clears its undo history."""
        self.setText("")
