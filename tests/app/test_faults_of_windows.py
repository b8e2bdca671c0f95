"""A fault of a window is shown for its part, at a changed setting and at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.app import application
from safepause.app.autostart_controller import AutostartController
from safepause.app.pause_flow import PauseFlow
from safepause.app.settings_controller import SettingsController
from safepause.app.windows import Windows
from safepause.core.capability import CapabilityKey as Key
from tests.app.breakage import Breakage, Broken, is_told, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.running import Program

SETTINGS_LISTENERS = [
    Broken(Windows, "_use", Key.WINDOWS),
    Broken(SettingsController, "_use", Key.WINDOWS),
    Broken(AutostartController, "_show", Key.AUTOSTART),
]


@pytest.mark.parametrize("broken", SETTINGS_LISTENERS, ids=named)
def test_a_fault_at_a_changed_setting_is_shown_for_its_part(
    start: Callable[[], Program],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Broken,
) -> None:
    """`doctor` shows the part whose listener raised an error, and the setting is changed."""
    breakage = Breakage(monkeypatch, broken.kind, broken.method)
    program = start()
    breakage.broken = True
    assert program.run("settings", "set", "length", "45")[0] == 0
    assert is_told(program, broken.part, caplog.text)


SHOWN = [Broken(Windows, "show_home", Key.WINDOWS), Broken(PauseFlow, "bring_up", Key.WINDOW)]


@pytest.mark.parametrize("broken", SHOWN, ids=named)
def test_a_window_that_can_t_be_shown_at_the_start_leaves_the_features(
    start: Callable[..., Program],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Broken,
) -> None:
    """The start goes on. `doctor` shows the part: without a pause, that of the home window."""
    if broken.kind is PauseFlow:
        first = start()
        first.run("pause")
        first.stop()
    monkeypatch.setattr(application, "TRAY_PATIENCE_MS", 3_600_000)
    Breakage(monkeypatch, broken.kind, broken.method).broken = True
    program = start(hidden=False)
    assert is_told(program, broken.part, caplog.text)
    assert program.keys.wanted
