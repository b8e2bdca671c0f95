"""A tray that appears late or again is reported, and no other tray."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.connection import Bus
from safepause.system.dbus.message import BUS_NAME, BUS_PATH, Call, Message
from safepause.system.session.tray_service import WATCHER
from safepause.system.session.tray_watcher import TrayWatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus, Wiretap

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


@pytest.fixture
def panel(private_bus: PrivateBus, tap: Wiretap) -> Iterator[Callable[[], Bus]]:
    """Return a function that starts a panel, which takes icons until it is closed."""
    panels: list[Bus] = []

    def start() -> Bus:
        panels.append(Bus(private_bus.address))
        name = Call(BUS_NAME, BUS_PATH, BUS_NAME, "RequestName", "su", (WATCHER, 4))
        assert isinstance(tap.ask(name, panels[-1]), Message)
        return panels[-1]

    yield start
    for each in panels:
        each.close()


def watching(bus: Bus, tap: Wiretap, *, met: bool) -> tuple[TrayWatcher, list[str]]:
    """Return a watcher whose subscriptions are active, and the list of its signals."""
    watcher, came = TrayWatcher(bus, met=met), list[str]()
    watcher.came.connect(lambda: came.append("came"))
    tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"), bus)
    return watcher, came


def test_a_tray_that_comes_late(
    bus: Bus, tap: Wiretap, panel: Callable[[], Bus], qtbot: QtBot
) -> None:
    """A panel that starts after the program is reported."""
    watcher, _came = watching(bus, tap, met=False)
    with qtbot.waitSignal(watcher.came):
        panel()


def test_a_panel_that_restarts(
    bus: Bus, tap: Wiretap, panel: Callable[[], Bus], qtbot: QtBot
) -> None:
    """The panel that has the icon already is not reported. The next one is."""
    first = panel()
    watcher, came = watching(bus, tap, met=True)
    assert came == []
    first.close()
    tap.wait_for_owner(WATCHER, present=False)
    with qtbot.waitSignal(watcher.came):
        panel()


def test_a_tray_that_comes_while_the_program_starts(
    bus: Bus, tap: Wiretap, panel: Callable[[], Bus]
) -> None:
    """A panel that started after the icon was made, but before the watcher, is reported."""
    panel()
    _watcher, came = watching(bus, tap, met=False)
    assert came == ["came"]
