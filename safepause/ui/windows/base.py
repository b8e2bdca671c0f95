"""What the calm-day windows share: look, scrolling, Esc, standing where the pointer is.

The window of a pause is another thing: see `stage`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from safepause.assets import resource
from safepause.i18n.language import _
from safepause.ui.theme.palette import DARK, Palette, palette_for, style_sheet
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label
from safepause.ui.widgets.qt_translator import translate_qt
from safepause.ui.windows.raising import leave_if_covered

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings

MARGIN, GAP = 32, 12
"""Around a window's content, and between what stands side by side, in pixels."""
SIGNS = ("check", "choose")
"""What style sheets can't draw: pictures in resources/icons, one for each palette."""
_MORE_STYLE = """
QLabel[role="strong"], QLabel[role="part"] { font-weight: 600; }
QLabel[role="wrong"] { color: %(prim)s; font-weight: 600; }
QAbstractSpinBox > QLineEdit { background: transparent; border: none; padding: 0 10px;
  min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QPushButton[look="step"] { padding: 10px 0; font-weight: 600; }
QPushButton[look="step"]:focus { padding: 9px 0; }
QCheckBox { min-height: 44px; spacing: 10px; }
QCheckBox::indicator { width: 22px; height: 22px; border: 1px solid %(soft)s; border-radius: 6px;
  background: %(card)s; }
QCheckBox::indicator:checked { background: %(prim)s; border-color: %(prim)s;
  image: url("%(check)s"); }
QCheckBox::indicator:focus { border: 2px solid %(ink)s; width: 20px; height: 20px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 34px; }
QComboBox::down-arrow { image: url("%(choose)s"); width: 20px; height: 20px; }
QComboBox QAbstractItemView { background: %(bg1)s; color: %(ink)s; border: 1px solid %(line)s;
  selection-background-color: %(prim)s; selection-color: %(prim_ink)s; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 44px; padding: 0 12px; }
QTableView { background: transparent; border: none; outline: 0;
  selection-background-color: %(bg2)s; selection-color: %(ink)s; }
QTableView::item { border-bottom: 1px solid %(line)s; }
QTableView::item:selected { background: %(line)s; color: %(ink)s; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0; }
QScrollBar::handle:vertical { background: %(line)s; border-radius: 4px; margin: 0 3px;
  min-height: 44px; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0; }
QScrollBar::handle:horizontal { background: %(line)s; border-radius: 4px; margin: 3px 0;
  min-width: 44px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::handle:hover { background: %(orb3)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPushButton[look="tab"] { background: transparent; border: none; border-radius: 0;
  border-bottom: 3px solid transparent; color: %(soft)s; padding: 9px 4px 8px 4px; }
QPushButton[look="tab"]:checked { color: %(ink)s; border-bottom-color: %(prim)s; }
QPushButton[look="tab"]:focus { border: none; border-bottom: 3px solid %(orb3)s; color: %(ink)s;
  padding: 9px 4px 8px 4px; }
QPushButton[look="tab"]:checked:focus { border-bottom: 3px solid %(ink)s; }
QMenu { background: %(bg1)s; color: %(ink)s; border: 1px solid %(line)s; padding: 6px 0; }
QMenu::item { padding: 12px 26px; }
QMenu::item:selected { background: %(prim)s; color: %(prim_ink)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 6px 0; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center;
  right: 10px; image: url("%(choose)s"); width: 20px; height: 20px; }
"""


class Window(QWidget):
    """A window with one scrolling column, and above and below it what always shows."""

    def __init__(self, settings: Settings, size: QSize) -> None:
        """Lay out an empty window of `size`, smaller where the screen is."""
        super().__init__()
        translate_qt()
        self.settings = settings
        self._size = size
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.top = QVBoxLayout()
        self.top.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.top.setSpacing(GAP)
        outer.addLayout(self.top)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        outer.addWidget(self.area, 1)
        self.below = QVBoxLayout()
        self.below.setContentsMargins(MARGIN, 0, MARGIN, 0)
        outer.addLayout(self.below)
        self.column = self.new_column()
        self.bottom = QHBoxLayout()
        self.bottom.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN - GAP)
        self.bottom.setSpacing(GAP)
        outer.addLayout(self.bottom)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.restyle)
        self.restyle()

    def new_column(self) -> QVBoxLayout:
        """Return a fresh column in the place of the last one."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, MARGIN - GAP, MARGIN, GAP)
        column.setSpacing(GAP)
        self.area.setWidget(body)
        return column

    def use(self, settings: Settings) -> None:
        """Follow changed settings."""
        self.settings = settings
        self.restyle()

    def restyle(self) -> None:
        """Put on the colours that the settings, or the system, ask for now."""
        palette = palette_for(self.settings.text("theme"))
        tone = "dark" if palette == DARK else "light"
        more = _MORE_STYLE % {
            **{name: getattr(palette, name) for name in type(palette).__slots__},
            **{sign: resource("icons", f"{sign}-{tone}.svg").as_posix() for sign in SIGNS},
        }
        sheet = style_sheet(palette) + more
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
            self.setPalette(_native(palette))

    def wanted(self) -> QSize:
        """Return the size to stand up in, screen permitting: wide enough for every word."""
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()  # sizes are wrong before the style sheet has arrived
        bar = self.area.verticalScrollBar().sizeHint().width()
        return self._size.expandedTo(QSize(self.least_width() + bar, 0))

    def least_width(self) -> int:
        """Return the width in pixels under which the content would scroll sideways."""
        self.column.invalidate()
        self.column.activate()
        return self.column.totalMinimumSize().width()

    def close_button(self) -> QPushButton:
        """Return the button that closes the window."""
        return button(_("Close"), self.close, ButtonStyle.QUIET)

    def bring_up(self) -> None:
        """Stand in front, on the screen where the pointer is."""
        leave_if_covered(self)
        if not self.isVisible():
            screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
            room = screen.availableGeometry()
            place = QRect(room.topLeft(), self.wanted().boundedTo(room.size() * 0.94))
            place.moveCenter(room.center())
            self.setGeometry(place)
        self.restyle()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def stand_by(self) -> None:
        """Be there, minimised, unless the window is shown already; nobody loses the keyboard."""
        if not self.isVisible():
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.resize(self.wanted())
            self.showMinimized()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc; let Enter press the button that has the focus, as Space does."""
        focused = self.focusWidget()
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QPushButton) and not event.isAutoRepeat():
                focused.click()
        else:
            super().keyPressEvent(event)


class Band(QFrame):
    """A quiet line inside a window, with what one can answer to it; hidden while empty."""

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self.setProperty("role", "band")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 8, 8)
        row.setSpacing(GAP)
        self.text = label()
        row.addWidget(self.text, 1)
        self._row = row
        self.hide()

    def add(self, answer: QPushButton) -> None:
        """Add a button at the end."""
        self._row.addWidget(answer)


def _native(palette: Palette) -> QPalette:
    """Return the colours for what the style sheet leaves to the desktop's own style."""
    made = QPalette(QColor(palette.ink), QColor(palette.bg1))
    made.setColor(QPalette.ColorRole.Base, QColor(palette.bg1))
    made.setColor(QPalette.ColorRole.Highlight, QColor(palette.prim))
    made.setColor(QPalette.ColorRole.HighlightedText, QColor(palette.prim_ink))
    made.setColor(QPalette.ColorRole.PlaceholderText, QColor(palette.soft))
    return made
