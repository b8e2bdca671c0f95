"""Commands of other processes reach the running program over its socket."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import Capability, CapabilityKey
from safepause.system import paths
from safepause.system.ipc.client import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.app.running import Program


def commands(program: Program) -> Capability:
    """Return whether commands reach the program, as `doctor` shows it."""
    found = {each.key: each for each in program.app.capabilities()}
    return found[CapabilityKey.COMMANDS]


def test_a_command_of_another_process_is_answered(program: Program, qtbot: QtBot) -> None:
    """The real client, in another thread, gets the program's answer."""
    answers: list[tuple[int, str, str] | None] = []
    client = threading.Thread(target=lambda: answers.append(ask(["pause"], timeout=30)))
    client.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    client.join()
    assert answers[0] is not None
    assert answers[0][1].startswith("Pause until")
    assert program.app.service.pause is not None
    assert commands(program).available


def test_a_fault_of_a_command_is_told_and_shown(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The client gets code 3, the log one entry, `doctor` shows it. The next command works."""

    def broken() -> None:
        raise OSError("broken")

    monkeypatch.setattr(program.app, "show", broken)
    assert program.run("show") == (3, "", "Something went wrong inside SafePause.\n")
    assert [entry.getMessage() for entry in caplog.records] == ["a fault in part commands"]
    assert commands(program).why == "Something went wrong here. (OSError)"
    assert program.run("pause")[0] == 0


def test_an_export_is_written_to_a_file(program: Program, tmp_path: Path) -> None:
    """The running program writes the file of an export."""
    file = tmp_path / "data.json"
    assert program.run("export", str(file))[0] == 0
    assert "settings" in json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.skipif(os.name != "posix", reason="Windows lets few people make links")
def test_an_export_is_written_through_a_link(program: Program, tmp_path: Path) -> None:
    """The running program writes the file that a person's link leads to."""
    file, link = tmp_path / "data.json", tmp_path / "link.json"
    link.symlink_to(file)
    assert program.run("export", "--force", str(link))[0] == 0
    assert link.is_symlink()
    assert "settings" in json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.skipif(os.name != "posix", reason="a pipe of Windows is no file")
def test_after_the_end_nobody_answers(program: Program) -> None:
    """The end of the program deletes the socket, so a client does not wait."""
    assert Path(paths.socket_path()).exists()
    program.stop()
    assert not Path(paths.socket_path()).exists()


def test_a_folder_without_room_for_a_socket_is_said(
    start: Callable[..., Program],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If no socket can be made, `doctor` and the log say so, and the windows work."""
    (tmp_path / "socket").mkdir()
    monkeypatch.setattr(paths, "abstract_name", lambda _kind: "")
    program = start()
    found = commands(program)
    assert not found.available
    assert found.advice == "The windows do the same."
    assert "commands can't reach this app" in caplog.text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names without a file")
def test_a_folder_that_holds_no_socket_is_said(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    """`doctor` says where commands meet the program, and that its folder can't hold the socket."""
    first = start()
    assert commands(first).why == f"Commands reach SafePause in {tmp_path}."
    first.stop()
    (tmp_path / "socket").mkdir()
    found = commands(start())
    assert found.available
    assert "can't hold its socket. (Address already in use)" in found.why
