"""Which page of the pause window is shown, and what the pages together ask for.

`built_pages` builds each page with its first use. A page decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from safepause.core.pause import Pause, State, state_of
from safepause.i18n.language import _
from safepause.i18n.say_words import what_this_is
from safepause.ui.pause.background import Background
from safepause.ui.pause.built_pages import BuiltPages
from safepause.ui.pause.page import SIDE, Page
from safepause.ui.pause.undo_banner import UndoBanner
from safepause.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from PySide6.QtWidgets import QPushButton

    from safepause.core.breathing import Session
    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.pause.restart_page import RestartPage
    from safepause.ui.widgets.banner import Answer

_AROUND_BANNER, _IN_BANNER = QMargins(SIDE, 16, SIDE, 0), QMargins(18, 12, 18, 12)
"""Room outside and inside the banner's frame, in pixels."""
_AROUND_SLIP = QMargins(SIDE, 0, SIDE, 16)


class PausePages(Background):
    """The pages of a pause, and the sentence above them. The signals say what a person asks for."""

    undo_requested = Signal()
    return_requested = Signal()
    more_time_requested = Signal(object)
    """The new return: a length more (a timedelta), an instant (a datetime) or a clock time."""
    let_go_requested = Signal()
    pause_again_requested = Signal()
    small_restart_requested = Signal()
    """The two are here, and want to talk for ten minutes."""
    talk_requested = Signal(object)
    """The instant at which the two talk again (a datetime), or None for no reminder."""
    look_back_wanted = Signal(bool)
    """Whether the two want to be asked, in an hour, to look back."""
    support_requested = Signal()
    breathing_began = Signal(object, float)
    """Breathing is on the screen: its session, and when that began on the monotonic clock."""
    breathing_ended = Signal()
    """The breathing that began has ended, or is not on the screen any more."""
    sound_requested = Signal(bool)
    """Whether tones go with the breathing, for closed eyes."""
    hidden_by_person = Signal()

    def __init__(self, clock: Clock, settings: Settings) -> None:
        """Lay out the window without a page."""
        super().__init__(settings)
        self._clock = clock
        self._pause: Pause | None = None
        self._seen: UUID | None = None
        self._resting = False
        self._explained = False
        """Whether the sentence above the page says what this is."""
        self.sound_offered: Callable[[], bool] = lambda: False
        """Returns whether tones can be played now."""
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self.refresh)
        self.banner = Banner("sub", around=_AROUND_BANNER, inside=_IN_BANNER)
        self.marked: Banner | None = None
        """What says that this is a practice; None in a real pause."""
        self.slip = UndoBanner(
            clock,
            self._palette,
            self.undo_requested.emit,
            around=_AROUND_SLIP,
            inside=_IN_BANNER,
        )
        self._pages = QStackedWidget()
        self.built = BuiltPages(self, self._pages, clock, (settings, self._palette))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.banner)
        self._column.addWidget(self._pages, 1)
        self._column.addWidget(self.slip)  # a notification may cover the upper edge

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._pages.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_pause(self, pause: Pause, *, fresh: bool) -> None:
        """Show a pause. `fresh` says that it was called just now.

        A pause that was shown before keeps its page: breathing or rest. A pause from an earlier run
        of the program starts with breathing, or with rest if the session would be over.
        """
        self._pause = pause
        if fresh or pause.id != self._seen:
            self._seen = pause.id
            session = self._settings.session
            age = (self._clock.now() - pause.started_at).total_seconds()
            self._resting = not fresh and not 0 <= age < session.seconds
            self.built.breathing.begin(
                pause, session, fresh=fresh, sign=self._settings.text("sign")
            )
        if self._resting:
            self.rest()
        else:
            self.built.breathing.show_promise(pause)
            self._turn_to(self.built.breathing)

    def show_breathing(self, session: Session | None = None) -> None:
        """Show breathing without a pause: in a rhythm to try, or as the settings say."""
        self._pause = self._seen = None
        self.breathe(session)

    def show_return(self, pause: Pause) -> None:
        """Show that the return of a pause is due."""
        self._pause, self._seen, self._resting = pause, pause.id, True
        self.built.due.show_pause(pause)
        self._turn_to(self.built.due)

    def ask_early(self, pause: Pause) -> None:
        """Ask whether both are ready, before an early return."""
        self._pause = pause
        self.built.early.show_pause(pause)
        self._turn_to(self.built.early)

    def breathe_in(self, pause: Pause) -> None:
        """Guide breathing in a pause."""
        self._pause, self._seen = pause, pause.id
        self.breathe()

    def show_let_rest(self) -> None:
        """Show that the talk rests for today."""
        self._turn_to(self.built.let_rest)

    def offer_undo(self, sentence: str) -> None:
        """Offer, below the page, to take back what was a slip. An empty sentence ends the offer."""
        self.slip.tell(sentence)
        self.grow()

    def show_more_time(self, pause: Pause) -> None:
        """Show the new return times that the two can choose."""
        self._pause = pause
        self.built.extend.show_pause(pause)
        self._turn_to(self.built.extend)

    def show_restart(self, *, small: bool = False, again: bool = False) -> RestartPage:
        """Show the page of the talk together, and return it. `small` is the form of ten minutes.

        With `again` the page shows the step at which it was hidden, if a talk has begun.
        """
        if not again or not self.built.restart.begun:
            self.built.restart.begin(self._settings.agreement.names, small=small)
        self._turn_to(self.built.restart)
        return self.built.restart

    def renew_restart(self) -> None:
        """Have the next talk begin anew. A talk that the two see goes on."""
        if self.built.has_restart and not self.built.restart.isVisible():
            self.built.restart.forget()

    def say_talk(self, when: datetime | None) -> None:
        """Say on the last step when the two are reminded of another talk."""
        self.built.restart.close_step.say_talk(when)

    def say_look_back(self, *, wanted: bool) -> None:
        """Say on the last step whether the two are asked to look back."""
        self.built.restart.close_step.say_look_back(wanted=wanted)

    def show_look_back(self) -> None:
        """Show the page on which one looks back as a neutral friend would."""
        self.built.look_back.begin()
        self._turn_to(self.built.look_back)

    def forget_pause(self) -> None:
        """Forget the pause that was shown, and who called it: the pause has ended."""
        self._pause = self._seen = None
        for page in self.findChildren(Page):
            page.forget()

    def tell(self, sentence: str, answer: Answer | None = None) -> None:
        """Show a sentence above the page. It stays until another page is shown."""
        self._explained = False
        self.banner.tell(sentence, answer)
        self.grow()

    def mark(self, sentence: str, answer: QPushButton) -> None:
        """Say above every page, from now on, that this is a practice. `answer` ends it."""
        self.marked = Banner(around=_AROUND_BANNER)
        self.marked.add(answer)
        self.marked.tell(sentence)
        self._column.insertWidget(0, self.marked)

    def refresh(self) -> None:
        """Show the pause as it is now, and start the timer for the next change."""
        self._tick.stop()
        wait = self.page.refresh() if self.page else None
        self.built.offer_sleep(self._pause)
        if wait is not None and self.isVisible() and not self.isMinimized():
            self._tick.start(max(1, round(wait * 1000)))

    def restyle(self) -> None:
        """Use the colours and the settings of now, on every page that is built."""
        super().restyle()
        self.slip.use(self._palette)
        self.built.use(self._settings, self._palette)

    def hide_for_person(self) -> None:
        """Hide the window because the person asks for it. The pause goes on."""
        self.hide()
        self.hidden_by_person.emit()

    def rest(self) -> None:
        """Show the page of resting."""
        self._resting = True
        self.built.rest.show_pause(self._pause)
        self._turn_to(self.built.rest)

    def say_to_partner(self, sentence: str) -> None:
        """Show a sentence across the window, for the partner."""
        self.built.say.show_sentence(sentence)
        self._turn_to(self.built.say)

    def breathe(self, session: Session | None = None) -> None:
        """Show breathing, in the pause if one stands."""
        self._resting = False
        session = session or self._settings.session
        self.built.breathing.begin(self._pause, session, fresh=False)
        self._turn_to(self.built.breathing)

    def explain(self) -> None:
        """Say in one sentence what this is, to a person who has never seen it, or no longer.

        The sentence takes room from the orb, so the same button takes it away.
        """
        said, pause = self._explained, self._pause
        if said:
            self.tell("")
        elif pause is None:
            self.tell(_("This is a guide for slow breathing. It ends by itself."))
        else:
            self.tell(what_this_is(pause, self._clock))
        self._explained = not said

    def check_calm(self) -> None:
        """Show the calm check."""
        self.built.calm_check.show_pause(self._pause)
        self._turn_to(self.built.calm_check)

    def choose_time(self) -> None:
        """Show the new return times, if a pause stands."""
        if self._pause is not None:
            self.show_more_time(self._pause)

    def show_trusted(self) -> None:
        """Show the page about somebody whom both trust."""
        self._turn_to(self.built.trusted)

    def go_back(self) -> None:
        """Show the return if it is due, else the pause."""
        if self._pause and state_of(self._pause, self._clock.now()) is State.DUE:
            self.show_return(self._pause)
        elif self._pause:
            self.show_pause(self._pause, fresh=False)

    def _turn_to(self, page: Page) -> None:
        self.tell("")
        page.setAccessibleName(page.heard())  # what a screen reader says of it
        self._pages.setCurrentWidget(page)
        page.setFocus()  # not a button: a space that the person types would press it
        self.refresh()
        self.grow()
