"""A person's own commands: really run, in order, watched for a time, and never in the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.system.hooks import command_line
from safepause.system.hooks.runner import Hook, HookRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the commands here are a Unix shell's")
TOLD = {"SAFEPAUSE_STATE": "paused"}


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[HookRunner]:  # noqa: ARG001  -- the loop
    """Return a runner that is closed at the end."""
    made = HookRunner()
    yield made
    made.close()


def shell(script: str, *, quiet: bool = False) -> Hook:
    """Return a hook that runs a script; a person would name a file of theirs."""
    return Hook("hook_paused", f"sh -c '{script}'", TOLD, quiet)


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged."""
    return [record.getMessage() for record in caplog.records]


def test_a_command_is_told_the_state(runner: HookRunner, tmp_path: Path, qtbot: QtBot) -> None:
    """It has our environment and the pause's variables, and runs in the person's home."""
    out = tmp_path / "told"
    runner.run(shell(f'echo "$SAFEPAUSE_STATE $PWD $HOME" >{out}.new; mv {out}.new {out}'))
    qtbot.waitUntil(out.exists)
    assert out.read_text().split() == ["paused", str(Path.home()), str(Path.home())]


def test_nothing_of_it_is_read_by_a_shell(
    runner: HookRunner, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words are handed on as they are: no variables, no semicolons, no second command."""
    odd = "$HOME;touch stop"
    monkeypatch.setenv("HOME", str(tmp_path))
    runner.run(Hook("hook_due", f'touch "{tmp_path}/{odd}" ~/tilde', TOLD))
    qtbot.waitUntil((tmp_path / "tilde").exists)
    assert {file.name for file in tmp_path.iterdir()} == {odd, "tilde"}


def test_it_has_a_session_of_its_own(runner: HookRunner, tmp_path: Path, qtbot: QtBot) -> None:
    """What ends the program's session or its terminal does not end the command."""
    out = tmp_path / "session"
    probe = f"import os; open('{out}', 'w').write(str(os.getsid(0) == os.getpid()))"
    runner.run(Hook("hook_paused", f'{sys.executable} -c "{probe}"', TOLD))
    qtbot.waitUntil(lambda: out.exists() and bool(out.read_text()))
    assert out.read_text() == "True"


@pytest.mark.parametrize("pidfd", [True, False])
def test_commands_run_in_order(tmp_path: Path, qtbot: QtBot, *, pidfd: bool) -> None:
    """A slow one is over before the next begins, with pidfd and without."""
    runner, out = HookRunner(pidfd=pidfd), tmp_path / "order"
    runner.run(shell(f"sleep 0.2; echo one >>{out}"))
    runner.run(shell(f"echo two >>{out}"))
    qtbot.waitUntil(lambda: out.exists() and len(out.read_text().split()) == 2)
    assert out.read_text().split() == ["one", "two"]
    qtbot.waitUntil(lambda: runner._running is None)  # noqa: SLF001  -- it has been waited for
    runner.close()


def test_failures_are_logged_and_the_next_one_runs(
    runner: HookRunner, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A missing program, unreadable words and an exit code are told; nothing is fatal."""
    runner.run(Hook("hook_paused", "/nowhere/lights --off", TOLD))
    runner.run(Hook("hook_due", "lights 'off", TOLD))
    runner.run(shell("exit 3"))
    runner.run(shell(f"touch {tmp_path}/done"))
    qtbot.waitUntil((tmp_path / "done").exists)
    assert said(caplog) == [
        "the command of hook_paused can't be started: No such file or directory",
        "the command of hook_due can't be started: its words can't be split",
        "the command of hook_paused ended with exit code 3",
    ]


def test_what_takes_too_long_is_ended(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """After its time the command and what it has started are ended, and that is logged once."""
    runner = HookRunner(limit_ms=300)
    pid = tmp_path / "pid"
    runner.run(shell(f"sleep 100 & echo $! >{pid}.new; mv {pid}.new {pid}; wait"))
    runner.run(shell(f"touch {tmp_path}/next"))
    qtbot.waitUntil((tmp_path / "next").exists)
    assert said(caplog) == ["the command of hook_paused took more than 0.3 s"]
    qtbot.waitUntil(lambda: not alive(int(pid.read_text())))
    runner.close()


def test_what_will_not_end_is_killed(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A command that ignores the wish to end gets a moment, and no more."""
    del caplog  # that it took too long is told elsewhere
    runner = HookRunner(limit_ms=300)
    runner._grace.setInterval(100)  # noqa: SLF001  -- so that the test need not wait
    runner.run(shell('trap "" TERM; while :; do sleep 0.05; done'))
    runner.run(shell(f"touch {tmp_path}/next"))
    qtbot.waitUntil((tmp_path / "next").exists)
    runner.close()


def test_an_undone_pause_is_hushed(
    runner: HookRunner, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """What runs or waits for a pause that was undone is run, but not spoken of in the log."""
    runner.run(shell(f"touch {tmp_path}/runs; sleep 0.2; exit 3"))
    runner.run(shell("exit 4"))
    qtbot.waitUntil((tmp_path / "runs").exists)
    runner.hush()
    runner.run(shell(f"touch {tmp_path}/done; exit 5", quiet=True))
    qtbot.waitUntil((tmp_path / "done").exists)
    qtbot.waitUntil(lambda: runner._running is None)  # noqa: SLF001  -- it has been waited for
    assert said(caplog) == []


def test_the_end_of_the_program_ends_no_command(tmp_path: Path, qtbot: QtBot) -> None:
    """What runs goes on, and what waits is started: lights come back though one leaves at once."""
    runner = HookRunner()
    runner.run(shell(f"touch {tmp_path}/runs; sleep 0.3; touch {tmp_path}/one"))
    runner.run(shell(f"touch {tmp_path}/two"))
    runner.run(Hook("hook_returned", "sh -c '", TOLD, quiet=True))
    qtbot.waitUntil((tmp_path / "runs").exists)
    runner.close()
    qtbot.waitUntil(lambda: (tmp_path / "one").exists() and (tmp_path / "two").exists())


def test_doctor_tells_whether_programs_are_found(tmp_path: Path) -> None:
    """No command is fine, one that is found is, one that is not is named."""
    found, lost = command_line.capability(("", "sh -c true")), f"{tmp_path}/lights --off"
    assert command_line.capability(("", "")).why == "You have set none."
    assert (found.key.value, found.available) == ("hooks", True)
    missing = command_line.capability(("sh", lost))
    assert not missing.available
    assert missing.why == f"This program isn't found: {tmp_path}/lights"
    assert missing.advice


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits for its parent does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
