"""The pause window is shown if other parts fail, and counts as used only once it is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from safepause.app import application
from safepause.app.pause_flow import PauseFlow
from safepause.app.windows import Windows
from safepause.core.capability import CapabilityKey
from safepause.core.origin import Origin
from safepause.core.pause import LetGo, Undo
from safepause.core.ports import NotKept
from safepause.core.restart import Step
from safepause.ui.pause.page import Page
from safepause.ui.pause.restart_page import RestartPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.app.running import Program


def broken(*_args: object, **_options: object) -> None:
    """Raise an error, as a part without its files does."""
    raise ImportError("no such file")


def test_the_window_of_a_return_needs_no_autostart(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A return shows the hidden window, even if the offer of the autostart fails."""
    program.run("pause")
    window = program.app.flow.window
    assert window is not None
    window.hide()
    monkeypatch.setattr(program.app.autostart, "offer", broken)
    program.run("return")
    assert isinstance(program.page, RestartPage)
    program.page.show_step(Step.CLOSE)
    assert window.isVisible()
    assert program.app.faults.kind(CapabilityKey.AUTOSTART) == "ImportError"
    assert "a fault in part autostart" in caplog.text


def test_a_window_that_was_only_made_ready_was_not_used(program: Program) -> None:
    """The window that the warm-up builds does not count as used before it is shown."""
    flow = program.app.flow
    flow.prepare()
    assert flow.window is not None
    assert not flow.used
    program.run("pause")
    assert flow.used


def test_what_covers_the_window_is_closed_for_a_person_alone(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call closes GNOME's overview, and so does a second call. A return by itself does not."""
    asked: list[object] = []
    monkeypatch.setattr(application, "leave_overview", asked.append)
    program.run("pause")
    assert len(asked) == 1
    program.run("pause")
    assert len(asked) == 2
    program.wait(minutes=31)
    assert program.app.flow.visible
    assert len(asked) == 2


@pytest.mark.parametrize("notice", [False, True])
def test_a_first_window_that_breaks_takes_no_keys_away(
    start: Callable[..., Program],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    *,
    notice: bool,
) -> None:
    """The hot keys are bound, even if the first window can't be shown."""
    if notice:
        (tmp_path / "safepause.sqlite3").mkdir()
    monkeypatch.setattr(PauseFlow, "show", broken)
    monkeypatch.setattr(Windows, "say", broken)
    program = start(hidden=False)
    assert program.app.faults.kind(CapabilityKey.WINDOWS) == "ImportError"
    assert program.keys.wanted
    assert "a fault in part windows" in caplog.text


def remembered(program: Program) -> str:
    """Return all texts and values of the window and its pages, visible or not."""
    window = program.window
    labels = [each.text() + each.accessibleName() for each in window.findChildren(QLabel)]
    values = [vars(each) for each in (window, *window.findChildren(Page))]
    return repr((labels, values))


@pytest.mark.parametrize(
    ("way", "minutes"),
    [("undo", 0)]
    + [(way, age) for way in ("return", "let-go", "forget --all --yes") for age in (0, 30)],
)
def test_the_end_of_a_pause_forgets_who_called_it(program: Program, way: str, minutes: int) -> None:
    """After the end of a pause, no text of the window has the caller's name."""
    program.run("pause", "--by", "Alexandra")
    program.clock.move(seconds=6)
    program.window.refresh()
    program.press("Just rest")
    program.wait(minutes=minutes)
    assert "Alexandra" in remembered(program)
    assert program.run(*way.split())[0] == 0
    assert "Alexandra" not in remembered(program)


def test_a_new_call_forgets_who_called_the_pause_before(program: Program) -> None:
    """After a new pause replaces an old one, no text of the window has the old caller's name."""
    program.run("pause", "--by", "Alexandra")
    program.wait(hours=25)
    assert "Alexandra" in remembered(program)
    program.run("pause", "--by", "Sam")
    assert "Alexandra" not in remembered(program)
    assert "Sam" in remembered(program)


@pytest.mark.parametrize("hidden", [True, False])
@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("extend", "The pause runs, but can't be saved"),
        ("undo", "It can't be saved, so the pause may show once more"),
        ("return", "It can't be saved, so the pause may show once more"),
        ("let-go", "It can't be saved, so the pause may show once more"),
    ],
)
def test_a_command_that_cannot_be_saved_is_told(
    program: Program, monkeypatch: pytest.MonkeyPatch, command: str, sentence: str, *, hidden: bool
) -> None:
    """A visible window says it, whether or not the window of the pause was open."""

    def full(*_step: object) -> None:
        raise NotKept("disk is full")

    program.run("pause")
    if hidden:
        program.window.hide()
    monkeypatch.setattr(program.opened.store, "commit", full)
    flow, now = program.app.flow, program.clock.now()
    {
        "extend": lambda: flow.requests.extend(Origin.TRAY, timedelta(minutes=20)),
        "undo": lambda: flow.requests.ask(Undo(now), Origin.TRAY),
        "return": lambda: flow.requests.come_back(Origin.TRAY),
        "let-go": lambda: flow.requests.ask(LetGo(now), Origin.TRAY),
    }[command]()
    assert program.says(sentence)


@pytest.mark.parametrize("command", ["pause", "return"])
def test_what_could_not_be_saved_is_saved_at_one_click(program: Program, command: str) -> None:
    """The sentence has a button that tries again, and then says what became of it."""

    def full(*_step: object) -> None:
        raise NotKept("disk is full")

    if command != "pause":
        program.run("pause")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program.opened.store, "commit", full)
        program.run(command)
        program.press("Try again")
        assert program.says("disk is full")
        assert not program.app.service.kept
    program.press("Try again")
    assert program.says("It is saved now.")
    assert not program.says("disk is full")
    assert program.app.service.kept
