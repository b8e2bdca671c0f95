"""Autostart on Linux: the file decides, whatever program wrote it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from safepause.system.autostart import other_python
from safepause.system.autostart.xdg import FILE, XdgAutostart
from safepause.system.desktop.entry import read_entry
from tests.store import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="for Linux desktops")


class Desk:
    """The folders of a person and of the system, and a program to start."""

    def __init__(self, folder: Path) -> None:
        """Make the program, and no autostart file."""
        self.program = folder / "our programs" / "safepause"
        self.program.parent.mkdir()
        self.script(self.program)
        self.own = folder / "config" / "autostart" / FILE
        self.computers = folder / "etc" / "autostart" / FILE
        self.env = {
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CONFIG_DIRS": f"relative:{folder}/none:{folder}/etc",
            "XDG_CURRENT_DESKTOP": "ubuntu:GNOME",
        }
        self.autostart = XdgAutostart([str(self.program), "--hidden"], self.env)

    def script(self, path: Path, interpreter: str = "/bin/sh") -> None:
        """Write a script, as an install does."""
        path.write_text(f"#!{interpreter}\n")
        path.chmod(0o755)

    def write(self, path: Path, *more: str) -> None:
        """Write an entry, as another program does."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(("[Desktop Entry]", "Type=Application", *more, "")))


@pytest.fixture(autouse=True)
def _slow_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another Python take its time."""
    monkeypatch.setattr(other_python, "PATIENCE", 60)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return empty folders."""
    return Desk(tmp_path)


def test_off_until_a_person_wants_it(desk: Desk) -> None:
    """There is no file before `enable`, and none after `disable`."""
    assert not desk.autostart.enabled()
    desk.autostart.enable()
    assert desk.autostart.enabled()
    assert XdgAutostart(["/elsewhere"], desk.env).enabled(), "the file decides, for any command"
    desk.autostart.disable()
    assert not desk.autostart.enabled()
    assert not desk.own.exists()
    desk.autostart.disable()


def test_nobody_else_can_write_where_the_autostart_is(desk: Desk) -> None:
    """With a umask of 0, neither the new folders nor the file can be written by others."""
    before = os.umask(0)
    try:
        desk.autostart.enable()
    finally:
        os.umask(before)
    made = (desk.own, desk.own.parent, desk.own.parent.parent)
    assert not any(path.stat().st_mode & 0o022 for path in made)


def test_the_file_starts_hidden_after_the_panel(desk: Desk) -> None:
    """The file has the quoted command with `--hidden`, and the keys for a delay."""
    desk.autostart.enable()
    found = read_entry(desk.own)
    assert shlex.split(found["Exec"]) == [str(desk.program), "--hidden"]
    assert found["TryExec"] == str(desk.program)
    assert int(found["X-GNOME-Autostart-Delay"]) > 0
    assert found["X-KDE-autostart-phase"] == "2"
    assert list(desk.own.parent.iterdir()) == [desk.own]
    if shutil.which("desktop-file-validate"):
        checked = subprocess.run(  # noqa: S603  -- a fixed command
            ["desktop-file-validate", str(desk.own)],  # noqa: S607  -- as make does
            capture_output=True,
            check=False,
        )
        assert not checked.stdout, checked.stdout


@pytest.mark.parametrize(
    "line",
    [
        "Hidden=true",
        "X-GNOME-Autostart-enabled=false",
        "X-MATE-Autostart-enabled=false",
        "OnlyShowIn=KDE;XFCE;",
        "NotShowIn=GNOME;",
        "TryExec=/gone/safepause",
        "TryExec=no-such-program-anywhere",
        "Hidden=1",
        "Type=Link",
        "Path=/gone",
        "NotShowIn=ubuntu;\nOnlyShowIn=GNOME;",
    ],
)
def test_an_entry_can_be_off(desk: Desk, line: str) -> None:
    """An entry is off by its keys, or without its program. `enable` switches it on."""
    desk.write(desk.own, "Exec=sh --hidden", line)
    assert not desk.autostart.enabled()
    desk.autostart.enable()
    assert desk.autostart.enabled()


@pytest.mark.parametrize(
    "command",
    [
        "/gone/safepause --hidden",
        '"/gone with a blank/safepause" --hidden',
        "no-such-program-anywhere --hidden",
        "/gone/venv/bin/python3 -P -m safepause --hidden",
        "python3 -m no_such_module_anywhere",
        "env X=1 /gone/safepause --hidden",
        "sh -c '/gone/safepause --hidden'",
        "sh -c 'sleep 5; /gone/safepause --hidden'",
        '"not closed',
        "",
    ],
)
def test_an_entry_whose_program_is_gone_is_off(desk: Desk, command: str) -> None:
    """Where the program that `Exec` names is gone, nothing starts. `enable` names one that is."""
    desk.write(desk.own, f"Exec={command}")
    assert not desk.autostart.enabled()
    assert desk.autostart.capability().why == "It can. You choose in the settings."
    desk.autostart.enable()
    assert desk.autostart.enabled()


def test_a_script_without_its_interpreter_is_off(desk: Desk) -> None:
    """The script of a Python environment stays where its Python is gone. It starts nothing."""
    desk.autostart.enable()
    assert desk.autostart.enabled()
    desk.script(desk.program, "/gone/venv/bin/python3")
    assert not desk.autostart.enabled()
    desk.script(desk.program, "/usr/bin/env sh")
    assert desk.autostart.enabled()
    desk.script(desk.program, "/usr/bin/env no-such-program-anywhere")
    assert not desk.autostart.enabled()


@pytest.mark.parametrize(
    "name",
    ["plain", "with a blank", 'quotes " and $ and `', "100 % \\ more", " edges ", "a\u2028\tb\nc"],
)
def test_what_is_written_is_read_again(desk: Desk, name: str) -> None:
    """A path with any characters is found again in the entry that `enable` wrote."""
    program = desk.program.with_name(name)
    desk.script(program)
    autostart = XdgAutostart([str(program), "--hidden"], desk.env)
    autostart.enable()
    assert autostart.enabled()
    program.unlink()
    assert not autostart.enabled()


def test_a_link_to_a_file_elsewhere_stays(desk: Desk) -> None:
    """The file that a person's link leads to is changed. The link itself is not replaced."""
    kept = desk.own.parent.parent.parent / "kept" / "mine.desktop"
    desk.write(kept, "Exec=sh --hidden")
    desk.own.parent.mkdir(parents=True)
    desk.own.symlink_to(kept)
    assert desk.autostart.enabled()
    for change, starts in ((desk.autostart.disable, False), (desk.autostart.enable, True)):
        change()
        assert desk.autostart.enabled() is starts
        assert desk.own.is_symlink()
        assert kept.is_file()
    kept.unlink()
    desk.autostart.disable()
    assert not desk.own.is_symlink(), "a link that leads nowhere is deleted"


@pytest.mark.parametrize("line", ["OnlyShowIn=XFCE;GNOME;", "NotShowIn=KDE;", "Hidden=false"])
def test_an_entry_for_this_desktop_is_on(desk: Desk, line: str) -> None:
    """An entry that names this desktop, or excludes others, is on. Comments don't count."""
    desk.write(
        desk.own, "# Hidden=true", line, "TryExec=sh", "Exec=sh", "", "[Other]", "Hidden=true"
    )
    assert desk.autostart.enabled()


def test_the_systems_entry_is_hidden_by_the_persons(desk: Desk) -> None:
    """`disable` writes an entry that hides the one of the system."""
    desk.write(desk.computers, "Exec=sh --hidden")
    assert desk.autostart.enabled()
    desk.autostart.disable()
    assert not desk.autostart.enabled()
    assert read_entry(desk.own)["Hidden"] == "true"
    assert desk.computers.exists()
    desk.autostart.enable()
    assert desk.autostart.enabled()


def test_without_variables_the_default_folder_is_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without an absolute XDG_CONFIG_HOME the folder is in ~/.config."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for env in ({}, {"XDG_CONFIG_HOME": "here"}):
        autostart = XdgAutostart([str(desk.program)], env)
        autostart.enable()
        assert (tmp_path / "home" / ".config" / "autostart" / FILE).exists()
        autostart.disable()


def test_a_file_that_cannot_be_written_is_an_error(desk: Desk) -> None:
    """A file in the folder's place, and a folder in the file's place, are errors. Both stay."""
    desk.own.parent.parent.mkdir()
    desk.own.parent.write_text("in the way")
    with pytest.raises(NotKept, match=r"\w"):
        desk.autostart.enable()
    assert not desk.autostart.enabled()
    desk.own.parent.unlink()
    desk.own.mkdir(parents=True)
    with pytest.raises(NotKept, match=r"\w"):
        desk.autostart.enable()
    desk.autostart.disable()  # nothing starts, and there is nothing to delete
    assert not desk.autostart.enabled()
    assert list(desk.own.parent.iterdir()) == [desk.own], "no half-written file is left"


def loop(path: Path) -> None:
    """Make a link that leads to itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.name)


def loop_of_two(path: Path) -> None:
    """Make two links that lead to each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to("other")
    (path.parent / "other").symlink_to(path.name)


def into_a_missing_folder(path: Path) -> None:
    """Make a link into a folder that is not there, as of a disk that is away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.parent.parent / "gone" / "folder" / "mine.desktop")


def not_text(path: Path) -> None:
    """Write a file whose bytes are no UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"[Desktop Entry]\nType=Application\nExec=sh -c 'true \xe4'\n")


def pipe(path: Path) -> None:
    """Make a pipe, which nobody writes to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize("make", [loop, loop_of_two, into_a_missing_folder, not_text])
def test_a_file_that_leads_nowhere_is_off_and_can_be_written(
    desk: Desk, make: Callable[[Path], None]
) -> None:
    """It starts nothing. A person can switch it on, and off again."""
    make(desk.own)
    assert not desk.autostart.enabled()
    assert desk.autostart.capability().available
    desk.autostart.enable()
    assert desk.autostart.enabled()
    desk.autostart.disable()
    assert not desk.autostart.enabled()
    assert not desk.own.is_symlink()


@pytest.mark.parametrize("make", [loop, loop_of_two, into_a_missing_folder])
def test_a_link_that_leads_nowhere_hides_nothing(desk: Desk, make: Callable[[Path], None]) -> None:
    """The system's file counts then. To switch it off, the person's file is written."""
    desk.write(desk.computers, "Exec=sh --hidden")
    make(desk.own)
    assert desk.autostart.enabled()
    desk.autostart.disable()
    assert not desk.autostart.enabled()
    assert read_entry(desk.own)["Hidden"] == "true"


@pytest.mark.parametrize("make", [loop, pipe, not_text])
def test_what_is_in_the_way_is_said(desk: Desk, make: Callable[[Path], None]) -> None:
    """A folder that is a loop, a pipe or a file can hold no entry. A sentence says so."""
    make(desk.own.parent)
    assert not desk.autostart.enabled()
    with pytest.raises(NotKept, match=r"\w"):
        desk.autostart.enable()
    desk.autostart.disable()


def test_a_pipe_in_the_file_s_place_holds_nobody_up(desk: Desk) -> None:
    """Reading it would wait for ever."""
    pipe(desk.own)
    assert not desk.autostart.enabled()
    with pytest.raises(NotKept, match=r"\w"):
        desk.autostart.enable()


def test_a_path_that_no_entry_can_hold_is_said(desk: Desk) -> None:
    """An entry is UTF-8, a path need not be. Then a sentence says so, and nothing is written."""
    program = desk.program.with_name(os.fsdecode(b"caf\xe9"))
    desk.script(program)
    with pytest.raises(NotKept, match="path"):
        XdgAutostart([str(program), "--hidden"], desk.env).enable()
    assert not desk.own.exists()


@contextmanager
def as_nobody() -> Iterator[Path]:
    """Be an ordinary user with a folder of its own, if this one is root."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as made:
        if user == 0:
            os.chown(made, samples.NOBODY, samples.NOBODY)
            os.seteuid(samples.NOBODY)
        try:
            yield Path(made)
        finally:
            os.seteuid(user)


@pytest.mark.parametrize("mode", [0o000, 0o500])
def test_folders_and_files_without_permission(mode: int) -> None:
    """As a person without the permission: nothing breaks, and a sentence says what can't be."""
    with as_nobody() as folder:
        desk = Desk(folder)
        desk.autostart.enable()
        desk.own.chmod(0o000)
        assert not desk.autostart.enabled()
        desk.autostart.enable()  # the folder may be written, so the file is replaced
        assert desk.autostart.enabled()
        desk.own.parent.chmod(mode)
        assert desk.autostart.enabled() is (mode == 0o500)
        for change in (desk.autostart.enable, desk.autostart.disable):
            with pytest.raises(NotKept, match="ermission"):
                change()
        assert desk.autostart.capability().available
        desk.own.parent.chmod(0o700)


def test_the_capability_knows_the_desktop(desk: Desk) -> None:
    """It is available on GNOME. On sway it isn't, and the advice has the line for its settings."""
    assert desk.autostart.capability().available
    desk.autostart.enable()
    assert desk.autostart.capability().why == "SafePause starts with the computer."
    desk.env["XDG_CURRENT_DESKTOP"] = "sway"
    capability = desk.autostart.capability()
    assert (capability.key, capability.available) == (CapabilityKey.AUTOSTART, False)
    assert f"exec {desk.program} --hidden" in capability.advice.replace("'", "")
