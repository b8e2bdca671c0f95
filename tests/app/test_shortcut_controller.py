"""Hot keys: which are bound, what a press does, and what is shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.app import shortcut_controller as module
from safepause.app.autostart_controller import AutostartController
from safepause.app.pause_flow import PauseFlow
from safepause.app.shortcut_controller import ShortcutController
from safepause.app.windows import Windows
from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from safepause.core.service import PauseService
from safepause.system.autostart import NoAutostart
from safepause.system.shortcut.base import NAME1, NAME2, PAUSE, BindFailure, BindingState
from safepause.ui.settings.shortcut_field import ShortcutField
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
        self.windows = Windows(self.service, self.actions, autostart, list)
        self.flow = PauseFlow(self.service, autostart, self.windows, Faults())
        self.shortcuts = FakeShortcuts()
        self.controller = ShortcutController(
            self.service, self.flow, self.windows.settings, self.actions, self.shortcuts
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
