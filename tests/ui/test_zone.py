"""A zone that changes during a pause changes the shown times, and not the promise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel, QSystemTrayIcon

from safepause.core.capability import TrayService
from safepause.ui.tray.actions import Actions
from safepause.ui.tray.tray import Tray
from tests.fakes import EVENING, FakeClock, at
from tests.ui.samples import NAMELESS, pause

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pause.scene import Scene

BERLIN, KATHMANDU = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu")


def shows(scene: Scene, time: str) -> bool:
    """Tell whether the window shows a clock time."""
    labels = scene.window.findChildren(QLabel)
    return any(time in label.text() for label in labels if label.isVisibleTo(scene.window))


@pytest.mark.parametrize(
    ("minutes", "shown", "then"), [(1, 30, "02:25"), (10, 30, "02:25"), (40, 40, "02:35")]
)
def test_the_window_follows_the_zone(scene: Scene, minutes: int, shown: int, then: str) -> None:
    """The next update of each page shows the time in the new zone."""
    scene.window.show_pause(pause(), fresh=True)
    scene.wait(5)
    scene.wait(minutes * 60)
    if minutes == 40:
        scene.window.show_return(pause())
    elif minutes == 10:
        scene.window.show_pause(pause(), fresh=False)
    assert shows(scene, at(shown))
    scene.clock.zone = KATHMANDU
    scene.wait(1)
    assert shows(scene, then)
    assert not shows(scene, at(shown))


def test_the_tray_follows_the_zone_each_minute(qtbot: QtBot) -> None:
    """The next minute shows the return in the new zone, in menu and tooltip."""
    del qtbot
    clock = FakeClock()
    actions = Actions(clock)
    tray = Tray(actions, clock, lambda: TrayService.NONE)
    tray.update(pause(), NAMELESS)
    [icon] = tray.findChildren(QSystemTrayIcon)
    assert at(30) in icon.toolTip()
    clock.zone = KATHMANDU
    actions.minute.passed.emit()
    assert "02:25" in actions.header.text()
    assert "02:25" in icon.toolTip()
    actions.minute.follow(None)


def test_summer_time_ends_within_a_pause(scene: Scene) -> None:
    """In the hour that comes twice, the pause keeps its length."""
    scene.clock.zone = BERLIN
    scene.clock.set(EVENING.replace(month=10, day=25, hour=0, minute=45))
    moved = scene.clock.now() - EVENING
    usual = pause()
    start, back = usual.started_at + moved, usual.return_at + moved
    standing = replace(usual, started_at=start, promised_at=back, return_at=back)
    scene.window.show_pause(standing, fresh=True)
    assert shows(scene, "02:15")
    scene.up()
    scene.wait(6)
    scene.click("Just rest")
    assert "Nothing to solve now. 29 minutes left." in scene.texts()
