"""Notifications: what a service gets, what it answers, and every way in which it fails."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from safepause.core.capability import Capability
from safepause.system.dbus_wire import BUS_NAME, Call, Heard
from safepause.system.notifications import Notice, Notifications, by_dbus
from safepause.system.notifications.by_plyer import PlyerNotifications, harmless, with_plyer
from tests.system.desk import EVERYTHING, notification_service
from tests.system.fake_notifyd import NAME, PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from safepause.system.dbus import Bus
    from tests.system.desk import PrivateBus, Program, Wiretap

DUE = Notice("It's 20:40", "Sam & Kim <3", (("return", "We're both here"), ("more", "More time")))
NEXT = Notice("It's 20:42", "Still time")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


class OtherWay:
    """Stands in for plyer."""

    def __init__(self, refusals: list[Callable[[str], None]] | None = None) -> None:
        """Show nothing yet; put into `refusals` what may be called later."""
        self.refusals = [] if refusals is None else refusals
        self.shown: list[Notice] = []
        self.withdrawn = 0

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Remember a notice; always shown."""
        self.refusals.append(refused)
        self.shown.append(notice)

    def withdraw(self) -> None:
        """Count."""
        self.withdrawn += 1

    def capability(self) -> Capability:
        """Offer nothing that anybody could see."""
        return Capability("notifications", available=False, why="nothing here")


class Desk:
    """Notifications with all that they talk to."""

    def __init__(self, bus: Bus, tap: Wiretap, service: Program) -> None:
        """Connect them, and keep what comes out."""
        self.tap = tap
        self.service = service
        self.other = OtherWay()
        self.tray: list[tuple[str, str]] = []
        self.notifications = Notifications(
            bus, lambda title, body: self.tray.append((title, body)), fallback=self.other
        )
        self.chosen: list[str] = []
        self.notifications.chosen.connect(self.chosen.append)

    def show(self, notice: Notice, count: int = 1) -> list[list[object]]:
        """Show a notice; return all Notify calls once there are `count`."""
        self.notifications.show(notice)
        return self.tap.wait_for_calls("Notify", count)

    def settle(self) -> None:
        """Have every message that is under way arrive."""
        self.tap.control("Nothing")


@pytest.fixture
def abilities() -> tuple[str, ...]:
    """Return what the service says that it can do."""
    return EVERYTHING


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a silent service for next to no time."""
    monkeypatch.setattr(by_dbus, "PATIENCE", 0.02)


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
    desk.settle()
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
    desk.settle()
    desk.service.send(signal.SIGSTOP)
    desk.notifications.show(NEXT)
    desk.notifications.withdraw()
    desk.service.send(signal.SIGCONT)
    assert desk.tap.wait_for_calls("CloseNotification", 1) == [[1]]


@needs_linux
def test_a_button_is_pressed(desk: Desk, qtbot: QtBot) -> None:
    """The key of a button of ours comes out; other programs' notices stay their own business."""
    desk.show(DUE)
    desk.settle()
    desk.tap.control("Press", "us", 99, "return")
    with qtbot.waitSignal(desk.notifications.chosen):
        desk.tap.control("Press", "us", 1, "more")
    assert desk.chosen == ["more"]


@needs_linux
def test_nobody_else_presses_our_buttons(desk: Desk, private_bus: PrivateBus, qtbot: QtBot) -> None:
    """A signal sent to SafePause by another program than the service is passed over."""
    desk.show(DUE)
    desk.settle()
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
    desk.settle()
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
    desk.settle()
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
    desk.settle()
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
    assert len(desk.tap.calls("GetCapabilities")) == 2


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
    """The capability is there as soon as the bus has told who owns the name."""
    qtbot.waitUntil(lambda: desk.notifications._channels[0].capability().available)  # noqa: SLF001
    assert desk.notifications.capability().why == "Your desktop shows them."
    assert desk.tap.told == []


@needs_linux
def test_at_rest_nothing_is_listened_to(desk: Desk) -> None:
    """Once a notice is gone, other programs' notices wake SafePause no more."""
    desk.show(DUE)
    desk.settle()
    desk.notifications.withdraw()
    desk.settle()
    rules = desk.tap.ask(Call(BUS_NAME, "/", f"{BUS_NAME}.Debug.Stats", "GetAllMatchRules"))
    if isinstance(rules, Heard):
        assert not [rule for mine in rules.body[0].values() for rule in mine if "ActionInv" in rule]
    desk.tap.control("Press", "us", 1, "return")
    assert desk.chosen == []


@pytest.mark.usefixtures("qtbot")
def test_a_stale_refusal_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """A way that fails after the notice was withdrawn doesn't bring it back elsewhere."""
    refusals: list[Callable[[str], None]] = []
    tray: list[str] = []
    other = OtherWay(refusals)
    notifications = Notifications(None, lambda title, _body: tray.append(title), fallback=other)
    notifications.show(DUE)
    notifications.withdraw()
    refusals[0]("too late")
    assert tray == []
    notifications.show(NEXT)
    refusals[1]("no")
    assert tray == [NEXT.title]
    assert "too late" in caplog.text


def test_plyer_works_beside_the_gui_thread(qtbot: QtBot) -> None:
    """The GUI thread never waits for plyer, which block; while it is busy it takes no more."""
    go_on = threading.Event()
    told: list[tuple[str, str, str]] = []
    refused: list[str] = []

    def slow(title: str, body: str) -> None:
        go_on.wait(10)
        told.append((threading.current_thread().name, title, body))

    plyer = PlyerNotifications(slow, tells=True)
    plyer.show(DUE, refused.append)
    plyer.show(NEXT, refused.append)
    assert refused == ["plyer is still busy with the last notice"]
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("plyer", "It\u2019s 20:40", "Sam + Kim \u20393")]
    plyer.withdraw()


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("tells", [True, False])
def test_plyers_outcome(*, tells: bool) -> None:
    """Where plyer says nothing about failure, nobody can be sure: the next way is taken, too."""
    refused: list[str] = []
    plyer = PlyerNotifications(lambda _title, _body: None, tells=tells)
    assert plyer.capability().available is tells
    plyer.show(DUE, refused.append)
    for thread in threading.enumerate():
        if thread.name == "plyer":
            thread.join()
    QCoreApplication.processEvents()
    assert bool(refused) is not tells


def test_plyer_fails(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever plyer raises leads to the tray's message, which gets the text as it is."""
    tray: list[tuple[str, str]] = []

    def broken(_title: str, _body: str) -> None:
        raise NotImplementedError("no usable implementation")

    fallback = PlyerNotifications(broken, tells=True)
    notifications = Notifications(
        None, lambda title, body: tray.append((title, body)), fallback=fallback
    )
    notifications.show(DUE)
    qtbot.waitUntil(lambda: tray == [(DUE.title, DUE.body)])
    assert "no usable implementation" in caplog.text


def test_plyer_is_told_who_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What plyer gets is title, text and our name, and nothing that only some systems take."""
    import plyer

    class Recorder:
        def notify(self, **given: object) -> None:
            told.update(given)

    told: dict[str, object] = {}
    monkeypatch.setattr(plyer, "notification", Recorder())
    with_plyer("a", "b")
    assert told == {"title": "a", "message": "b", "app_name": "SafePause", "timeout": 10}


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_harmless_text(text: str, most: int) -> None:
    """No text reaches a tool as an option, as markup, as GVariant text, or too long."""
    result = harmless(text, most)
    assert len(result) <= most
    assert not result.startswith(("-", " "))
    assert not set(result) & set("'\"<>&\\\0\n")
    result.encode()


def test_patience_is_short() -> None:
    """A silent service delays a notice by three seconds at most."""
    assert by_dbus.PATIENCE <= 3
