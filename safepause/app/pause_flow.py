"""The pause flow shows the pages of the pause window, and keeps the one window of a pause.

What a person asks for is in `pause_requests`. The service carries it out, and tells the flow.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from safepause.app import doors, pause_requests
from safepause.app.cards import Cards
from safepause.app.pause_following import PauseFollowing
from safepause.app.updates import NoWindow
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.listeners import Listeners, Order
from safepause.core.pause import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.autostart_controller import AutostartController
    from safepause.app.windows import Windows
    from safepause.core.breathing import Session
    from safepause.core.pause import Pause
    from safepause.core.prompt import Prompt
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.pause.window import PauseWindow
    from safepause.ui.widgets.banner import Answer


class PauseFlow:
    """Shows the pause in its window, which is built with its first use."""

    def __init__(
        self,
        service: PauseService,
        autostart: AutostartController,
        windows: Windows,
        clear_view: Callable[[], object] = lambda: None,
    ) -> None:
        """Follow the service. `windows` are the windows outside a pause.

        `clear_view` closes what covers a window that a person asks for.
        """
        self._clear_view = clear_view
        self._service = service
        self._faults = service.faults
        self._windows = windows
        self._cards = Cards(service, windows.updates)
        self._home_waits = False
        self.requests = pause_requests.PauseRequests(service, self.say)
        """What the person asks for, as commands."""
        self.window: PauseWindow | None = None
        """The window; None before its first use or the warm-up."""
        self.used = False
        """Whether the window was on the screen in this run."""
        self._painted: Listeners[None] = Listeners(service.faults)
        self._gone: Listeners[None] = Listeners(service.faults)
        self._breathing: Listeners[tuple[Session, float] | None] = Listeners(service.faults)
        self.sound_offered: Callable[[], bool] = lambda: False
        """Whether tones for closed eyes can be played here."""
        following = PauseFollowing(self, service, autostart, self._cards)
        service.on_change(CapabilityKey.WINDOW, following.follow, Order.SHOW)
        service.on_settings(CapabilityKey.WINDOW, self._use, Order.SHOW)
        service.on_forget(CapabilityKey.WINDOW, self._forget)

    def start(self) -> None:
        """Do nothing. The window is built with its first use, or by the warm-up."""

    def stop(self) -> None:
        """Remove the window."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
            self._cards.drop()

    def capabilities(self) -> list[Capability]:
        """Say whether the pause window stays in front here."""
        return [doors.front_capability()]

    def prepare(self) -> None:
        """Load what a call and a return need. Build the window, and paint it while hidden.

        If its code is missing, nothing is said before a person acts.
        """
        doors.prepare_x11()
        doors.read_window_icon()
        if self._windows.updates.use(doors.pause_window, quiet=True) is not None:
            self.open_window().prepare()

    @property
    def visible(self) -> bool:
        """Whether the window is on the screen."""
        return self.window is not None and self.window.isVisible()

    def on_painted(self, part: CapabilityKey, listener: Callable[[], object]) -> None:
        """Tell `listener`, which belongs to `part`, when the window has come up and is painted."""
        self._painted.add(part, lambda _nothing: listener())

    def on_gone(self, part: CapabilityKey, listener: Callable[[], object]) -> None:
        """Tell `listener`, which belongs to `part`, when the window has left the screen."""
        self._gone.add(part, lambda _nothing: listener())

    def on_breathing(
        self, part: CapabilityKey, listener: Callable[[tuple[Session, float] | None], None]
    ) -> None:
        """Tell `listener` of a session that is on the screen, and when it began; None: no more."""
        self._breathing.add(part, listener)

    def offers_sound(self) -> bool:
        """Return whether tones for closed eyes can be played now."""
        return self.sound_offered()

    def breathing(self, session: tuple[Session, float] | None) -> None:
        """Tell the listeners of a session that begins; None: of its end."""
        self._breathing.tell(session)

    # What is shown

    def show(self) -> None:
        """Show what matters now: the return, the pause, the page that is open, or home."""
        pause = self._service.pause
        if pause is None and self.visible:
            self.bring_up()
        elif pause is None:
            self._windows.show_home()
        elif self._service.state is State.DUE:
            self.show_return()
        else:
            self.show_pause(pause, fresh=False)

    def show_return(self, *, steal_focus: bool = True, unmanaged: bool = False) -> None:
        """Show the return page. A reminder does not replace the page on which a person chooses.

        With `unmanaged`, it bypasses the window manager, above a full screen or the bare desktop.
        """
        pause = self._service.pause
        if pause is None:
            return
        window = self.open_window()
        choosing = window.isVisible() and window.page is not None and window.page.choosing
        if steal_focus or not choosing:
            window.show_return(pause)
        self.bring_up(steal_focus=steal_focus, unmanaged=unmanaged)

    def show_prompt(self, prompt: Prompt) -> None:
        """Show the page of a prompt without the keyboard, above a full-screen program, too."""
        if prompt.is_return:
            covered = partial(doors.full_screen, QGuiApplication.platformName())
            unmanaged = self._faults.attempt(CapabilityKey.WINDOW, covered, otherwise=False)
            self.show_return(steal_focus=False, unmanaged=unmanaged)

    def show_more_time(self) -> None:
        """Show the page on which a person chooses a new return time."""
        if (pause := self._service.pause) is not None:
            self.open_window().show_more_time(pause)
            self.bring_up()

    def ask_return(self) -> None:
        """Ask whether both are here. An early return needs an answer in the window."""
        pause = self._service.pause
        if pause is None or self._service.state is State.DUE:
            self.show()
            return
        self.open_window().ask_early(pause)
        self.bring_up()

    def breathe(self) -> None:
        """Guide breathing, in the pause if one stands."""
        pause = self._service.pause
        if pause is None:
            self.show_breathing()
            return
        self.open_window().breathe_in(pause)
        self.bring_up()

    def show_breathing(self, session: Session | None = None) -> None:
        """Guide breathing without a pause. If a pause stands, show the pause instead.

        A `session` is a rhythm to try. Without it, the settings say how.
        """
        if self._service.pause is not None:
            self.show()
            return
        self.open_window().show_breathing(session)
        self.bring_up()

    def show_restart(self) -> None:
        """Show the talk again, at the step at which it was hidden."""
        if self._service.pause is None:
            self.open_window().show_restart(again=True)
            self.requests.show_kept()
        self.show_or_bring_up()

    def show_look_back(self) -> None:
        """Show the page for looking back. If a pause stands, show the pause instead."""
        if self._service.pause is None:
            self.open_window().show_look_back()
        self.show_or_bring_up()

    def show_or_bring_up(self) -> None:
        """Bring the window up; a pause that stands is shown in it."""
        if self._service.pause is None:
            self.bring_up()
        else:
            self.show()

    def say(self, sentence: str, answer: Answer | None = None) -> None:
        """Show a sentence in the pause window. Without a pause, a hidden window stays hidden.

        The home window then shows the sentence.
        """
        if not self.visible and self._service.pause is None:
            self._windows.say(sentence, answer)
            return
        if not self.visible:
            self.show()
        self.open_window().tell(sentence, answer)

    def time_moved(self) -> None:
        """Show what is true now: the clock or its zone was changed, or the computer slept."""
        if self.window is not None:
            self.window.refresh()
        self._cards.refresh()

    def wait_for_home(self) -> bool:
        """Return whether the home window has to wait until the pause leaves the screen."""
        self._home_waits = self.visible
        return self._home_waits

    # What has changed

    def _forget(self) -> None:
        """Forget who called, and what the two are writing: everything is deleted."""
        if self.window is not None:
            self.window.forget_pause()

    def _use(self, settings: Settings) -> None:
        """Use changed settings."""
        if self.window is not None:
            self.window.use(settings)
        self._cards.follow(self.window)

    def bring_up(self, *, steal_focus: bool = True, unmanaged: bool = False) -> None:
        """Bring the window to the front of the screen that the person uses."""
        self.used = True
        self.open_window().bring_up(steal_focus=steal_focus, unmanaged=unmanaged)
        if steal_focus:
            self._faults.guard(CapabilityKey.WINDOW, self._clear_view)

    def show_pause(self, pause: Pause, *, fresh: bool) -> None:
        """Show a pause that was called just now (`fresh`), or that stands."""
        self.open_window().show_pause(pause, fresh=fresh)
        self.bring_up()

    def open_window(self) -> PauseWindow:
        """Return the pause window, which is built with its first use.

        Raises:
            NoWindow: the code of the window is missing, and the person was told.

        """
        if self.window is None:
            self.window = self._build()
            self._cards.follow(self.window)
        return self.window

    def _build(self) -> PauseWindow:
        made = self._windows.updates.use(doors.pause_window)
        if made is None:
            raise NoWindow
        window = made(self._service.clock, self._service.settings, doors.window_manager())
        pause_requests.connect(window, self, self._windows)
        window.hidden_by_person.connect(self.window_gone)
        window.painted.connect(lambda: self._painted.tell(None))
        return window

    def window_gone(self) -> None:
        """Show the home window, if it has waited until the pause left the screen."""
        if self._home_waits:
            self._home_waits = False
            self._windows.show_home()
        self._gone.tell(None)
