"""What another Python has is asked once, until something changes where that Python looks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.system.autostart import other_python
from safepause.system.autostart.starting import can_start
from tests.system.autostart.test_starting import script

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="for Linux desktops")


class Python:
    """A Python in a folder of its own, which notes each of its runs."""

    def __init__(self, folder: Path, before: str = "") -> None:
        self._runs = folder / "runs"
        self._runs.touch()
        self.packages = folder / "packages"
        self.packages.mkdir()
        self.path = folder / "python3"
        self.write(before)

    def write(self, before: str = "") -> None:
        """Write the program. `before` is what it does first."""
        run = f'PYTHONPATH="{self.packages}" exec {sys.executable} -S "$@"'
        script(self.path, rest=f'echo >> "{self._runs}"\n{before}\n{run}\n')

    @property
    def runs(self) -> int:
        """How often it was run."""
        return len(self._runs.read_text())

    def starts(self) -> bool:
        """Return whether it can start a package."""
        return can_start([str(self.path), "-P", "-m", "a_package", "--hidden"])

    def install(self) -> None:
        """Give it the package."""
        (self.packages / "a_package").mkdir()
        (self.packages / "a_package/__init__.py").touch()


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Python:
    """Return a Python that may take its time."""
    monkeypatch.setattr(other_python, "PATIENCE", 60)
    return Python(tmp_path)


def test_a_python_is_asked_once(python: Python) -> None:
    """Whether the package is there or not, the next look runs nothing."""
    assert not any([python.starts(), python.starts(), python.starts()])
    assert python.runs == 1
    python.install()
    assert all([python.starts(), python.starts(), python.starts()])
    assert python.runs == 2


def into_a_folder(python: Python) -> None:
    """Put a package where the Python looks: its files in the folder of the package."""
    (python.packages / "a_package/__init__.py").touch()


def by_a_file(python: Python) -> None:
    """Put a package there that is one file."""
    (python.packages / "a_package.py").touch()


@pytest.mark.parametrize("comes", [Python.install, into_a_folder, by_a_file])
def test_a_package_that_comes_is_seen(python: Python, comes: Callable[[Python], None]) -> None:
    """An answer that was no becomes yes, as the person installs the package."""
    if comes is into_a_folder:
        (python.packages / "a_package").mkdir()
    assert not python.starts()
    comes(python)
    assert python.starts()


def file_gone(python: Python) -> None:
    """Delete the file that makes a folder a package."""
    (python.packages / "a_package/__init__.py").unlink()


def folder_gone(python: Python) -> None:
    """Move the package away."""
    (python.packages / "a_package").rename(python.path.with_name("elsewhere"))


def all_gone(python: Python) -> None:
    """Move away all that the Python has."""
    python.packages.rename(python.path.with_name("elsewhere"))


def looks_elsewhere(python: Python) -> None:
    """Let the Python look for packages in another folder."""
    python.packages = python.path.with_name("elsewhere")
    python.write()


@pytest.mark.parametrize("goes", [file_gone, folder_gone, all_gone, looks_elsewhere])
def test_a_package_that_goes_is_seen(python: Python, goes: Callable[[Python], None]) -> None:
    """An answer that was yes becomes no."""
    python.install()
    assert python.starts()
    goes(python)
    assert not python.starts()


def test_the_persons_own_packages_count(
    python: Python, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`pip install --user` makes the folder in which such a Python then finds the package."""
    monkeypatch.setenv("PYTHONUSERBASE", str(tmp_path / "own"))
    python.path = Path(script(python.path, rest=f'exec {sys.base_prefix}/bin/python3 "$@"\n'))
    assert not python.starts()
    where = "import site; print(site.getusersitepackages())"
    python.packages = Path(subprocess.check_output([python.path, "-c", where], text=True).strip())  # noqa: S603  -- the test's own
    python.packages.mkdir(parents=True)
    python.install()
    assert python.starts()


def test_a_slow_python_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until its answer is there it counts as one that has the package. Then the answer counts."""
    monkeypatch.setattr(other_python, "PATIENCE", 0.1)
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    before = set(threading.enumerate())
    python = Python(tmp_path, before=f'read _line < "{gate}"')
    assert python.starts()
    monkeypatch.setattr(other_python, "PATIENCE", 60)  # a second wait would last for ever
    assert python.starts()
    gate.write_text("go\n")
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert not python.starts()
    assert python.runs == 1


def test_a_python_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not left behind. It counts as one that has the package, and is not run again."""
    monkeypatch.setattr(other_python, "PATIENCE", 60)
    monkeypatch.setattr(other_python, "LIMIT", 0.2)
    python = Python(tmp_path, before=f'echo $$ > "{tmp_path}/pid"; exec sleep 60')
    assert all([python.starts(), python.starts()])
    assert python.runs == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_python_that_hangs_does_not_outlive_the_program(tmp_path: Path) -> None:
    """A command that reads the record ends the Python that it has run."""
    pid = tmp_path / "pid"
    python = Python(
        tmp_path, before=f'echo $$ > "{pid}.new"; mv "{pid}.new" "{pid}"; exec sleep 60'
    )
    program = (
        "import os, sys; from safepause.system.autostart import other_python, starting; "
        "other_python.PATIENCE = 0; starting.can_start([sys.argv[1], '-m', 'a_package'])\n"
        "while not os.path.exists(sys.argv[2]): pass"
    )
    subprocess.run([sys.executable, "-c", program, python.path, pid], check=True)  # noqa: S603
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
