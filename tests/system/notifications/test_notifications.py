"""Notifications over D-Bus, with a real bus and a fake service that also fails."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.message import BUS_NAME, Call, Message
from safepause.system.notifications import Notice, dbus
from tests.system.dbus.desk import EVERYTHING, notification_service
from tests.system.notifications.fake_notifyd import NAME, PATH
from tests.system.notifications.notice_desk import DUE, NEXT, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from safepause.system.dbus.connection import Bus
    from tests.system.dbus.desk import PrivateBus, Program, Wiretap

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


@pytest.fixture
def abilities() -> tuple[str, ...]:
    """Return the abilities of the service."""
    return EVERYTHING


@pytest.fixture
def desk(
    private_bus: PrivateBus,
    bus: Bus,
    tap: Wiretap,
    abilities: tuple[str, ...],
    tmp_path: Path,
) -> Iterator[Desk]:
    """Run a service, and notifications that use it."""
    program = notification_service(private_bus.address, *abilities)
    tap.wait_for_owner(NAME)
    rig = Desk(bus, tap, program, tmp_path)
    yield rig
    rig.notifications.withdraw()
    for each in (program, rig.service):
        each.kill()


@needs_linux
def test_the_arguments_of_notify(desk: Desk) -> None:
    """The service gets the buttons in order, a plain title and an escaped body."""
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
        "suppress-sound": ["b", True],
    }
    assert desk.other.shown == []


@needs_linux
@pytest.mark.parametrize("abilities", [("body",)])
def test_a_service_without_abilities(desk: Desk) -> None:
    """Without markup the body is sent unescaped. Without buttons none are sent."""
    arguments = desk.show(DUE)[0]
    assert arguments[4] == "Sam & Kim <3"
    assert arguments[5] == []
    assert "without buttons" in desk.notifications.capability().why


@needs_linux
def test_only_urgent_notices_are_critical(desk: Desk) -> None:
    """An urgent notice has the critical urgency, another notice the normal one."""
    desk.show(DUE)
    calls = desk.show(Notice("a", "b", urgent=True), 2)
    assert [dict(call[6])["urgency"] for call in calls] == [["y", 1], ["y", 2]]  # type: ignore[call-overload]  # JSON


@needs_linux
def test_characters_that_no_bus_can_send_are_replaced(desk: Desk) -> None:
    """NUL is left out, and a lone surrogate becomes a question mark."""
    arguments = desk.show(Notice("a\0b", "c\ud83dd"))[0]
    assert arguments[3:5] == ["ab", "c?d"]


@needs_linux
def test_the_next_notice_takes_the_place_of_the_last(desk: Desk) -> None:
    """A second notice replaces the first one, by its id."""
    desk.show(DUE)
    calls = desk.show(NEXT, 2)
    assert [call[1] for call in calls] == [0, 1]
    assert len(desk.tap.calls("GetCapabilities")) == 1


@needs_linux
def test_while_a_call_is_open_only_the_newest_notice_waits(desk: Desk) -> None:
    """Of three notices at once the first and the last are sent, one after the other."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    for title in ("one", "two", "three"):
        desk.notifications.show(Notice(title, ""))
    desk.service.send(signal.SIGCONT)
    calls = desk.tap.wait_for_calls("Notify", 3)
    desk.settle()
    assert [call[3] for call in calls] == ["It's 20:40", "one", "three"]


@needs_linux
def test_a_notice_is_withdrawn(desk: Desk) -> None:
    """`withdraw` closes the notice once, by its id."""
    desk.show(DUE)
    desk.notifications.withdraw()
    desk.notifications.withdraw()
    assert desk.tap.wait_for_calls("CloseNotification", 1) == [[1]]
    desk.settle()
    assert len(desk.tap.calls("CloseNotification")) == 1
    assert desk.other.withdrawn == 2


@needs_linux
def test_a_notice_is_withdrawn_before_it_is_shown(desk: Desk) -> None:
    """A notice that is withdrawn while its call is open is closed after the answer."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(NEXT)
    desk.notifications.withdraw()
    desk.service.send(signal.SIGCONT)
    assert desk.tap.wait_for_calls("CloseNotification", 1) == [[1]]


@needs_linux
def test_a_button_is_pressed(desk: Desk, qtbot: QtBot) -> None:
    """The key of a pressed button is emitted, but not that of another program's notice."""
    desk.show(DUE)
    desk.tap.control("Press", "us", 99, "return")
    with qtbot.waitSignal(desk.notifications.chosen):
        desk.tap.control("Press", "us", 1, "more")
    assert desk.chosen == ["more"]


@needs_linux
def test_a_forged_signal_is_ignored(desk: Desk, private_bus: PrivateBus, qtbot: QtBot) -> None:
    """A signal from a program that is not the service emits nothing."""
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
def test_a_notice_is_dismissed(desk: Desk) -> None:
    """After a person has closed a notice, the next notice doesn't replace it."""
    desk.show(DUE)
    desk.tap.control("Dismiss", "u", 1)
    desk.settle()
    assert [call[1] for call in desk.show(NEXT, 2)] == [0, 0]
    desk.tap.control("Press", "us", 1, "return")
    assert desk.chosen == []


@needs_linux
def test_the_service_is_replaced(desk: Desk, private_bus: PrivateBus) -> None:
    """A new service gets no id of the old one, and has its own abilities."""
    desk.show(DUE)
    desk.service.kill()
    desk.tap.wait_for_owner(NAME, present=False)
    desk.service = notification_service(private_bus.address)
    desk.tap.wait_for_owner(NAME)
    calls = desk.show(NEXT, 2)
    desk.service.kill()
    assert calls[1][1] == 0
    assert calls[1][5] == []


def taking_over(desk: Desk, private_bus: PrivateBus) -> Program:
    """Start a service that takes the name of the one that runs, which goes on."""
    before = desk.tap.owner(NAME)
    made = notification_service(private_bus.address, *EVERYTHING, "--replace")
    desk.tap.wait_for_other_owner(NAME, before)
    return made


@needs_linux
def test_a_notice_that_stands_moves_to_a_new_service(
    desk: Desk, private_bus: PrivateBus, qtbot: QtBot
) -> None:
    """The new service shows it without a sound, and its button works. The old one closes it."""
    desk.show(replace(DUE, sound=True))
    for count in (2, 3):
        newer = taking_over(desk, private_bus)
        calls = desk.tap.wait_for_calls("Notify", count)
        desk.settle()
        assert (calls[-1][1], calls[-1][3], calls[-1][6]["suppress-sound"]) == (
            0,
            DUE.title,
            ["b", True],
        )
        assert desk.tap.wait_for_calls("CloseNotification", count - 1)[-1] == [1]
        desk.service.kill()
        desk.service = newer
    with qtbot.waitSignal(desk.notifications.chosen):
        desk.tap.control("Press", "us", 1, "return")
    assert desk.chosen == ["return"]
    assert desk.other.shown == []


@needs_linux
def test_a_notice_that_stands_comes_back_with_its_service(
    desk: Desk, private_bus: PrivateBus, qtbot: QtBot
) -> None:
    """A service that has crashed has taken the notice away. The next one shows it."""
    desk.show(DUE)
    desk.service.kill()
    desk.tap.wait_for_owner(NAME, present=False)
    desk.service = notification_service(private_bus.address, *EVERYTHING)
    desk.tap.wait_for_calls("Notify", 2)
    desk.settle()
    with qtbot.waitSignal(desk.notifications.chosen):
        desk.tap.control("Press", "us", 1, "return")


@needs_linux
@pytest.mark.parametrize("how", ["closed", "withdrawn"])
def test_what_is_gone_does_not_come_back(desk: Desk, private_bus: PrivateBus, how: str) -> None:
    """A notice that a person has closed, or that was withdrawn, is not shown by a new service."""
    desk.show(DUE)
    if how == "closed":
        desk.tap.control("Dismiss", "u", 1)
    else:
        desk.notifications.withdraw()
    desk.settle()
    newer = taking_over(desk, private_bus)
    desk.tap.wait_for_calls("GetCapabilities", 2)
    desk.settle()
    desk.service.kill()
    desk.service = newer
    assert len(desk.tap.calls("Notify")) == 1


@needs_linux
def test_a_service_that_hangs_is_replaced(desk: Desk, private_bus: PrivateBus) -> None:
    """The new service is used, though the old one still owes an answer."""
    desk.settle()
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(DUE)
    desk.tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"), desk.bus)
    newer = taking_over(desk, private_bus)
    assert desk.tap.wait_for_calls("Notify", 1)[0][3] == DUE.title
    desk.service.kill()
    desk.service = newer
    desk.show(NEXT, 2)
    assert desk.other.shown == []


@needs_linux
def test_a_service_that_is_replaced_before_it_answers(
    desk: Desk, private_bus: PrivateBus, qtbot: QtBot
) -> None:
    """The old service shows the notice late. It is closed there, and the new one shows it."""
    desk.settle()
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(DUE)
    desk.tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"), desk.bus)
    newer = taking_over(desk, private_bus)
    desk.service.send(signal.SIGCONT)
    desk.tap.wait_for_calls("Notify", 2)
    desk.tap.wait_for_calls("CloseNotification", 1)
    desk.settle()
    desk.service.kill()
    desk.service = newer
    with qtbot.waitSignal(desk.notifications.chosen):
        desk.tap.control("Press", "us", 1, "return")


@needs_linux
def test_the_service_is_killed(desk: Desk, caplog: pytest.LogCaptureFixture, qtbot: QtBot) -> None:
    """Without a service the next channel is tried once, and the reason is logged."""
    desk.show(DUE)
    desk.service.kill()
    desk.notifications.show(NEXT)
    qtbot.waitUntil(lambda: desk.other.shown == [NEXT])
    assert "ServiceUnknown" in caplog.text or "NoReply" in caplog.text
    desk.tap.wait_for_owner(NAME, present=False)
    assert not desk.desktop().available
    assert desk.tray == []


@needs_linux
def test_the_service_is_killed_during_a_call(
    desk: Desk, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """If the service ends before its answer, the next channel is tried."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(NEXT)
    desk.tap.ask(Call(BUS_NAME, "/", BUS_NAME, "GetId"))
    desk.service.kill()
    qtbot.waitUntil(lambda: desk.other.shown == [NEXT])
    assert "not shown" in caplog.text


@needs_linux
def test_the_service_does_not_answer(
    desk: Desk, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """After the patience the next channel is tried. The late answer is handled, too."""
    desk.show(DUE)
    desk.service.send(signal.SIGSTOP)
    desk.hurry()
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
    """If the service refuses a notice, the next channel is tried, and the reason is logged."""
    desk.tap.control("Refuse")
    desk.settle()
    desk.notifications.show(DUE)
    qtbot.waitUntil(lambda: desk.other.shown == [DUE])
    assert "not now" in caplog.text
    desk.notifications.show(NEXT)
    qtbot.waitUntil(lambda: desk.other.shown == [DUE, NEXT])
    desk.settle()
    assert len(desk.tap.calls("GetCapabilities")) == 3, "once as it came, once for each notice"


@needs_linux
def test_the_bus_goes_away(
    desk: Desk, private_bus: PrivateBus, bus: Bus, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """Without a bus the next channel is tried."""
    with qtbot.waitSignal(bus.closed):
        private_bus.kill()
    desk.notifications.show(DUE)
    qtbot.waitUntil(lambda: desk.other.shown == [DUE])
    assert "Disconnected" in caplog.text


@needs_linux
def test_the_service_is_known_before_the_first_notice(desk: Desk, qtbot: QtBot) -> None:
    """The capability knows the service and its buttons without any notice."""
    qtbot.waitUntil(lambda: desk.desktop().available)
    qtbot.waitUntil(lambda: desk.notifications.capability().why.endswith(", with buttons."))
    assert [member for member, *_rest in desk.tap.told] == ["GetCapabilities"]


@needs_linux
def test_without_a_notice_no_signal_arrives(desk: Desk) -> None:
    """After a notice is withdrawn, no signal is subscribed to."""
    desk.show(DUE)
    desk.notifications.withdraw()
    desk.settle()
    rules = desk.tap.ask(Call(BUS_NAME, "/", f"{BUS_NAME}.Debug.Stats", "GetAllMatchRules"))
    if isinstance(rules, Message):
        assert not [rule for mine in rules.body[0].values() for rule in mine if "ActionInv" in rule]
    desk.tap.control("Press", "us", 1, "return")
    assert desk.chosen == []


def test_patience_is_short() -> None:
    """A service that doesn't answer delays a notice by at most 3 s."""
    assert dbus.PATIENCE <= 3
