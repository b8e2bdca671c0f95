"""A zone that changes during a pause changes the shown times, and not the promise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel, QSystemTrayIcon

from safepause.ui.tray.actions import Actions
from safepause.ui.tray.tray import Tray
from tests.fakes import EVENING, FakeClock
from tests.ui.samples import NAMELESS, pause

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pause.scene import Scene

BERLIN = ZoneInfo("Europe/Berlin")


def shows(scene: Scene, time: str) -> bool:
    """Tell whether the window shows a clock time."""
    labels = scene.window.findChildren(QLabel)
    return any(time in label.text() for label in labels if label.isVisibleTo(scene.window))


@pytest.mark.parametrize(("minutes", "shown"), [(1, "20:40"), (10, "20:40"), (40, "20:50")])
def test_the_window_follows_the_zone(scene: Scene, minutes: int, shown: str) -> None:
    """The next update of each page shows the time in the new zone."""
    scene.window.show_pause(pause(), fresh=True)
    scene.wait(5)
    scene.wait(minutes * 60)
    if minutes == 40:
        scene.window.show_return(pause())
    elif minutes == 10:
        scene.window.show_pause(pause(), fresh=False)
    assert shows(scene, shown)
    scene.clock.zone = BERLIN
    scene.wait(1)
    assert shows(scene, shown.replace("20:", "21:"))
    assert not shows(scene, shown)


def test_the_tray_follows_the_zone_each_minute(qtbot: QtBot) -> None:
    """The next minute shows the return in the new zone, in menu and tooltip."""
    del qtbot
    clock = FakeClock()
    actions = Actions(clock)
    tray = Tray(actions, clock)
    tray.update(pause(), NAMELESS)
    [icon] = tray.findChildren(QSystemTrayIcon)
    assert "20:40" in icon.toolTip()
    clock.zone = BERLIN
    actions.minute.passed.emit()
    assert "21:40" in actions.header.text()
    assert "21:40" in icon.toolTip()
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
    assert "30 minutes left" in scene.texts()
