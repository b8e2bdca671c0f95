"""Autostart in a Flatpak, with a fake of the background portal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from safepause.core.ports import NotKept
from safepause.system.autostart import autostart_of
from safepause.system.autostart.flatpak import PortalBackground
from safepause.system.dbus.message import DBusError, Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from safepause.system.dbus.message import Call, Rule

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


class FakeBus:
    """A bus with a portal that answers when the test says so."""

    def __init__(self) -> None:
        """Start without calls."""
        self.unique_name = ":1.42"
        self.calls: list[Call] = []
        self.failed: Callable[[DBusError], None] = lambda _reason: None
        self.listening: dict[str, Callable[[Message], None]] = {}

    def call(
        self,
        call: Call,
        done: Callable[[Message], None],  # noqa: ARG002  -- the answer says nothing
        failed: Callable[[DBusError], None],
        timeout: float | None = None,
    ) -> None:
        """Keep a call."""
        assert timeout
        self.calls.append(call)
        self.failed = failed

    def on_signal(self, rule: Rule, handler: Callable[[Message], None]) -> Listening:
        """Keep a handler."""
        self.listening[rule.path] = handler
        return Listening(self, rule.path)

    def decide(self, code: int, **results: bool) -> None:
        """Answer the open request as the portal does."""
        (handler,) = self.listening.values()
        found = {key: ("b", value) for key, value in results.items()}
        handler(Message(":1.7", "Response", (code, found)))

    @property
    def options(self) -> dict[str, Any]:
        """The options of the last request."""
        _parent, options = self.calls[-1].body
        assert isinstance(options, dict)
        return {key: value for key, (_kind, value) in options.items()}


class Listening:
    """A subscription."""

    def __init__(self, bus: FakeBus, path: str) -> None:
        """Take the bus and the path of the signals."""
        self._bus, self._path = bus, path

    def close(self) -> None:
        """End the subscription."""
        del self._bus.listening[self._path]


class Desk:
    """Autostart with a fake portal, and its answers."""

    def __init__(self, folder: Path, filesystems: str = "") -> None:
        """Make a package that may read `filesystems`."""
        self.info = folder / "flatpak-info"
        if filesystems:
            self.info.write_text(f"[Context]\nshared=ipc;\nfilesystems={filesystems}\n")
        self.file = folder / "autostart" / "io.github.safepause.SafePause.desktop"
        self.bus, self.told = FakeBus(), list[str]()
        env = {"HOST_XDG_CONFIG_HOME": str(folder)}
        self.autostart: PortalBackground = PortalBackground(
            lambda: self.bus, self.told.append, self.info, env
        )


def test_the_portal_decides(tmp_path: Path) -> None:
    """Autostart is on when the portal has granted it, and off when the portal has ended it."""
    desk = Desk(tmp_path)
    desk.autostart.enable()
    assert not desk.autostart.enabled()
    assert [desk.bus.options["autostart"]] == [True]
    assert desk.bus.options["commandline"] == ["safepause", "--hidden"]
    token = desk.bus.options["handle_token"]
    assert [*desk.bus.listening] == [f"/org/freedesktop/portal/desktop/request/1_42/{token}"]
    desk.bus.decide(0, background=True, autostart=True)
    assert desk.autostart.enabled()
    assert desk.told == [""]
    assert len(desk.bus.listening) == 0
    desk.autostart.disable()
    assert [desk.bus.options["autostart"]] == [False]
    desk.bus.decide(0, background=True, autostart=False)
    assert not desk.autostart.enabled()
    assert desk.autostart.capability().available


def test_a_flatpak_with_a_bus_has_the_portal(tmp_path: Path) -> None:
    """The factory chooses the portal, and the request goes to the bus."""
    (tmp_path / "flatpak-info").touch()
    bus = FakeBus()
    autostart_of(lambda: bus, print, tmp_path / "flatpak-info").enable()
    assert [call.member for call in bus.calls] == ["RequestBackground"]


def test_a_bus_that_has_come_back_is_asked(tmp_path: Path) -> None:
    """The request goes to the present bus. Without a bus the desktop can't be asked."""
    desk = Desk(tmp_path)
    lost, desk.bus = desk.bus, FakeBus()
    desk.autostart.enable()
    assert (len(lost.calls), len(desk.bus.calls)) == (0, 1)
    with pytest.raises(NotKept):
        PortalBackground(lambda: None, print, desk.info, {}).enable()


@pytest.mark.parametrize(("code", "results"), [(1, {}), (2, {}), (0, {"autostart": False})])
def test_a_refusal(tmp_path: Path, code: int, results: dict[str, bool]) -> None:
    """After a refusal autostart is off. The reason is reported, and there is advice."""
    desk = Desk(tmp_path)
    desk.autostart.enable()
    desk.bus.decide(code, **results)
    assert not desk.autostart.enabled()
    assert desk.told == ["The desktop said no."]
    assert desk.autostart.capability().advice


def test_without_a_portal(tmp_path: Path) -> None:
    """Without a portal autostart is off, with a reason. Without a bus it is an error."""
    desk = Desk(tmp_path)
    desk.autostart.enable()
    desk.bus.failed(DBusError("org.freedesktop.DBus.Error.ServiceUnknown", "nobody"))
    assert not desk.autostart.enabled()
    assert not desk.autostart.capability().available
    assert len(desk.told) == 1
    assert len(desk.bus.listening) == 0
    desk.bus.unique_name = ""
    with pytest.raises(NotKept):
        desk.autostart.enable()


def test_a_second_request_replaces_the_first(tmp_path: Path) -> None:
    """Only the answer to the last request is waited for."""
    desk = Desk(tmp_path)
    desk.autostart.enable()
    first = desk.bus.options["handle_token"]
    desk.autostart.disable()
    assert desk.bus.options["handle_token"] != first
    assert len(desk.bus.listening) == 1


def test_the_autostart_file_decides_if_it_can_be_read(tmp_path: Path) -> None:
    """A package that may read the folder reads the file each time."""
    desk = Desk(tmp_path, "xdg-download;xdg-config/autostart:ro;")
    desk.file.parent.mkdir()
    assert not desk.autostart.enabled()
    desk.file.write_text("[Desktop Entry]\nExec=flatpak run safepause --hidden\n")
    assert desk.autostart.enabled()
    assert "starts with" in desk.autostart.capability().why
    desk.file.write_text("[Desktop Entry]\nExec=flatpak run safepause\nHidden=true\n")
    assert not desk.autostart.enabled()
