"""Qt is kept from message buses that hang, and only from those."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.address import SESSION
from safepause.system.session import qt_buses
from safepause.system.session.qt_buses import (
    ACCESSIBILITY,
    AGAIN,
    IBUS_FILE,
    INPUT_METHODS,
    NOWHERE,
    keep_from_hung_buses,
)
from tests.system.dbus.desk import PrivateBus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


@pytest.fixture
def environ(private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the environment of a session with a bus."""
    monkeypatch.setenv(SESSION, private_bus.address)
    return {SESSION: private_bus.address}


@pytest.fixture
def reader_bus(tmp_path: Path) -> Iterator[PrivateBus]:
    """Return a second bus, for accessibility."""
    folder = tmp_path / "reader"
    folder.mkdir()
    made = PrivateBus(folder)
    yield made
    made.kill()


def test_healthy_buses_change_nothing(environ: dict[str, str], reader_bus: PrivateBus) -> None:
    """If the buses answer, Qt gets both."""
    environ[ACCESSIBILITY] = reader_bus.address
    before = dict(environ)
    assert not keep_from_hung_buses(environ).without_session
    assert environ == before


def test_a_hung_session_bus(environ: dict[str, str], private_bus: PrivateBus) -> None:
    """Qt does without a session bus that hangs. Programs that are started later get it again."""
    before = dict(environ)
    private_bus.send(signal.SIGSTOP)
    buses = keep_from_hung_buses(environ)
    assert buses.without_session
    assert environ[SESSION] == NOWHERE
    buses.restore()
    assert environ == before


def test_a_hung_accessibility_bus(environ: dict[str, str], reader_bus: PrivateBus) -> None:
    """Qt and GTK do without an accessibility bus that hangs, and keep the session bus."""
    environ[ACCESSIBILITY] = reader_bus.address
    before = dict(environ)
    reader_bus.send(signal.SIGSTOP)
    buses = keep_from_hung_buses(environ)
    assert not buses.without_session
    assert environ[ACCESSIBILITY] == NOWHERE
    assert environ["NO_AT_BRIDGE"] == "1"
    buses.restore()
    assert environ == before


def test_a_program_that_started_again_is_patient(environ: dict[str, str]) -> None:
    """The second start is known as one, gives the bus more time, and tells no other program."""
    environ[AGAIN] = "1"
    buses = keep_from_hung_buses(environ)
    assert buses.again
    assert AGAIN not in environ
    assert qt_buses.PATIENT > qt_buses.PATIENCE


def test_without_a_bus_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that can have no bus is left as it is."""
    for name in (SESSION, "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    environ: dict[str, str] = {}
    assert not keep_from_hung_buses(environ).without_session
    assert environ == {}
    assert qt_buses.PATIENCE <= 0.5


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an input method no longer than for a bus."""
    monkeypatch.setattr(qt_buses, "IBUS_PATIENCE", qt_buses.PATIENCE)


def _ibus(environ: dict[str, str], folder: Path, address: str) -> dict[str, str]:
    """Have the person use IBus, which listens at `address`. Return the environment."""
    file = folder / "config/ibus/bus/0123-unix-0"
    file.parent.mkdir(parents=True)
    file.write_text(f"# made by IBus\nIBUS_ADDRESS={address},guid=0\nIBUS_DAEMON_PID=1\n")
    environ |= {"QT_IM_MODULE": "ibus", "XDG_CONFIG_HOME": f"{folder}/config"}
    return dict(environ)


def test_a_hung_input_method(
    environ: dict[str, str], reader_bus: PrivateBus, tmp_path: Path
) -> None:
    """Qt does without an input method that hangs. Programs that are started later get it again."""
    before = _ibus(environ, tmp_path, reader_bus.address)
    reader_bus.send(signal.SIGSTOP)
    buses = keep_from_hung_buses(environ)
    assert not buses.without_session
    assert [environ[name] for name in INPUT_METHODS] == ["compose", "compose"]
    buses.restore()
    assert environ == before


def test_a_hung_input_method_in_a_named_file(
    environ: dict[str, str], reader_bus: PrivateBus, tmp_path: Path
) -> None:
    """A variable may name the file with the address."""
    _ibus(environ, tmp_path, reader_bus.address)
    environ[IBUS_FILE] = str(tmp_path / "config/ibus/bus/0123-unix-0")
    environ["XDG_CONFIG_HOME"] = "/nonexistent"
    reader_bus.send(signal.SIGSTOP)
    keep_from_hung_buses(environ)
    assert environ["QT_IM_MODULE"] == "compose"


@pytest.mark.parametrize("state", ["healthy", "gone", "unused"])
def test_an_input_method_that_is_no_danger(
    environ: dict[str, str], reader_bus: PrivateBus, tmp_path: Path, state: str
) -> None:
    """Qt gets an input method that answers. One that has ended, or that Qt doesn't use, is left."""
    before = _ibus(environ, tmp_path, reader_bus.address)
    if state == "gone":
        reader_bus.kill()
    if state == "unused":
        before["QT_IM_MODULE"] = environ["QT_IM_MODULE"] = "fcitx"
        reader_bus.send(signal.SIGSTOP)
    keep_from_hung_buses(environ)
    assert environ == before
