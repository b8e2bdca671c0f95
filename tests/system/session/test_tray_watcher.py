"""A tray that comes late or comes back is noticed, and no other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.connection import Bus
from safepause.system.dbus.message import BUS_NAME, BUS_PATH, Call, Message
from safepause.system.session.tray_watcher import WATCHER, TrayWatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus, Wiretap

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux has D-Bus")


@pytest.fixture
def panel(private_bus: PrivateBus, tap: Wiretap) -> Iterator[Callable[[], Bus]]:
    """Give a function that starts a panel, which takes tray icons until it is closed."""
    panels: list[Bus] = []

    def start() -> Bus:
        panels.append(Bus(private_bus.address))
        name = Call(BUS_NAME, BUS_PATH, BUS_NAME, "RequestName", "su", (WATCHER, 4))
        assert isinstance(tap.ask(name, panels[-1]), Message)
        return panels[-1]

    yield start
    for each in panels:
        each.close()


def followed(bus: Bus, tap: Wiretap, *, met: bool) -> tuple[TrayWatcher, list[str]]:
    """Return a host that listens by now, and what it says."""
    host, came = TrayWatcher(bus, met=met), list[str]()
    host.came.connect(lambda: came.append("came"))
    tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"), bus)
    return host, came


def test_a_tray_that_comes_late(
    bus: Bus, tap: Wiretap, panel: Callable[[], Bus], qtbot: QtBot
) -> None:
    """A panel that comes after the program is noticed."""
    host, _came = followed(bus, tap, met=False)
    with qtbot.waitSignal(host.came):
        panel()


def test_a_panel_that_is_started_anew(
    bus: Bus, tap: Wiretap, panel: Callable[[], Bus], qtbot: QtBot
) -> None:
    """The panel that the icon stands in already is no news; the next one is."""
    first = panel()
    host, came = followed(bus, tap, met=True)
    assert came == []
    first.close()
    tap.wait_for_owner(WATCHER, present=False)
    with qtbot.waitSignal(host.came):
        panel()


def test_a_tray_that_comes_while_the_program_starts(
    bus: Bus, tap: Wiretap, panel: Callable[[], Bus]
) -> None:
    """A panel that was not there for the icon, but is there by now, is noticed."""
    panel()
    _host, came = followed(bus, tap, met=False)
    assert came == ["came"]
