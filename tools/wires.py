"""Finds the connections of app/ and ui/ that `mutate_wires.py` cuts.

These are the cuts:

- a statement that is a call. In ui/ only `connect`, `installEventFilter` and `emit` count.
- a callback that a call passes on, also in a list or a tuple: it does nothing. A callback is a
  lambda, a function of the package, or an attribute that is a method of a class of the package.
- an entry of the list of features.
- a guard: a fault passes through it.
- an `Order` of a listener: the listener is told after all others.

For an attribute of `self` the class decides whether it is a method. For attributes of other objects
the name decides. `EXCLUDED` lists the attributes that have a method's name and are no methods.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

UI_CALLS = frozenset({"connect", "installEventFilter", "emit"})
LISTENERS = {
    "connect": 0,
    **dict.fromkeys(("on_change", "on_settings", "on_announcement", "on_forget"), 1),
    **dict.fromkeys(("on_time_moved", "on_waiting", "on_painted", "on_gone", "on_breathing"), 1),
    **dict.fromkeys(("guard", "_add", "singleShot"), 1),
}
"""Where a call has its only callback. Such a statement is cut as a whole."""
EXCLUDED = {
    **dict.fromkeys(
        ("service.settings", "self.service.settings", "self._service.settings"),
        "the present settings, a property",
    ),
    **dict.fromkeys(
        ("Action.SHOW.value", "announcement.kind.value", "style.value"),
        "the value of an enum",
    ),
    "line.text": "a text",
    **dict.fromkeys(("actions.breathe", "actions.show", "actions.quit"), "an action of Qt"),
}
"""Attributes with the name of a method that are no methods, each with the reason."""
NOTHING = "lambda *_values, **_named: None"


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


@dataclass
class Kind:
    """The classes of a name."""

    bases: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    """Its attributes that are no methods."""


class Names(ast.NodeVisitor):
    """The classes and functions of the whole package."""

    def __init__(self) -> None:
        """Start without names."""
        self.functions: set[str] = set()
        self.methods = {"emit"}
        self._kinds: dict[str, Kind] = {}

    def visit_Module(self, node: ast.Module) -> None:
        """Record the functions of a module."""
        self.functions |= {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Record the methods and the other attributes of a class."""
        kind = self._kinds.setdefault(node.name, Kind())
        kind.bases |= {ast.unparse(base) for base in node.bases}
        for each in ast.walk(node):
            if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store):
                kind.others |= {each.attr} if ast.unparse(each.value) == "self" else set()
        for each in node.body:
            if isinstance(each, ast.FunctionDef):
                (kind.others if _is_property(each) else kind.methods).add(each.name)
        self.methods |= kind.methods
        self.generic_visit(node)

    def has_method(self, kind: str, name: str) -> bool:
        """Return whether an attribute of `self` is a method."""
        known = self._kinds.get(kind)
        if known is None:
            return name in self.methods
        if name in known.methods or name in known.others:
            return name in known.methods
        return any(self.has_method(base, name) for base in known.bases)


def _is_property(function: ast.FunctionDef) -> bool:
    return any("property" in ast.unparse(each) for each in function.decorator_list)


def _functions(tree: ast.Module, functions: set[str]) -> set[str]:
    """Return the names that stand only for functions of the package in a module."""
    found, others = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, set()
    for each in ast.walk(tree):
        if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("safepause"):
            found |= {name.name for name in each.names} & functions
        elif isinstance(each, ast.arg):
            others.add(each.arg)
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            others.add(each.id)
    return found - others


class Wires(ast.NodeVisitor):
    """Finds the connections of one file."""

    def __init__(self, file: str, source: bytes, names: Names) -> None:
        """Take the source of the file."""
        self._file = file
        self._lines = source.splitlines(keepends=True)
        self._names = names
        self._kind = ""
        self._everything = not file.startswith("safepause/ui/")
        self._whole: set[ast.expr] = set()
        self.mutants: list[Mutant] = []
        self.excluded: list[Mutant] = []
        tree = ast.parse(source)
        self._functions = _functions(tree, names.functions)
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Remember the class, for the attributes of `self`."""
        self._kind = node.name
        self.generic_visit(node)
        self._kind = ""

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
        for each in _entries([*node.args, *(named.value for named in node.keywords)]):
            if self._is_callback(each) and each not in self._whole:
                self._cut(each, NOTHING)
            elif isinstance(each, ast.Attribute) and ast.unparse(each.value) == "Order":
                self._cut(each, "Order.AFTER")
        if _name(node) in {"guard", "attempt"}:
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
        if isinstance(node, ast.Name):
            return node.id in self._functions
        if not isinstance(node, ast.Attribute):
            return False
        if ast.unparse(node.value) == "self":
            return self._names.has_method(self._kind, node.attr)
        return node.attr in self._names.methods

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
        found = self.excluded if cut in EXCLUDED and other == NOTHING else self.mutants
        found.append(Mutant(self._file, shown.lineno, cut, source))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _entries(values: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """Return values, and the entries of lists and tuples instead of these."""
    for each in values:
        if isinstance(each, (ast.List, ast.Tuple)):
            yield from _entries(each.elts)
        else:
            yield each


def find(root: Path, paths: Iterable[str]) -> tuple[list[Mutant], list[Mutant]]:
    """Return all mutants of the files in `paths`, and those that are excluded."""
    names, mutants, excluded = Names(), list[Mutant](), list[Mutant]()
    for path in sorted((root / "safepause").rglob("*.py")):
        names.visit(ast.parse(path.read_bytes()))
    for wanted in paths:
        files = [root / wanted] if wanted.endswith(".py") else sorted((root / wanted).rglob("*.py"))
        for path in files:
            found = Wires(path.relative_to(root).as_posix(), path.read_bytes(), names)
            mutants += found.mutants
            excluded += found.excluded
    return mutants, excluded
