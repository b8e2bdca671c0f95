"""Notices that the program's files were changed while it runs: by an update, or a removal.

One process must not mix two versions. So after such a change no further code of the program is
imported. What a pause needs is in memory before (see `warm_up`). The rest waits for a new start.
Nothing watches the files at rest: they are looked at when a person opens a window or gives a
command.

An installer writes one file after the other. A new start before the last one would fail. So the
new files count as an update only when they are whole.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import PySide6

import safepause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

T = TypeVar("T")
_PACKAGE = "safepause"
_IMPORT = re.compile(r"^\s*from (safepause[.\w]*) import (\([^)]*\)|[^(\n]*)", re.MULTILINE)
_IMPORTED = re.compile(r"(\w+)(?: as \w+)?,?")
_PROSE = re.compile(r'#[^\n]*|""".*?"""', re.DOTALL)
Stamp = tuple[bytes, frozenset[tuple[str, int, int]]]

log = logging.getLogger(__name__)


class Change(Enum):
    """What has happened to the program's files."""

    REPLACED = "replaced"
    UNFINISHED = "unfinished"
    """The new files are not all there, as in the middle of an update."""
    GONE = "gone"


class NoWindow(Exception):  # noqa: N818  -- the name says what happened
    """The code of the pause window is missing. The program starts again, if it can."""


class Updates:
    """Compares the program's modules with what they were at the start."""

    def __init__(
        self, file: str = safepause.__file__, command: Sequence[str] = tuple(sys.orig_argv)
    ) -> None:
        """Look at the modules now. `file` has the version; `command` starts the program again."""
        self._file = Path(file)
        self._before = self.seen = self._stamp()
        """What the last look has seen of the modules."""
        self._whole: Stamp | None = None
        named = [sys.executable, os.__file__, PySide6.__file__ or "", *command[1:]]
        needed = [self._file.with_name("__main__.py"), *map(Path, named)]
        self._start = [each.absolute() for each in needed if _is_there(each)]
        """What a new start needs beside the modules: Python and Qt may be replaced as well."""
        self.missing: Callable[[], object] = _nothing
        """Called when a person wants something whose code is not in memory."""

    def change(self) -> Change | None:
        """Return what has happened to the files since the start."""
        now = self.seen = self._stamp()
        if now == self._before:
            return None
        if now is None:
            return Change.GONE
        if now != self._whole:
            if not self._is_whole():
                return Change.UNFINISHED
            self._whole = now
        return Change.REPLACED

    @property
    def can_start(self) -> bool:
        """Whether the files are all there for a new start, of this version or of another one."""
        changed = self.change() in {Change.GONE, Change.UNFINISHED}
        return not changed and all(map(_is_there, self._start))

    def places(self) -> list[str]:
        """Return the file, and the folders in which something happens when files are changed."""
        package = self._file.parent
        inside = [each for each in package.rglob("*") if each.is_dir()]
        found = {package.parent, package, *inside, *(each.parent for each in self._start)}
        return [str(each) for each in (self._file, *found) if each.exists()]

    def use(self, door: Callable[[], T], *, quiet: bool = False) -> T | None:
        """Return what `door` imports. Return None, and tell the person, if its code is missing.

        `quiet` tells nobody: the person has not asked for this.
        """
        try:
            with _memory_only() if self.change() else contextlib.nullcontext():
                return door()
        except (ImportError, OSError, SyntaxError) as error:
            # Not which code: nobody may read in the log that support was opened.
            log.info("code is missing, as after an update: %s", type(error).__name__)
            if not quiet:
                self.missing()
            return None

    def _stamp(self) -> Stamp | None:
        """Return the file's content, and the times and sizes of all modules; None if it is gone.

        An update may leave the version as it is, or the times: a clone does one, a package the
        other. This takes 1 ms.
        """
        try:
            return self._file.read_bytes(), frozenset(_modules(str(self._file.parent)))
        except OSError:
            return None

    def _is_whole(self) -> bool:
        """Return whether a new start finds all that it needs. That takes about 30 ms."""
        try:
            return all(map(_is_there, self._start)) and _is_whole(self._file.parent)
        except (OSError, UnicodeDecodeError):  # a file has gone, or ends within a letter
            return False


def _modules(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield the path, the time and the size of each module in a folder and the folders in it.

    Raises:
        OSError: something is deleted meanwhile.

    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                found = entry.stat()
                yield entry.path, found.st_mtime_ns, found.st_size


def _is_there(path: Path) -> bool:
    """Return whether there is such a file. A word of a command may be no path at all."""
    try:
        return path.is_file()
    except OSError:
        return False


def _is_whole(package: Path) -> bool:
    """Return whether every module is written to its end, and has what others import from it."""
    code: dict[str, str] = {}
    for path in package.rglob("*.py"):
        text = path.read_text("utf-8")
        if not text.endswith("\n"):
            return False
        name = ".".join((_PACKAGE, *path.relative_to(package).with_suffix("").parts))
        code[name.removesuffix(".__init__")] = _PROSE.sub("", text)
    folders = {name.rpartition(".")[0] for name in code} - {""}
    return folders <= code.keys() and all(
        module in code and (name in code[module] or f"{module}.{name}" in code)
        for text in code.values()
        for module, names in _IMPORT.findall(text)
        for name in _IMPORTED.findall(names)
    )


@contextlib.contextmanager
def _memory_only() -> Iterator[None]:
    """Refuse to import a module of the program that is not in memory."""
    finder = _Refusing()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Refusing:
    """A finder of modules, asked before all others."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> None:
        """Refuse the program's own modules, and leave others to the next finder.

        Raises:
            ImportError: the module is the program's.

        """
        if name.partition(".")[0] == _PACKAGE:
            raise ImportError(f"the files were changed: {name}", name=name)


def _nothing() -> None:
    """Do nothing: the part that tells the person is not built yet."""
