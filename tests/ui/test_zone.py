"""A zone that changes while a pause stands changes what is shown, not what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel

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
    """Breathing, resting or due: with its next look at the clock, the window shows local time."""
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
    """The tooltip is put right with the minutes, and at once when a jump is told."""
    del qtbot
    clock = FakeClock()
    actions = Actions(clock)
    tray = Tray(actions, clock)
    tray.update(pause(), NAMELESS)
    clock.zone = KATHMANDU
    actions.minute.passed.emit()
    assert "02:25" in actions.header.text()
    actions.minute.follow(None)


def test_summer_time_ends_within_a_pause(scene: Scene) -> None:
    """The hour that comes twice: the promised length passes, whatever the clock on the wall."""
    scene.clock.zone = BERLIN
    scene.clock.set(EVENING.replace(month=10, day=25, hour=0, minute=45))
    moved = scene.clock.now() - EVENING
    usual = pause()
    start, back = usual.started_at + moved, usual.return_at + moved
    standing = replace(usual, started_at=start, promised_at=back, return_at=back)
    scene.window.show_pause(standing, fresh=True)
    assert shows(scene, "02:15")
    assert standing.return_at - scene.clock.now() == timedelta(minutes=30)
