"""Autostart on macOS and Windows, with fakes, and the choice by system."""

from __future__ import annotations

import plistlib
import shutil
import sys
import types
from typing import TYPE_CHECKING

import pytest

from safepause import APP_ID
from safepause.core.ports import NotKept
from safepause.system.autostart import NoAutostart, autostart_of
from safepause.system.autostart.macos import LaunchAgent
from safepause.system.autostart.windows import APPROVED, NAME, RUN, RunKey
from safepause.system.autostart.xdg import XdgAutostart

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = [sys.executable, "--hidden"]
GONE = ["/Apps/My own/safepause", "--hidden"]


class FakeRegistry:
    """A registry in memory. `locked` makes every access fail."""

    def __init__(self) -> None:
        """Start empty."""
        self.values: dict[tuple[str, str], object] = {}
        self.locked = False

    def read(self, key: str, name: str) -> object:
        """Return a value."""
        self._look()
        return self.values.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        """Set a value."""
        self._look()
        self.values[key, name] = text

    def delete(self, key: str, name: str) -> None:
        """Delete a value."""
        self._look()
        self.values.pop((key, name), None)

    def _look(self) -> None:
        if self.locked:
            raise PermissionError(5, "Access is denied")


def test_a_launch_agent_is_a_file(tmp_path: Path) -> None:
    """The property list starts the command once, at login. Without the file nothing starts."""
    agent = LaunchAgent(COMMAND, tmp_path / "LaunchAgents")
    file = tmp_path / "LaunchAgents" / f"{APP_ID}.plist"
    assert not agent.enabled()
    assert agent.capability().available
    agent.enable()
    assert agent.enabled()
    assert "starts with" in agent.capability().why
    found = plistlib.loads(file.read_bytes())
    assert found["ProgramArguments"] == COMMAND
    assert found["KeepAlive"] is False
    other = LaunchAgent(GONE, tmp_path / "LaunchAgents")
    other.enable()
    assert not other.enabled(), "the program is gone"
    agent.disable()
    agent.disable()
    assert not file.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a property list",
        b"<plist>",
        plistlib.dumps([]),
        plistlib.dumps({"RunAtLoad": True, "Disabled": True}),
        plistlib.dumps({"RunAtLoad": False}),
    ],
)
def test_a_launch_agent_that_starts_nothing_is_off(tmp_path: Path, content: bytes) -> None:
    """Autostart is off if launchd can't read the file, or the file says so."""
    (tmp_path / f"{APP_ID}.plist").write_bytes(content)
    assert not LaunchAgent(COMMAND, tmp_path).enabled()


def test_a_launch_agent_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder in the place of the file is neither replaced nor deleted, and both are errors."""
    (tmp_path / f"{APP_ID}.plist").mkdir()
    agent = LaunchAgent(COMMAND, tmp_path)
    for change in (agent.enable, agent.disable):
        with pytest.raises(NotKept):
            change()


def test_the_run_key_holds_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The value holds the quoted command. Without the value autostart is off."""
    registry = FakeRegistry()
    there = ["C:\\My own\\safepausew.exe"]
    monkeypatch.setattr(shutil, "which", lambda program: program if program in there else None)
    run_key = RunKey([*there, "--hidden"], registry)
    assert not run_key.enabled()
    assert run_key.capability().available
    run_key.enable()
    assert run_key.enabled()
    assert "starts with" in run_key.capability().why
    assert registry.values == {(RUN, NAME): '"C:\\My own\\safepausew.exe" --hidden'}
    there[0] = "elsewhere"
    assert not run_key.enabled(), "the program is gone"
    run_key.disable()
    assert not registry.values


def test_the_task_manager_can_switch_it_off() -> None:
    """A program that is off in the task manager is off, until SafePause switches it on."""
    registry = FakeRegistry()
    run_key = RunKey(COMMAND, registry)
    run_key.enable()
    registry.values[APPROVED, NAME] = b"\x02" + bytes(11)
    assert run_key.enabled()
    registry.values[APPROVED, NAME] = b"\x03" + bytes(11)
    assert not run_key.enabled()
    run_key.enable()
    assert run_key.enabled()


def test_a_locked_registry_is_said() -> None:
    """If the registry can't be read or written, autostart is off and a change is an error."""
    registry = FakeRegistry()
    registry.locked = True
    run_key = RunKey(COMMAND, registry)
    assert not run_key.enabled()
    for change in (run_key.enable, run_key.disable):
        with pytest.raises(NotKept, match="denied"):
            change()


@pytest.mark.skipif(sys.platform != "linux", reason="the autostart of Linux")
def test_linux_has_the_file_and_a_flatpak_none_without_a_bus(tmp_path: Path) -> None:
    """Linux has the autostart file. A Flatpak has nothing without the bus of a running app."""
    info = tmp_path / "flatpak-info"
    assert isinstance(autostart_of(None, print, info), XdgAutostart)
    info.write_text("")
    assert isinstance(autostart_of(None, print, info), NoAutostart)


def test_macos_has_the_launch_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The factory chooses the launch agent on macOS."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert isinstance(autostart_of(None, print), LaunchAgent)


def test_the_null_object_gives_its_reason() -> None:
    """Autostart is off, switching it on is an error, and both give the reason."""
    nothing = NoAutostart("Not in the demo.")
    nothing.disable()
    assert not nothing.enabled()
    assert nothing.capability().why == "Not in the demo."
    with pytest.raises(NotKept, match="demo"):
        nothing.enable()


class FakeKey:
    """An open key of a fake registry."""

    def __enter__(self) -> dict[str, object]:
        """Open it."""
        return self.values

    def __exit__(self, *_what: object) -> None:
        """Close it."""

    def __init__(self, values: dict[str, object]) -> None:
        """Hold these values."""
        self.values = values


class FakeWinreg(types.ModuleType):
    """The used part of winreg. Missing keys and values raise FileNotFoundError."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE = 1, 2, 3

    def __init__(self) -> None:
        """Start empty."""
        super().__init__("winreg")
        self.keys: dict[str, dict[str, object]] = {}

    def OpenKey(self, _root: int, key: str, _zero: int = 0, _access: int = 0) -> FakeKey:  # noqa: N802
        """Open a key that exists."""
        if key not in self.keys:
            raise FileNotFoundError(2, key)
        return FakeKey(self.keys[key])

    def CreateKey(self, _root: int, key: str) -> FakeKey:  # noqa: N802
        """Open a key, and make it if it is missing."""
        return FakeKey(self.keys.setdefault(key, {}))

    def QueryValueEx(self, opened: dict[str, object], name: str) -> tuple[object, int]:  # noqa: N802
        """Return a value with its type."""
        if name not in opened:
            raise FileNotFoundError(2, name)
        return opened[name], self.REG_SZ

    def SetValueEx(  # noqa: N802
        self, opened: dict[str, object], name: str, _zero: int, _type: int, text: str
    ) -> None:
        """Set a value."""
        opened[name] = text

    def DeleteValue(self, opened: dict[str, object], name: str) -> None:  # noqa: N802
        """Delete a value."""
        if name not in opened:
            raise FileNotFoundError(2, name)
        del opened[name]


def test_windows_has_the_run_key_in_winreg(monkeypatch: pytest.MonkeyPatch) -> None:
    """The factory's autostart writes, reads and deletes the value through winreg."""
    winreg = FakeWinreg()
    monkeypatch.setitem(sys.modules, "winreg", winreg)
    monkeypatch.delitem(sys.modules, "safepause.system.autostart.windows_registry", raising=False)
    monkeypatch.setattr(shutil, "which", lambda program: program)  # from 3.12 on it asks Windows
    monkeypatch.setattr(sys, "platform", "win32")
    run_key = autostart_of(None, print)
    assert isinstance(run_key, RunKey)
    assert not run_key.enabled()
    run_key.disable()
    run_key.enable()
    assert run_key.enabled()
    assert set(winreg.keys[RUN]) == {NAME}
    run_key.disable()
    run_key.disable()
    assert not winreg.keys[RUN]
