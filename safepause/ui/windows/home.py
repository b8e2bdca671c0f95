"""The home window, for desktops without a tray: a button for each action of the tray's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from safepause.core.pause import State
from safepause.i18n.heard_words import spoken
from safepause.i18n.language import _
from safepause.ui.theme.scale import GAP, MARGIN
from safepause.ui.theme.style_sheet import TARGET
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, RingButton, button
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.tab_order import last_stop
from safepause.ui.windows.base import Window

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent

    from safepause.core.settings.catalogue import Settings
    from safepause.ui.tray.actions import Actions
    from safepause.ui.widgets.banner import Answer

SIZE = QSize(560, 620)
ONE_ROW = 3
"""The most quiet buttons in one row."""


class ActionButton(RingButton):
    """A button that triggers an action, and follows its text and its visibility."""

    def __init__(self, action: QAction, style: ButtonStyle = ButtonStyle.PLAIN) -> None:
        super().__init__()
        self._action = action
        self.setProperty("look", style.value)
        if not action.isVisible():
            self.hide()
        action.changed.connect(self._follow)
        self.clicked.connect(lambda: action.trigger())  # noqa: PLW0108  -- drops `checked`
        self._show_text()

    @property
    def offered(self) -> bool:
        """Whether the action is offered now."""
        return self._action.isVisible()

    def _follow(self) -> None:
        self._show_text()
        self.setVisible(self.offered)

    def _show_text(self) -> None:
        text = self._action.text().partition("\t")[0].partition("\n")[0]
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(spoken(text.replace("&&", "&")))
        self.setEnabled(self._action.isEnabled())


class NameButton(ActionButton):
    """A button with a person's name. In a narrow window, the text ends in an ellipsis."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return a small width, so that the window can be narrower than the name."""
        return QSize(TARGET, super().minimumSizeHint().height())

    @property
    def shown_text(self) -> str:
        """The part of the text for which there is room."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        contents = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(contents, option, self).width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the button with `shown_text`."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown_text
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class HomeWindow(Window):
    """Shows the state, and a button for each action. Its buttons trigger the same `Actions`."""

    def __init__(self, actions: Actions, settings: Settings) -> None:
        super().__init__(settings, SIZE)
        self._actions = actions
        self._no_tray_told = False
        self._has_tray = True
        self.setWindowTitle(_("SafePause"))
        self._title = label(role="title")
        self._sub = label(role="sub")
        self._notice = Banner()
        self._clicks = label(role="sub")
        self._no_tray = Banner()
        self._no_tray.add(button(_("All right"), self._no_tray.hide))
        self._pause_for = RingButton(_("Pause for\u2026"))
        self._pause_for_menu = actions.lengths.build_pause_for()
        self._pause_for.setMenu(self._pause_for_menu)
        self._more = RingButton(_("We need more time"))
        self._more_menu = actions.lengths.build_more_time()
        self._more.setMenu(self._more_menu)
        for menu in (self._pause_for_menu, self._more_menu):
            menu.setParent(self, menu.windowFlags())  # so that it has the window's style sheet
        self._grid = QGridLayout()
        self._lay_out()
        actions.changed.connect(self._refresh)
        self._refresh()

    def say_no_tray(self) -> None:
        """Say that this desktop has no tray, once in the window's life."""
        if self._no_tray_told:
            return
        self._no_tray_told = True
        self._no_tray.tell(_("This desktop has no tray. So this window is SafePause's home."))
        self._has_tray = False
        self._refresh()

    def take_back_no_tray(self) -> None:
        """Hide the sentence that there is no tray."""
        self._no_tray.hide()
        self._has_tray = True
        self._refresh()

    def tell(self, sentence: str, answer: Answer | None = None) -> None:
        """Show a sentence at the top. It stays until the next one; an empty one hides it."""
        self._notice.tell(sentence, answer)

    def _lay_out(self) -> None:
        actions, column = self._actions, self.column
        self._names = [NameButton(by) for by in actions.pause_by]
        for widget in (
            self._notice,
            self._no_tray,
            self._title,
            self._sub,
            ActionButton(actions.pause_now, ButtonStyle.PRIMARY),
            self._clicks,
            *self._names,
            self._pause_for,
            ActionButton(actions.start_again),
            ActionButton(actions.look_back),
            ActionButton(actions.breathe),
            ActionButton(actions.practice),
            ActionButton(actions.show, ButtonStyle.PRIMARY),
            ActionButton(actions.both_here),
            ActionButton(actions.not_ready),
            ActionButton(actions.let_go),
            self._more,
            ActionButton(actions.lengths.no_more_time, ButtonStyle.QUIET),
            ActionButton(actions.undo, ButtonStyle.QUIET),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._quiet = [
            ActionButton(action, ButtonStyle.QUIET)
            for action in (
                actions.agreement,
                actions.history,
                actions.settings,
                actions.how,
                actions.support,
            )
        ]
        self._grid.setSpacing(GAP // 2)
        column.addLayout(self._grid)
        self.bottom.add(last_stop(ActionButton(actions.quit, ButtonStyle.QUIET)), at_end=True)

    def wanted(self) -> QSize:
        """Return a size in which the column needs no scrolling."""
        wanted = super().wanted()
        column = self.column.totalHeightForWidth(wanted.width())
        needed = column + self.bottom.totalSizeHint().height()
        return wanted.expandedTo(QSize(0, needed + GAP))

    def least_width(self) -> int:
        """Return the least width at which every name is shown in full, in pixels."""
        names = [name.sizeHint().width() for name in self._names if name.offered]
        return max(super().least_width(), *(width + 2 * MARGIN for width in (0, *names)))

    def _place_quiet(self) -> None:
        """Place the offered quiet buttons without gaps, in as many columns as there is room for."""
        shown = [quiet for quiet in self._quiet if quiet.offered]
        widths = [quiet.sizeHint().width() + self._grid.spacing() for quiet in shown]
        room = self.width() - 2 * MARGIN - self.area.verticalScrollBar().sizeHint().width()
        across = 2 if 2 * max(widths, default=0) <= room else 1
        if len(shown) <= ONE_ROW and sum(widths) <= room:
            across = len(shown)
        for place, quiet in enumerate(shown):
            self._grid.addWidget(quiet, place // across, place % across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the quiet buttons for the new width."""
        super().resizeEvent(event)
        self._place_quiet()

    def _refresh(self) -> None:
        state = self._actions.state
        idle = state is State.IDLE
        self._place_quiet()
        self._pause_for.setVisible(idle)
        self._more.setVisible(self._actions.lengths.can_ask_for_more and state is State.PAUSED)
        self._clicks.setVisible(idle and self._actions.menu_at_click and self._has_tray)
        if idle:
            say(self._clicks, _("The icon: one click opens its menu, two clicks call a pause."))
            say(self._title, _("Need a pause?"))
            say(self._sub, _("Stop now. Breathe. Come back when you said."))
        else:
            say(self._title, self._actions.header.text())
            paused = state is State.PAUSED
            say(self._sub, _("Rest for now.") if paused else _("Softer voice, open hands."))
