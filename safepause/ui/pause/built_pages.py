"""The pages of the pause window: each one is built with its first use, and connected here.

A page passes on what a person asks for. `pages` has the signals of the window, and what is shown.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from safepause.i18n.language import _
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.early_page import EarlyPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.eyes_closed import EyesClosed
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.page import Page
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.say_page import SayPage
from safepause.ui.pause.sleep_button import SleepButton
from safepause.ui.pause.words_page import LetRestPage, TrustedPage
from safepause.ui.theme.motion import less_motion
from safepause.ui.widgets import reader
from safepause.ui.widgets.buttons import ButtonStyle, button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.pause.pages import PausePages
    from safepause.ui.theme.palette import Palette

P = TypeVar("P", bound=Page)


class BuiltPages:
    """One page for each name. The first look at a name builds its page."""

    def __init__(
        self,
        window: PausePages,
        stack: QStackedWidget,
        clock: Clock,
        looks: tuple[Settings, Palette],
    ) -> None:
        """Build nothing yet. The pages go into `stack`, and ask through `window`."""
        self._window = window
        self._stack = stack
        self._clock = clock
        self._settings, self._palette = looks
        self._sleeps: list[SleepButton] = []
        """The buttons of pages that know nothing of them."""

    @property
    def ready(self) -> bool:
        """Whether the page of a call is built."""
        return "breathing" in self.__dict__

    @property
    def has_restart(self) -> bool:
        """Whether the page of a talk is built."""
        return "restart" in self.__dict__

    def use(self, settings: Settings, palette: Palette) -> None:
        """Use changed settings and colours. A session that runs goes on."""
        self._settings, self._palette = settings, palette
        if self.ready:
            self.breathing.use(palette, less_motion=less_motion(settings.text("motion")))
            self._eyes_closed.show_sounding(sounding=settings.flag("eyes_closed"))
        if "rest" in self.__dict__:
            self.rest.follow(palette, settings.ideas)

    def offer_sleep(self, pause: Pause | None) -> None:
        """Offer the next morning where a pause allows it."""
        for sleep in self._sleeps:
            sleep.show_pause(pause)

    @cached_property
    def breathing(self) -> BreathingPage:
        """The page of a call, and of breathing."""
        window, page = self._window, BreathingPage(self._clock, self._palette)
        page.use(self._palette, less_motion=less_motion(self._settings.text("motion")))
        page.undo_requested.connect(window.undo_requested)
        page.rest_requested.connect(window.rest)
        page.add_choice(button(_("What is this?"), window.explain, ButtonStyle.QUIET), still=True)
        sleep = self._sleep_button()
        page.add_choice(sleep, still=True, offered=lambda: sleep.offered)
        page.say_requested.connect(window.say_to_partner)
        page.orb.word_shown.connect(self._say_breath)
        page.breathing_began.connect(window.breathing_began)
        page.breathing_ended.connect(window.breathing_ended)
        self._eyes_closed = EyesClosed()
        self._eyes_closed.show_sounding(sounding=self._settings.flag("eyes_closed"))
        self._eyes_closed.sound_requested.connect(window.sound_requested)
        page.add_choice(self._eyes_closed, offered=self._sound_offered)
        return self._added(page)

    def _sound_offered(self) -> bool:
        return self._window.sound_offered()

    @cached_property
    def say(self) -> SayPage:
        """The sentence to say, across the window."""
        page = SayPage(self._clock)
        page.back_requested.connect(self._window.go_back)
        return self._added(page)

    @cached_property
    def rest(self) -> RestPage:
        """The page of resting, until the return."""
        window, page = self._window, RestPage(self._clock, self._palette)
        page.follow(self._palette, self._settings.ideas)
        page.breathe_requested.connect(window.breathe)
        page.check_requested.connect(window.check_calm)
        page.sleep_requested.connect(window.more_time_requested)
        page.return_requested.connect(window.return_requested)
        return self._added(page)

    @cached_property
    def calm_check(self) -> CalmCheckPage:
        """The two ratings and the pulse."""
        page = CalmCheckPage(self._clock)
        page.back_requested.connect(self._window.rest)
        page.timed.connect(self._window.refresh)
        return self._added(page)

    @cached_property
    def due(self) -> ReturnPage:
        """The page of a return that is due."""
        window, page = self._window, ReturnPage(self._clock)
        page.return_requested.connect(window.return_requested)
        page.more_time_wanted.connect(window.choose_time)
        page.let_go_requested.connect(window.let_go_requested)
        page.not_yet.connect(window.go_back)
        return self._added(page)

    @cached_property
    def extend(self) -> ExtendPage:
        """The new return times."""
        window, page = self._window, ExtendPage(self._clock)
        page.chosen.connect(window.more_time_requested)
        page.back_requested.connect(window.go_back)
        page.return_requested.connect(window.return_requested)
        page.let_go_requested.connect(window.let_go_requested)
        page.small_restart_requested.connect(window.small_restart_requested)
        page.trusted_wanted.connect(window.show_trusted)
        return self._added(page)

    @cached_property
    def restart(self) -> RestartPage:
        """The talk together."""
        window, page = self._window, RestartPage(self._clock)
        page.pause_again_requested.connect(window.pause_again_requested)
        page.talk_requested.connect(window.talk_requested)
        page.look_back_wanted.connect(window.look_back_wanted)
        page.step_shown.connect(lambda _step: window.refresh())
        page.step_shown.connect(lambda _step: reader.say_on(page, page.heard()))
        return self._added(page)

    @cached_property
    def early(self) -> EarlyPage:
        """The question before an early return."""
        page = EarlyPage(self._clock)
        page.return_requested.connect(self._window.return_requested)
        page.rest_wanted.connect(self._window.go_back)
        return self._added(page)

    @cached_property
    def let_rest(self) -> LetRestPage:
        """The word that the talk rests for today."""
        return self._added(LetRestPage(self._clock))

    @cached_property
    def trusted(self) -> TrustedPage:
        """Somebody whom both trust."""
        page = TrustedPage(self._clock)
        page.back_requested.connect(self._window.choose_time)
        return self._added(page)

    @cached_property
    def look_back(self) -> LookBackPage:
        """The look back as a neutral friend."""
        return self._added(LookBackPage(self._clock))

    def _say_breath(self, word: str) -> None:
        """Have a screen reader say a phase of the breath, if a person has asked for it."""
        if self._settings.flag("say_breath"):
            reader.say_on(self.breathing, word)

    def _sleep_button(self) -> SleepButton:
        made = SleepButton(self._clock)
        made.chosen.connect(self._window.more_time_requested)
        self._sleeps.append(made)
        return made

    def _added(self, page: P) -> P:
        page.hide_requested.connect(self._window.hide_for_person)
        page.outgrown.connect(self._window.grow)
        self._stack.addWidget(page)
        return page
