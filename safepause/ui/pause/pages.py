"""The pages of the pause window: what each of them asks for, and which one is shown.

Each page is built with its first use. It passes on what a person asks for, and decides nothing.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMargins, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from safepause.core.pause import Pause, State, state_of
from safepause.i18n.language import _
from safepause.i18n.words import clock_time
from safepause.ui.pause.background import Background
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.early_page import EarlyPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.eyes_closed import EyesClosed
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.page import SIDE, Page
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.say_page import SayPage
from safepause.ui.pause.sleep_button import SleepButton
from safepause.ui.pause.words_page import LetRestPage, TrustedPage
from safepause.ui.theme.motion import less_motion
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from PySide6.QtWidgets import QPushButton

    from safepause.core.breathing import Session
    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings

_AROUND_BANNER, _IN_BANNER = QMargins(SIDE, 16, SIDE, 0), QMargins(18, 12, 18, 12)
"""Room outside and inside the banner's frame, in pixels."""
_AROUND_SLIP = QMargins(SIDE, 0, SIDE, 16)
P = TypeVar("P", bound=Page)


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
        self._sleeps: list[SleepButton] = []
        """The buttons of pages that know nothing of them."""
        self.sound_offered = False
        """Whether this computer can play tones."""
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self.refresh)
        self.banner = Banner("sub", around=_AROUND_BANNER, inside=_IN_BANNER)
        self.marked: Banner | None = None
        """What says that this is a practice; None in a real pause."""
        self.slip = Banner("sub", around=_AROUND_SLIP, inside=_IN_BANNER)
        self.slip.add(button(_("Undo"), self._undo_slip))
        self._pages = QStackedWidget()
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
            self._breathing_page.begin(
                pause, session, fresh=fresh, sign=self._settings.text("sign")
            )
        if self._resting:
            self._rest()
        else:
            self._breathing_page.show_promise(pause)
            self._turn_to(self._breathing_page)

    def show_breathing(self, session: Session | None = None) -> None:
        """Show breathing without a pause: in a rhythm to try, or as the settings say."""
        self._pause = self._seen = None
        self._breathe(session)

    def show_return(self, pause: Pause) -> None:
        """Show that the return of a pause is due."""
        self._pause, self._seen, self._resting = pause, pause.id, True
        self._return_page.show_pause(pause)
        self._turn_to(self._return_page)

    def ask_early(self, pause: Pause) -> None:
        """Ask whether both are ready, before an early return."""
        self._pause = pause
        self._early_page.show_pause(pause)
        self._turn_to(self._early_page)

    def breathe_in(self, pause: Pause) -> None:
        """Guide breathing in a pause."""
        self._pause, self._seen = pause, pause.id
        self._breathe()

    def show_let_rest(self) -> None:
        """Show that the talk rests for today."""
        self._turn_to(self._let_rest_page)

    def offer_undo(self, sentence: str) -> None:
        """Offer, below the page, to take back what was a slip. An empty sentence ends the offer."""
        self.slip.tell(sentence)
        self.grow()

    def show_more_time(self, pause: Pause) -> None:
        """Show the new return times that the two can choose."""
        self._pause = pause
        self._extend_page.show_pause(pause)
        self._turn_to(self._extend_page)

    def show_restart(self, *, small: bool = False, again: bool = False) -> RestartPage:
        """Show the page of the talk together, and return it. `small` is the form of ten minutes.

        With `again` the page shows the step at which it was hidden.
        """
        if not again:
            self._restart_page.begin(self._settings.agreement.names, small=small)
        self._turn_to(self._restart_page)
        return self._restart_page

    def say_talk(self, when: datetime | None) -> None:
        """Say on the last step when the two are reminded of another talk."""
        self._restart_page.close_step.say_talk(when)

    def say_look_back(self, *, wanted: bool) -> None:
        """Say on the last step whether the two are asked to look back."""
        self._restart_page.close_step.say_look_back(wanted=wanted)

    def show_look_back(self) -> None:
        """Show the page on which one looks back as a neutral friend would."""
        self._look_back_page.begin()
        self._turn_to(self._look_back_page)

    def forget_pause(self) -> None:
        """Forget the pause that was shown, and who called it: the pause has ended."""
        self._pause = self._seen = None
        for page in self.findChildren(Page):
            page.forget()

    def tell(self, sentence: str) -> None:
        """Show a sentence above the page. It stays until another page is shown."""
        self.banner.tell(sentence)
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
        for sleep in self._sleeps:
            sleep.show_pause(self._pause)
        if wait is not None and self.isVisible() and not self.isMinimized():
            self._tick.start(max(1, round(wait * 1000)))

    def use(self, settings: Settings) -> None:
        """Use changed settings."""
        super().use(settings)
        if "_breathing_page" in self.__dict__:
            self._eyes_closed.show_sounding(sounding=settings.flag("eyes_closed"))

    def hide_for_person(self) -> None:
        """Hide the window because the person asks for it. The pause goes on."""
        self.hide()
        self.hidden_by_person.emit()

    @cached_property
    def _breathing_page(self) -> BreathingPage:
        page = BreathingPage(self._clock, self._palette)
        page.use(self._palette, less_motion=less_motion(self._settings.text("motion")))
        page.undo_requested.connect(self.undo_requested)
        page.rest_requested.connect(self._rest)
        self.what_is_this = button(_("What is this?"), self._explain, ButtonStyle.QUIET)
        page.add_choice(self.what_is_this, still=True)
        sleep = self._sleep_button()
        page.add_choice(sleep, still=True, offered=lambda: sleep.offered)
        page.say_requested.connect(self._say_it)
        page.breathing_began.connect(self.breathing_began)
        page.breathing_ended.connect(self.breathing_ended)
        self._eyes_closed = EyesClosed()
        self._eyes_closed.show_sounding(sounding=self._settings.flag("eyes_closed"))
        self._eyes_closed.sound_requested.connect(self.sound_requested)
        page.add_choice(self._eyes_closed, offered=lambda: self.sound_offered)
        return self._added(page)

    @cached_property
    def _say_page(self) -> SayPage:
        page = SayPage(self._clock)
        page.back_requested.connect(self._back)
        return self._added(page)

    @cached_property
    def _rest_page(self) -> RestPage:
        page = RestPage(self._clock, self._palette)
        page.follow(self._palette, self._settings.ideas)
        page.breathe_requested.connect(self._breathe)
        page.check_requested.connect(self._check)
        page.sleep_requested.connect(self.more_time_requested)
        page.return_requested.connect(self.return_requested)
        return self._added(page)

    @cached_property
    def _calm_page(self) -> CalmCheckPage:
        page = CalmCheckPage(self._clock)
        page.back_requested.connect(self._rest)
        page.timed.connect(self.refresh)
        return self._added(page)

    @cached_property
    def _return_page(self) -> ReturnPage:
        page = ReturnPage(self._clock)
        page.return_requested.connect(self.return_requested)
        page.more_time_wanted.connect(self._choose_time)
        page.let_go_requested.connect(self.let_go_requested)
        page.not_yet.connect(self._back)
        return self._added(page)

    @cached_property
    def _extend_page(self) -> ExtendPage:
        page = ExtendPage(self._clock)
        page.chosen.connect(self.more_time_requested)
        page.back_requested.connect(self._back)
        page.return_requested.connect(self.return_requested)
        page.let_go_requested.connect(self.let_go_requested)
        page.small_restart_requested.connect(self.small_restart_requested)
        page.trusted_wanted.connect(self._show_trusted)
        return self._added(page)

    @cached_property
    def _restart_page(self) -> RestartPage:
        page = RestartPage(self._clock)
        page.pause_again_requested.connect(self.pause_again_requested)
        page.talk_requested.connect(self.talk_requested)
        page.look_back_wanted.connect(self.look_back_wanted)
        page.step_shown.connect(lambda _step: self.refresh())
        return self._added(page)

    def _sleep_button(self) -> SleepButton:
        made = SleepButton(self._clock)
        made.chosen.connect(self.more_time_requested)
        self._sleeps.append(made)
        return made

    @cached_property
    def _early_page(self) -> EarlyPage:
        page = EarlyPage(self._clock)
        page.return_requested.connect(self.return_requested)
        page.rest_wanted.connect(self._back)
        return self._added(page)

    @cached_property
    def _let_rest_page(self) -> LetRestPage:
        return self._added(LetRestPage(self._clock))

    @cached_property
    def _trusted_page(self) -> TrustedPage:
        page = TrustedPage(self._clock)
        page.back_requested.connect(self._choose_time)
        return self._added(page)

    @cached_property
    def _look_back_page(self) -> LookBackPage:
        return self._added(LookBackPage(self._clock))

    def _added(self, page: P) -> P:
        page.hide_requested.connect(self.hide_for_person)
        page.outgrown.connect(self.grow)
        self._pages.addWidget(page)
        return page

    def _rest(self) -> None:
        self._resting = True
        self._rest_page.show_pause(self._pause)
        self._turn_to(self._rest_page)

    def _say_it(self, sentence: str) -> None:
        self._say_page.show_sentence(sentence)
        self._turn_to(self._say_page)

    def _breathe(self, session: Session | None = None) -> None:
        self._resting = False
        session = session or self._settings.session
        self._breathing_page.begin(self._pause, session, fresh=False)
        self._turn_to(self._breathing_page)

    def _explain(self) -> None:
        """Say in one sentence what this is, to a person who has never seen it."""
        pause = self._pause
        if pause is None:
            self.tell(_("This is a guide for slow breathing. It ends by itself."))
        else:
            what = _("One of us needs a break from this talk. We calm down, and talk on at {time}.")
            self.tell(what.format(time=clock_time(pause.return_at, self._clock)))

    def _check(self) -> None:
        self._calm_page.show_pause(self._pause)
        self._turn_to(self._calm_page)

    def _choose_time(self) -> None:
        if self._pause is not None:
            self.show_more_time(self._pause)

    def _show_trusted(self) -> None:
        self._turn_to(self._trusted_page)

    def _undo_slip(self) -> None:
        self.slip.tell("")  # before a second click
        self.undo_requested.emit()

    def _back(self) -> None:
        """Show the return if it is due, else the pause."""
        if self._pause and state_of(self._pause, self._clock.now()) is State.DUE:
            self.show_return(self._pause)
        elif self._pause:
            self.show_pause(self._pause, fresh=False)

    def _turn_to(self, page: Page) -> None:
        self.tell("")
        self._pages.setCurrentWidget(page)
        page.setFocus()  # not a button: a space that the person types would press it
        self.refresh()
        self.grow()
