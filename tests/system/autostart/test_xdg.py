"""Starting with a Linux desktop: the file is what counts, whoever wrote it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from safepause.system.autostart.xdg import FILE, XdgAutostart
from safepause.system.desktop.entry import read_entry

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="for Linux desktops")


class Desk:
    """A person's folders and the computer's, with a program to start."""

    def __init__(self, folder: Path) -> None:
        """Have no file yet."""
        self.program = folder / "our programs" / "safepause"
        self.program.parent.mkdir()
        self.program.write_text("#!/bin/sh\n")
        self.program.chmod(0o755)
        self.own = folder / "config" / "autostart" / FILE
        self.computers = folder / "etc" / "autostart" / FILE
        self.env = {
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CONFIG_DIRS": f"relative:{folder}/none:{folder}/etc",
            "XDG_CURRENT_DESKTOP": "ubuntu:GNOME",
        }
        self.autostart = XdgAutostart([str(self.program), "--hidden"], self.env)

    def write(self, path: Path, *more: str) -> None:
        """Write an entry as somebody else would."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(("[Desktop Entry]", "Type=Application", *more, "")))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Lend folders with nothing in them."""
    return Desk(tmp_path)


def test_off_until_a_person_wants_it(desk: Desk) -> None:
    """Nothing starts by itself: there is no file before `enable`, none after `disable`."""
    assert not desk.autostart.enabled()
    desk.autostart.enable()
    assert desk.autostart.enabled()
    assert XdgAutostart(["/elsewhere"], desk.env).enabled(), "the file counts, not who asks"
    desk.autostart.disable()
    assert not desk.autostart.enabled()
    assert not desk.own.exists()
    desk.autostart.disable()


def test_the_file_starts_hidden_after_the_panel(desk: Desk) -> None:
    """The absolute command is quoted, `--hidden` is said, and desktops are asked for a delay."""
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
    ],
)
def test_what_the_desktops_own_settings_wrote_counts(desk: Desk, line: str) -> None:
    """Switched off elsewhere, meant for another desktop, or gone: it is off; one can turn it on."""
    desk.write(desk.own, "Exec=safepause --hidden", line)
    assert not desk.autostart.enabled()
    desk.autostart.enable()
    assert desk.autostart.enabled()


@pytest.mark.parametrize("line", ["OnlyShowIn=XFCE;GNOME;", "NotShowIn=KDE;", "Hidden=false"])
def test_an_entry_for_this_desktop_is_on(desk: Desk, line: str) -> None:
    """An entry that names this desktop, or only excludes others, is on; comments are skipped."""
    desk.write(
        desk.own, "# Hidden=true", line, "TryExec=sh", "Exec=sh", "", "[Other]", "Hidden=true"
    )
    assert desk.autostart.enabled()


def test_an_entry_of_the_computer_is_hidden_by_an_own_one(desk: Desk) -> None:
    """Where the administrator starts SafePause for all, `disable` hides that for this person."""
    desk.write(desk.computers, "Exec=safepause --hidden")
    assert desk.autostart.enabled()
    desk.autostart.disable()
    assert not desk.autostart.enabled()
    assert read_entry(desk.own)["Hidden"] == "true"
    assert desk.computers.exists()
    desk.autostart.enable()
    assert desk.autostart.enabled()


def test_without_variables_the_usual_folders_are_taken(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without XDG_CONFIG_HOME, or with a relative one, it is ~/.config."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for env in ({}, {"XDG_CONFIG_HOME": "here"}):
        autostart = XdgAutostart([str(desk.program)], env)
        autostart.enable()
        assert (tmp_path / "home" / ".config" / "autostart" / FILE).exists()
        autostart.disable()


def test_what_cannot_be_written_is_said(desk: Desk) -> None:
    """A file in the folder's place, or a folder in the file's: said, and nothing has changed."""
    desk.own.parent.parent.mkdir()
    desk.own.parent.write_text("in the way")
    with pytest.raises(NotKept, match=r"\w"):
        desk.autostart.enable()
    assert not desk.autostart.enabled()
    desk.own.parent.unlink()
    desk.own.mkdir(parents=True)
    with pytest.raises(NotKept, match=r"\w"):
        desk.autostart.enable()
    with pytest.raises(NotKept, match=r"\w"):
        desk.autostart.disable()
    assert not desk.autostart.enabled()
    assert list(desk.own.parent.iterdir()) == [desk.own], "no half-written file is left"


def test_capability_says_what_this_desktop_does(desk: Desk) -> None:
    """It works where desktops start programs; sway's own settings need a line, which is given."""
    assert desk.autostart.capability().available
    desk.autostart.enable()
    assert desk.autostart.capability().why == "SafePause starts with the computer."
    desk.env["XDG_CURRENT_DESKTOP"] = "sway"
    capability = desk.autostart.capability()
    assert (capability.key, capability.available) == (CapabilityKey.AUTOSTART, False)
    assert f"exec {desk.program} --hidden" in capability.advice.replace("'", "")
