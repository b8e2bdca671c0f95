"""`safepause install-desktop`: what the command says and returns."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause import APP_ID
from safepause.client.remote_command import Client
from safepause.commands import Exit
from safepause.system.desktop.install import SIZES

if TYPE_CHECKING:
    from safepause.commands import Reply

pytestmark = pytest.mark.skipif(os.name != "posix", reason="for Linux desktops")

ENTRY = Path("applications", f"{APP_ID}.desktop")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the person's data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "data"


def run(*argv: str) -> Reply:
    """Run a command that must neither ask nor start the app."""

    def never(*_arguments: object, **_more: object) -> int:
        raise AssertionError

    return Client(never, ask=never, start=never, wait=never).run(list(argv))  # type: ignore[arg-type]


def test_the_command_reports_what_it_did(folder: Path) -> None:
    """Each install and each removal has its sentence, without the app."""
    for _time in range(2):
        said = run("install-desktop")
        assert said.out == f"SafePause is in your menu now. Its files are in {folder}.\n"
    (folder / ENTRY).write_text("edited")
    removed = run("install-desktop", "--remove")
    assert removed.out.startswith(f"{len(SIZES) + 3} files removed.\n")
    assert f"Changed since, so it stays: {folder / ENTRY}" in removed.out
    assert run("install-desktop", "--remove").out == "There was nothing to remove.\n"
    put = json.loads(run("install-desktop", "--json").out)
    assert put["folder"] == str(folder)
    assert ENTRY.as_posix() in put["put"]
    assert put["removed"] == put["kept"] == []


def test_the_command_is_refused_with_a_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the folder's place, and another system, are reasons."""
    folder.write_text("in the way")
    for argv in (["install-desktop"], ["install-desktop", "--remove"]):
        refused = run(*argv)
        assert refused.code == Exit.REFUSED
        assert str(folder) in refused.err
    monkeypatch.setattr("sys.platform", "win32")
    assert "Linux" in run("install-desktop").err
