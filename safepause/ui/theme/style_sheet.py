"""The one style sheet of all windows, and the sizes that it is made with.

Every target of a click is at least 44 px high. Sizes are multiples of the system's font, so that a
person who needs larger letters gets them. Widgets choose their rules with two properties: a button
has a `look` ("primary", "quiet", "step", "number", "line" or none); a label or a frame has a
`role` ("title", "sub", "clock", "say", "label", "strong", "part", "wrong", "card", "banner", "pill"
or "ground").
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontInfo, QGuiApplication

from safepause.assets import resource
from safepause.ui.theme.palette import Palette, is_dark

TARGET = 44
"""The least height of a target of a click, in pixels."""
SMALLEST_FONT = 12
"""The least size of the system's font that sizes are multiples of, in pixels."""
LARGE = 16
"""The height of letters from which on a window grows with them, in pixels."""
SYSTEM_LOOKS = (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ApplicationFontChange)
"""What Qt tells a window if the system's colours or letters change."""
_SIZES = {
    "body": 1.15,
    "sub": 1.3,
    "title": 2.25,
    "clock": 4.3,
    "say": 1.55,
    "label": 1.0,
    "primary": 1.3,
}
"""Sizes of letters, as multiples of the system's font."""
_PICTURES = ("check", "choose")
"""Pictures in resources/icons that a style sheet can't draw, one for each palette."""


def font_size(factor: float) -> int:
    """Return a size in pixels: a multiple of the system's font."""
    system = QFontInfo(QGuiApplication.font()).pixelSize()
    return round(max(SMALLEST_FONT, system) * factor)


def style_sheet(palette: Palette) -> str:
    """Return the style sheet that all windows share."""
    return _sheet(palette, font_size(1.0))


@cache
def _sheet(palette: Palette, base: int) -> str:
    tone = "dark" if is_dark(palette) else "light"
    return _TEMPLATE % {
        **{name: f"{round(base * factor)}px" for name, factor in _SIZES.items()},
        **{name: getattr(palette, name) for name in Palette.__slots__},
        **{name: resource("icons", f"{name}-{tone}.svg").as_posix() for name in _PICTURES},
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
QLabel[role="pill"] { background: %(card)s; border: 1px solid %(line)s; border-radius: 19px;
  padding: 7px 16px; color: %(soft)s; }
QLabel[role="strong"], QLabel[role="part"] { font-weight: 600; }
QLabel[role="wrong"] { color: %(prim)s; font-weight: 600; }

QFrame[role="card"] { background: %(card)s; border: 1px solid %(edge)s; border-radius: 14px; }
QFrame[role="banner"] { background: %(card)s; border: 1px solid %(orb3)s; border-radius: 10px; }

QPushButton { background: %(card)s; color: %(ink)s; border: 1px solid %(edge)s;
  border-radius: 10px; padding: 10px 17px; min-height: 22px; outline: none; }
QPushButton:hover { border-color: %(orb3)s; }
QPushButton:pressed { background: %(bg2)s; }
QPushButton:disabled { color: %(soft)s; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center;
  right: 10px; image: url("%(choose)s"); width: 20px; height: 20px; }
QPushButton[look="primary"] { background: %(prim)s; color: %(prim_ink)s; border-color: %(prim)s;
  font-size: %(primary)s; font-weight: 600; padding: 13px 27px; }
QPushButton[look="primary"]:hover { border-color: %(ink)s; }
QPushButton[look="quiet"] { background: transparent; color: %(soft)s;
  border-color: transparent; }
QPushButton[look="quiet"]:hover { border-color: %(edge)s; color: %(ink)s; }
QPushButton:focus { margin: 5px; padding: 5px 12px; }
QPushButton[look="primary"]:focus { margin: 5px; padding: 8px 22px; }
QPushButton[look="step"] { padding: 10px 0; font-weight: 600; }
QPushButton[look="step"]:focus { margin: 5px; padding: 5px 0; }
QPushButton[look="card"] { border: 2px solid %(edge)s; border-radius: 16px; padding: 0;
  min-height: 44px; }
QPushButton[look="card"][warm="true"] { background: %(bg2)s; }
QPushButton[look="card"]:focus { margin: 0; border: 3px solid %(prim)s; padding: 0; }
QPushButton[look="number"] { border-radius: 22px; border-color: %(edge)s; padding: 10px 0;
  font-weight: 600; }
QPushButton[look="number"]:checked { background: %(prim)s; color: %(prim_ink)s;
  border-color: %(prim)s; }
QPushButton[look="number"]:focus { margin: 0; border: 3px solid %(prim)s; padding: 8px 0; }
QPushButton[look="number"]:checked:focus { border-color: %(ink)s; }
QPushButton[look="line"] { background: transparent; border: 1px solid transparent; padding: 0; }
QPushButton[look="line"]:hover { border-color: %(edge)s; }
QPushButton[look="line"]:focus { margin: 0; border: 3px solid %(prim)s; padding: 0; }
QTabBar::tab { background: transparent; border: none; border-bottom: 3px solid transparent;
  color: %(soft)s; padding: 6px 10px 5px 10px; margin: 0; min-height: 32px; font-size: %(body)s; }
QTabBar::tab:hover { color: %(ink)s; }
QTabBar[searching="false"]::tab:selected { color: %(ink)s; border-bottom-color: %(prim)s; }
QTabBar::scroller { width: 88px; }
QTabBar::tear { width: 0; border: none; }
QTabBar QToolButton { background: %(card)s; border: 1px solid %(edge)s; border-radius: 10px; }

QLineEdit, QPlainTextEdit, QTimeEdit, QSpinBox, QComboBox { background: %(card)s; color: %(ink)s;
  border: 1px solid %(edge)s; border-radius: 10px; padding: 10px 13px; min-height: 22px;
  selection-background-color: %(prim)s; selection-color: %(prim_ink)s; combobox-popup: 0; }
QLineEdit:focus, QPlainTextEdit:focus, QTimeEdit:focus, QSpinBox:focus, QComboBox:focus {
  border: 3px solid %(prim)s; padding: 8px 11px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { background: transparent;
  border: none; padding: 0 10px; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QCheckBox { min-height: 44px; spacing: 10px; }
QCheckBox::indicator { width: 22px; height: 22px; border: 1px solid %(soft)s; border-radius: 6px;
  background: %(card)s; }
QCheckBox::indicator:checked { background: %(prim)s; border-color: %(prim)s;
  image: url("%(check)s"); }
QCheckBox::indicator:focus { border: 3px solid %(ink)s; width: 18px; height: 18px; }
QComboBox::drop-down { border: none; width: 34px; }
QComboBox::down-arrow { image: url("%(choose)s"); width: 20px; height: 20px; }
QComboBox QAbstractItemView { background: %(bg1)s; color: %(ink)s; border: 1px solid %(line)s;
  selection-background-color: %(prim)s; selection-color: %(prim_ink)s; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 44px; padding: 0 12px; }

QListView { background: transparent; border: none; outline: 0; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 14px; }
QScrollBar:horizontal { height: 14px; }
QScrollBar::handle { background: %(edge)s; border-radius: 4px; }
QScrollBar::handle:vertical { margin: 0 3px; min-height: 44px; }
QScrollBar::handle:horizontal { margin: 3px 0; min-width: 44px; }
QScrollBar::handle:hover { background: %(orb3)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: %(bg1)s; color: %(ink)s; border: 1px solid %(edge)s; padding: 6px 0; }
QMenu::item { padding: 12px 26px; }
QMenu::item:selected { background: %(prim)s; color: %(prim_ink)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 6px 0; }
"""
