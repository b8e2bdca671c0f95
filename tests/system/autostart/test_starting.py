"""Whether a command starts a program that is there: through env, a shell, Python, or a script."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import safepause
from safepause.system.autostart import other_python
from safepause.system.autostart.starting import can_start
from safepause.system.desktop.entry import exec_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="for Linux desktops")


@pytest.fixture(autouse=True)
def _slow_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another Python take its time."""
    monkeypatch.setattr(other_python, "PATIENCE", 60)


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """Return a program that is there."""
    return script(tmp_path / "there")


def script(path: Path, first: str = "#!/bin/sh", rest: str = "") -> Path:
    """Write a script that may be run."""
    path.write_text(f"{first}\n{rest}")
    path.chmod(0o755)
    return path


WAYS = (
    "{} --hidden",
    "env {}",
    "env X=1 {} --hidden",
    "env -i -u Y X=1 Y=2 {}",
    "env --unset=Y -- X=1 {}",
    "/usr/bin/env -S '{} --hidden'",
    "env '--split-string=X=1 {} --hidden'",
    "env X=1 nice -n 5 {}",
    "nice -n 5 {}",
    "nice -5 {}",
    "nohup {}",
    "setsid --fork {}",
    "ionice -c idle {}",
    "timeout 5s {}",
    "sh -c '{}'",
    "sh -c '{} --hidden'",
    "sh -c 'exec {} --hidden'",
    "sh -c 'sleep 5; {} --hidden'",
    "sh -c 'sleep 5 && X=1 exec {} >/dev/null 2>&1 &'",
    "bash -lc '{} --hidden'",
    "sh -e -c 'cd / && {}'",
    "sh -c 'if true; then {}; fi'",
    "sh -c 'test -x {0} && {0}'",
    "sh {}",
    "sh -e {} --hidden",
    "env X=1 sh -c 'nice {}'",
    "python3 {}",
    "python3 -P -X utf8 {} --hidden",
)


@pytest.mark.parametrize("way", WAYS)
def test_a_program_is_found_through_others(there: Path, way: str) -> None:
    """The program behind each way counts: there it starts, gone it doesn't."""
    words = words_of(way.format(there))
    assert can_start(words)
    there.unlink()
    assert not can_start(words)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "env",
        "env X=1",
        "env no-such-program-anywhere",
        "sh -c no-such-program-anywhere",
        "sh -c 'sleep 1; no-such-program-anywhere --hidden'",
        "sh -c ''",
        'sh -c "\'"',
        "nice no-such-program-anywhere",
        "python3 -m no_such_module_anywhere",
        "python3 -P -m no_such_module_anywhere --hidden",
        "python3 -Pmno_such_module_anywhere",
        "env -S 'python3 -m no_such_module_anywhere'",
        "$HOME/safepause",
        "~/safepause",
        "bin/no-such-program",
        "sh -c '. /gone/bin/activate && sh'",
    ],
)
def test_a_command_without_its_program(command: str) -> None:
    """A command that names no program, or one that is nowhere, starts nothing."""
    assert not can_start(words_of(command))


def test_a_folder_of_the_path_may_be_one_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that PATH finds from the present folder is asked from the home."""
    python = Path(sys.executable)
    monkeypatch.chdir(python.parent.parent)
    monkeypatch.setenv("PATH", f"{python.parent.name}:/usr/bin:/bin")
    assert can_start(["python3", "-m", "json.tool"])
    assert not can_start(["python3", "-m", "no_such_module_anywhere"])


@pytest.mark.parametrize(
    "command",
    [
        "sh",
        "sh --hidden",
        "python3 -c 'import this'",
        "python3 -m json.tool",
        "sh -c '$HOME/unknown'",
        "sh -c 'cd /opt && ./safepause'",
        "sh -c '`which this`'",
        "sh -c 'for each in a b; do true; done'",
        "env PATH=/usr/bin:/bin sh",
    ],
)
def test_what_can_t_be_known_counts_as_there(command: str) -> None:
    """A shell's variables are known to the shell alone."""
    assert can_start(words_of(command))


def test_a_name_among_the_options_of_a_carrier(
    there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path is the program, and not the word before it."""
    script(there.with_name("systemd-run"))
    monkeypatch.setenv("PATH", f"{there.parent}:{os.environ['PATH']}")
    words = words_of(f"systemd-run --user --unit mine {there} --hidden")
    assert can_start(words)
    there.unlink()
    assert not can_start(words)


def test_a_path_without_its_folder_begins_in_the_home(
    there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Desktops start programs there."""
    monkeypatch.setenv("HOME", str(there.parent.parent))
    assert can_start([f"{there.parent.name}/there", "--hidden"])


def test_env_s_own_path_counts(there: Path) -> None:
    """A name is looked for where env is told to look."""
    words = words_of(f"env PATH={there.parent} there --hidden")
    assert can_start(words)
    there.unlink()
    assert not can_start(words)


@pytest.mark.parametrize(
    "first",
    [
        "#!{}",
        "#! {} -P",
        "#!/usr/bin/env {}",
        "#!/usr/bin/env -S {} -P",
        "#!/usr/bin/env -S X=1 {} -P",
    ],
)
def test_a_script_needs_its_interpreter(tmp_path: Path, there: Path, first: str) -> None:
    """The interpreter that the first line names must be there, also behind env."""
    command = [str(script(tmp_path / "script", first.format(there))), "--hidden"]
    assert can_start(command)
    there.unlink()
    assert not can_start(command)


@pytest.mark.parametrize(
    "first",
    ["#!/usr/bin/env no-such-program", "#!/usr/bin/env -S no-such-program -x", "#!/bin/sh\r"],
)
def test_a_script_whose_first_line_leads_nowhere(tmp_path: Path, first: str) -> None:
    """Env finds no such program. The system takes a return character as a part of the name."""
    path = tmp_path / "script"
    path.write_bytes(first.encode() + b"\n")
    path.chmod(0o755)
    assert not can_start([str(path)])
    with pytest.raises((OSError, subprocess.CalledProcessError)):
        subprocess.run([str(path)], check=True, capture_output=True)  # noqa: S603


def test_a_script_that_is_its_own_interpreter(tmp_path: Path) -> None:
    """The system gives up then, and so does the look."""
    path = tmp_path / "script"
    assert not can_start([str(script(path, f"#!{path}"))])


@pytest.mark.parametrize("first", ["#!", "#! ", "echo", ""])
def test_a_script_without_an_interpreter_is_the_shell_s(tmp_path: Path, first: str) -> None:
    """Desktops give it to the shell."""
    assert can_start([str(script(tmp_path / "script", first))])


@pytest.fixture(scope="module")
def python_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of another environment."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    return folder / "bin" / "python"


def packages(python: Path) -> Path:
    """Return where the environment has its packages."""
    return next(python.parent.parent.glob("lib/python*/site-packages"))


def by_module(python: Path) -> list[str]:
    """Return the command that runs the package."""
    return [str(python), "-P", "-m", "safepause", "--hidden"]


def by_script(python: Path) -> list[str]:
    """Return the command that an install makes."""
    text = "import sys\nfrom safepause.cli import main\nsys.exit(main())\n"
    return [str(script(python.parent / "safepause", f"#!{python}", text)), "--hidden"]


@pytest.mark.parametrize("way", [by_module, by_script])
def test_a_package_of_another_python(
    python_elsewhere: Path, way: Callable[[Path], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package must be where that Python finds it. What an uninstall leaves is no package."""
    monkeypatch.delenv("PYTHONPATH", raising=False)  # it would find the one that is tested
    package = packages(python_elsewhere) / "safepause"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").touch()
    assert can_start(way(python_elsewhere))
    (package / "__init__.py").unlink()
    (package / "__main__.py").unlink()
    (package / "__pycache__").mkdir()
    assert not can_start(way(python_elsewhere))
    shutil.rmtree(package)
    assert not can_start(way(python_elsewhere))


def test_this_python_starts_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether our own package is there is seen without another process."""
    monkeypatch.setattr(subprocess, "Popen", lambda *_given, **_more: pytest.fail("started"))
    others = (Path(sys.executable).with_name(name) for name in ("python", "python3"))
    names = [sys.executable, *(str(each) for each in others if each.exists())]
    assert all(can_start([each, "-P", "-m", "safepause", "--hidden"]) for each in names)
    monkeypatch.setattr(safepause, "__file__", str(tmp_path / "gone"))
    assert not any(can_start([each, "-P", "-m", "safepause", "--hidden"]) for each in names)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("/a/b --hidden", ["/a/b", "--hidden"]),
        ('"/a b/c" "" %U', ["/a b/c", ""]),
        ("'/a b/c' --x='y z'", ["/a b/c", "--x=y z"]),
        ('"/100 %% \\\\\\\\ more"', ["/100 % \\ more"]),
        ('"/a\\\\$b\\\\`c\\\\"d"', ['/a$b`c"d']),
        (r'"/a\\\\\\$b"', [r"/a\$b"]),
        (r"/a\sb", ["/a", "b"]),
        (r"/a\\ b c", ["/a b", "c"]),
        ('"not closed', []),
        ('/a "not closed', []),
        ("", []),
    ],
)
def test_a_line_is_split_as_the_specification_says(value: str, words: list[str]) -> None:
    """First the escapes of the value, then quotes, then the codes of fields."""
    assert words_of(value) == words


def test_what_is_quoted_is_split_again() -> None:
    """Any character but NUL and a return stays as it is."""
    command = ["/a b/'c\" $d `e` %f \\g \\$h\ti\u2028j\nk", "", "--x=%U"]
    assert words_of(exec_of(command)) == command
