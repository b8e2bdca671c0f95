"""Hot keys: which are bound, what a press does, and what is shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QLabel

from safepause.app import shortcut_controller as module
from safepause.app.autostart_controller import AutostartController
from safepause.app.pause_flow import PauseFlow
from safepause.app.shortcut_controller import ShortcutController
from safepause.app.updates import Updates
from safepause.app.windows import Windows
from safepause.core.capability import CapabilityKey
from safepause.core.service import PauseService
from safepause.core.shortcut.binding_lines import KeysOffer
from safepause.system.autostart import NoAutostart
from safepause.system.desktop.menu import is_listed
from safepause.system.shortcut.base import (
    NAME1,
    NAME2,
    PAUSE,
    BindFailure,
    BindingState,
    Consent,
)
from safepause.ui.settings.shortcut_field import OfferButton, ShortcutField
from safepause.ui.tray.actions import Actions
from tests.app.fake_shortcuts import FakeShortcuts
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Desk:
    """The parts of the program that the hot keys need."""

    def __init__(self) -> None:
        """Build the parts."""
        self.service = PauseService(
            FakeClock(), MemoryStore(), autostart=lambda: NoAutostart("Not here.")
        )
        self.actions = Actions(self.service.clock)
        autostart = AutostartController(self.service)
        self.windows = Windows(self.service, self.actions, autostart, list, Updates())
        self.flow = PauseFlow(self.service, autostart, self.windows)
        self.shortcuts = FakeShortcuts()
        self.controller = ShortcutController(
            self.service,
            self.flow,
            self.windows,
            self.actions,
            self.shortcuts,
        )

    def note(self, key: str) -> str:
        """Return the sentence below a setting."""
        return str(self.controller._view().notes[key])  # noqa: SLF001


@pytest.fixture
def desk(qapp: object) -> Iterator[Desk]:
    """Return the parts, with the keys of the settings bound."""
    assert qapp is not None
    made = Desk()
    made.controller.start()
    yield made
    made.controller.stop()
    assert made.shortcuts.closed
    made.actions.minute.follow(None)
    made.windows.stop()
    made.flow.stop()


def test_the_settings_are_bound(desk: Desk) -> None:
    """The default keys are bound at once, other keys when they are set. The menu shows them."""
    assert desk.shortcuts.wanted == {PAUSE: "Ctrl+Alt+P"}
    assert desk.actions.pause_now.shortcut().toString() == "Ctrl+Alt+P"
    desk.service.set("shortcut1", "Meta+F9")
    assert desk.shortcuts.wanted == {PAUSE: "Ctrl+Alt+P", NAME1: "Meta+F9"}
    desk.service.set("shortcut", "")
    assert desk.actions.pause_now.shortcut().toString() == ""


def test_a_desktop_that_has_nothing_to_say_is_shown_all_the_same(desk: Desk) -> None:
    """If binding changes nothing, the settings window shows that no keys are possible."""
    desk.service.set("shortcut", "")
    settings = desk.windows.settings
    settings.show_settings()
    assert settings.window is not None
    field = settings.window.fields["shortcut"]
    assert not field.isHidden()
    desk.shortcuts.can = False
    desk.service.set("name1", "Alex")
    assert field.isHidden()


def test_a_press_calls_a_pause(desk: Desk) -> None:
    """A press calls a pause. The keys of a partner give the caller, if the name is set."""
    desk.service.set("name2", "Sam")
    for what, name in ((PAUSE, None), (NAME1, None), (NAME2, "Sam")):
        desk.shortcuts.pressed.emit(what)
        assert desk.service.pause is not None
        assert desk.service.pause.called_by == name
        Couple(desk.service).undo()


def test_a_press_calls_a_pause_though_the_settings_fail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """If the settings window can't say whether it takes the keys, they call a pause."""

    def broken(_keys: str) -> bool:
        raise OSError("broken")

    monkeypatch.setattr(desk.windows.settings, "take_keys", broken)
    desk.shortcuts.pressed.emit(PAUSE)
    assert desk.service.pause is not None
    assert desk.service.faults.kind(CapabilityKey.SHORTCUT) == "OSError"
    assert "a fault in part shortcut" in caplog.text


def test_a_press_while_paused_shows_the_window(desk: Desk) -> None:
    """A press during a pause shows its window, and does not change the pause."""
    desk.shortcuts.pressed.emit(PAUSE)
    before, stage = desk.service.pause, desk.flow.window
    assert stage is not None
    stage.hide()
    desk.shortcuts.pressed.emit(NAME1)
    assert desk.service.pause == before
    assert stage.isVisible()


def test_taken_keys_are_not_shown_as_ours(desk: Desk) -> None:
    """The menu shows no keys that another program has. The settings say so."""
    desk.shortcuts.taken.add("Ctrl+Alt+X")
    desk.service.set("shortcut", "Ctrl+Alt+X")
    assert desk.actions.pause_now.shortcut().toString() == ""
    assert "Another program" in desk.note("shortcut")
    assert desk.note("shortcut1") == ""
    (capability,) = desk.controller.capabilities()
    assert not capability.available


def test_the_desktop_s_own_keys_are_shown(desk: Desk) -> None:
    """If the desktop decides about keys, menu and settings show the desktop's keys."""
    desk.shortcuts.desktop_decides = True
    desk.shortcuts.given[PAUSE] = "Press F9"
    desk.service.set("shortcut", "Ctrl+Alt+O")
    assert desk.note("shortcut") == "The desktop has set: Press F9"
    assert desk.actions.pause_now.text() == "Pause now\tPress F9"


def test_no_keys_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hot keys the settings say why, with lines to bind keys, the desktop's own first."""
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "niri")
    desk.shortcuts.can = False
    desk.service.set("shortcut", "")
    view = desk.controller._view()  # noqa: SLF001
    assert not view.possible
    assert view.why
    assert view.lines[0].desktop == "niri"
    assert view.lines[0].line.startswith("Ctrl+Alt+p { spawn ")


def test_a_desktop_that_said_no(desk: Desk) -> None:
    """After a refusal the field for keys stays, and there are lines to bind keys by hand."""
    assert desk.controller._view().why == ""  # noqa: SLF001
    desk.shortcuts._put({PAUSE: BindingState(trouble=BindFailure.REFUSED)})  # noqa: SLF001
    view = desk.controller._view()  # noqa: SLF001
    assert view.possible
    assert "said no" in view.why


UNASKED = {PAUSE: BindingState(trouble=BindFailure.UNASKED)}
REFUSED = {PAUSE: BindingState(trouble=BindFailure.REFUSED)}


WAITING = {PAUSE: BindingState(trouble=BindFailure.WAITING)}
BOUND = {PAUSE: BindingState("Ctrl+Alt+P")}


def test_doctor_waits_for_the_desktop_s_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right after a start the desktop is being asked. Its answer is what doctor says."""
    monkeypatch.setattr(module, "SETTLE_MS", 60_000)
    desk.shortcuts._put(WAITING)  # noqa: SLF001
    QTimer.singleShot(0, lambda: desk.shortcuts._put(BOUND))  # noqa: SLF001
    desk.controller.settle()
    (capability,) = desk.controller.capabilities()
    assert (capability.available, capability.known) == (True, True)


def test_doctor_waits_once_for_a_desktop_that_asks_a_person(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an answer it isn't known whether keys work. The next doctor waits no more."""
    monkeypatch.setattr(module, "SETTLE_MS", 1)
    desk.shortcuts._put(WAITING)  # noqa: SLF001
    desk.controller.settle()
    (capability,) = desk.controller.capabilities()
    assert (capability.available, capability.known) == (False, False)
    assert "hasn't answered" in capability.why
    monkeypatch.setattr(QEventLoop, "exec", lambda *_given: pytest.fail("waited again"))
    desk.controller.settle()


def test_a_login_lets_the_desktop_ask_nothing(desk: Desk) -> None:
    """At the start nobody has opened a window, so the desktop must not ask."""
    assert [each.ask for each in desk.shortcuts.consents] == [False]


def test_a_start_by_a_person_lets_the_desktop_ask(desk: Desk) -> None:
    """If a window was opened before the keys are bound, the desktop may ask at once."""
    desk.windows.show_home()
    desk.controller.start()
    assert desk.shortcuts.consents[-1].ask


def test_a_window_that_opens_by_itself_is_no_person(desk: Desk) -> None:
    """A sentence in the home window, or the window of a desktop without a tray, asks nothing."""
    desk.shortcuts._put(UNASKED)  # noqa: SLF001
    desk.windows.say("Something happened.")
    desk.windows.stand_by()
    assert not any(each.ask for each in desk.shortcuts.consents)


@pytest.mark.parametrize("opens", ["show_home", "show_history", "show_support", "show_settings"])
def test_a_window_that_a_person_opens_lets_the_desktop_ask(desk: Desk, opens: str) -> None:
    """Each window that a person opens does, once."""
    desk.shortcuts._put(UNASKED)  # noqa: SLF001
    settings = desk.windows.settings
    getattr(settings if hasattr(settings, opens) else desk.windows, opens)()
    getattr(settings if hasattr(settings, opens) else desk.windows, opens)()
    assert [each.ask for each in desk.shortcuts.consents].count(True) == 1


def test_in_a_pause_the_desktop_asks_nothing(desk: Desk) -> None:
    """A window that is opened in a pause leaves the question for later."""
    desk.shortcuts._put(UNASKED)  # noqa: SLF001
    Couple(desk.service).call()
    desk.windows.show_home()
    assert not any(each.ask for each in desk.shortcuts.consents)
    Couple(desk.service).undo()
    desk.windows.show_home()
    assert desk.shortcuts.consents[-1].ask


def test_the_shortcuts_know_when_a_question_would_disturb(desk: Desk) -> None:
    """A portal that starts late asks what it may: nothing in a pause, and nothing after a "no"."""
    assert desk.shortcuts.may_ask()
    Couple(desk.service).call()
    assert not desk.shortcuts.may_ask()
    Couple(desk.service).undo()
    assert desk.shortcuts.may_ask()
    desk.shortcuts.answered.emit(Consent(ask=False, refused=True))
    assert not desk.shortcuts.may_ask()


def test_a_refusal_is_kept_until_the_person_asks_again(desk: Desk) -> None:
    """After a "no", no window and no start asks again. The button does, and so do other keys."""
    desk.shortcuts._put(REFUSED)  # noqa: SLF001
    desk.shortcuts.answered.emit(Consent(ask=False, refused=True))
    desk.windows.show_home()
    desk.controller.start()
    assert not any(each.ask for each in desk.shortcuts.consents)
    assert desk.shortcuts.consents[-1].refused
    desk.shortcuts._put(REFUSED)  # noqa: SLF001
    assert desk.controller._view().offer is KeysOffer.ASK  # noqa: SLF001
    desk.controller._take(KeysOffer.ASK)  # noqa: SLF001
    assert desk.shortcuts.consents[-1].ask
    desk.service.set("shortcut", "Ctrl+Alt+O")
    assert desk.shortcuts.consents[-1].ask
    desk.service.set("length", 45)
    assert not desk.shortcuts.consents[-1].ask


def test_what_the_desktop_has_bound_is_known_at_the_next_start(desk: Desk) -> None:
    """The desktop's answer is kept in the settings, and given back at the next start."""
    desk.shortcuts.answered.emit(Consent(ask=False, given=frozenset({PAUSE, NAME1})))
    desk.controller.start()
    assert desk.shortcuts.consents[-1] == Consent(ask=False, given=frozenset({PAUSE, NAME1}))


def test_where_the_desktop_s_keys_are_changed_is_said(desk: Desk) -> None:
    """Below keys that the desktop has bound stands where they are changed."""
    desk.shortcuts.desktop_decides = True
    desk.shortcuts.place = "To change these keys: there."
    desk.service.set("shortcut", "Ctrl+Alt+O")
    assert desk.note("shortcut") == "To change these keys: there."
    desk.shortcuts.given[PAUSE] = "Ctrl+Alt+P"
    desk.service.set("length", 45)
    assert desk.note("shortcut") == (
        "The desktop has set: Ctrl+Alt+P. To change these keys: there."
    )
    (capability,) = desk.controller.capabilities()
    assert capability.advice == "To change these keys: there."


def test_an_entry_in_the_menu_is_offered_and_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the desktop wants it, the settings put SafePause into the menu, and offer a restart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    desk.windows.settings.show_settings()
    unlisted = BindingState(trouble=BindFailure.UNLISTED)
    desk.shortcuts._put({PAUSE: unlisted})  # noqa: SLF001
    window = desk.windows.settings.window
    assert window is not None
    (button,) = window.findChildren(OfferButton)
    assert button.text() == "Put SafePause into the menu"
    button.click()
    assert is_listed({"XDG_DATA_HOME": str(tmp_path)})
    assert button.text() == "Start SafePause again"


def test_an_entry_that_can_t_be_written_is_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence says why there is no entry in the menu. The offer stays."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    desk.windows.settings.show_settings()
    desk.shortcuts._put({PAUSE: BindingState(trouble=BindFailure.UNLISTED)})  # noqa: SLF001
    desk.controller._take(KeysOffer.MENU)  # noqa: SLF001
    window = desk.windows.settings.window
    assert window is not None
    assert any("can't be written" in each.text() for each in window.findChildren(QLabel))
    assert desk.controller._view().offer is KeysOffer.MENU  # noqa: SLF001


def test_keys_in_use_are_refused_in_the_window(desk: Desk) -> None:
    """Hot keys that a field records call no pause, and the field refuses them."""
    settings = desk.windows.settings
    desk.service.set("shortcut1", "Ctrl+Alt+O")
    settings.show_settings()
    window = settings.window
    assert window is not None
    field = window.fields["shortcut1"].field
    assert isinstance(field, ShortcutField)
    window.show()
    field.click()
    desk.shortcuts.pressed.emit(PAUSE)
    assert desk.service.pause is None
    assert "already" in window.fields["shortcut1"].note
    assert field.text() == "Ctrl+Alt+O"


def test_a_command_that_is_on_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that is not on the search path is given with its path, if that is known."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    assert module._command() == "safepause pause"  # noqa: SLF001
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "safepause").touch()
    assert module._command() == f"{tmp_path}/bin/safepause pause"  # noqa: SLF001
    (tmp_path / "safepause").touch()
    (tmp_path / "safepause").chmod(0o700)
    assert module._command() == "safepause pause"  # noqa: SLF001
