"""The window for a pause whose own window can't be built. It needs no other file of the program."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMessageBox


class PlainWindow(QMessageBox):
    """Says a sentence in front of other windows, without the keyboard.

    What a person types elsewhere must not close it, so no key does. A click does.
    """

    def __init__(self) -> None:
        """Make the window, hidden."""
        super().__init__()
        self.setWindowTitle("SafePause")
        self.setModal(False)  # the other windows can be used, as the one with helplines
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def tell(self, sentence: str) -> None:
        """Show a sentence where the person is: a window that is shown anew comes there.

        It gets a new native window: IceWM may not have let go of the old one yet.
        """
        self.setText(sentence)
        if self.isVisible():
            self.hide()
            self.windowHandle().destroy()
        self.show()
        self.setFocus()  # not its button

    def event(self, event: QEvent) -> bool:
        """Ignore keys: some desktops give each new window the keyboard."""
        return event.type() is not QEvent.Type.KeyPress and super().event(event)
