"""The quick exit of the whole program: windows, notification, practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from safepause.ui.windows.leaving import Leaving

if TYPE_CHECKING:
    import pytest

    from tests.app.running import Program


def visible(program: Program) -> list[str]:
    """Return the names of the classes of all visible windows."""
    program.settle()
    return [type(each).__name__ for each in QApplication.topLevelWidgets() if each.isVisible()]


def test_the_notification_goes_with_the_windows(program: Program) -> None:
    """At the return, the button of the pause window hides it and takes the notification away."""
    program.run("pause")
    program.wait(minutes=30)
    program.app.windows.show_support()
    before = program.withdrawn
    program.press("Quick exit")
    assert visible(program) == []
    assert program.withdrawn == before + 1
    assert program.app.service.pause is not None


def test_the_tray_leaves_too(program: Program) -> None:
    """The line of the tray's menu does the same, and the pause goes on."""
    program.run("pause")
    before = program.withdrawn
    program.app.tray.actions.quick_exit.trigger()
    assert visible(program) == []
    assert program.withdrawn == before + 1
    assert program.status()["state"] == "paused"


def test_a_practice_ends_without_a_word(wired: Program) -> None:
    """A practice is over, so that nothing of it comes later, and no page opens in its place."""
    assert wired.app.first_run is not None
    wired.app.tray.actions.practice.trigger()
    assert visible(wired) != []
    wired.app.windows.quick_exit()
    assert wired.app.first_run.practice is None
    assert visible(wired) == []
    assert wired.app.tray.actions.practice.text() == "Practise"


def test_a_fault_of_one_part_keeps_no_other(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the notification can't be removed, the practice still ends."""

    def broken() -> None:
        raise OSError("broken")

    assert wired.app.first_run is not None
    wired.app.tray.actions.practice.trigger()
    with monkeypatch.context() as patch:
        patch.setattr(wired.app.delivery.notifications, "withdraw", broken)
        wired.app.windows.quick_exit()
    assert wired.app.first_run.practice is None
    assert "a fault in part windows" in caplog.text


def test_a_program_that_has_ended_listens_no_more(program: Program) -> None:
    """The end of the program leaves nothing that waits for a quick exit."""
    program.stop()
    program.settle()
    assert program.app.qt.findChildren(Leaving) == []
