"""Every window and page of SafePause, in each of its states, made from nothing.

The walker (`test_every_window.py`) looks at each of them, and `tools/every_window.py` takes their
pictures. A new window, page or state needs a line in `VIEWS`.

    for view in VIEWS:
        with shown(view, QSize(480, 420), theme="dark") as window:
            window.grab().save(f"{view.name}.png")
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from safepause.core.agreed import yes
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.pause import Ending, Outcome
from safepause.core.restart import Step
from safepause.core.settings.catalogue import Settings
from safepause.core.shortcut.binding_lines import KeysOffer, ShortcutView, ready_lines
from safepause.core.shortcut.keys import parse_keys
from safepause.i18n.language import _
from safepause.i18n.words import come_back_line
from safepause.ui.agreement.window import AgreementWindow
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.other_screens import TimeCard
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.window import PauseWindow
from safepause.ui.settings.pages import Tab
from safepause.ui.settings.window import SettingsWindow
from safepause.ui.theme.palette import palette_for
from safepause.ui.theme.style_sheet import style_sheet
from safepause.ui.tray.actions import Actions
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import say
from safepause.ui.windows.first_run import FirstRunWindow
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.home import HomeWindow
from safepause.ui.windows.support import SupportWindow
from safepause.ui.windows.update import UpdateWindow
from tests.ui.samples import outcome, pause
from tests.ui.view import View, press, pressing, settle, waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.pause import Pause
    from safepause.core.settings.declaration import Value
    from tests.fakes import FakeClock
    from tests.ui.view import Acted, Made

LATE = 150
"""Minutes after the tests' evening begins, in which one sleeps on it."""
DUE = 30
"""Minutes until the return of a usual pause."""


# The pause window


def _fresh(clock: FakeClock, settings: Settings) -> PauseWindow:
    """Return the window as it is at a call."""
    window = PauseWindow(clock, settings)
    window.sound_offered = lambda: True
    window.show_pause(pause(), fresh=True)
    return window


def _fresh_late(clock: FakeClock, settings: Settings) -> PauseWindow:
    """Return the window as it is at a call late in the evening."""
    clock.move(minutes=LATE)
    window = PauseWindow(clock, settings)
    window.sound_offered = lambda: True
    window.show_pause(_later(pause(), LATE), fresh=True)
    return window


def _later(called: Pause, minutes: float) -> Pause:
    by = timedelta(minutes=minutes)
    return replace(
        called,
        started_at=called.started_at + by,
        promised_at=called.promised_at + by,
        return_at=called.return_at + by,
    )


def _resting(clock: FakeClock, settings: Settings) -> PauseWindow:
    """Return the window in the middle of a pause."""
    window = PauseWindow(clock, settings)
    clock.move(minutes=12)
    window.show_pause(pause(), fresh=False)
    return window


def _resting_late(clock: FakeClock, settings: Settings) -> PauseWindow:
    clock.move(minutes=LATE + 12)
    window = PauseWindow(clock, settings)
    window.show_pause(_later(pause(), LATE), fresh=False)
    return window


def _returning(minutes: float) -> Made:
    """Return what makes the window as it is at, or after, the return."""

    def make(clock: FakeClock, settings: Settings) -> QWidget:
        clock.move(minutes=DUE + minutes)
        window = PauseWindow(clock, settings)
        window.show_return(pause())
        return window

    return make


def _choosing(extensions: int, after: float = 0) -> Made:
    """Return what makes the window that asks for a new time, `extensions` of which are used."""

    def make(clock: FakeClock, settings: Settings) -> QWidget:
        clock.move(minutes=DUE + after)
        window = PauseWindow(clock, settings)
        window.show_more_time(pause(extensions=extensions))
        return window

    return make


def _restart(step: Step, *, small: bool = False) -> Made:
    """Return what makes the window with a step of the talk."""

    def make(clock: FakeClock, settings: Settings) -> QWidget:
        window = PauseWindow(clock, settings)
        window.show_restart(small=small).show_step(step)
        return window

    return make


def _ask_autostart(_clock: FakeClock, window: QWidget) -> None:
    page = window.page if isinstance(window, PauseWindow) else None
    assert isinstance(page, RestartPage)
    page.offer_autostart()


def _page(show: Callable[[PauseWindow], object]) -> Made:
    """Return what makes the window with another page."""

    def make(clock: FakeClock, settings: Settings) -> QWidget:
        window = PauseWindow(clock, settings)
        show(window)
        return window

    return make


def _rated(clock: FakeClock, window: QWidget) -> None:
    press(window, "Am I calmer?")
    page = window.page if isinstance(window, PauseWindow) else None
    assert isinstance(page, CalmCheckPage)
    for row, number in ((page.hottest, 8), (page.now, 4)):
        press(row, f"{row.accessibleName()}: {number}")
    del clock


def _counted(clock: FakeClock, window: QWidget) -> None:
    pressing("Am I calmer?", "Count my pulse, 30 seconds")(clock, window)
    waiting(31)(clock, window)


def _slip(_clock: FakeClock, window: QWidget) -> None:
    assert isinstance(window, PauseWindow)
    window.offer_undo(_("The pause has ended."))


def _practice(clock: FakeClock, settings: Settings) -> PauseWindow:
    window = _fresh(clock, settings)
    words = _("Practice: the clock runs fast. Nothing is kept.")
    window.mark(words, button(_("Stop the practice"), window.close, ButtonStyle.QUIET))
    return window


PAUSE = (
    View("pause-still", _fresh),
    View("pause-still-sign", _fresh, None, (("sign", "We make a T with both hands"),)),
    View("pause-still-nameless", _fresh, None, (("name1", ""), ("name2", ""))),
    View("pause-still-late", _fresh_late),
    View("pause-what-is-this", _fresh, pressing("What is this?")),
    View("pause-say", _fresh, pressing("Say it for me")),
    View("pause-practice", _practice),
    View("pause-breathing", _fresh, waiting(7.5)),
    View("pause-breathing-later", _fresh, waiting(40)),
    View("pause-breathing-late", _fresh_late, waiting(40)),
    View("pause-breathing-practice", _practice, waiting(7.5)),
    View("pause-breathing-less-motion", _fresh, waiting(8), (("motion", "less"),)),
    View("pause-note", _fresh, waiting(6), (("technique", "box"),)),
    View("pause-notice", _fresh, waiting(12), (("technique", "notice"),)),
    View("just-breathe", _page(lambda window: window.show_breathing()), waiting(3)),
    View("rest", _resting),
    View("rest-late", _resting_late),
    View("calm-check", _resting, pressing("Am I calmer?")),
    View("calm-check-rated", _resting, _rated),
    View("calm-check-counting", _resting, pressing("Am I calmer?", "Count my pulse, 30 seconds")),
    View("calm-check-counted", _resting, _counted),
    View("calm-check-tapping", _resting, pressing("Am I calmer?", "Tap along")),
    View("early", _page(lambda window: window.ask_early(pause()))),
    View("return", _returning(0)),
    View("return-late", _returning(45)),
    View("new-time", _choosing(0)),
    View("new-time-late", _choosing(1, after=LATE)),
    View("new-time-used-up", _choosing(2)),
    View("trusted", _choosing(2), pressing("Someone you both trust")),
    View("let-rest", _page(lambda window: window.show_let_rest())),
    View("restart-hello", _restart(Step.HELLO), _slip),
    View("restart-hello-small", _restart(Step.HELLO, small=True)),
    View("restart-who", _restart(Step.WHO)),
    View("restart-turns", _restart(Step.TURNS)),
    View("restart-close", _restart(Step.CLOSE)),
    View("restart-close-autostart", _restart(Step.CLOSE), _ask_autostart),
    View("restart-another-day", _restart(Step.CLOSE), pressing("Another day\u2026")),
    View("look-back", _page(lambda window: window.show_look_back())),
)


# The windows outside a pause


def _home(state: str) -> Made:
    """Return what makes the home window: "idle", "paused", "undo", "due" or "used-up"."""

    def make(clock: FakeClock, settings: Settings) -> QWidget:
        actions = Actions(clock)
        actions.set_shortcut_text("Ctrl+Alt+P")
        if state == "due":
            clock.move(minutes=DUE)
        elif state == "paused":
            clock.move(minutes=12)
        used = 2 if state == "used-up" else 0
        standing = None if state in ("idle", "no-tray") else pause(extensions=used)
        actions.update(standing, settings, can_undo=state == "undo")
        window = HomeWindow(actions, settings)
        actions.setParent(window)
        actions.offer_after_talk(again=state == "no-tray", look_back=state == "no-tray")
        if state == "no-tray":
            window.say_no_tray()
            window.tell(_("Your pauses and settings stay."))
        return window

    return make


def _first_run(*, keys: str, clicks: int, practised: bool = False, steps: bool = False) -> Made:
    def make(clock: FakeClock, settings: Settings) -> QWidget:
        window = FirstRunWindow(settings)
        window.show_ways(keys, clicks, () if keys else (_advice(),), no_keys=not keys)
        window.show_times(clock)
        if practised:
            window.show_practised(whole=True, ask_players=True)
        if steps:
            window._show_steps()  # noqa: SLF001  -- what the button does
        return window

    return make


def _advice() -> str:
    return _("This desktop has no tray. So this window is SafePause's home.")


def _agreement(*, agreed: bool = False) -> Made:
    def make(_clock: FakeClock, settings: Settings) -> QWidget:
        values = {**settings.values, "sign": "We make a T", "place1": "the kitchen"}
        if agreed:
            values["agreed"] = yes(Settings(values), date(2026, 3, 1))
        return AgreementWindow(Settings(values))

    return make


def _open_line(number: int) -> Acted:
    def act(_clock: FakeClock, window: QWidget) -> None:
        assert isinstance(window, AgreementWindow)
        window.lines[number].open(wanted=True)

    return act


def _history(count: int) -> Made:
    def make(clock: FakeClock, settings: Settings) -> QWidget:
        window = HistoryWindow(clock, settings)
        window.show_outcomes(
            [_ended(number) for number in range(1, count + 1)], unreadable=3 if count else 0
        )
        return window

    return make


def _ended(number: int) -> Outcome:
    endings = (Ending.RETURNED, Ending.RETURNED, Ending.LET_GO)
    return replace(outcome(number), ending=endings[number % len(endings)])


def _settings(tab: Tab, *, trouble: bool = False) -> Made:
    def make(_clock: FakeClock, settings: Settings) -> QWidget:
        window = SettingsWindow(settings)
        _keep_changes(window, settings)
        if trouble:
            window.tell_heard(_("The sound of this computer does not answer."))
            lines = ready_lines(parse_keys("Ctrl+Alt+P"), "GNOME")
            why = _("This desktop has no tray. So this window is SafePause's home.")
            window.show_shortcuts(
                ShortcutView(possible=False, why=why, lines=lines, offer=KeysOffer.ASK)
            )
            window.show_capabilities(
                Capability(key, available=False, why=why, advice=why)
                for key in (CapabilityKey.TRAY, CapabilityKey.SOUND)
            )
        window.open(tab)
        return window

    return make


def _keep_changes(window: SettingsWindow, settings: Settings) -> None:
    """Have the window show what it asks for, as the program does."""
    values = dict(settings.values)

    def keep(key: str, value: Value) -> None:
        values[key] = value
        window.use(Settings(dict(values)))

    window.set_requested.connect(keep)


def _search(words: str) -> Acted:
    def act(_clock: FakeClock, window: QWidget) -> None:
        search = window.findChild(QLineEdit, "search")
        assert isinstance(search, QLineEdit)
        search.setText(words)
        search.textEdited.emit(words)
        settle()

    return act


def _update(method: str) -> Made:
    def make(_clock: FakeClock, settings: Settings) -> QWidget:
        window = UpdateWindow(settings)
        getattr(window, method)()
        return window

    return make


def _other_screen(clock: FakeClock, settings: Settings) -> QWidget:
    card = TimeCard()
    card.setStyleSheet(style_sheet(palette_for(settings.text("theme"))))
    say(card.line, come_back_line(pause(), clock))
    card.fit()
    return card


OWN: tuple[tuple[str, Value], ...] = (
    ("patterns", "Evening: 4/0/6/0\nWalk home from the bus, slowly: 3.5/2/5/2"),
    ("technique", "own:Evening"),
)
"""A person with own breathing patterns."""

WINDOWS = (
    *(View(f"home-{state}", _home(state)) for state in ("idle", "paused", "undo")),
    *(View(f"home-{state}", _home(state)) for state in ("due", "used-up", "no-tray")),
    View("first-run", _first_run(keys="Ctrl+Alt+P", clicks=1)),
    View("first-run-no-keys", _first_run(keys="", clicks=0)),
    View("first-run-practised", _first_run(keys="Ctrl+Alt+P", clicks=2, practised=True)),
    View("first-run-how", _first_run(keys="Ctrl+Alt+P", clicks=1, steps=True)),
    View("agreement", _agreement()),
    View("agreement-agreed", _agreement(agreed=True)),
    *(View(f"agreement-line-{line + 1}", _agreement(), _open_line(line)) for line in (0, 1, 2, 3)),
    View("agreement-yes", _agreement(), pressing("We both agree")),
    View("agreement-print", _agreement(), pressing("Print")),
    View("history", _history(9)),
    View("history-empty", _history(0)),
    View("history-forget", _history(9), pressing("Forget everything\u2026")),
    View("history-save", _history(9), pressing("Save a copy\u2026")),
    *(View(f"settings-{tab.name.lower()}", _settings(tab)) for tab in Tab),
    *(View(f"settings-{tab.name.lower()}-trouble", _settings(tab, trouble=True)) for tab in Tab),
    View("settings-breathing-own", _settings(Tab.BREATHING), None, OWN),
    View("settings-breathing-edit", _settings(Tab.BREATHING), pressing("Change"), OWN),
    View("settings-breathing-gone", _settings(Tab.BREATHING), pressing("Delete"), OWN),
    View("settings-found", _settings(Tab.TWO), _search("a")),
    View("settings-nothing", _settings(Tab.TWO), _search("xyzzy")),
    View("support", lambda _clock, settings: SupportWindow(settings)),
    *(View(f"update-{how}", _update(how)) for how in ("ask", "say_gone", "say_unfinished")),
)
CARDS = (View("other-screen", _other_screen),)
"""What has a size of its own."""
VIEWS = (*PAUSE, *WINDOWS, *CARDS)
"""Every window in each of its states."""
