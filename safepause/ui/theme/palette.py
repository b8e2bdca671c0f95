"""How SafePause looks: colours, the one style sheet, the ground of a window, and how much may move.

Calm and low in saturation, no red anywhere; every target is 44 px high or more. Sizes follow the
system's font, so that a person who needs larger letters gets them. Widgets say what they are with
two properties: buttons have a `look` ("primary", "quiet" or none), labels and frames a `role`
("title", "sub", "clock", "say", "label", "card", "band", "field").
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QLinearGradient, QPalette

TARGET = 44
"""The least height of anything to be clicked, in pixels."""
_MIDDLE = 128
"""Half of a colour's lightness."""
SMALLEST_FONT = 12
"""The least size of the system's font that the sizes are counted from, in pixels."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours, as Qt reads them: "#rrggbb" or "#aarrggbb"."""

    bg1: str
    bg2: str
    ink: str
    soft: str
    line: str
    card: str
    prim: str
    prim_ink: str
    orb1: str
    orb2: str
    orb3: str


LIGHT = Palette(
    bg1="#f3f6f4",
    bg2="#e3ecea",
    ink="#24363a",
    soft="#4f666b",
    line="#c9d6d4",
    card="#ccffffff",
    prim="#2f6f73",
    prim_ink="#ffffff",
    orb1="#bfdcd8",
    orb2="#7fb3b3",
    orb3="#4d8f92",
)
DARK = Palette(
    bg1="#16211f",
    bg2="#1b2a2c",
    ink="#e6efec",
    soft="#9db3b2",
    line="#33474a",
    card="#0dffffff",
    prim="#8cc7c3",
    prim_ink="#10201f",
    orb1="#2c4d50",
    orb2="#3f7175",
    orb3="#74b1b0",
)


def palette_for(choice: str) -> Palette:
    """Return the colours for the setting "theme": "system", "light" or "dark"."""
    if choice == "system":
        return DARK if _system_is_dark() else LIGHT
    return DARK if choice == "dark" else LIGHT


def _system_is_dark() -> bool:
    scheme = QGuiApplication.styleHints().colorScheme()
    if scheme is not Qt.ColorScheme.Unknown:
        return scheme is Qt.ColorScheme.Dark
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < _MIDDLE


def font_size(factor: float) -> int:
    """Return a size in pixels: so many times the system's font."""
    system = QFontInfo(QGuiApplication.font()).pixelSize()
    return round(max(SMALLEST_FONT, system) * factor)


BODY, SUB, TITLE, CLOCK, SAY, LABEL, PRIMARY, WORD, HINT = (
    1.15, 1.3, 2.25, 4.3, 1.55, 1.0, 1.3, 1.7, 1.1,
)  # fmt: skip
"""Sizes of letters, in system fonts."""


def style_sheet(palette: Palette) -> str:
    """Return the style sheet that all windows share."""
    return _sheet(palette, font_size(1.0))


@cache
def _sheet(palette: Palette, base: int) -> str:
    size = {
        name: round(base * factor)
        for name, factor in {
            "body": BODY,
            "sub": SUB,
            "title": TITLE,
            "clock": CLOCK,
            "say": SAY,
            "label": LABEL,
            "primary": PRIMARY,
        }.items()
    }
    return _TEMPLATE % {
        **{name: f"{pixels}px" for name, pixels in size.items()},
        **{name: getattr(palette, name) for name in Palette.__slots__},
    }


_TEMPLATE = """
QWidget { color: %(ink)s; font-size: %(body)s; }
QWidget[role="ground"] { background: qlineargradient(x1: 0.4, y1: 0, x2: 0.6, y2: 1,
  stop: 0 %(bg1)s, stop: 1 %(bg2)s); }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: %(title)s; font-weight: 600; }
QLabel[role="sub"] { font-size: %(sub)s; color: %(soft)s; }
QLabel[role="clock"] { font-size: %(clock)s; font-weight: 600; }
QLabel[role="say"] { font-size: %(say)s; }
QLabel[role="label"] { font-size: %(label)s; color: %(soft)s; }
QFrame[role="card"] { background: %(card)s; border: 1px solid %(line)s; border-radius: 14px; }
QFrame[role="band"] { background: %(card)s; border: 1px solid %(orb3)s; border-radius: 10px; }
QPushButton { background: %(card)s; color: %(ink)s; border: 1px solid %(line)s;
  border-radius: 10px; padding: 10px 17px; min-height: 22px; outline: none; }
QPushButton:hover { border-color: %(orb3)s; }
QPushButton:pressed { background: %(bg2)s; }
QPushButton:disabled { color: %(soft)s; }
QPushButton[look="primary"] { background: %(prim)s; color: %(prim_ink)s; border-color: %(prim)s;
  font-size: %(primary)s; font-weight: 600; padding: 13px 27px; }
QPushButton[look="primary"]:hover { border-color: %(ink)s; }
QPushButton[look="quiet"] { background: transparent; color: %(soft)s;
  border-color: transparent; }
QPushButton[look="quiet"]:hover { border-color: %(line)s; color: %(ink)s; }
QPushButton:focus { border: 2px solid %(prim)s; padding: 9px 16px; }
QPushButton[look="primary"]:focus { border: 2px solid %(ink)s; padding: 12px 26px; }
QLineEdit, QTimeEdit, QSpinBox, QComboBox { background: %(card)s; color: %(ink)s;
  border: 1px solid %(line)s; border-radius: 10px; padding: 10px 13px; min-height: 22px;
  selection-background-color: %(prim)s; selection-color: %(prim_ink)s; }
QLineEdit:focus, QTimeEdit:focus, QSpinBox:focus, QComboBox:focus {
  border: 2px solid %(prim)s; padding: 9px 12px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: none; padding: 0 10px;
  background: transparent; }
QTimeEdit::up-button, QTimeEdit::down-button { width: 0; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; } QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: %(line)s; border-radius: 5px; min-height: 40px; min-width: 40px; }
QScrollBar::handle:hover { background: %(orb3)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
"""


def ground(palette: Palette, size: QSizeF) -> QLinearGradient:
    """Return the gradient that a window of `size` lies on, from top to bottom, a little slanted."""
    middle = QPointF(size.width() / 2, size.height() / 2)
    reach = size.width() * 0.17 + size.height() * 0.98
    half = QPointF(0.17, 0.98) * (reach / 2)
    gradient = QLinearGradient(middle - half, middle + half)
    gradient.setColorAt(0, QColor(palette.bg1))
    gradient.setColorAt(1, QColor(palette.bg2))
    return gradient


def less_motion(choice: str) -> bool:
    """Tell whether nothing should move, for the setting "motion": "system", "full" or "less".

    Where Qt doesn't know what the system prefers (before 6.12), the settings that KDE and GTK write
    to files are read; a desktop that says nothing gets motion.
    """
    if choice != "system":
        return choice == "less"
    told = _qt_says_still()
    if told is not None:
        return told
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return _files_say_still(config)


def _qt_says_still() -> bool | None:
    """Return what Qt knows of the system's preference; None before Qt 6.12."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    preference = getattr(accessibility() if accessibility else None, "motionPreference", None)
    return None if preference is None else preference().name == "ReducedMotion"


def _files_say_still(config: Path) -> bool:
    """Tell whether the files of KDE or GTK in the folder `config` switch animations off."""
    if _value(config / "kdeglobals", "KDE", "AnimationDurationFactor") in {"0", "0.0"}:
        return True
    return any(
        _value(config / folder / "settings.ini", "Settings", "gtk-enable-animations")
        in {"0", "false"}
        for folder in ("gtk-4.0", "gtk-3.0")
    )


def _value(file: Path, section: str, key: str) -> str:
    """Return a value of an ini file, or nothing; configparser would cost 3 ms to import."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    inside = False
    for line in map(str.strip, lines):
        if line.startswith("["):
            inside = line == f"[{section}]"
        elif inside and line.partition("=")[0].strip() == key:
            return line.partition("=")[2].strip().lower()
    return ""
