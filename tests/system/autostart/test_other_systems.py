"""Starting with macOS and Windows, on fakes, and which way is taken where."""

from __future__ import annotations

import plistlib
import sys
import types
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import NotKept
from safepause.system.autostart import NoAutostart, autostart_of
from safepause.system.autostart.macos import LABEL, LaunchAgent
from safepause.system.autostart.windows import APPROVED, NAME, RUN, RunKey
from safepause.system.autostart.xdg import XdgAutostart

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = ["/Apps/My own/safepause", "--hidden"]


class FakeRegistry:
    """A registry in memory; `locked` lets nobody in."""

    def __init__(self) -> None:
        """Hold nothing."""
        self.values: dict[tuple[str, str], object] = {}
        self.locked = False

    def read(self, key: str, name: str) -> object:
        """Return a value."""
        self._look()
        return self.values.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        """Keep a value."""
        self._look()
        self.values[key, name] = text

    def delete(self, key: str, name: str) -> None:
        """Forget a value."""
        self._look()
        self.values.pop((key, name), None)

    def _look(self) -> None:
        if self.locked:
            raise PermissionError(5, "Access is denied")


def test_a_launch_agent_is_a_file(tmp_path: Path) -> None:
    """The property list starts the command at login, once; without the file nothing starts."""
    agent = LaunchAgent(COMMAND, tmp_path / "LaunchAgents")
    file = tmp_path / "LaunchAgents" / f"{LABEL}.plist"
    assert not agent.enabled()
    assert agent.capability().available
    agent.enable()
    assert agent.enabled()
    assert "starts with" in agent.capability().why
    found = plistlib.loads(file.read_bytes())
    assert found["ProgramArguments"] == COMMAND
    assert found["KeepAlive"] is False
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
    """A file that launchd can't read, or that says no, is off."""
    (tmp_path / f"{LABEL}.plist").write_bytes(content)
    assert not LaunchAgent(COMMAND, tmp_path).enabled()


def test_a_launch_agent_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder in the file's place can be neither written nor deleted."""
    (tmp_path / f"{LABEL}.plist").mkdir()
    agent = LaunchAgent(COMMAND, tmp_path)
    for change in (agent.enable, agent.disable):
        with pytest.raises(NotKept):
            change()


def test_the_run_key_holds_the_command() -> None:
    """The value holds the quoted command; deleting it is enough to be off."""
    registry = FakeRegistry()
    run_key = RunKey(["C:\\My own\\safepausew.exe", "--hidden"], registry)
    assert not run_key.enabled()
    assert run_key.capability().available
    run_key.enable()
    assert run_key.enabled()
    assert "starts with" in run_key.capability().why
    assert registry.values == {(RUN, NAME): '"C:\\My own\\safepausew.exe" --hidden'}
    run_key.disable()
    assert not registry.values


def test_the_task_manager_has_a_say() -> None:
    """What a person has switched off there is off, until it is switched on here."""
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
    """Where the registry lets nobody in, nothing is on and changing it is refused."""
    registry = FakeRegistry()
    registry.locked = True
    run_key = RunKey(COMMAND, registry)
    assert not run_key.enabled()
    for change in (run_key.enable, run_key.disable):
        with pytest.raises(NotKept, match="denied"):
            change()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for Linux's own")
def test_linux_has_its_file_or_its_portal(tmp_path: Path) -> None:
    """Linux takes the file; a Flatpak the portal, which only a running app can ask."""
    info = tmp_path / "flatpak-info"
    assert isinstance(autostart_of(None, print, info), XdgAutostart)
    info.write_text("")
    assert isinstance(autostart_of(None, print, info), NoAutostart)


def test_other_systems_have_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Mac takes the launch agent."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert isinstance(autostart_of(None, print), LaunchAgent)


def test_no_way_says_why() -> None:
    """Where there is no way, nothing is on, and the reason is given."""
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
    """Python's winreg, as far as it is used: missing keys and values raise FileNotFoundError."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE = 1, 2, 3

    def __init__(self) -> None:
        """Hold nothing."""
        super().__init__("winreg")
        self.keys: dict[str, dict[str, object]] = {}

    def OpenKey(self, _root: int, key: str, _zero: int = 0, _access: int = 0) -> FakeKey:  # noqa: N802
        """Open a key that is there."""
        if key not in self.keys:
            raise FileNotFoundError(2, key)
        return FakeKey(self.keys[key])

    def CreateKey(self, _root: int, key: str) -> FakeKey:  # noqa: N802
        """Open a key, made if need be."""
        return FakeKey(self.keys.setdefault(key, {}))

    def QueryValueEx(self, opened: dict[str, object], name: str) -> tuple[object, int]:  # noqa: N802
        """Return a value with its type."""
        if name not in opened:
            raise FileNotFoundError(2, name)
        return opened[name], self.REG_SZ

    def SetValueEx(  # noqa: N802
        self, opened: dict[str, object], name: str, _zero: int, _type: int, text: str
    ) -> None:
        """Keep a value."""
        opened[name] = text

    def DeleteValue(self, opened: dict[str, object], name: str) -> None:  # noqa: N802
        """Forget a value."""
        if name not in opened:
            raise FileNotFoundError(2, name)
        del opened[name]


def test_the_real_registry_is_asked_as_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through winreg: what isn't there is off, what is written is on, and deleted it is gone."""
    winreg = FakeWinreg()
    monkeypatch.setitem(sys.modules, "winreg", winreg)
    monkeypatch.delitem(sys.modules, "safepause.system.autostart.windows_registry", raising=False)
    run_key = RunKey(COMMAND)
    assert not run_key.enabled()
    run_key.disable()
    run_key.enable()
    assert run_key.enabled()
    assert set(winreg.keys[RUN]) == {NAME}
    run_key.disable()
    run_key.disable()
    assert not winreg.keys[RUN]
    monkeypatch.setattr(sys, "platform", "win32")
    assert isinstance(autostart_of(None, print), RunKey)
