"""A command line that no running app has answered: what it starts, does and asks."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from safepause import commands
from safepause.client import silent_app
from safepause.client.launch import PATIENCE, SAID_AFTER, START_PATIENCE
from safepause.commands import Exit, Request
from safepause.core.service import PauseService
from safepause.store import files, open_store
from safepause.system import paths
from tests.client.client_rig import OK, FakeApp, Rig
from tests.couple import Couple

SIDE_FILES = {"safepause.sqlite3-wal", "safepause.sqlite3-shm"}


def test_without_an_app_commands_work_on_the_data(rig: Rig) -> None:
    """A command reads what an earlier one has set; no app is started, the lock is free after."""
    assert rig.run("settings", "set", "length", "45").code == Exit.DONE
    assert rig.run("settings", "get", "length").out == "45\n"
    assert json.loads(rig.run("status", "--json").out)["running"] is False
    assert rig.run("quit").out == "SafePause isn't running.\n"
    assert rig.app.starts == 0
    assert rig.hold()


@pytest.mark.parametrize("argv", [["pause", "--by", "Zoë"], ["extend", "--minutes", "20"]])
def test_a_call_that_needs_the_app_starts_it(rig: Rig, argv: list[str]) -> None:
    """The app is started once, with the command and the instant at which it was given."""
    rig.clock.move(seconds=7)
    assert rig.run(*argv) == OK
    assert rig.app.starts == 1
    (handed,) = rig.app.heard
    given = commands.parse(handed)
    assert isinstance(given, Request)
    assert given.value(commands.ASKED_AT) == 7
    place = ["--display="] if argv[0] == "pause" else []
    assert commands.parse([*argv, *place, "--asked-at=7.000"]) == given


@pytest.mark.parametrize("name", ["breathe", "show"])
def test_a_window_that_needs_the_app_starts_it(rig: Rig, name: str) -> None:
    """The app is started once, with the command. It does not matter when it was given."""
    assert rig.run(name) == OK
    assert (rig.app.starts, rig.app.heard) == (1, [[name, "--display="]])


def test_what_shows_a_window_says_where_it_was_called(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command has the displays of its caller, on X11 and on Wayland, whatever their names."""
    monkeypatch.setenv("DISPLAY", ":1")
    assert rig.run("show") == OK
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert rig.run("breathe") == OK
    rig.app.reply = OK
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "/place/\udcff")
    assert rig.run() == OK
    rig.run("undo")
    assert [heard[:2] for heard in rig.app.heard[:3]] == [
        ["show", "--display=:1"],
        ["breathe", "--display=:1 /run/user/1/wayland-1"],
        ["show", "--display= /place/?"],
    ]
    assert not any(word.startswith("--display") for word in rig.app.heard[-1])


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("pause", "SafePause is still starting. The pause will be called.\n"),
        ("show", "SafePause is still starting.\n"),
        ("extend --minutes=20", "SafePause is still starting.\n"),
    ],
)
def test_a_person_who_waits_long_is_told_once(
    rig: Rig, capsys: pytest.CaptureFixture[str], command: str, said: str
) -> None:
    """After some seconds the command says that the app is still starting. Before that, nothing."""
    rig.app.on_wait = lambda: rig.clock.move(seconds=SAID_AFTER - 0.1)
    assert rig.run(*command.split()) == OK
    assert capsys.readouterr().err == ""
    rig.app.on_wait = lambda: rig.clock.move(seconds=SAID_AFTER)
    assert rig.run(*command.split()) == OK
    assert capsys.readouterr().err == said


def test_a_second_start_says_that_the_first_is_under_way(
    rig: Rig, capsys: pytest.CaptureFixture[str]
) -> None:
    """`safepause` alone waits for the app that is starting, and says so. At a login it is quiet."""
    assert rig.hold()
    assert rig.run("--hidden").code == Exit.UNREACHABLE
    assert capsys.readouterr().err == ""
    assert rig.run().code == Exit.UNREACHABLE
    assert capsys.readouterr().err == "SafePause is still starting.\n"


def test_a_file_keeps_its_folder_while_an_app_is_awaited(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An app that comes up late gets the absolute path of an export, as any other app does."""
    monkeypatch.chdir(tmp_path)
    assert rig.hold()
    rig.app.on_wait = lambda: setattr(rig.app, "reply", OK)
    assert rig.run("export", "all.json") == OK
    assert rig.app.heard[-1] == ["export", "--", str(tmp_path / "all.json")]


def test_wrong_arguments_start_nothing(rig: Rig) -> None:
    """No app is started, and an app that runs is not asked."""
    assert rig.run("pause", "--minutes", "5").code == Exit.WRONG_ARGUMENTS
    rig.app.reply = OK
    assert rig.run("pause", "--minutes", "5").code == Exit.WRONG_ARGUMENTS
    assert (rig.app.starts, rig.app.heard) == (0, [])


def test_the_last_words_of_an_app_that_ended_are_told(rig: Rig) -> None:
    """If the started app ends without an answer, the command says why in the app's words."""
    rig.app.answers_once_started = False
    reply = rig.run("pause", "--json")
    assert reply.code == Exit.UNREACHABLE
    error = json.loads(reply.out)["error"]
    assert (error["reason"], error["message"]) == ("not_started", "It is broken.")
    assert reply.err == "It is broken.\n"


def test_a_process_that_can_t_be_made_is_told(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the system makes no process, the command says why, without a traceback."""

    def none(_request: bytes) -> FakeApp:
        raise FileNotFoundError(2, "No such file", "/gone/python")

    monkeypatch.setattr(rig.app, "start", none)
    reply = rig.run("pause")
    assert reply.code == Exit.UNREACHABLE
    assert reply.err.startswith("SafePause can't start here.\n")
    assert "/gone/python" in reply.err


def test_a_command_waits_for_an_app_that_is_coming_up(
    rig: Rig, capsys: pytest.CaptureFixture[str]
) -> None:
    """While an app starts, which holds the lock, a command that needs no app waits for minutes."""
    assert rig.hold()
    start = rig.clock.monotonic()

    def come_up() -> None:
        if rig.clock.monotonic() - start > START_PATIENCE / 2:
            rig.app.reply = OK

    rig.app.on_wait = come_up
    assert rig.run("return") == OK
    given = commands.parse(rig.app.heard[-1])
    assert isinstance(given, Request)
    assert given.value(commands.ASKED_AT) == start
    assert capsys.readouterr().err == "SafePause is still starting.\n"
    assert rig.app.starts == 0


def test_a_call_is_handed_over_while_an_app_is_coming_up(rig: Rig) -> None:
    """A call does not depend on its own process: another passes it on to the app that starts."""
    assert rig.hold()
    assert rig.run("pause") == OK
    assert rig.app.starts == 1


def test_an_app_that_never_listens_is_unreachable(rig: Rig) -> None:
    """A command waits long for an app that holds the lock and never listens, but not for ever.

    The sentence names the process. It does not tell the person to do the same again.
    """
    assert rig.hold()
    for argv in (["return"], [], ["--hidden"]):
        start = rig.clock.monotonic()
        reply = rig.run(*argv)
        assert START_PATIENCE <= rig.clock.monotonic() - start < START_PATIENCE + 1
        assert reply.code == Exit.UNREACHABLE
        assert reply.err.endswith(
            f"SafePause runs, but it doesn't answer. To end it: kill {os.getpid()}\n"
        )
    assert rig.app.starts == 0


def test_an_app_that_waits_for_a_disk_is_not_to_be_ended(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that the app has taken stands once the disk answers, so nothing is lost by waiting."""
    assert rig.hold()
    monkeypatch.setattr(silent_app, "holder", lambda: (os.getpid(), paths.WAITS_FOR_DISK))
    reply = rig.run("return")
    assert reply.code == Exit.UNREACHABLE
    assert reply.err.endswith("It goes on once the disk answers.\n")


def test_a_silent_app_of_an_old_version_is_unreachable(rig: Rig) -> None:
    """Its lock file does not name the process."""
    assert rig.hold()
    os.truncate(paths.lock_paths()[0], 0)
    assert "safepause.log" in rig.run().err
    assert rig.run("return").err.endswith("start it here: safepause\n")


def test_a_question_is_answered_from_the_data_of_a_silent_app(rig: Rig) -> None:
    """The answer comes soon, says that the app runs, and changes no file."""
    rig.run("settings", "set", "length", "45")
    assert rig.hold()
    files = {file.name for file in Path(paths.home()).iterdir()}
    began = rig.clock.monotonic()
    said = rig.run("status", "--json")
    assert json.loads(said.out)["running"] is True
    assert said.code == Exit.DONE
    assert "doesn't answer" in said.err
    assert rig.run("settings", "get", "length").out == "45\n"
    assert rig.run("history").code == Exit.DONE
    doctor = json.loads(rig.run("doctor", "--json").out)
    assert doctor["running"] is True
    assert "it doesn't answer" in doctor["capabilities"][0]["why"]
    assert rig.clock.monotonic() - began < 1
    assert {file.name for file in Path(paths.home()).iterdir()} <= files | SIDE_FILES


def test_a_question_never_reports_what_it_could_not_read(rig: Rig) -> None:
    """While the file can't be read, the exit code is 3. Without a file there is no pause yet."""
    assert rig.hold()
    assert json.loads(rig.run("status", "--json").out)["state"] == "idle"
    (Path(paths.home()) / "safepause.sqlite3").write_bytes(b"SQLite format 3\0 and so on")
    assert rig.run("status").code == Exit.UNREACHABLE


@pytest.mark.parametrize("command", ["extend --minutes 20", "return", "pause"])
def test_an_app_that_listens_and_never_answers_is_unreachable(rig: Rig, command: str) -> None:
    """Such an app is asked for some seconds, always with the same id. No other app is started."""
    assert rig.hold()
    rig.app.reply, rig.app.silent = OK, command.split(maxsplit=1)[0]
    start = rig.clock.monotonic()
    assert rig.run(*command.split()).code == Exit.UNREACHABLE
    assert PATIENCE <= rig.clock.monotonic() - start < PATIENCE + 1
    assert (len(rig.app.ids), rig.app.starts) == (1, 0)


def test_an_interrupted_wait_has_no_traceback(rig: Rig) -> None:
    """Ctrl+C while the command waits ends it with exit code 130. What follows, is said."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    assert rig.hold()
    rig.app.on_wait = interrupt
    assert rig.run("return") == (Exit.INTERRUPTED, "", "")
    said = rig.run("pause")
    assert said.code == Exit.INTERRUPTED
    assert said.err == "SafePause is still starting. The pause will be called.\n"


def test_the_program_becomes_the_app_or_shows_the_one_that_runs(rig: Rig) -> None:
    """Without a command, this process is the app, unless an app runs."""
    assert rig.run("--hidden").code == Exit.DONE
    assert rig.app.became == [(True, False, paths.home())]
    rig.app.reply = OK
    assert rig.run() == OK
    assert rig.run("--hidden") == (0, "", "")
    assert rig.app.heard == [["show", "--display="], ["status"]]
    assert len(rig.app.became) == 1


def test_the_demo_never_meets_the_real_app(rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    """A demo asks no app, and has a folder of its own that is deleted at its end."""
    rig.app.reply = OK
    real = paths.home()
    assert rig.run("--demo").code == Exit.DONE
    ((hidden, demo, folder),) = rig.app.became
    assert (hidden, demo) == (False, True)
    assert folder != real
    assert not os.path.exists(folder)  # noqa: PTH110  -- a text, as paths gives it
    assert capsys.readouterr().out == f"{paths.VARIABLE}={folder}\n"
    assert rig.app.heard == []


def test_without_a_display_nothing_is_started(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a display, no app starts and a sentence says why; the data can be read."""
    for key in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    for argv in (["pause"], ["--demo"], []):
        assert "needs a desktop" in rig.run(*argv).err
    assert rig.run("status").code == Exit.DONE
    assert (rig.app.starts, rig.app.became) == (0, [])


def test_an_unusable_folder_is_said(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If no lock can be made, a call starts the app all the same. Other commands say why."""
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path / "file" / "home"))
    assert rig.run("pause") == OK
    assert rig.app.starts == 1
    reply = rig.run("status")
    assert reply.out == "No pause right now.\n"
    assert "can't be saved" in reply.err


@pytest.mark.parametrize("command", ["pause", "status", "settings"])
def test_a_shared_folder_is_refused_with_advice(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """A shared folder and the home get no file and keep their mode. Words say what to do."""
    for folder, mode in (("shared", 0o1777), ("home", 0o755)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder).chmod(mode)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv(paths.VARIABLE, str(tmp_path / folder))
        reply = rig.run(command)
        assert str(tmp_path / folder) in reply.err
        assert "set SAFEPAUSE_HOME to a new one" in reply.err
        assert list((tmp_path / folder).iterdir()) == []
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == mode
    assert rig.app.starts == 0


def test_the_history_is_read_without_the_app(rig: Rig, tmp_path: Path) -> None:
    """History and export do not hold up the app: this process reads the data beside it."""
    opened = open_store(tmp_path / "home", rig.clock)
    with closing(opened.store) as store:
        service = PauseService(rig.clock, store)
        Couple(service).call(by="Alex")
        rig.clock.move(minutes=30)
        Couple(service).come_back()
        rig.app.reply = OK
        assert "came back on time" in rig.run("history").out
        assert len(json.loads(rig.run("export", "-").out)["outcomes"]) == 1
        assert rig.app.heard == []


@pytest.mark.parametrize("how", ["missing", "damaged", "linked"])
def test_the_app_is_asked_for_a_history_that_cannot_be_read(
    rig: Rig, tmp_path: Path, how: str
) -> None:
    """If the file is gone, or is not ours, the running app answers."""
    rig.app.reply = OK
    assert rig.hold()
    file = tmp_path / "home" / files.NAME
    file.parent.mkdir(exist_ok=True)
    if how == "damaged":
        file.write_bytes(b"\0" * 9000)
    elif how == "linked":
        file.symlink_to("/etc/passwd")
    assert rig.run("history") == OK
    assert rig.app.heard[-1] == ["history"]


@pytest.mark.parametrize(("typed", "code"), [("yes\n", 0), ("y\n", 1), ("", 1)])
def test_forgetting_asks_first(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    """Only the whole word confirms; the app then gets the command with --yes."""
    rig.app.reply = OK
    terminal = io.StringIO(typed)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert rig.run("forget", "--all").code == code
    assert (["forget", "--all", "--yes"] in rig.app.heard) is (code == 0)


def test_an_interrupted_question_deletes_nothing(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C at the question counts as no."""

    def interrupt() -> str:
        raise KeyboardInterrupt

    rig.app.reply = OK
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(terminal, "readline", interrupt)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert rig.run("forget", "--all").code == Exit.REFUSED
    assert rig.app.heard == []


def test_forgetting_without_a_terminal_needs_yes(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal, nothing is deleted unless the command has --yes."""
    monkeypatch.setattr(sys, "stdin", None)
    assert "add --yes" in rig.run("forget", "--all").err
    assert rig.run("forget", "--all", "--yes").out == "Everything is deleted.\n"


def test_an_export_goes_where_the_person_is(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app gets the absolute path, since it has another working folder."""
    monkeypatch.chdir(tmp_path)
    rig.app.reply = OK
    rig.run("export", "a.json", "--force")
    assert rig.app.heard[-1] == ["export", "--force", "--", str(tmp_path / "a.json")]


def test_an_export_without_the_app_is_a_real_file(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This process writes the export itself, into its working folder, for its owner alone."""
    monkeypatch.chdir(tmp_path)
    assert rig.run("export", "a.json").code == Exit.DONE
    written = tmp_path / "a.json"
    assert json.loads(written.read_text(encoding="utf-8"))["pause"] is None
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert "--force" in rig.run("export", "a.json").err


def test_an_export_goes_through_a_persons_link(rig: Rig, tmp_path: Path) -> None:
    """A link to a folder that is synchronized stays. The file there has the export."""
    there, link = tmp_path / "there.json", tmp_path / "link.json"
    there.write_text("an older export")
    link.symlink_to(there)
    assert "--force" in rig.run("export", str(link)).err
    assert there.read_text() == "an older export"
    assert rig.run("export", "--force", str(link)).code == Exit.DONE
    assert link.is_symlink()
    assert json.loads(there.read_text(encoding="utf-8"))["pause"] is None


def test_what_no_socket_carries_is_refused(rig: Rig) -> None:
    """Arguments that are too long for the protocol are wrong arguments."""
    rig.app.reply = OK
    assert rig.run("export", "x" * 100_000).code == Exit.WRONG_ARGUMENTS
