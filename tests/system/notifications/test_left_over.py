"""A notification that a killed program has left is closed by the next start, and no other one."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.connection import Bus
from safepause.system.dbus.message import BUS_NAME, Call, Message
from safepause.system.notifications import Notifications
from safepause.system.notifications.left_over import LeftOver, Shown
from tests.system.dbus.desk import EVERYTHING, notification_service
from tests.system.notifications.fake_notifyd import NAME
from tests.system.notifications.notice_desk import DUE, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus, Wiretap

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


@pytest.fixture
def desk(private_bus: PrivateBus, bus: Bus, tap: Wiretap, tmp_path: Path) -> Iterator[Desk]:
    """Run a service, and notifications that use it."""
    program = notification_service(private_bus.address, *EVERYTHING)
    tap.wait_for_owner(NAME)
    rig = Desk(bus, tap, program, tmp_path)
    yield rig
    rig.service.kill()


def next_start(desk: Desk, address: str) -> Bus:
    """Start notifications again, as after a crash, and wait until they have looked around."""
    second = Bus(address)
    made = Notifications(second, lambda _title, _body: None, desk.left_over, second)
    assert made.capability() is not None
    for _round in range(2):
        desk.tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"), second)
    desk.settle()
    return second


@needs_linux
def test_a_notification_from_before_a_crash_is_closed(desk: Desk, private_bus: PrivateBus) -> None:
    """The next start closes the notification that the same service shows, once."""
    desk.show(DUE)
    shown = LeftOver(desk.left_over).read()
    assert shown is not None
    assert desk.left_over.stat().st_mode & 0o777 == 0o600
    assert DUE.title not in desk.left_over.read_text()
    starts = [next_start(desk, private_bus.address) for _twice in range(2)]
    assert desk.tap.calls("CloseNotification") == [[shown.number]]
    assert not desk.left_over.exists()
    for bus in starts:
        bus.close()


@needs_linux
@pytest.mark.parametrize("other", ["service", "bus"])
def test_a_number_of_another_service_is_not_closed(
    desk: Desk, private_bus: PrivateBus, other: str
) -> None:
    """The number may be another program's notification there."""
    desk.show(DUE)
    shown = LeftOver(desk.left_over).read()
    assert shown is not None
    changed = {"service": shown.service, "bus": shown.bus, other: "another"}
    LeftOver(desk.left_over).keep(Shown(changed["bus"], changed["service"], shown.number))
    bus = next_start(desk, private_bus.address)
    assert desk.tap.calls("CloseNotification") == []
    assert not desk.left_over.exists()
    bus.close()


@needs_linux
def test_a_notification_that_is_gone_is_not_written_down(desk: Desk) -> None:
    """After a withdrawal there is no file."""
    desk.show(DUE)
    assert desk.left_over.exists()
    desk.notifications.withdraw()
    assert not desk.left_over.exists()


@needs_linux
def test_a_notification_that_a_person_closes_is_not_written_down(desk: Desk, qtbot: QtBot) -> None:
    """After the service has closed the notification there is no file."""
    desk.show(DUE)
    shown = LeftOver(desk.left_over).read()
    assert shown is not None
    desk.tap.control("Dismiss", "u", shown.number)
    qtbot.waitUntil(lambda: not desk.left_over.exists())


@pytest.mark.parametrize("content", [b"", b"a b", b"a b c", b"a b 1 2", b"\xff"])
def test_a_damaged_file_says_nothing(tmp_path: Path, content: bytes) -> None:
    """A file with other content counts as none."""
    file = tmp_path / "notification"
    assert LeftOver(file).read() is None
    file.write_bytes(content)
    assert LeftOver(file).read() is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Without a place for the file, notifications work as before."""
    left_over = LeftOver(tmp_path / "missing/notification")
    left_over.keep(Shown("a", ":1.2", 3))
    left_over.forget()
    assert left_over.read() is None


@needs_linux
@pytest.mark.parametrize("quiet", [True, False])
def test_a_quiet_notice_that_cannot_be_written_down_is_not_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture, *, quiet: bool
) -> None:
    """The time of a heads-up tells who called. Without a place for the file, the log is silent."""
    desk.left_over.mkdir()  # in the way of the file, for every user
    caplog.set_level(logging.DEBUG)
    desk.show(replace(DUE, quiet=quiet))
    assert ("not written down" in caplog.text) is not quiet


@needs_linux
def test_a_quiet_notice_that_a_new_service_shows_is_not_logged(
    desk: Desk, private_bus: PrivateBus, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor is it logged when a service that starts anew is given the heads-up again."""
    desk.left_over.mkdir()
    desk.show(replace(DUE, quiet=True))
    caplog.set_level(logging.INFO)
    desk.service.kill()
    desk.tap.wait_for_owner(NAME, present=False)
    desk.service = notification_service(private_bus.address, *EVERYTHING)
    desk.tap.wait_for_calls("Notify", 2)
    desk.settle()
    assert "written" not in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes there")
def test_a_folder_that_others_use_gets_no_file(tmp_path: Path) -> None:
    """There, a file of that name is somebody else's: it is neither read nor deleted."""
    tmp_path.chmod(0o1777)
    file = tmp_path / "notification"
    left_over = LeftOver(file)
    left_over.keep(Shown("a", ":1.2", 3))
    assert list(tmp_path.iterdir()) == []
    file.write_text("a :1.2 3\n")
    assert left_over.read() is None
    left_over.forget()
    assert file.exists()


@needs_linux
def test_the_file_is_the_same_for_the_same_service(desk: Desk) -> None:
    """The file names the bus and the owner of the service's name."""
    desk.show(DUE)
    shown = LeftOver(desk.left_over).read()
    owner = desk.tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetNameOwner", "s", (NAME,)))
    bus_id = desk.tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"))
    assert isinstance(owner, Message)
    assert isinstance(bus_id, Message)
    assert shown is not None
    assert (shown.service, shown.bus) == (owner.body[0], bus_id.body[0])
