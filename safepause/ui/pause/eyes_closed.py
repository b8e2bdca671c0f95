"""The button beside the breathing that brings and takes the tones for closed eyes."""

from __future__ import annotations

from PySide6.QtCore import Signal

from safepause.i18n.language import _
from safepause.ui.widgets.buttons import RingButton


class EyesClosed(RingButton):
    """Says what a press does: tones for closed eyes, or silence."""

    sound_requested = Signal(bool)
    """Whether tones go with the breathing."""

    def __init__(self) -> None:
        super().__init__()
        self._sounding = False
        self.clicked.connect(lambda _checked: self.sound_requested.emit(not self._sounding))
        self.show_sounding(sounding=False)

    def show_sounding(self, *, sounding: bool) -> None:
        """Show what a press does now."""
        self._sounding = sounding
        text = _("Without tones") if sounding else _("Eyes closed")
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription("" if sounding else _("Tones show the way of the breath."))
