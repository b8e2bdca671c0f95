"""Takes pictures of every window and page in each of its states, in each look.

`make demo` runs this after the demo. Each look has a folder in build/demo/windows, and one sheet
that shows all its pictures side by side. The list of windows is in `tests/ui/every_window.py`. The
run exits 1 if a picture is empty, or if a window or a page of the program is in none of them.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import safepause.ui
from safepause.ui.pause.page import Page
from safepause.ui.theme.palette import DARK
from safepause.ui.windows.placed import Placed
from tests.ui.every_window import VIEWS
from tests.ui.view import letters, shown, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BUILD = Path("build") / "demo" / "windows"
CLEAR = 70
"""How much lighter or darker than the ground letters are, of 255."""
LEAST = 0.002
"""The least share of a picture that letters cover."""
EVERY = 4
"""Every fourth line of a picture is looked at."""
QUICK = 80
"""How much a picture is packed: 0 is the smallest file, and 100 the quickest."""
ACROSS, THUMB, ROOM, CAPTION = 8, QSize(300, 250), 10, 22
"""How many pictures are side by side on a sheet, their size there, and the room around them."""


@dataclass(frozen=True)
class Look:
    """How the windows look, and the screen on which they come up."""

    name: str
    """The name of the folder."""
    theme: str
    language: str = "en"
    points: int = 10
    """The size of the system's letters."""
    screen: tuple[int, int] = (1366, 768)
    scale: int = 1
    dark: bool = False
    """Whether the system is dark, for the theme with more contrast."""


LOOKS = (
    *(
        Look(f"{theme}-{language}-{100 * scale}", theme, language, scale=scale)
        for scale in (1, 2)
        for theme in ("light", "dark")
        for language in ("en", "de")
    ),
    *(Look(f"20pt-{language}", "light", language, points=20) for language in ("en", "de")),
    Look("contrast-light", "contrast"),
    Look("contrast-dark", "contrast", dark=True),
    *(Look(f"1024x600-{code}", "light", code, screen=(1024, 600)) for code in ("en", "de")),
)
AT_ONCE = 2
"""How many processes take pictures."""


def main(arguments: list[str]) -> int:
    """Take the pictures of all looks, or of the looks that are named."""
    named = [look for look in LOOKS if look.name in arguments]
    if os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen:"):
        return take(named[0])
    return take_all(named or list(LOOKS))


def take_all(looks: list[Look]) -> int:
    """Take the pictures of each look in a process of its own, because each has its own screen."""
    started, right = perf_counter(), True
    running: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        for look in looks:
            if len(running) == AT_ONCE:
                right = running.pop(0).wait() == 0 and right
            running.append(_process(look, Path(folder)))
        ends = [process.wait() for process in running]
        right = right and not any(ends)
    seconds = round(perf_counter() - started)
    if right:
        print(f"SafePause: Pictures of every window are in {BUILD} ({seconds} s).")
    return 0 if right else 1


def _process(look: Look, folder: Path) -> subprocess.Popen[bytes]:
    """Start taking the pictures of a look on a screen of its size."""
    screen = folder / f"{look.name}.json"
    width, height = look.screen
    screen.write_text(
        json.dumps(
            {
                "screens": [
                    {"name": "demo", "x": 0, "y": 0, "width": width, "height": height}
                    | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": look.scale}
                ]
            }
        )
    )
    env = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}", "LANGUAGE": "en"}
    return subprocess.Popen([sys.executable, __file__, look.name], env=env)


def take(look: Look) -> int:
    """Take the pictures of one look. Return 1, and say why, if one is empty or a window missing."""
    qInstallMessageHandler(_warn)
    application = QApplication([])
    if look.dark:
        application.setPalette(QPalette(QColor(DARK.bg1)))
    folder = BUILD / look.name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    pictures, seen, empty = {}, set[type[QWidget]](), []
    with spoken(look.language), letters(look.points):
        for view in VIEWS:
            with shown(view, theme=look.theme) as window:
                seen |= {type(each) for each in _shown_in(window)}
                picture = window.grab().toImage()
            _save(picture, folder / f"{view.name}.png")
            pictures[view.name] = _thumb(picture)
            if is_empty(picture):
                empty.append(view.name)
    _save(sheet(pictures), folder.with_suffix(".png"))
    lacking = missing(seen)
    for problem, names in (("empty pictures", empty), ("no picture of", lacking)):
        if names:
            print(f"SafePause: {look.name}: {problem}: {', '.join(names)}.", file=sys.stderr)
    return 1 if empty or lacking else 0


def _warn(_kind: QtMsgType, _context: object, words: str) -> None:
    """Pass on what Qt says, but not what the offscreen platform says of itself."""
    if not words.startswith("This plugin does not support"):
        print(f"Qt: {words}", file=sys.stderr)


def _shown_in(window: QWidget) -> Iterator[QWidget]:
    """Yield a window and the page that it shows."""
    yield window
    yield from (page for page in window.findChildren(Page) if page.isVisible())


def missing(seen: Iterable[type[QWidget]]) -> list[str]:
    """Return the names of the windows and pages of the program that are not among those `seen`."""
    for module in pkgutil.walk_packages(safepause.ui.__path__, "safepause.ui."):
        importlib.import_module(module.name)
    known = set(seen)
    return sorted(each.__name__ for base in (Placed, Page) for each in _last(base) - known)


def _last(base: type[QWidget]) -> set[type[QWidget]]:
    """Return the classes below `base` that no other class is below of."""
    below = base.__subclasses__()
    return set().union(*(_last(each) for each in below)) if below else {base}


def is_empty(picture: QImage) -> bool:
    """Tell whether a picture has no letters: nothing in it is clear of its ground."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, across = bytes(grey.constBits()), grey.bytesPerLine()
    tones: Counter[int] = Counter()
    for start in range(0, across * grey.height(), EVERY * across):
        tones.update(pixels[start : start + grey.width()])
    [(ground, _count)] = tones.most_common(1)
    clear = sum(count for tone, count in tones.items() if abs(tone - ground) > CLEAR)
    return clear < LEAST * tones.total()


def _save(picture: QImage, path: Path) -> None:
    if not picture.save(str(path), quality=QUICK):
        sys.exit(f"SafePause: {path} can't be written.")


def _thumb(picture: QImage) -> QImage:
    return picture.scaled(
        THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def sheet(pictures: dict[str, QImage]) -> QImage:
    """Return one picture of all, each with its name below it."""
    wide, high = THUMB.width() + ROOM, THUMB.height() + CAPTION + ROOM
    rows = -(-len(pictures) // ACROSS)
    whole = QImage(ACROSS * wide + ROOM, rows * high + ROOM, QImage.Format.Format_RGB32)
    whole.fill(QColor("#808890"))
    painter = QPainter(whole)
    painter.setPen(QColor("#ffffff"))
    for place, (name, picture) in enumerate(pictures.items()):
        left, top = ROOM + place % ACROSS * wide, ROOM + place // ACROSS * high
        painter.drawImage(QRect(left, top, picture.width(), picture.height()), picture)
        below = QRect(left, top + THUMB.height(), THUMB.width(), CAPTION)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    painter.end()
    return whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
