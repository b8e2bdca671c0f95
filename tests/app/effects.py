"""The effects of signals in the running program, for the tables of connections."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from safepause.core.agreed import agreed_on
from safepause.core.restart import Step
from safepause.ui.agreement.window import AgreementWindow
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.window import PauseWindow
from safepause.ui.theme.palette import DARK
from safepause.ui.windows.base import Window
from safepause.ui.windows.home import HomeWindow
from safepause.ui.windows.placed import room
from tests.app.senders import field, icon_of
from tests.fakes import EVENING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from safepause.core.breathing import Technique
    from safepause.core.origin import Origin
    from safepause.core.pause import Command
    from tests.app.running import Program

    Act = Callable[[Program], object]


def did(command: type[Command], origin: Origin) -> Act:
    """Check that the service's last command is of this kind and origin."""
    return lambda program: program.did(command, origin)


def called_by(name: str) -> Act:
    """Check that a pause of this caller stands."""
    return lambda p: p.app.service.pause is not None and p.app.service.pause.called_by == name


def returns_in(length: timedelta) -> Act:
    """Check that a pause stands that ends `length` after `EVENING`."""
    at = EVENING + length
    return lambda p: p.app.service.pause is not None and p.app.service.pause.return_at == at


def on_page(kind: type[object]) -> Act:
    """Check that the pause window shows a page of this kind."""
    return lambda program: isinstance(program.page, kind)


def breathes(technique: Technique) -> Act:
    """Check that the pause window shows the breathing in this rhythm."""

    def seen(program: Program) -> bool:
        page = program.page
        return isinstance(page, BreathingPage) and page.session.technique == technique

    return seen


def opened(kind: type[QWidget], title: str = "") -> Act:
    """Check that a window of this kind is visible, with this title if one is given."""

    def seen(program: Program) -> bool:
        found = program.shown(kind)
        return found is not None and title in found.windowTitle()

    return seen


def practises(program: Program) -> bool:
    """Check that a practice is on the screen."""
    found = program.app.first_run
    return found is not None and found.practice is not None and found.practice.flow.visible


def shows_name(name: str) -> Act:
    """Check that the page of the first run shows a name."""

    def seen(program: Program) -> bool:
        page = program.app.windows.first_run
        return page is not None and name in [each.text() for each in page.findChildren(QLineEdit)]

    return seen


def closed(kind: type[QWidget]) -> Act:
    """Check that no window of this kind is visible."""
    return lambda program: program.shown(kind) is None


def in_front(program: Program) -> bool:
    """Check that the pause window is visible."""
    return program.app.flow.visible


def whole(program: Program) -> bool:
    """Check that the whole pause window is inside its screen."""
    return room(program.window.screen()).contains(program.window.frameGeometry())


def has_room(program: Program) -> bool:
    """Check that the page of the pause window needs no scrolling."""
    return program.window.height() >= program.window.full_size().height()


def gone(program: Program) -> bool:
    """Check that the pause window is hidden."""
    return not program.app.flow.visible


def tool_tip(text: str) -> Act:
    """Check that the icon's tooltip contains a text."""
    return lambda program: text in icon_of(program).toolTip()


def menu_shows(keys: str) -> Act:
    """Check that the menu shows keys."""
    return lambda program: program.app.tray.actions.pause_now.shortcut().toString() == keys


def checked(key: str) -> Act:
    """Check that the check box of a setting is checked."""

    def seen(program: Program) -> bool:
        found = field(program, key).field
        assert isinstance(found, QCheckBox)
        return found.isChecked()

    return seen


def set_to(key: str, value: object) -> Act:
    """Check that a setting has this value."""
    return lambda program: program.app.service.settings.values[key] == value


def kept(key: str) -> Act:
    """Check that a setting remembers something."""
    return set_to(key, value=True)


def both_agreed(program: Program) -> bool:
    """Check that both have said yes to the agreement as it stands."""
    return agreed_on(program.app.service.settings) is not None


def rehearses(program: Program) -> bool:
    """Check that a practice has taken the agreement's place."""
    return practises(program) and program.shown(AgreementWindow) is None


def noted(key: str, text: str) -> Act:
    """Check that a text is below a setting."""
    return lambda program: text in field(program, key).note


def loaded(module: str) -> Act:
    """Check that a module is in memory."""
    return lambda _program: module in sys.modules


def asks_desktop(program: Program) -> bool:
    """Check that the desktop may ask the person about keys now."""
    return program.keys.consents[-1].ask


def again(program: Program) -> bool:
    """Check that the program ends, and starts again."""
    return program.app.ending.again


def starts_with_computer(program: Program) -> bool:
    """Check that the desktop's record of the autostart is on."""
    return program.record.on


def forgotten(program: Program) -> bool:
    """Check that no past pause is kept, and that the list says so."""
    return not list(program.app.service.outcomes()) and program.says("No pauses here yet.")


def nothing_typed(program: Program) -> bool:
    """Check that no field of the restart page has words, not even to be restored."""
    page = program.page
    assert isinstance(page, RestartPage)
    return not any(field.text() or field.isUndoAvailable() for field in page.fields)


def plans_talk(program: Program) -> bool:
    """Check that a reminder of another talk is kept."""
    return bool(program.app.service.settings.text("talk_at"))


def plans_look_back(program: Program) -> bool:
    """Check that the question whether to look back is kept."""
    return bool(program.app.service.settings.text("look_back_at"))


def offers_again(program: Program) -> bool:
    """Check that the menu offers to start the talk again."""
    return program.app.tray.actions.start_again.isVisible()


def no_talk(program: Program) -> bool:
    """Check that no reminder of another talk is kept."""
    return not plans_talk(program)


def takes_turns(program: Program) -> bool:
    """Check that the talk is at the step of the turns."""
    page = program.page
    return isinstance(page, RestartPage) and page.step is Step.TURNS


def held(program: Program) -> bool:
    """Check that the agenda waits for the unlock."""
    return program.app.reminders.agenda.held


def announced(program: Program) -> bool:
    """Check that there is a notification."""
    return bool(program.notices)


def word_taken_back(program: Program) -> bool:
    """Check that the home window doesn't say that there is no tray."""
    return not program.says("no tray")


def icon_made_anew(program: Program) -> bool:
    """Check that the tray has a new icon."""
    return icon_of(program).objectName() != "first" and icon_of(program).isVisible()


def left(program: Program) -> bool:
    """Check that the event loop of the program has ended."""
    program.settle()
    return program.left


def offers_no_undo(program: Program) -> bool:
    """Check that the window does not offer to undo an end."""
    return not program.window.slip.isVisible()


def forgets_warm_up(program: Program) -> bool:
    """Check that the program has dropped the warm-up."""
    return program.app.warm_up is None


def scheduled(name: str, *, minutes: int | None = None) -> Act:
    """Check that the scheduler has a call of this name, `minutes` after `EVENING` if given."""

    def seen(program: Program) -> bool:
        at = program.scheduler.calls.get(name, (None,))[0]
        return at is not None and minutes in (None, (at - EVENING) / timedelta(minutes=1))

    return seen


def slept_for(length: timedelta) -> Act:
    """Check that the service takes a difference of the clocks as a sleep of this length."""

    def seen(program: Program) -> bool:
        known = program.app.service._correction.reference  # noqa: SLF001
        assert known is not None
        return known.ahead == EVENING - datetime(1970, 1, 1, tzinfo=UTC) + length

    return seen


def logged(fact: str) -> Act:
    """Check that the log contains a fact."""
    return lambda program: any(line.startswith(fact) for line in program.facts.lines)


def ran(hook: str) -> Act:
    """Check that the person's own command was run."""
    return lambda program: [each.name for each in program.hooks if each.name == hook]


def withdrawn(program: Program) -> bool:
    """Check that the notification was removed."""
    return program.withdrawn > 0


def says(text: str) -> Act:
    """Check that a window shows a text."""
    return lambda program: program.says(text)


def home_says(text: str) -> Act:
    """Check that only the home window is visible, with a text."""

    def seen(program: Program) -> bool:
        return program.says(text) and gone(program) and program.shown(HomeWindow) is not None

    return seen


def menu_offers(name: str) -> Act:
    """Check that the menu has a line with a name."""
    return lambda p: any(
        name in each.text() for each in p.app.tray.actions.pause_by if each.isVisible()
    )


def will_watch(program: Program) -> bool:
    """Check that the clock watch starts soon, after the first frame."""
    return program.app.events._latest.isActive()  # noqa: SLF001


def watches(program: Program) -> bool:
    """Check that the clock is watched."""
    return program.app.events.watch._watching  # noqa: SLF001


def watches_nothing(program: Program) -> bool:
    """Check that neither the clock nor the screen lock is watched."""
    return not program.watching()


def all_dark(_program: Program) -> bool:
    """Check that all windows have the dark colours."""
    kinds = (Window, PauseWindow)
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kinds)]
    open_ = [each for each in found if each.isVisible()]
    assert open_
    return all(DARK.ink in each.styleSheet() for each in open_)
