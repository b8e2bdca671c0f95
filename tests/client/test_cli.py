"""The process of the command line: what it imports to ask the app, and how it writes."""

from __future__ import annotations

import gc
import io
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause import cli
from safepause.client import remote_command
from safepause.client.caller_display import SHOWING
from safepause.client.remote_command import Client
from safepause.commands import Exit, Reply
from safepause.system import paths
from safepause.system.ipc import client, protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = Path("/dev/full")
"""Takes no byte: it answers that the disk is full."""


@pytest.fixture(autouse=True)
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the tests' own process go on, and enable its garbage collection again."""
    monkeypatch.setattr(os, "_exit", sys.exit)
    yield
    gc.enable()


def exit_code() -> int:
    """Run the command line, and return its exit code, wherever the process ends."""
    with pytest.raises(SystemExit) as end:
        sys.exit(cli.main())
    assert isinstance(end.value.code, int)
    return end.value.code


def test_output_survives_a_poor_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A character that the encoding lacks is escaped; a missing stream is no error."""
    monkeypatch.setattr(sys, "argv", ["safepause", "status"])
    monkeypatch.setattr(client, "ask", lambda _argv, *_timeout, **_id: (1, "Zoë 😀\n", "no\n"))
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
    monkeypatch.setattr(sys, "stderr", None)
    assert exit_code() == 1
    assert raw.getvalue() == b"Zo\xeb \\U0001f600\n"


def test_a_running_app_is_asked_without_delay(tmp_path: Path) -> None:
    """With an app, the process imports no Qt, no parser, no typing, and writes the answer."""
    program = (
        "import os, sys; from safepause.cli import main; end = os._exit; "
        "heavy = {'typing', 'json', 'dataclasses', 'argparse', 'pathlib', 'PySide6'}; "
        "heavy |= {'safepause.commands', 'safepause.client.launch'}; "
        "said = lambda code: print(sorted(heavy & set(sys.modules)), code, flush=True); "
        "os._exit = lambda code: (said(code), end(code)); main()"
    )
    with socket.socket(socket.AF_UNIX) as app:
        app.settimeout(30)
        client.at_address(str(tmp_path / "socket"), app.bind)
        app.listen()
        with subprocess.Popen(  # noqa: S603  -- this interpreter
            [sys.executable, "-c", program, "pause", "--by", "Zoë"],
            env={**os.environ, "DISPLAY": "", paths.VARIABLE: str(tmp_path)},
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as asking:
            wire = app.accept()[0]
            with wire:
                request = protocol.unpack_request(wire.recv(1000))
                wire.sendall(protocol.pack_answer(1, "Pause until 20:40.\n", ""))
            out = asking.communicate(timeout=30)[0]
    assert request is not None
    assert request[0] == ["pause", "--display=", "--by", "Zoë"]
    assert len(bytes.fromhex(request[1])) == 16
    assert (asking.returncode, out) == (1, "Pause until 20:40.\n[] 1\n")


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    """`safepause settings | true` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "safepause", "settings"],
        env={**os.environ, paths.VARIABLE: str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as client:
        assert client.stdout is not None
        assert client.stderr is not None
        client.stdout.close()
        assert client.stderr.read() == ""
    assert client.returncode == 0


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_full_disk_changes_no_exit_code(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], stream: str
) -> None:
    """The command is carried out, and the exit code says so, though the answer can't be written."""
    monkeypatch.setattr(sys, "argv", ["safepause", "return"])
    monkeypatch.setattr(
        client, "ask", lambda _argv, *_timeout, **_id: (0, "Welcome.\n", "And so on.\n")
    )
    with FULL.open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, stream, full)
        assert exit_code() == 0
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("argv", [["export", "-"], ["--json", "history"]])
def test_an_export_that_a_full_disk_does_not_take_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    """Who exports before deleting all data learns that there is no whole export."""
    monkeypatch.setattr(sys, "argv", ["safepause", *argv])
    monkeypatch.setattr(Client, "run", lambda *_given: Reply(0, "{}\n", ""))
    with FULL.open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert exit_code() == 1
    said = "The answer can't be written. (No space left on device)\n"
    assert capsys.readouterr().err == said


def test_without_an_app_garbage_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process itself carries out runs as any other program."""
    collecting: list[bool] = []

    class Offline(Client):
        def run(self, argv: list[str], request_id: str = "") -> Reply:
            assert request_id
            collecting.append(gc.isenabled())
            return Reply(len(argv), "", "")

    monkeypatch.setattr(client, "ask", lambda _argv, *_timeout, **_id: None)
    monkeypatch.setattr(remote_command, "Client", Offline)
    monkeypatch.setattr(sys, "argv", ["safepause", "history"])
    assert exit_code() == 1
    assert collecting == [True]


@pytest.mark.parametrize("command", ["extend --minutes 20", "pause", "return"])
@pytest.mark.parametrize("ended", [False, True])
def test_a_command_is_sent_again_with_its_id_alone(
    monkeypatch: pytest.MonkeyPatch, command: str, *, ended: bool
) -> None:
    """If the app has ended before its answer, the next app gets the same id. Else nobody does."""
    asked: list[tuple[list[str], str]] = []

    def ask(argv: list[str], *, request_id: str, waiting: object) -> None:
        assert waiting
        asked.append((argv, request_id))
        raise client.NoAnswerError(ended=ended)

    class Again(Client):
        def run(self, argv: list[str], request_id: str = "") -> Reply:
            asked.append((argv, request_id))
            return Reply(0, "", "")

    monkeypatch.setattr(client, "ask", ask)
    monkeypatch.setattr(remote_command, "Client", Again)
    monkeypatch.setattr(sys, "argv", ["safepause", *command.split()])
    assert exit_code() == (Exit.DONE if ended else Exit.UNREACHABLE)
    name, *rest = command.split()
    place = ["--display="] if name in SHOWING else []
    wanted = [[name, *place, *rest], [name, *rest]][: 2 if ended else 1]
    assert [argv for argv, _id in asked] == wanted
    assert len({request_id for _argv, request_id in asked}) == 1


def test_an_app_that_knows_no_display_is_asked_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """An app of an older version refuses the option, and gets the command as it was typed."""
    asked: list[list[str]] = []

    def ask(argv: list[str], **_more: object) -> tuple[int, str, str]:
        asked.append(argv)
        return (client.WRONG_ARGUMENTS, "", "not known") if len(asked) == 1 else (0, "", "")

    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(client, "ask", ask)
    monkeypatch.setattr(sys, "argv", ["safepause", "pause", "--minutes=30"])
    assert exit_code() == 0
    assert asked == [["pause", "--display=:1", "--minutes=30"], ["pause", "--minutes=30"]]


@pytest.mark.parametrize(
    ("argv", "said"), [("pause", True), ("settings set length 40", True), ("status", False)]
)
def test_an_interrupted_command_says_what_is_uncertain(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], argv: str, *, said: bool
) -> None:
    """After Ctrl+C the app may carry a command out. A question changes nothing."""

    def ask(_argv: list[str], *_timeout: object, **_more: object) -> None:
        raise client.InterruptedRequestError

    monkeypatch.setattr(client, "ask", ask)
    monkeypatch.setattr("signal.signal", lambda *_signal: None)
    monkeypatch.setattr(sys, "argv", ["safepause", *argv.split()])
    assert exit_code() == Exit.INTERRUPTED
    assert ("may have done that" in capsys.readouterr().err) is said
