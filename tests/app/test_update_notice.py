"""What a person is told when the program's files are changed while it runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton

from safepause.core.capability import CapabilityKey
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.update import UpdateWindow
from tests.app import effects, scenes
from tests.app.updated import HISTORY, HOOKS, UPDATED, missing, window_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.app.running import Program


def test_a_change_is_said_once_when_a_person_opens_a_window(wired: Program) -> None:
    """The question comes with the first window, not with the next one, and not by itself."""
    scenes.replaced(wired)
    wired.wait(hours=2)
    assert not wired.says(UPDATED)
    scenes.home(wired)
    assert wired.says(UPDATED)
    window = window_of(wired)
    assert window is not None
    window.close()
    wired.app.windows.show_support()
    assert not window.isVisible()


def test_in_a_pause_a_change_is_not_said(wired: Program) -> None:
    """Neither a command nor a window says it while a pause stands. After the pause they do."""
    scenes.replaced(wired)
    assert wired.run("pause")[2] == ""
    scenes.home(wired)
    assert not wired.says(UPDATED)
    assert wired.run("status")[2] == ""
    assert wired.run("return")[2].startswith(UPDATED)
    scenes.home(wired)
    assert wired.says(UPDATED)


@pytest.mark.parametrize("command", ["status", "history", "settings", "doctor"])
def test_a_command_says_a_change_to_a_person_and_not_to_a_script(
    wired: Program, command: str
) -> None:
    """The line is on the error output, with the exit code as before. JSON gets no line."""
    before = wired.run(command)
    scenes.replaced(wired)
    after = wired.run(command)
    assert after[0] == before[0]
    assert after[2] == f"{UPDATED} Run safepause quit, then safepause.\n"
    assert wired.run(command, "--json")[2] == ""
    assert wired.run("quit")[2] == ""


def test_doctor_says_a_change(wired: Program) -> None:
    """The part "SafePause itself" says what has happened, and what helps."""
    scenes.replaced(wired)
    (itself,) = [one for one in wired.app.capabilities() if one.key is CapabilityKey.PROGRAM]
    assert not itself.available
    assert itself.why == UPDATED


@pytest.mark.parametrize(
    ("module", "opens"),
    [
        ("safepause.ui.windows.home", lambda app: app.windows.show_home()),
        ("safepause.ui.windows.history", lambda app: app.windows.show_history()),
        ("safepause.ui.settings.window", lambda app: app.windows.settings.show_settings()),
        ("safepause.ui.agreement.window", lambda app: app.windows.agreement.show()),
        ("safepause.ui.windows.support", lambda app: app.windows.show_support()),
    ],
)
def test_a_window_whose_code_is_missing_says_why(
    wired: Program, monkeypatch: pytest.MonkeyPatch, module: str, opens: Callable[[object], None]
) -> None:
    """Each window that isn't in memory leads to the question, each time. Nothing breaks."""
    missing(monkeypatch, module)
    scenes.replaced(wired)
    for _time in range(2):
        opens(wired.app)
        window = window_of(wired)
        assert window is not None
        assert window.isVisible()
        window.close()
    assert not wired.app.faults.parts()


def test_in_a_pause_a_window_whose_code_is_missing_needs_a_new_start(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pause's own window says so, and offers no restart. The next answer does not say it."""
    missing(monkeypatch, HISTORY)
    scenes.paused(wired)
    scenes.replaced(wired)
    wired.app.windows.show_history()
    assert wired.says("SafePause was updated. This needs a new start.")
    assert window_of(wired) is None
    assert wired.run("status")[2] == ""


def test_in_a_pause_files_that_are_gone_are_not_called_an_update(
    wired: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the pause's own window says of a window that can't be opened is true."""
    missing(monkeypatch, HISTORY)
    scenes.paused(wired)
    wired.app.windows.updates._file = tmp_path / "nothing"  # noqa: SLF001
    wired.app.windows.show_history()
    assert wired.says("SafePause's files are gone. Please install SafePause again.")


@pytest.mark.parametrize("state", [scenes.idle, scenes.paused])
def test_a_hook_that_needs_a_new_start_says_so(
    wired: Program, monkeypatch: pytest.MonkeyPatch, state: Callable[[Program], None]
) -> None:
    """A hook that is set after an update can't run. Answer, window and doctor say what helps.

    The setting is kept for the next start, and nothing breaks.
    """
    missing(monkeypatch, HOOKS)
    state(wired)
    scenes.replaced(wired)
    code, _out, err = wired.run("settings", "set", "hook_returned", "lights off")
    assert (code, err) == (0, f"{UPDATED} Run safepause quit, then safepause.\n")
    assert wired.says("SafePause was updated.")
    assert wired.run("settings", "get", "hook_returned")[1] == "lights off\n"
    (hooks,) = [one for one in wired.app.capabilities() if one.key is CapabilityKey.HOOKS]
    assert (hooks.available, hooks.why) == (False, "They need a new start of SafePause.")
    wired.run("pause")
    wired.run("return")
    assert wired.hooks == []
    assert not wired.app.faults.parts()


def test_an_answer_to_a_script_leaves_nothing_to_tell(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a script's command needs is not said to the person who gives the next command."""
    missing(monkeypatch, HOOKS)
    scenes.paused(wired)
    scenes.replaced(wired)
    assert wired.run("settings", "set", "hook_returned", "lights off", "--json")[2] == ""
    assert wired.run("status")[2] == ""


def test_cards_that_are_missing_say_nothing_in_a_pause(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cards on other screens come with a call, and not because somebody asks for them."""
    wired.run("settings", "set", "screens", "all")
    missing(monkeypatch, "safepause.ui.pause.other_screens")
    wired.app.flow._cards.drop()  # noqa: SLF001
    scenes.replaced(wired)
    assert wired.run("pause")[0] == 0
    assert wired.app.flow.visible
    assert not wired.says("updated")
    assert not wired.app.faults.parts()


def test_a_call_whose_window_is_missing_starts_the_program_again(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Before the warm-up, an update may take the pause's window away. The new start shows it."""
    missing(monkeypatch, "safepause.ui.pause.window")
    wired.app.flow.stop()
    scenes.replaced(wired)
    assert wired.run("pause")[0] == 0
    assert wired.app.ending.again
    assert "NoWindow" in caplog.text
    assert wired.status()["state"] == "paused"


def test_files_that_are_gone_offer_no_restart(wired: Program, tmp_path: Path) -> None:
    """Without files a new start would not come up. The window says what helps instead."""
    scenes.update_asked(wired)
    window = window_of(wired)
    assert isinstance(window, UpdateWindow)
    wired.app.windows.updates._file = tmp_path / "nothing"  # noqa: SLF001
    window.restart_requested.emit()
    assert not wired.app.ending.again
    assert wired.says("install SafePause again")
    offered = [one for one in window.findChildren(QPushButton) if not one.isHidden()]
    assert [one.text() for one in offered] == ["Quick exit", "Later"]


def test_the_question_is_deleted_at_the_end(wired: Program) -> None:
    """Nothing of the window is left once the program ends."""
    scenes.update_asked(wired)
    window, notice = window_of(wired), wired.app.notice
    assert window is not None
    assert notice is not None
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    notice.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone == [True]


def test_the_warm_up_loads_what_must_work_without_files(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The windows for faults, for support and for this question are in memory after the warm-up."""
    names = ("home", "support", "update")
    missing(monkeypatch, "safepause.ui.pause.other_screens", "safepause.ui.theme.fonts")
    missing(monkeypatch, *(f"safepause.ui.windows.{name}" for name in names))
    wired.app.windows.prepare()
    assert all(f"safepause.ui.windows.{name}" in sys.modules for name in names)
    assert "safepause.ui.pause.other_screens" in sys.modules
    assert "safepause.ui.theme.fonts" in sys.modules


def test_the_log_does_not_tell_which_window_was_wanted(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody who opens "More support" leaves no trace of that, after an update, either."""
    missing(monkeypatch, "safepause.ui.windows.support")
    scenes.replaced(wired)
    with caplog.at_level("DEBUG"):
        wired.app.windows.show_support()
    assert "code is missing" in caplog.text
    assert "support" not in caplog.text


def test_past_pauses_open_without_a_change(wired: Program) -> None:
    """Without a change nothing is said."""
    wired.app.windows.show_history()
    assert effects.opened(HistoryWindow)(wired)
    assert not wired.says(UPDATED)
