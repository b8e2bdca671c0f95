"""The command that starts this SafePause, and its quotes in desktop files."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.system.desktop import launch_command
from safepause.system.desktop.entry import exec_of, with_command

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="scripts have other names there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with empty folders for Python, a script and the PATH."""
    for name in ("python", "script", "path"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python" / "python3"))
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "script" / "pytest")])
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    return tmp_path


def _script(path: Path) -> str:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_first_that_exists_is_the_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script that was run, the one beside Python, the one on the PATH, or Python itself."""
    python = str(folder / "python" / "python3")
    assert launch_command.command() == [python, "-P", "-m", "safepause"]
    on_path = _script(folder / "path" / "safepause")
    assert launch_command.command() == [on_path]
    beside = _script(folder / "python" / "safepause")
    assert launch_command.command() == [beside]
    run = _script(folder / "script" / "safepause")
    assert launch_command.command() == [beside]
    monkeypatch.setattr(sys, "argv", [run])
    assert launch_command.command() == [run]


def test_a_relative_script_becomes_absolute(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command for ./safepause has its absolute path."""
    run = _script(folder / "script" / "safepause")
    monkeypatch.chdir(folder / "script")
    monkeypatch.setattr(sys, "argv", ["./safepause"])
    assert launch_command.command() == [run]


def _read(value: str) -> list[str]:
    """Split a value of Exec as the specification says: string escapes first, then quotes."""
    text, words, word, quoted = _unescaped(value), list[str](), "", False
    chars = iter(text)
    for char in chars:
        if char == '"':
            quoted = not quoted
        elif quoted and char == "\\":
            word += next(chars)
        elif char == "%":
            assert next(chars) == "%"
            word += "%"
        elif char == " " and not quoted:
            words.append(word)
            word = ""
        else:
            word += char
    return [*words, word]


def _unescaped(value: str) -> str:
    out, chars = "", iter(value)
    for char in chars:
        out += {"n": "\n", "\\": "\\"}[next(chars)] if char == "\\" else char
    return out


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs"))), min_size=1))
def test_quotes_keep_every_command(command: list[str]) -> None:
    """Quoted and split again, any command is the same."""
    assert _read(exec_of(command)) == command


def test_every_action_of_an_entry_starts_the_command() -> None:
    """The command replaces each plain `safepause`. The words after it, and other lines, stay."""
    text = "[Desktop Entry]\nName=X\nExec=safepause\n\n[Desktop Action A]\nExec=safepause pause\n"
    assert with_command(text, ["/a b/safepause"]) == (
        '[Desktop Entry]\nTryExec=/a b/safepause\nName=X\nExec="/a b/safepause"\n'
        '\n[Desktop Action A]\nExec="/a b/safepause" pause\n'
    )
