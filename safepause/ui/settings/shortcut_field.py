"""A field that records a shortcut, and the text for a desktop on which no shortcut is possible.

A click or Enter starts the recording, and the first key ends it. Otherwise the field records
nothing, because the shortcut calls a pause, whichever widget has the focus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from safepause.core.shortcut.binding_lines import KeysOffer
from safepause.core.shortcut.keys import KEYSYMS, key_at
from safepause.i18n import setting_words
from safepause.i18n.language import _
from safepause.ui.theme.scale import GAP
from safepause.ui.widgets.buttons import RingButton, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from safepause.core.shortcut.binding_lines import ReadyLine, ShortcutView

_MODIFIERS = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
)
_HELD = (
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_CLEARING = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_FIRST_CODE = 8
"""The first scan code in X11 and Wayland. Linux counts the keys from 0."""


class ShortcutField(RingButton):
    """Shows the keys of a shortcut. After a click it records the next keys.

    Esc, Backspace and Delete stand for no keys.
    """

    recorded = Signal(str)
    """The pressed keys, such as "Ctrl+Alt+P", or "" for none. Not all of them are possible."""

    def __init__(self) -> None:
        """Show no keys."""
        super().__init__()
        self._keys = ""
        self._modifiers = ""
        self.recording = False
        """Whether the field waits for keys."""
        self.setAutoDefault(False)
        self.clicked.connect(self._begin)
        self._show()

    @property
    def keys(self) -> str:
        """The keys that the field shows, while it doesn't record."""
        return self._keys

    def show_keys(self, keys: str) -> None:
        """Show keys, and end a recording."""
        self._keys = keys
        self._end()

    def record(self, keys: str) -> None:
        """Record `keys`, if the field waits for keys."""
        if self.recording:
            self._end()
            self.recorded.emit(keys)

    def event(self, event: QEvent) -> bool:
        """While recording, record also Tab and the keys of menus and windows."""
        if self.recording and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.recording and isinstance(event, QKeyEvent) and _is_press(event):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While recording, record the keys. Otherwise Enter starts a recording."""
        if not self.recording:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.click()
                return
            super().keyPressEvent(event)
            return
        event.accept()
        if event.isAutoRepeat():
            return
        if event.key() in _MODIFIERS:
            self._modifiers = _text(event).rstrip("+")
        elif event.key() in _CLEARING and not _held(event):
            self.record("")
        else:
            self.record(_text(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Record modifiers that are released without a key. The field then says what is missing."""
        if self.recording and event.key() in _MODIFIERS and self._modifiers:
            self.record(self._modifiers)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the recording, and keep the keys."""
        self._end()
        super().focusOutEvent(event)

    def _begin(self) -> None:
        self.recording = True
        self._modifiers = ""
        self._show()

    def _end(self) -> None:
        self.recording = False
        self._show()

    def _show(self) -> None:
        if self.recording:
            self.setText(_("Press keys, Esc for none"))
        else:
            self.setText(self._keys.replace("&", "&&") or _("No keys"))
        self.setAccessibleDescription(self.text())


class OfferButton(RingButton):
    """What SafePause can do for keys that don't work. Without an offer, it is hidden."""

    taken = Signal(object)
    """The person wants this `KeysOffer`."""

    def __init__(self) -> None:
        super().__init__()
        self._offer: KeysOffer | None = None
        self.clicked.connect(lambda: self.taken.emit(self._offer))
        self.hide()

    def use(self, offer: KeysOffer | None) -> None:
        """Show an offer, or none."""
        self._offer = offer
        texts = {
            KeysOffer.ASK: _("Ask the desktop for these keys"),
            KeysOffer.MENU: _("Put SafePause into the menu"),
            KeysOffer.RESTART: _("Start SafePause again"),
        }
        self.setText("" if offer is None else texts[offer])
        self.setVisible(offer is not None)


class ReadyLines(QWidget):
    """Says why no shortcut is possible, and shows lines for the desktop's own configuration."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._why = label("", "strong")
        self._column.addWidget(self._why)
        self._column.addWidget(label(_("You can bind keys to a command instead.")))
        self._lines: tuple[ReadyLine, ...] = ()
        self._cards: list[QWidget] = []

    def use(self, view: ShortcutView) -> None:
        """Show a view. It is hidden if the view gives no reason."""
        say(self._why, view.why)
        if view.lines != self._lines:
            self._lines = view.lines
            for old in self._cards:
                old.deleteLater()
            self._cards = [_line_card(each) for each in view.lines]
            for new in self._cards:
                self._column.addWidget(new)
        self.setVisible(bool(view.why))


def _line_card(ready: ReadyLine) -> QWidget:
    shown = label(ready.line)
    copy = button(_("Copy"), lambda: QGuiApplication.clipboard().setText(ready.line))
    copy.setAccessibleName(
        _("Copy for {desktop}").format(desktop=setting_words.desktop(ready.desktop))
    )
    row = QHBoxLayout()
    row.addWidget(shown, 1)
    row.addWidget(copy)
    name, place = setting_words.desktop(ready.desktop), setting_words.binding_place(ready)
    return Card(label(name, "strong"), label(place, "label"), row)


def _is_press(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress


def _held(event: QKeyEvent) -> list[Qt.KeyboardModifier]:
    return [each for each in _HELD if event.modifiers() & each]


def _text(event: QKeyEvent) -> str:
    """Return the pressed keys as Qt writes them.

    A key without a Latin letter is named by its place on the keyboard.
    """
    held = Qt.KeyboardModifier.NoModifier
    for each in _held(event):
        held |= each
    before = QKeySequence(QKeyCombination(held, Qt.Key.Key_A)).toString()[:-1]
    if event.key() in _MODIFIERS:
        return before + _name_of(event)
    named = QKeySequence(event.key()).toString()
    if named not in KEYSYMS:
        named = key_at(event.nativeScanCode() - _FIRST_CODE) or named
    return before + named


def _name_of(event: QKeyEvent) -> str:
    """Return the name of a modifier key, unless the event has it as held already."""
    names = {
        Qt.Key.Key_Control: ("Ctrl", Qt.KeyboardModifier.ControlModifier),
        Qt.Key.Key_Shift: ("Shift", Qt.KeyboardModifier.ShiftModifier),
        Qt.Key.Key_Meta: ("Meta", Qt.KeyboardModifier.MetaModifier),
        Qt.Key.Key_Super_L: ("Meta", Qt.KeyboardModifier.MetaModifier),
        Qt.Key.Key_Super_R: ("Meta", Qt.KeyboardModifier.MetaModifier),
    }
    name, modifier = names.get(Qt.Key(event.key()), ("Alt", Qt.KeyboardModifier.AltModifier))
    return "" if event.modifiers() & modifier else name
