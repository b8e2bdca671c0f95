"""The program that SafePause is compared with: the smallest PySide6 program with a tray icon."""

from __future__ import annotations

import signal
import sys

from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon


def main() -> int:
    """Show a tray icon until a signal ends the program."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    qt = QApplication(sys.argv)
    picture = QPixmap(32, 32)
    picture.fill("teal")
    icon = QSystemTrayIcon(QIcon(picture))
    icon.show()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
