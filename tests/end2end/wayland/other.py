"""A program with a window that prints the keys that it gets.

`wev` is no choice: KWin 5.27 draws other windows in the wrong place after a picture of it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

TITLE = "A letter"
_TEXT = """Dear Robin,

thank you for the plums. We made jam of them on Sunday, all afternoon, and
half of it is yours. Come by when you like; the door at the back is open.

"""


class Letter(QPlainTextEdit):
    """A window with a text field, and a text."""

    def __init__(self) -> None:
        """Put the cursor at the end of the text."""
        super().__init__(_TEXT)
        self.setStyleSheet("padding: 24px; font-size: 19px; background: #fbf8f1; color: #333")
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  -- Qt's
        """Print the number and the text of a key."""
        super().keyPressEvent(event)
        print("key", int(event.key()), event.text(), flush=True)


def main() -> int:
    """Show the window until the program is ended. With "full", it fills the screen."""
    app = QApplication(sys.argv)
    letter = Letter()
    letter.setWindowTitle(TITLE)
    letter.resize(900, 600)
    if sys.argv[1:] == ["full"]:
        letter.showFullScreen()
    else:
        letter.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
