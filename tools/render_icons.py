"""Renders the program's icon in every size for desktops. `make icons` runs this after a change."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

APP_ID = "io.github.safepause.SafePause"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
FINER = 4
"""Painted so many times larger, then made smaller: thin lines stay even at 16 pixels."""


def main() -> None:
    """Write resources/icons/hicolor/<size>/apps/<app id>.png."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    picture = QSvgRenderer(str(ICONS / "safepause.svg"))
    for size in SIZES:
        path = ICONS / "hicolor" / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not rendered(picture, size).save(str(path)):
            raise SystemExit(f"{path} can't be written")
        print(path)
    application.quit()


def rendered(picture: QSvgRenderer, size: int) -> QImage:
    """Return the picture, `size` pixels wide and high."""
    large = QImage(size * FINER, size * FINER, QImage.Format.Format_ARGB32_Premultiplied)
    large.fill(Qt.GlobalColor.transparent)
    painter = QPainter(large)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    picture.render(painter, QRectF(large.rect()))
    painter.end()
    return large.scaled(
        size,
        size,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


if __name__ == "__main__":
    main()
