"""A page with a row of choices at its lower edge, to which other features add theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.ui.pause.page import Page
from safepause.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLabel, QPushButton, QWidget

    from safepause.core.clock import Clock


class ChoicePage(Page):
    """Shows each choice where and while it is offered."""

    def __init__(self, clock: Clock) -> None:
        """Lay out an empty page."""
        super().__init__(clock)
        self._choices: list[tuple[QWidget, bool, Callable[[], bool]]] = []
        self._row = Flow()

    def add_choices(self, hint: QLabel) -> None:
        """Add the row, with a hint at its end."""
        self._flows.append(self._row)
        self.column.addLayout(self._row)
        self._row.add(hint, at_end=True)

    def add_choice(
        self,
        choice: QPushButton,
        *,
        still: bool = False,
        offered: Callable[[], bool] = lambda: True,
    ) -> None:
        """Add a button beside the breathing; with `still`, in the still seconds, too.

        The button is shown while `offered` returns True.
        """
        self._choices.append((choice, still, offered))
        self._row.add(choice)
        self.show_choices()

    def show_choices(self) -> None:
        """Show the choices that are offered now."""
        still, breathing = self.choices_for()
        for choice, too, offered in self._choices:
            self.set_shown(choice, shown=(breathing or (still and too)) and offered())

    def choices_for(self) -> tuple[bool, bool]:
        """Return whether the still seconds are shown, and whether the breathing is."""
        return False, False

    def set_shown(self, shown_button: QWidget, *, shown: bool) -> None:
        """Show or hide a button. The focus of one that goes is on the page, on no other act."""
        if not shown and self.focusWidget() is shown_button:
            self.setFocus()
        shown_button.setVisible(shown)
