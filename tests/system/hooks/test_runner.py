"""A person's own commands really run: in order, and for a limited time."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.system.hooks import command_line, process
from safepause.system.hooks import runner as module
from safepause.system.hooks.runner import Hook, HookRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the commands here are a Unix shell's")
TOLD = {"SAFEPAUSE_STATE": "paused"}


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[HookRunner]:  # noqa: ARG001  -- the loop
    """Return a runner."""
    made = HookRunner()
    yield made
    made.close()


def shell(script: str, *, quiet: bool = False) -> Hook:
    """Return a hook that runs a script of a shell."""
    return Hook("hook_paused", f"sh -c '{script}'", TOLD, quiet)


def until(file: Path) -> str:
    """Return the line of a script that waits for a file."""
    return f"until [ -e {file} ]; do sleep 0.01; done"


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the lines of the log."""
    return [record.getMessage() for record in caplog.records]


def test_a_command_gets_the_variables(runner: HookRunner, tmp_path: Path, qtbot: QtBot) -> None:
    """A command has our environment and the pause's variables, and runs in the home folder."""
    out = tmp_path / "told"
    runner.run(shell(f'echo "$SAFEPAUSE_STATE $PWD $HOME" >{out}.new; mv {out}.new {out}'))
    qtbot.waitUntil(out.exists)
    assert out.read_text().split() == ["paused", str(Path.home()), str(Path.home())]


def test_no_shell_reads_a_command(
    runner: HookRunner, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables and semicolons are passed to the program unchanged."""
    odd = "$HOME;touch stop"
    monkeypatch.setenv("HOME", str(tmp_path))
    runner.run(Hook("hook_due", f'touch "{tmp_path}/{odd}" ~/tilde', TOLD))
    qtbot.waitUntil((tmp_path / "tilde").exists)
    assert {file.name for file in tmp_path.iterdir()} == {odd, "tilde"}


def test_it_has_a_session_of_its_own(runner: HookRunner, tmp_path: Path, qtbot: QtBot) -> None:
    """A command is the leader of its session, so the end of our terminal doesn't end it."""
    out = tmp_path / "session"
    probe = f"import os; open('{out}', 'w').write(str(os.getsid(0) == os.getpid()))"
    runner.run(Hook("hook_paused", f'{sys.executable} -c "{probe}"', TOLD))
    qtbot.waitUntil(lambda: out.exists() and bool(out.read_text()))
    assert out.read_text() == "True"


@pytest.mark.parametrize("watch", [True, False])
def test_commands_run_in_order(tmp_path: Path, qtbot: QtBot, *, watch: bool) -> None:
    """A slow command ends before the next one starts, watched by the system or by a timer."""
    runner, out = HookRunner(watch=watch), tmp_path / "order"
    runner._look.setInterval(20)  # noqa: SLF001  -- so that the timer looks several times
    runner.run(shell(f"sleep 0.2; echo one >>{out}"))
    runner.run(shell(f"echo two >>{out}"))
    qtbot.waitUntil(lambda: out.exists() and len(out.read_text().split()) == 2)
    assert out.read_text().split() == ["one", "two"]
    qtbot.waitUntil(lambda: runner._running is None)  # noqa: SLF001  -- it has been waited for
    runner.close()


def test_failures_are_logged_and_the_next_one_runs(
    runner: HookRunner, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A missing program, bad quotes, no program and an exit code are logged. The next hook runs."""
    runner.run(Hook("hook_paused", "/nowhere/lights --off", TOLD))
    runner.run(Hook("hook_due", "lights 'off", TOLD))
    runner.run(Hook("hook_due", " ", TOLD))
    runner.run(shell("exit 3"))
    runner.run(shell(f"touch {tmp_path}/done"))
    qtbot.waitUntil((tmp_path / "done").exists)
    assert said(caplog) == [
        "the command of hook_paused can't be started: No such file or directory",
        *["the command of hook_due can't be started: its words can't be split"] * 2,
        "the command of hook_paused ended with exit code 3",
    ]


def test_a_command_that_takes_too_long_is_ended(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """After its time a command is ended with its child process. That is logged once."""
    runner = HookRunner(limit_ms=3_600_000)
    pid = tmp_path / "pid"
    runner.run(shell(f"sleep 100 & echo $! >{pid}.new; mv {pid}.new {pid}; wait"))
    runner.run(shell(f"touch {tmp_path}/next"))
    qtbot.waitUntil(pid.exists)
    runner._limit.timeout.emit()  # noqa: SLF001  -- the hour is over
    qtbot.waitUntil((tmp_path / "next").exists)
    assert said(caplog) == ["the command of hook_paused took more than 3600 s"]
    qtbot.waitUntil(lambda: not alive(int(pid.read_text())))
    runner.close()


def test_a_command_that_ignores_sigterm_is_killed(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A command that ignores SIGTERM is killed after its grace, and the next hook runs."""
    del caplog  # that it took too long is told elsewhere
    runner = HookRunner(limit_ms=3_600_000)
    runner._grace.setInterval(100)  # noqa: SLF001  -- so that the test need not wait
    runner.run(shell(f'trap "" TERM; touch {tmp_path}/deaf; while :; do sleep 0.05; done'))
    runner.run(shell(f"touch {tmp_path}/next"))
    qtbot.waitUntil((tmp_path / "deaf").exists)
    runner._limit.timeout.emit()  # noqa: SLF001  -- the hour is over
    qtbot.waitUntil((tmp_path / "next").exists)
    runner.close()


def test_hooks_of_an_undone_pause_are_not_logged(
    runner: HookRunner, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """After `hush` the hooks that run or wait still run, but the log doesn't mention them."""
    runner.run(shell(f"touch {tmp_path}/runs; {until(tmp_path / 'hushed')}; exit 3"))
    runner.run(shell("exit 4"))
    qtbot.waitUntil((tmp_path / "runs").exists)
    runner.hush()
    (tmp_path / "hushed").touch()
    runner.run(shell(f"touch {tmp_path}/done; exit 5", quiet=True))
    qtbot.waitUntil((tmp_path / "done").exists)
    qtbot.waitUntil(lambda: runner._running is None)  # noqa: SLF001  -- it has been waited for
    assert said(caplog) == []


def test_the_end_of_the_program_ends_no_command(tmp_path: Path, qtbot: QtBot) -> None:
    """At the end of the program a running command goes on, if no other command waits."""
    runner = HookRunner()
    runner.run(shell(f"touch {tmp_path}/runs; {until(tmp_path / 'closed')}; touch {tmp_path}/one"))
    qtbot.waitUntil((tmp_path / "runs").exists)
    runner.close()
    (tmp_path / "closed").touch()
    qtbot.waitUntil((tmp_path / "one").exists)


@pytest.mark.parametrize("deaf", [False, True])
def test_at_the_end_of_the_program_one_command_runs(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, deaf: bool
) -> None:
    """The last command that waits runs after the running one, which has a moment to end."""
    monkeypatch.setattr(module, "QUIT_SECONDS", 0.1)
    monkeypatch.setattr(module, "FORCED_SECONDS", 0.3)
    runner, pid = HookRunner(), tmp_path / "pid"
    trap = 'trap "" TERM; ' if deaf else ""
    runner.run(shell(f"{trap}echo $$ >{pid}.new; mv {pid}.new {pid}; while :; do sleep 0.05; done"))
    runner.run(shell(f"touch {tmp_path}/left_out"))
    runner.run(shell(f"kill -0 $(cat {pid}) && touch {tmp_path}/both; touch {tmp_path}/last"))
    qtbot.waitUntil(pid.exists)
    runner.close()
    qtbot.waitUntil((tmp_path / "last").exists)
    assert not (tmp_path / "both").exists()
    assert not (tmp_path / "left_out").exists()


def test_at_the_end_of_the_program_a_failure_is_logged(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A command that ends in its moment, and the last one that can't be started, are logged."""
    runner = HookRunner()
    runner.run(shell(f"touch {tmp_path}/runs; sleep 0.1; exit 3"))
    runner.run(Hook("hook_returned", "/nowhere/lights", TOLD))
    qtbot.waitUntil((tmp_path / "runs").exists)
    runner.close()
    assert said(caplog) == [
        "the command of hook_paused ended with exit code 3",
        "the command of hook_returned can't be started: No such file or directory",
    ]


def test_slow_commands_do_not_pile_up(tmp_path: Path, qtbot: QtBot) -> None:
    """Commands that have waited for long are left out if a newer one waits. The last one runs."""
    runner, out = HookRunner(patience_ms=0), tmp_path / "order"
    runner.run(shell(f"touch {tmp_path}/runs; {until(tmp_path / 'go')}; echo first >>{out}"))
    qtbot.waitUntil((tmp_path / "runs").exists)
    for number in range(60):
        runner.run(shell(f"echo {number} >>{out}"))
        assert len(runner._queue) == 1  # noqa: SLF001
    (tmp_path / "go").touch()
    qtbot.waitUntil(lambda: out.exists() and len(out.read_text().split()) == 2)
    assert out.read_text().split() == ["first", "59"]
    qtbot.waitUntil(lambda: runner._running is None)  # noqa: SLF001  -- it has been waited for
    runner.close()


def test_what_grew_old_behind_a_slow_command_is_left_out(tmp_path: Path, qtbot: QtBot) -> None:
    """Commands that came together, and waited too long for a slow one: the last of them runs."""
    runner, out = HookRunner(patience_ms=100), tmp_path / "order"
    runner.run(shell(f"touch {tmp_path}/runs; {until(tmp_path / 'go')}; echo first >>{out}"))
    qtbot.waitUntil((tmp_path / "runs").exists)
    for number in range(3):
        runner.run(shell(f"echo {number} >>{out}"))
    waiting = runner._queue[-1]  # noqa: SLF001
    qtbot.waitUntil(waiting.patience.hasExpired)
    (tmp_path / "go").touch()
    qtbot.waitUntil(lambda: out.exists() and len(out.read_text().split()) == 2)
    assert out.read_text().split() == ["first", "2"]
    qtbot.waitUntil(lambda: runner._running is None)  # noqa: SLF001  -- it has been waited for
    runner.close()


def test_the_capability_looks_for_programs(tmp_path: Path) -> None:
    """It is available with no command and with an existing program. A missing one is named."""
    found, lost = command_line.capability(("", "sh -c true")), f"{tmp_path}/lights --off"
    assert command_line.capability(("", "")).why == "You have set none."
    assert (found.key.value, found.available) == ("hooks", True)
    missing = command_line.capability(("sh", lost))
    assert not missing.available
    assert missing.why == f"This program isn't found: {tmp_path}/lights"
    assert missing.advice


@pytest.mark.parametrize("command", ["lights 'off", " "])
def test_a_command_without_a_program_is_named(command: str) -> None:
    """A command with bad quotes, and one of blanks, count as a program that isn't found."""
    missing = command_line.capability((command,))
    assert not missing.available
    assert missing.why == f"This program isn't found: {command}"


def test_without_pidfd_the_end_is_not_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without pidfd_open, and one that forbids it, can't report the end of a process."""
    started = process.Process(("sleep", "100"), {})
    for opener in (None, forbidden):
        monkeypatch.setattr(process, "_open_pidfd", opener)
        assert not started.watch(lambda: None)
    started.end(by_force=True)
    while started.exit_code() is None:
        os.sched_yield()
    started.leave()


def forbidden(_pid: int) -> int:
    """Refuse a pidfd, as some containers do."""
    raise PermissionError(1, "Operation not permitted")


def alive(pid: int) -> bool:
    """Return whether a process runs. A zombie doesn't run."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
