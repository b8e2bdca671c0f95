"""Shortcuts through the real xdg-desktop-portal with a fake backend, and through fake portals."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractEventDispatcher

from safepause.system.dbus.message import DBusError
from safepause.system.shortcut import portal as module
from safepause.system.shortcut.base import NAME1, PAUSE
from safepause.system.shortcut.portal import PortalShortcuts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from safepause.system.dbus.connection import Bus
    from tests.system.dbus.desk import PrivateBus
    from tests.system.shortcut.portal_desk import PortalDesk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


@pytest.fixture
def desk(tmp_path: Path, private_bus: PrivateBus, qtbot: QtBot) -> Iterator[PortalDesk]:
    """Return a desktop without a portal."""
    from tests.system.shortcut.portal_desk import PROGRAM, PortalDesk

    if not PROGRAM.exists():
        pytest.skip(f"not here: {PROGRAM}")
    rig = PortalDesk(tmp_path, private_bus, qtbot)
    yield rig
    rig.close()


def bound(desk: PortalDesk, **wanted: str) -> PortalShortcuts:
    """Ask for shortcuts, and wait until the desktop has bound all of them."""
    shortcuts = desk.shortcuts(**wanted)
    desk.qtbot.waitUntil(lambda: all(shortcuts.shown(what) for what in wanted))
    return shortcuts


def test_bound_as_the_desktop_says(desk: PortalDesk) -> None:
    """Keys are asked for in the portal's notation, and shown in the desktop's words."""
    desk.start("allow")
    shortcuts = desk.shortcuts(pause="Ctrl+Alt+P", name1="Meta+PgUp", name2="")
    assert shortcuts.shown(PAUSE) == ""
    assert "hasn't answered" in shortcuts.problem(PAUSE)
    desk.qtbot.waitUntil(lambda: shortcuts.shown(PAUSE) == "CTRL+ALT+p")
    assert shortcuts.shown(NAME1) == "LOGO+Page_Up"
    assert shortcuts.capability().available
    assert "portal" in shortcuts.capability().why
    shortcuts.close()


def test_plasma_6_3_remembers_what_is_bound(desk: PortalDesk) -> None:
    """What an earlier session bound works. BindShortcuts would open Plasma's settings."""
    desk.start("remembers")
    shortcuts = bound(desk, pause="Ctrl+Alt+P")
    desk.say("Activated pause")
    desk.qtbot.waitUntil(lambda: desk.told == [PAUSE])
    assert shortcuts.problem(PAUSE) == ""
    shortcuts.close()


def test_plasma_6_7_wants_its_shortcuts_bound_again(desk: PortalDesk) -> None:
    """What an earlier session bound is listed, and works only after BindShortcuts."""
    desk.start_version("1.22")
    shortcuts = bound(desk, pause="Ctrl+Alt+P")
    desk.say("Activated pause")
    desk.qtbot.waitUntil(lambda: desk.told == [PAUSE])
    shortcuts.close()


def test_plasma_5_27_binds_with_the_session(desk: PortalDesk) -> None:
    """What CreateSession names is bound. BindShortcuts would open Plasma's settings."""
    desk.start_version("1.16")
    shortcuts = bound(desk, pause="Ctrl+Alt+P", name1="Ctrl+Alt+O")
    desk.say("Activated name1")
    desk.qtbot.waitUntil(lambda: desk.told == [NAME1])
    assert shortcuts.shown(PAUSE) == "CTRL+ALT+p"
    assert shortcuts.problem(PAUSE) == ""
    shortcuts.close()


def test_a_portal_that_wants_a_desktop_file_gives_no_keys(desk: PortalDesk) -> None:
    """From 1.21 on an app without a desktop file is refused. A sentence names what to run."""
    desk.start_version("1.22", "unlisted")
    shortcuts = desk.shortcuts(pause="Ctrl+Alt+P")
    desk.qtbot.waitUntil(lambda: "safepause install-desktop" in shortcuts.problem(PAUSE))
    assert shortcuts.shown(PAUSE) == ""
    assert shortcuts.by_hand
    assert "safepause pause" in shortcuts.capability().advice
    shortcuts.close()


def test_a_held_key_calls_once(desk: PortalDesk) -> None:
    """Activated repeats until Deactivated and counts once. The next press counts again."""
    desk.start("allow")
    shortcuts = bound(desk, pause="Ctrl+Alt+P", name1="Ctrl+Alt+O")
    held = ["Activated pause"] * 20
    desk.say(*held, "Deactivated pause", "Activated pause", "Deactivated pause", "Activated name1")
    desk.qtbot.waitUntil(lambda: NAME1 in desk.told)
    assert desk.told == [PAUSE, PAUSE, NAME1]
    shortcuts.close()


def test_a_release_without_a_signal(desk: PortalDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Deactivated a key counts as released after a while, so the next press counts."""
    monkeypatch.setattr(module, "REPEAT_MS", 30)
    desk.start("allow")
    shortcuts = bound(desk, pause="Ctrl+Alt+P")
    desk.say("Activated pause")
    desk.qtbot.waitUntil(lambda: desk.told == [PAUSE] and not shortcuts._held)  # noqa: SLF001
    desk.say("Activated pause")
    desk.qtbot.waitUntil(lambda: desk.told == [PAUSE, PAUSE])
    shortcuts.close()


def test_an_unknown_shortcut_does_nothing(desk: PortalDesk) -> None:
    """Activated for a shortcut that was not asked for does nothing."""
    desk.start("allow")
    shortcuts = bound(desk, pause="Ctrl+Alt+P")
    desk.say("Activated other", "Activated pause")
    desk.qtbot.waitUntil(lambda: bool(desk.told))
    assert desk.told == [PAUSE]
    shortcuts.close()


@pytest.mark.parametrize(
    ("mode", "said"), [("deny", "said no"), ("empty", "said no"), ("keyless", "no keys")]
)
def test_not_bound_is_never_pretended(desk: PortalDesk, mode: str, said: str) -> None:
    """Refused, reported as bound but not listed, or listed without keys: no keys are shown."""
    desk.start(mode)
    shortcuts = desk.shortcuts(pause="Ctrl+Alt+P")
    desk.qtbot.waitUntil(lambda: said in shortcuts.problem(PAUSE))
    assert shortcuts.shown(PAUSE) == ""
    capability = shortcuts.capability()
    assert not capability.available
    assert "safepause pause" in capability.advice
    shortcuts.close()


def test_a_slow_person(desk: PortalDesk) -> None:
    """While the desktop waits for the person, no timer runs. A late answer still counts."""
    desk.start("slow")
    shortcuts = desk.shortcuts(pause="Ctrl+Alt+P")
    session = shortcuts._session  # noqa: SLF001
    assert session is not None
    dispatcher = QAbstractEventDispatcher.instance()

    def waits() -> bool:
        timers = [dispatcher.registeredTimers(each) for each in (desk.bus, shortcuts)]
        return bool(session._request_path) and not any(map(list, timers))  # noqa: SLF001

    desk.qtbot.waitUntil(waits)
    assert "hasn't answered" in shortcuts.problem(PAUSE)
    desk.say("answer")
    desk.qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)))
    shortcuts.close()


def test_the_desktop_changes_the_keys(desk: PortalDesk) -> None:
    """Keys that were changed in the desktop's settings are shown in the desktop's words."""
    desk.start("allow")
    shortcuts = bound(desk, pause="Ctrl+Alt+P", name1="Ctrl+Alt+O")
    desk.say("change pause Press F9 twice", "change name1")
    desk.qtbot.waitUntil(lambda: "no keys" in shortcuts.problem(NAME1))
    assert shortcuts.shown(PAUSE) == "Press F9 twice"
    shortcuts.close()


def test_the_desktop_ends_it(desk: PortalDesk) -> None:
    """After the desktop has closed the session no keys are shown. New keys open a new session."""
    desk.start("allow")
    shortcuts = bound(desk, pause="Ctrl+Alt+P")
    desk.say("close")
    desk.qtbot.waitUntil(lambda: "taken the shortcut back" in shortcuts.problem(PAUSE))
    shortcuts.bind({PAUSE: "Ctrl+Alt+O"})
    desk.qtbot.waitUntil(lambda: shortcuts.shown(PAUSE) == "CTRL+ALT+o")
    shortcuts.close()


def test_other_keys_open_a_new_session(desk: PortalDesk) -> None:
    """Keys that change fast are asked for in new sessions of the same name; the last ones count."""
    desk.start("allow")
    shortcuts = bound(desk, pause="Ctrl+Alt+P")
    for key in "ABC":
        shortcuts.bind({PAUSE: f"Ctrl+Alt+{key}"})
    desk.qtbot.waitUntil(lambda: shortcuts.shown(PAUSE) == "CTRL+ALT+c")
    shortcuts.bind({PAUSE: "Ctrl+Alt+C"})
    assert shortcuts.shown(PAUSE) == "CTRL+ALT+c"
    shortcuts.bind({PAUSE: ""})
    assert not shortcuts.capability().available
    shortcuts.bind({PAUSE: "nonsense"})
    assert "can't be used" in shortcuts.problem(PAUSE)
    shortcuts.close()


def test_the_portal_is_restarted(desk: PortalDesk) -> None:
    """A portal that was killed and restarted is asked again."""
    desk.start("allow")
    shortcuts = bound(desk, pause="Ctrl+Alt+P")
    assert desk.portal is not None
    desk.portal.kill()
    desk.qtbot.waitUntil(lambda: shortcuts.shown(PAUSE) == "")
    desk.start_portal()
    desk.qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)))
    shortcuts.close()


def test_no_portal(bus: Bus, qtbot: QtBot) -> None:
    """Without a portal there are no keys. The advice names the command to bind."""
    shortcuts = PortalShortcuts(bus)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P"})
    assert shortcuts.possible
    qtbot.waitUntil(lambda: not shortcuts.possible)
    assert "gives programs no keys" in shortcuts.problem(PAUSE)
    assert "safepause pause" in shortcuts.capability().advice
    shortcuts.close()


@pytest.mark.parametrize("error", ["NoReply", "TimedOut", "Spawn.ExecFailed"])
def test_a_portal_that_comes_late_is_asked_again(desk: PortalDesk, error: str) -> None:
    """An error of a portal that can't start yet is no refusal. The portal is asked once it runs."""
    shortcuts = desk.shortcuts(pause="Ctrl+Alt+P")
    desk.qtbot.waitUntil(lambda: not shortcuts.possible)
    reason = DBusError(f"org.freedesktop.DBus.Error.{error}", "")
    shortcuts._refused(reason)  # noqa: SLF001  -- a real bus would take 30 s
    assert "said no" not in shortcuts.problem(PAUSE)
    desk.start("allow")
    desk.qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)))
    shortcuts.close()


def test_the_bus_goes(bus: Bus, private_bus: PrivateBus, qtbot: QtBot) -> None:
    """After the message bus is gone no keys are shown, and a sentence says so."""
    shortcuts = PortalShortcuts(bus)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P"})
    private_bus.kill()
    qtbot.waitUntil(lambda: "taken the shortcut back" in shortcuts.problem(PAUSE))
    shortcuts.close()


def test_the_bus_comes_back(
    bus: Bus, desk: PortalDesk, qtbot: QtBot, private_bus: PrivateBus
) -> None:
    """On a bus that has come back the keys are bound again. The bus in use is not asked twice."""
    desk.start("allow")
    shortcuts = PortalShortcuts(bus)
    shortcuts.bind({PAUSE: "Ctrl+Alt+P"})
    qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)))
    shortcuts.use_bus(bus)
    assert shortcuts.shown(PAUSE)
    bus._end("lost")  # noqa: SLF001  -- the daemon and the portal stay
    assert "taken the shortcut back" in shortcuts.problem(PAUSE)
    second = type(bus)(private_bus.address)
    shortcuts.use_bus(second)
    qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)))
    shortcuts.close()
    second.close()
