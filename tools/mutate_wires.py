"""Cuts every connection of app/ and ui/ in turn, and lists the cuts that no test notices.

Usage: mutate_wires.py [--jobs N] [--killed] [PATH ...]. PATH is a room or a file of the package,
such as safepause/app; without one, both rooms are cut.

A mutant is a copy of the tree with one cut. The tests of the room run in it until one fails. Then
the mutant is killed. A mutant whose tests all pass is a survivor. The exit code is 1 if there is a
survivor. These are the cuts:

- a statement that is a call. In ui/ only `connect`, `installEventFilter` and `emit` count.
- a callback that a call passes on: it does nothing.
- an entry of the list of features.
- a guard: a fault passes through it.
- an `Order` of a listener: the listener is told after all others.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOMS = {
    "safepause/app": ("tests/app/test_wires.py", "tests/app"),
    "safepause/ui": ("tests/ui",),
}
"""Each room whose connections are cut, and the tests that have to notice it, the likely first."""
COPIED = ("safepause", "tests", "resources", "pyproject.toml")
UI_CALLS = frozenset({"connect", "installEventFilter", "emit"})
LISTENERS = {
    "connect": 0,
    **dict.fromkeys(("on_change", "on_settings", "on_announcement", "on_forget"), 1),
    **dict.fromkeys(("on_time_moved", "on_waiting", "on_painted"), 1),
    **dict.fromkeys(("guard", "_add", "singleShot"), 1),
}
"""Where a call has its only callback. Such a statement is cut as a whole."""
NOTHING = "lambda *_values, **_named: None"
PATIENCE = 300
"""Seconds that the tests of one mutant may take. A mutant that hangs is killed."""
PASSED, FAILED, BROKEN = 0, 1, 2
"""What pytest says by its exit code. It is BROKEN if it can't import a test."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One cut."""

    file: str
    line: int
    cut: str
    """What was cut, on one line."""
    source: bytes
    """The file with the cut."""

    def __str__(self) -> str:
        """Return place and cut."""
        return f"{self.file}:{self.line}  {self.cut}"


class Names(ast.NodeVisitor):
    """The names that stand for methods in the whole package. Passing one on is a connection."""

    def __init__(self) -> None:
        """Start without names."""
        self._methods: set[str] = {"emit"}
        self._others: set[str] = set()

    @property
    def methods(self) -> set[str]:
        """The names that stand only for methods."""
        return self._methods - self._others

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Record the methods and the other attributes of the class."""
        for each in node.body:
            if isinstance(each, ast.FunctionDef) and not each.decorator_list:
                self._methods.add(each.name)
            elif isinstance(each, ast.FunctionDef):
                self._others.add(each.name)
            elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                self._others.add(each.target.id)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Record attributes that are set."""
        if isinstance(node.ctx, ast.Store):
            self._others.add(node.attr)
        self.generic_visit(node)


class Wires(ast.NodeVisitor):
    """Finds the connections of one file."""

    def __init__(self, file: str, source: bytes, methods: set[str]) -> None:
        """Take the source of the file."""
        self._file = file
        self._lines = source.splitlines(keepends=True)
        self._methods = methods
        self._own: set[str] = set()
        self._everything = not file.startswith("safepause/ui/")
        self._whole: set[ast.expr] = set()
        self.mutants: list[Mutant] = []
        self.visit(ast.parse(source))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Record the methods of the class."""
        functions = [each for each in node.body if isinstance(each, ast.FunctionDef)]
        self._own = {each.name for each in functions if not each.decorator_list}
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Cut a statement that is a call."""
        if isinstance(node.value, ast.Call) and not ast.unparse(node).startswith("super()"):
            name = _name(node.value)
            if self._everything or name in UI_CALLS:
                self._cut(node, "pass")
                place = LISTENERS.get(name)
                self._whole.update(node.value.args[place : place + 1] if place is not None else ())
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Cut callbacks, guards and orders."""
        for each in (*node.args, *(named.value for named in node.keywords)):
            if self._is_callback(each) and each not in self._whole:
                self._cut(each, NOTHING)
            elif isinstance(each, ast.Attribute) and ast.unparse(each.value) == "Order":
                self._cut(each, "Order.AFTER")
        if _name(node) == "guard":
            self._cut(node, f"({ast.unparse(node.args[1])})()")
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Cut entries of the list of features."""
        if ast.unparse(node.target) == "self.features" and isinstance(node.value, ast.List):
            entries = node.value.elts
            for entry in entries:
                rest = [each for each in entries if each is not entry]
                self._cut(node.value, ast.unparse(ast.List(rest, ast.Load())), entry)
        self.generic_visit(node)

    def _is_callback(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Lambda):
            return not isinstance(node.body, ast.Constant)
        if not isinstance(node, ast.Attribute):
            return False
        own = isinstance(node.value, ast.Name) and node.value.id == "self"
        return node.attr in self._methods or (own and node.attr in self._own)

    def _cut(self, node: ast.expr | ast.stmt, other: str, named: ast.expr | None = None) -> None:
        """Replace a node with `other`. The cut is named after `named`, or after the node."""
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        before = b"".join(self._lines[:first]) + self._lines[first][: node.col_offset]
        after = self._lines[last][node.end_col_offset :] + b"".join(self._lines[last + 1 :])
        shown = named or node
        cut = ast.unparse(shown)
        if other not in {"pass", NOTHING} and named is None:
            cut = f"{cut} -> {other}"
        source = before + other.encode() + after
        self.mutants.append(Mutant(self._file, shown.lineno, cut, source))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def find(root: Path, paths: Iterable[str]) -> Iterator[Mutant]:
    """Return all mutants of the files in `paths`."""
    names = Names()
    for path in sorted((root / "safepause").rglob("*.py")):
        names.visit(ast.parse(path.read_bytes()))
    for wanted in paths:
        files = [root / wanted] if wanted.endswith(".py") else sorted((root / wanted).rglob("*.py"))
        for path in files:
            file = path.relative_to(root).as_posix()
            yield from Wires(file, path.read_bytes(), names.methods).mutants


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
    mutants = list(find(root, paths))
    survivors = survivors_of(mutants, root, jobs, killed=killed)
    alive = len(survivors)
    print(f"mutants {len(mutants)}, killed {len(mutants) - alive}, survivors {alive}")
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
