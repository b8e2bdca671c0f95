"""The one style sheet of all windows. Its measures are those of `scale`.

Every target of a click is at least 44 px high. Letters follow the system's font, so that a person
who needs larger letters gets them. What has the keyboard has a ring with a gap: a button paints it,
and a field's border is a double line.

Widgets choose their rules with two properties: a button has a `look` ("primary", "quiet", "step",
"number", "line", "card" or none); a label or a frame has a `role` ("title", "sub", "clock",
"say", "label", "strong", "part", "wrong", "card", "banner", "pill" or "ground").
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontInfo, QGuiApplication

from safepause.assets import resource
from safepause.ui.theme.palette import Palette, is_dark
from safepause.ui.theme.scale import (
    CARD_CORNER,
    CORNER,
    LARGE_CORNER,
    LETTERS,
    MARGIN,
    MARK,
    MOST_WIDE,
    NORMAL,
    RING,
    RING_GAP,
    SCALES,
)

TARGET = 44
"""The least height of a target of a click, in pixels."""
ROOMY = 36.0
"""The width of a window in heights of the system's letters, below which letters are smaller."""
LARGE = 16
"""The height of letters from which on a window grows with them, in pixels."""
SYSTEM_LOOKS = (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ApplicationFontChange)
"""What Qt tells a window if the system's colours or letters change."""
_PICTURES = ("check", "choose")
"""Pictures in resources/icons that a style sheet can't draw, one for each palette."""


def font_size(factor: float) -> int:
    """Return a size in pixels: a multiple of the system's letters."""
    return round(_system() * factor)


def letters(role: str, scale: float = 1.0) -> int:
    """Return the height of the letters of a role, in pixels. None are smaller than the system's."""
    return max(_system(), round(LETTERS[role] * _system() / NORMAL * scale))


def scale_in(width: int) -> float:
    """Return the scale of letters, at most 1, for which a window of this width has room."""
    share = min(width, MOST_WIDE + 2 * MARGIN) / font_size(ROOMY)
    return next((scale for scale in SCALES if scale <= min(1.0, share)), SCALES[-1])


def style_sheet(palette: Palette) -> str:
    """Return the style sheet that all windows share."""
    return _sheet(palette, _system())


def letters_sheet(scale: float) -> str:
    """Return what a part of a window adds, whose letters are larger or smaller than usual."""
    if scale == 1.0:
        return ""
    named = {"body": "QWidget", "primary": 'QPushButton[look="primary"]'}
    return "\n".join(
        f'{named.get(role, f"""QLabel[role="{role}"]""")} {{ font-size: {height}; }}'
        for role, height in _heights(scale).items()
    )


def _system() -> int:
    """Return the height of the system's letters, in pixels. Small ones count as at 100 %."""
    return max(NORMAL, QFontInfo(QGuiApplication.font()).pixelSize())


def _heights(scale: float) -> dict[str, str]:
    return {role: f"{letters(role, scale)}px" for role in LETTERS}


@cache
def _sheet(palette: Palette, system: int) -> str:
    """Return the style sheet. `system` is here for the cache: `letters` asks for it again."""
    del system
    tone = "dark" if is_dark(palette) else "light"
    return _TEMPLATE % {
        **_heights(1.0),
        **{name: getattr(palette, name) for name in Palette.__slots__},
        **{name: resource("icons", f"{name}-{tone}.svg").as_posix() for name in _PICTURES},
        **_CORNERS,
    }


_CORNERS = {
    "mark": f"{MARK}px",
    "corner": f"{CORNER}px",
    "card_corner": f"{CARD_CORNER}px",
    "large": f"{LARGE_CORNER}px",
    "ring": f"{RING}px solid",
    "rings": f"{2 * RING + RING_GAP}px double",
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

QFrame[role="card"] { background: %(card)s; border: 1px solid %(edge)s;
  border-radius: %(card_corner)s; }
QFrame[role="banner"] { background: %(card)s; border: 1px solid %(orb3)s;
  border-radius: %(corner)s; }

QPushButton { background: %(card)s; color: %(ink)s; border: 1px solid %(edge)s;
  border-radius: %(corner)s; padding: 10px 17px; min-height: 22px; outline: none; }
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
QPushButton[look="card"] { border: 2px solid %(edge)s; border-radius: %(large)s; padding: 0;
  min-height: 44px; }
QPushButton[look="card"][warm="true"] { background: %(warm)s; }
QPushButton[look="card"]:focus { margin: 0; border: %(rings)s %(ink)s; padding: 0; }
QPushButton[look="number"] { border-radius: 22px; border-color: %(edge)s; padding: 10px 0;
  font-weight: 600; }
QPushButton[look="number"]:checked { background: %(prim)s; color: %(prim_ink)s;
  border-color: %(prim)s; }
QPushButton[look="number"]:focus { margin: 6px; border-radius: 16px; padding: 4px 0; }
QPushButton[look="line"] { background: transparent; border: 1px solid transparent; padding: 0; }
QPushButton[look="line"]:hover { border-color: %(edge)s; }
QPushButton[look="line"]:focus { margin: 0; border: 3px solid %(ink)s; padding: 0; }
QTabBar::tab { background: transparent; border: none; border-bottom: 3px solid transparent;
  color: %(soft)s; padding: 6px 12px 5px 12px; margin: 0; min-height: 32px; font-size: %(body)s; }
QTabBar::tab:hover { color: %(ink)s; }
QTabBar[searching="false"]::tab:selected { color: %(ink)s; border-bottom-color: %(prim)s; }
QTabBar::scroller { width: 90px; }
QTabBar::tear { width: 0; border: none; }
QTabBar QToolButton { background: %(card)s; border: 1px solid %(edge)s;
  border-radius: %(corner)s; }

QLineEdit, QPlainTextEdit, QTimeEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: %(card)s;
  color: %(ink)s; border: 1px solid %(edge)s; border-radius: %(corner)s; padding: 10px 13px;
  min-height: 22px; selection-background-color: %(prim)s; selection-color: %(prim_ink)s;
  combobox-popup: 0; }
QLineEdit:focus, QPlainTextEdit:focus, QTimeEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus {
  border: %(rings)s %(ink)s; padding: 2px 5px; }
QLineEdit[role="say"] { font-size: %(say)s; padding: 5px 13px; min-height: 32px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { background: transparent;
  border: none; padding: 0 10px; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QCheckBox, QRadioButton { min-height: 32px; spacing: 10px; border: 3px solid transparent;
  border-radius: %(corner)s; padding: 3px; outline: none; }
QCheckBox:focus, QRadioButton:focus { border-color: %(ink)s; }
QCheckBox::indicator { width: 22px; height: 22px; border: 1px solid %(soft)s;
  border-radius: %(mark)s; background: %(card)s; }
QCheckBox::indicator:checked { background: %(prim)s; border-color: %(prim)s;
  image: url("%(check)s"); }
QRadioButton::indicator { width: 22px; height: 22px; border: 1px solid %(soft)s;
  border-radius: 12px; background: %(card)s; }
QRadioButton::indicator:checked { border-color: %(prim)s;
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
  stop: 0 %(prim)s, stop: 0.55 %(prim)s, stop: 0.6 %(card)s, stop: 1 %(card)s); }
QComboBox::drop-down { border: none; width: 34px; }
QComboBox::down-arrow { image: url("%(choose)s"); width: 20px; height: 20px; }
QComboBox QAbstractItemView { background: %(bg1)s; color: %(ink)s; border: 1px solid %(line)s;
  outline: 0; }
QComboBox QAbstractItemView::item { min-height: 38px; padding: 0 9px; color: %(ink)s;
  border: %(ring)s transparent; border-radius: %(corner)s; }
QComboBox QAbstractItemView::item:selected { border-color: %(ink)s; background: %(card)s; }

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
