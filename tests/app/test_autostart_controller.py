"""The autostart: offered once, shown as the desktop has it, and changed on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from safepause.app.autostart_controller import ASKED, AutostartController
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.restart import Step
from safepause.core.service import PauseService
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.settings.pages import Tab
from tests.commands.command_rig import FakeAutostart
from tests.fakes import FakeClock, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.app.running import Program

OFFER = "Start SafePause with your computer?"


class Desk:
    """The page at the end of a pause, on a fake desktop."""

    def __init__(self, qtbot: QtBot) -> None:
        """Make a page without an offer."""
        self.clock, self.store, self.record = FakeClock(), MemoryStore(), FakeAutostart()
        self.service = PauseService(self.clock, self.store, autostart=lambda: self.record)
        self.controller = AutostartController(self.service)
        self.told: list[tuple[bool, str]] = []
        self.service.on_settings(CapabilityKey.WINDOW, lambda _settings: self._note())
        self.page = RestartPage(self.clock)
        qtbot.addWidget(self.page)
        self.page.show_step(Step.CLOSE)
        self.page.show()

    def _note(self) -> None:
        """Record what a settings window shows."""
        self.told.append((self.controller.on, self.controller.sentence))

    def offer(self) -> None:
        """End a pause."""
        self.controller.offer(self.page)

    def texts(self) -> list[str]:
        """Return the visible texts and buttons."""
        found = self.page.findChildren(QLabel) + self.page.findChildren(QPushButton)
        return [each.accessibleName() for each in found if each.isVisibleTo(self.page)]

    def last(self) -> QWidget:
        """Return the lowest widget of the page."""
        column = self.page.column
        item = column.itemAt(column.count() - 1)
        assert item is not None
        found = item.widget()
        assert found is not None
        return found

    def press(self, name: str) -> None:
        """Press a button of the page."""
        (found,) = (each for each in self.page.findChildren(QPushButton) if each.text() == name)
        found.click()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """Return a page, and a desktop without autostart."""
    return Desk(qtbot)


def test_what_the_desktop_answers_later_is_shown(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later refusal of the desktop is shown in the settings window, with the reason."""
    answers: list[Callable[[str], None]] = []

    def later(_bus: object, answered: Callable[[str], None]) -> FakeAutostart:
        answers.append(answered)
        return program.record

    monkeypatch.setattr("safepause.system.autostart.autostart_of", later)
    del program.app._autostart_record  # noqa: SLF001  -- the fake, so that it is made again
    program.app.windows.settings.show_settings()
    window = program.app.windows.settings.window
    assert window is not None
    window.open(Tab.COMPUTER)
    [answered] = answers
    answered("The desktop has said no.")
    assert program.says("The desktop has said no.")


def test_yes_is_one_click(desk: Desk) -> None:
    """The offer is at the end of the page. "Yes" switches autostart on, and is answered there."""
    desk.offer()
    assert OFFER in [each.accessibleName() for each in desk.last().findChildren(QLabel)]
    desk.press("Yes")
    assert desk.record.on
    assert "SafePause starts with your computer now." in desk.texts()
    assert not {"Yes", "Not now", OFFER} & set(desk.texts())


def test_not_now_is_an_answer(desk: Desk) -> None:
    """The button "Not now" changes nothing, and hides the offer."""
    desk.offer()
    desk.press("Not now")
    assert not desk.record.on
    assert OFFER not in desk.texts()
    desk.controller.answered("")
    assert OFFER not in desk.texts()


def test_it_is_offered_once(desk: Desk, qtbot: QtBot) -> None:
    """The offer is made once, answered or not. It is hidden with the page."""
    desk.offer()
    assert desk.store.values == {ASKED: True}
    desk.page.hide()
    qtbot.waitUntil(lambda: OFFER not in desk.texts())
    desk.page.show()
    assert OFFER not in desk.texts()
    desk.offer()
    assert OFFER not in desk.texts()
    again = Desk(qtbot)
    again.service.set(ASKED, value=True)
    again.offer()
    assert OFFER not in again.texts()


def test_it_is_not_offered_for_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The offer is not made if autostart is on or impossible. Later it may be made."""
    desk.record.on = True
    desk.offer()
    assert OFFER not in desk.texts()
    desk.record.on = False
    here_not = Capability(CapabilityKey.AUTOSTART, available=False, why="Not here.")
    with monkeypatch.context() as patch:
        patch.setattr(desk.record, "capability", lambda: here_not)
        desk.offer()
    assert OFFER not in desk.texts()
    assert not desk.store.values
    desk.offer()
    assert OFFER in desk.texts()


def test_a_full_disk_only_means_to_be_asked_once_more(desk: Desk) -> None:
    """If nothing can be saved, the offer is made all the same."""
    desk.store.full = True
    desk.offer()
    assert OFFER in desk.texts()


def test_another_setting_leaves_the_offer_as_it_is(desk: Desk) -> None:
    """A change of another setting does not hide the offer."""
    desk.offer()
    desk.service.set("theme", "dark")
    assert OFFER in desk.texts()
    desk.service.set("autostart", value=True)
    assert "SafePause starts with your computer now." in desk.texts()


def test_a_refusal_goes_once_it_is_overcome(desk: Desk) -> None:
    """After a refusal, a change elsewhere removes the sentence about the refusal."""
    desk.record.refuses = True
    desk.controller.choose(wanted=True)
    assert "read-only" in desk.told[-1][1]
    desk.record.refuses = False
    desk.service.set("autostart", value=True)
    assert desk.told[-1] == (True, "")


def test_a_refusal_is_said_where_it_was_asked(desk: Desk) -> None:
    """A refusal is shown on the page and in the settings, with the present state."""
    desk.offer()
    desk.record.refuses = True
    desk.press("Yes")
    assert desk.told[-1][0] is False
    assert "read-only" in desk.told[-1][1]
    assert desk.told[-1][1] in desk.texts()


def test_a_desktop_that_takes_its_time_is_waited_for(desk: Desk) -> None:
    """Until the desktop has decided, the page says that it was asked. Then it says the result."""
    desk.record.asks = True
    desk.controller.choose(wanted=True)
    assert not desk.controller.on
    assert desk.told[-1] == (False, "The desktop is asked. This may take a moment.")
    desk.record.on = True
    desk.controller.answered("")
    assert desk.told[-1] == (True, "")
    desk.offer()
    desk.record.asks = False
    desk.controller.choose(wanted=False)
    assert desk.told[-1] == (False, "")
