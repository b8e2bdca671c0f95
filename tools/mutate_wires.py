"""Cuts every connection of app/ and ui/ in turn, and lists the cuts that no test notices.

Usage: mutate_wires.py [--jobs N] [--killed] [PATH ...]. PATH is a room or a file of the package,
such as safepause/app; without one, both rooms are cut.

A mutant is a copy of the tree with one cut. `wires.py` says what is cut. The tests of the room run
in the mutant until one fails. Then the mutant is killed. A mutant whose tests all pass is a
survivor. The exit code is 1 if there is a survivor. Cuts that are excluded are listed with the
reason.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from wires import EXCLUDED, Mutant, find

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOMS = {
    "safepause/app": ("tests/app/test_wires.py", "tests/app"),
    "safepause/ui": ("tests/ui",),
}
"""Each room whose connections are cut, and the tests that have to notice it, the likely first."""
COPIED = ("safepause", "tests", "resources", "pyproject.toml")
PATIENCE = 300
"""Seconds that the tests of one mutant may take. A mutant that hangs is killed."""
PASSED, FAILED, BROKEN = 0, 1, 2
"""What pytest says by its exit code. It is BROKEN if it can't import a test."""


def room_of(path: str) -> str:
    """Return the room of a file or folder."""
    return next(room for room in ROOMS if path == room or path.startswith(f"{room}/"))


def tests_of(file: str) -> list[str]:
    """Return the tests of a file's room, the tests of the file first."""
    room = room_of(file)
    inside = Path(file).relative_to(room)
    own = Path(ROOMS[room][-1]) / inside.with_name(f"test_{inside.name}")
    return [own.as_posix(), *ROOMS[room]]


class Tree:
    """A copy of the tree. It has one cut at a time."""

    def __init__(self, root: Path, copy: Path) -> None:
        """Copy what the tests need."""
        self._copy = copy
        for name in COPIED:
            copying = shutil.copytree if (root / name).is_dir() else shutil.copy2
            copying(root / name, copy / name)

    def test(self, tests: Iterable[str]) -> tuple[int, str]:
        """Run tests, one after the other, until one fails; return the last one's code and words."""
        code, said = PASSED, ""
        for test in tests:
            if code == PASSED and (self._copy / test).exists():
                code, said = self._run(test)
        return code, said

    def _run(self, test: str) -> tuple[int, str]:
        """Run a file or folder of tests; return pytest's exit code and its last lines."""
        options = ["-x", "-q", "--tb=line", "--no-header", "-p", "no:cacheprovider", "-p"]
        command = [sys.executable, "-m", "pytest", *options, "no:randomly", test]
        own = {"PYTHONPATH": str(self._copy), "PYTHONHASHSEED": "0"}
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **own}
        try:
            done = subprocess.run(
                command, cwd=self._copy, env=env, capture_output=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return FAILED, "it hung"
        return done.returncode, done.stdout.decode(errors="replace")[-2000:]

    def survives(self, mutant: Mutant) -> tuple[bool, str]:
        """Return whether the tests pass with a cut, and the first failure."""
        path = self._copy / mutant.file
        whole = path.read_bytes()
        compiled = Path(cache_from_source(str(path)))
        try:
            path.write_bytes(mutant.source)
            compiled.unlink(missing_ok=True)
            code, said = self.test(tests_of(mutant.file))
        finally:
            path.write_bytes(whole)
            compiled.unlink(missing_ok=True)
        if code > BROKEN:
            raise RuntimeError(said)
        noticed = [line for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return code == PASSED, noticed[0] if noticed else said[-200:]


def survivors_of(mutants: list[Mutant], root: Path, jobs: int, *, killed: bool) -> list[Mutant]:
    """Try the mutants, each thread in its own copy of the tree. Return the survivors."""
    survivors = []
    trees: dict[int, Tree] = {}

    def attempt(mutant: Mutant) -> tuple[bool, str]:
        return trees[threading.get_ident()].survives(mutant)

    with tempfile.TemporaryDirectory() as folder:

        def begin() -> None:
            trees[threading.get_ident()] = Tree(root, Path(tempfile.mkdtemp(dir=folder)))

        with ThreadPoolExecutor(jobs, initializer=begin) as pool:
            for mutant, (alive, noticed) in zip(mutants, pool.map(attempt, mutants), strict=True):
                if alive:
                    survivors.append(mutant)
                    print(f"survived: {mutant}", flush=True)
                elif killed:
                    print(f"killed:   {mutant}\n          {noticed}", flush=True)
    return survivors


def run(root: Path, paths: list[str], jobs: int, *, killed: bool) -> int:
    """Try all mutants, print the figures, and return the number of survivors."""
    with tempfile.TemporaryDirectory() as folder:
        tests = sorted({ROOMS[room_of(path)][-1] for path in paths})
        code, said = Tree(root, Path(folder)).test(tests)
    if code != PASSED:
        raise SystemExit(f"The tests fail without a cut.\n{said}")
    mutants, excluded = find(root, paths)
    for mutant in excluded:
        print(f"excluded: {mutant}: {EXCLUDED[mutant.cut]}")
    survivors = survivors_of(mutants, root, jobs, killed=killed)
    alive = len(survivors)
    killed_ones = len(mutants) - alive
    print(
        f"mutants {len(mutants)}, killed {killed_ones}, survivors {alive}, excluded {len(excluded)}"
    )
    return alive


def main() -> int:
    """Read the arguments and return the exit code."""
    parser = argparse.ArgumentParser(description="Cuts every connection in turn.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--killed", action="store_true", help="list the killed mutants, too")
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("paths", nargs="*", default=list(ROOMS))
    chosen = parser.parse_args()
    return int(run(chosen.root, chosen.paths, chosen.jobs, killed=chosen.killed) > 0)


if __name__ == "__main__":
    sys.exit(main())
