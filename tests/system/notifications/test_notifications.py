"""Notifications: what a service gets, what it answers, and every way in which it fails."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.message import BUS_NAME, Call, Message
from safepause.system.notifications import Notice, dbus
from tests.system.dbus.desk import EVERYTHING, notification_service
from tests.system.notifications.fake_notifyd import NAME, PATH
from tests.system.notifications.notice_desk import DUE, NEXT, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from safepause.system.dbus.connection import Bus
    from tests.system.dbus.desk import PrivateBus, Wiretap

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


@pytest.fixture
def abilities() -> tuple[str, ...]:
    """Return what the service says that it can do."""
    return EVERYTHING


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a silent service for next to no time."""
    monkeypatch.setattr(dbus, "PATIENCE", 0.02)


@pytest.fixture
def desk(
    private_bus: PrivateBus, bus: Bus, tap: Wiretap, abilities: tuple[str, ...]
) -> Iterator[Desk]:
    """Run a service and notifications that talk to it."""
    program = notification_service(private_bus.address, *abilities)
    tap.wait_for_owner(NAME)
    rig = Desk(bus, tap, program)
    yield rig
    rig.notifications.withdraw()
    program.kill()


@needs_linux
def test_a_notice_as_the_service_gets_it(desk: Desk) -> None:
    """All arguments of Notify are ours: buttons in order, a plain title, an escaped body."""
    app, replaces, icon, title, body, actions, hints, timeout = desk.show(DUE)[0]
    assert (app, replaces, timeout) == ("SafePause", 0, -1)
    assert str(icon).startswith("file:///")
    assert title == "It's 20:40"
    assert body == "Sam &amp; Kim &lt;3"
    buttons = ["return", "We're both here", "more", "More time", "default", "Open SafePause"]
    assert actions == buttons
    assert hints == {
        "desktop-entry": ["s", "io.github.safepause.SafePause"],
        "category": ["s", "x-safepause.reminder"],
        "urgency": ["y", 1],
    }
    assert desk.other.shown == []


@needs_linux
@pytest.mark.parametrize("abilities", [("body",)])
def test_a_service_that_can_do_little(desk: Desk) -> None:
    """Without markup the body is sent as it is; without buttons none are sent, and it is said."""
    arguments = desk.show(DUE)[0]
    assert arguments[4] == "Sam & Kim <3"
    assert arguments[5] == []
    assert "without buttons" in desk.notifications.capability().why


@needs_linux
def test_only_urgent_notices_are_critical(desk: Desk) -> None:
    """The critical urgency is sent where it is asked for, and nowhere else."""
    desk.show(DUE)
    calls = desk.show(Notice("a", "b", urgent=True), 2)
    assert [dict(call[6])["urgency"] for call in calls] == [["y", 1], ["y", 2]]  # type: ignore[call-overload]  # JSON


@needs_linux
def test_what_no_bus_carries_is_left_out(desk: Desk) -> None:
    """NUL and halves of characters, which would end the connection, are replaced."""
    arguments = desk.show(Notice("a\0b", "c\ud83dd"))[0]
    assert arguments[3:5] == ["ab", "c?d"]


@needs_linux
def test_the_next_notice_takes_the_place_of_the_last(desk: Desk) -> None:
    """A second notice names the first one's id, so that only one stands."""
    desk.show(DUE)
    calls = desk.show(NEXT, 2)
    assert [call[1] for call in calls] == [0, 1]
    assert len(desk.tap.calls("GetCapabilities")) == 1


@needs_linux
def test_while_the_service_is_silent_only_the_newest_waits(desk: Desk) -> None:
    """Of three notices given in one go, the first and the last are sent, one after the other."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    for title in ("one", "two", "three"):
        desk.notifications.show(Notice(title, ""))
    desk.service.send(signal.SIGCONT)
    calls = desk.tap.wait_for_calls("Notify", 3)
    desk.settle()
    assert [call[3] for call in calls] == ["It's 20:40", "one", "three"]


@needs_linux
def test_withdrawn(desk: Desk) -> None:
    """Withdrawing closes the notice by its id, once."""
    desk.show(DUE)
    desk.notifications.withdraw()
    desk.notifications.withdraw()
    assert desk.tap.wait_for_calls("CloseNotification", 1) == [[1]]
    desk.settle()
    assert len(desk.tap.calls("CloseNotification")) == 1
    assert desk.other.withdrawn == 2


@needs_linux
def test_withdrawn_on_its_way(desk: Desk) -> None:
    """A notice that is withdrawn before the service answered is closed when it does."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(NEXT)
    desk.notifications.withdraw()
    desk.service.send(signal.SIGCONT)
    assert desk.tap.wait_for_calls("CloseNotification", 1) == [[1]]


@needs_linux
def test_a_button_is_pressed(desk: Desk, qtbot: QtBot) -> None:
    """The key of a button of ours comes out; other programs' notices stay their own business."""
    desk.show(DUE)
    desk.tap.control("Press", "us", 99, "return")
    with qtbot.waitSignal(desk.notifications.chosen):
        desk.tap.control("Press", "us", 1, "more")
    assert desk.chosen == ["more"]


@needs_linux
def test_nobody_else_presses_our_buttons(desk: Desk, private_bus: PrivateBus, qtbot: QtBot) -> None:
    """A signal sent to SafePause by another program than the service is passed over."""
    desk.show(DUE)
    ours = next(sender for member, sender, _body in desk.tap.told if member == "Notify")
    command = ["dbus-send", f"--bus={private_bus.address}", f"--dest={ours}", "--type=signal"]
    forged = subprocess.Popen(  # noqa: S603  -- a fixed command
        [*command, PATH, f"{NAME}.ActionInvoked", "uint32:1", "string:return"]
    )
    qtbot.waitUntil(lambda: forged.poll() is not None)
    with qtbot.waitSignal(desk.notifications.chosen):
        desk.tap.control("Press", "us", 1, "more")
    assert desk.chosen == ["more"]


@needs_linux
def test_dismissed(desk: Desk) -> None:
    """After a notice was closed its id is forgotten: the next one is new."""
    desk.show(DUE)
    desk.tap.control("Dismiss", "u", 1)
    desk.settle()
    assert [call[1] for call in desk.show(NEXT, 2)] == [0, 0]
    desk.tap.control("Press", "us", 1, "return")
    assert desk.chosen == []


@needs_linux
def test_the_service_is_replaced(desk: Desk, private_bus: PrivateBus) -> None:
    """A new service gets no ids of the old one, and is asked for its own abilities."""
    desk.show(DUE)
    desk.service.kill()
    desk.tap.wait_for_owner(NAME, present=False)
    desk.service = notification_service(private_bus.address)
    desk.tap.wait_for_owner(NAME)
    calls = desk.show(NEXT, 2)
    desk.service.kill()
    assert calls[1][1] == 0
    assert calls[1][5] == []


@needs_linux
def test_the_service_is_killed(desk: Desk, caplog: pytest.LogCaptureFixture, qtbot: QtBot) -> None:
    """Without a service the next way is taken, once, and the reason is in the log."""
    desk.show(DUE)
    desk.service.kill()
    desk.notifications.show(NEXT)
    qtbot.waitUntil(lambda: desk.other.shown == [NEXT])
    assert "ServiceUnknown" in caplog.text or "NoReply" in caplog.text
    desk.tap.wait_for_owner(NAME, present=False)
    assert not desk.notifications._channels[0].capability().available  # noqa: SLF001
    assert desk.tray == []


@needs_linux
def test_the_service_dies_with_our_call(
    desk: Desk, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """A service that dies before it answers is reported by the bus, not waited for."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(NEXT)
    desk.tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"))
    desk.service.kill()
    qtbot.waitUntil(lambda: desk.other.shown == [NEXT])
    assert "not shown" in caplog.text


@needs_linux
@pytest.mark.usefixtures("impatient")
def test_the_service_stands_still(
    desk: Desk, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """A service that doesn't answer in time costs a notice its place; a late answer is no error."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(NEXT)
    qtbot.waitUntil(lambda: desk.other.shown == [NEXT])
    assert "silent" in caplog.text
    desk.service.send(signal.SIGCONT)
    desk.tap.wait_for_calls("Notify", 2)
    desk.settle()
    desk.tap.control("Press", "us", 1, "default")
    qtbot.waitUntil(lambda: desk.chosen == ["default"])
    assert desk.other.shown == [NEXT]


@needs_linux
def test_the_service_refuses(desk: Desk, caplog: pytest.LogCaptureFixture, qtbot: QtBot) -> None:
    """A refused notice takes the next way, and the service's word is in the log."""
    desk.tap.control("Refuse")
    desk.notifications.show(DUE)
    qtbot.waitUntil(lambda: desk.other.shown == [DUE])
    assert "not now" in caplog.text
    desk.notifications.show(NEXT)
    qtbot.waitUntil(lambda: desk.other.shown == [DUE, NEXT])
    assert len(desk.tap.calls("GetCapabilities")) == 3, "once as it came, once for each notice"


@needs_linux
def test_the_bus_goes_away(
    desk: Desk, private_bus: PrivateBus, bus: Bus, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """Without a bus the next way is taken."""
    with qtbot.waitSignal(bus.closed):
        private_bus.kill()
    desk.notifications.show(DUE)
    qtbot.waitUntil(lambda: desk.other.shown == [DUE])
    assert "Disconnected" in caplog.text


@needs_linux
def test_who_shows_notices_is_known_without_showing_any(desk: Desk, qtbot: QtBot) -> None:
    """The capability is there soon after the bus has told who owns the name, buttons included."""
    qtbot.waitUntil(lambda: desk.notifications._channels[0].capability().available)  # noqa: SLF001
    qtbot.waitUntil(lambda: desk.notifications.capability().why.endswith(", with buttons."))
    assert [member for member, *_rest in desk.tap.told] == ["GetCapabilities"]


@needs_linux
def test_at_rest_nothing_is_listened_to(desk: Desk) -> None:
    """Once a notice is gone, other programs' notices wake SafePause no more."""
    desk.show(DUE)
    desk.notifications.withdraw()
    desk.settle()
    rules = desk.tap.ask(Call(BUS_NAME, "/", f"{BUS_NAME}.Debug.Stats", "GetAllMatchRules"))
    if isinstance(rules, Message):
        assert not [rule for mine in rules.body[0].values() for rule in mine if "ActionInv" in rule]
    desk.tap.control("Press", "us", 1, "return")
    assert desk.chosen == []


def test_patience_is_short() -> None:
    """A silent service delays a notice by three seconds at most."""
    assert dbus.PATIENCE <= 3
