"""A program of which a file is missing or damaged: a call works, or says what helps."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.bare import Bare

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.end2end

ROOT = Path(__file__).parents[2]
HELPS = "A part of SafePause is missing or broken. Please install SafePause again."


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session for the test."""
    with Bare() as made:
        yield made


@pytest.fixture
def copy(bare: Bare) -> Path:
    """Have the session run a copy of the program, and return the copy's folder."""
    folder = bare.folder / "program"
    for part in ("safepause", "resources"):
        shutil.copytree(ROOT / part, folder / part)
    # Python imports the copy, and not the folder that the tests run in.
    bare.env |= {"PYTHONSAFEPATH": "1", "PYTHONPATH": str(folder)}
    return folder


@pytest.mark.parametrize(
    "module",
    [
        "client/launch",
        "client/remote_command",
        "commands/spec",
        "core/service",
        "i18n/language",
        "store/open",
        "system/cannot_start",
        "system/ipc/client",
        "system/ipc/handover",
        "app/import_hook",
        "app/main",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_module_that_is_missing(bare: Bare, copy: Path, module: str, damage: str) -> None:
    """The command says what helps, and doesn't show the insides of Python alone."""
    file = copy / "safepause" / f"{module}.py"
    text = file.read_text()
    file.unlink()
    if damage == "cut":
        file.write_text(text[: text.index("import annotations")] + "import (")
    done = bare.run("pause")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count(HELPS) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"no catalogue"])
def test_damaged_translations(bare: Bare, copy: Path, content: bytes) -> None:
    """A pause is called all the same, in English, and doctor says what helps."""
    (copy / "resources/locale/de/LC_MESSAGES/safepause.mo").write_bytes(content)
    bare.env |= {"LANGUAGE": "de", "LC_ALL": "C.UTF-8"}
    done = bare.run("pause")
    assert (done.returncode, done.stdout[:11]) == (0, "Pause until")
    assert bare.run("return").returncode == 0
    assert "Please install SafePause again." in bare.run("doctor").stdout
    assert bare.run("quit").returncode == 0


@pytest.mark.parametrize("part", ["icons", "linux", "locale"])
def test_missing_resources(bare: Bare, copy: Path, part: str) -> None:
    """A pause is called without them, and the menu entry and doctor say what helps."""
    shutil.rmtree(copy / "resources" / part)
    installed = bare.run("install-desktop")
    if part != "locale":  # the menu entry needs no translation
        assert (installed.returncode, installed.stderr) == (1, f"{HELPS}\n")
    assert bare.run("pause").returncode == 0
    assert bare.run("return").returncode == 0
    assert "Please install SafePause again." in bare.run("doctor").stdout
    assert bare.run("quit").returncode == 0
