"""Another program's window, run as a program: it writes down the keys that it gets.

`wev` would do, but KWin 5.27 draws other windows askew after one of its pictures.
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
    """A window to write in, and a letter begun."""

    def __init__(self) -> None:
        """Stand ready to write on at the end."""
        super().__init__(_TEXT)
        self.setStyleSheet("padding: 24px; font-size: 19px; background: #fbf8f1; color: #333")
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  -- Qt's
        """Write down a key by its number, and its text."""
        super().keyPressEvent(event)
        print("key", int(event.key()), event.text(), flush=True)


def main() -> int:
    """Show the window, over the whole screen if told "full", until the program is ended."""
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
