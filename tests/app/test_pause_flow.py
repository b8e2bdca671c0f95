"""The window of a pause comes, whatever else goes wrong; and it counts as used only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app.pause_flow import PauseFlow
from safepause.core.capability import CapabilityKey

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from PySide6.QtWidgets import QApplication

    from tests.app.running import Program


def broken(*_args: object, **_options: object) -> None:
    """Break, as a part whose files are gone does."""
    raise ImportError("no such file")


def test_the_window_of_a_return_needs_no_autostart(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A return shows the hidden window, though the offer to start with the computer breaks."""
    program.run("pause")
    window = program.app.flow.window
    assert window is not None
    window.hide()
    monkeypatch.setattr(program.app.autostart, "offer", broken)
    program.run("return")
    assert window.isVisible()
    assert program.app.faults.kind(CapabilityKey.AUTOSTART) == "ImportError"
    assert "a fault in part autostart" in caplog.text


def test_a_window_that_was_only_made_ready_was_not_used(program: Program) -> None:
    """The warm-up builds the window; it counts as used once it is on the screen."""
    flow = program.app.flow
    flow.prepare()
    assert flow.window is not None
    assert not flow.used
    program.run("pause")
    assert flow.used


def test_a_first_window_that_breaks_takes_no_keys_away(
    start: Callable[[], Program],
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Started by hand, the program has its keys, though its window can't be shown."""
    program = start()
    program.app.stop()
    monkeypatch.setattr(PauseFlow, "show", broken)
    program.app.start(hidden=False)
    qapp.processEvents()
    assert program.app.faults.kind(CapabilityKey.WINDOW) == "ImportError"
    parts = [part for part, _feature in program.app.features]
    assert parts.count(CapabilityKey.SHORTCUT) == 2
    assert "a fault in part window" in caplog.text
