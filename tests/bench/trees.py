"""The program in two states: the current one, and that of a commit for comparison."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_FOLDER = ROOT / "build" / "bench-base"


@dataclass(frozen=True)
class Tree:
    """A state of the program, and the environment with which Python finds it."""

    name: str
    folder: Path | None = field(default=None)
    """Where its files are; None for those that are installed."""

    @property
    def env(self) -> dict[str, str]:
        """The variables to add to a program's environment."""
        if self.folder is None:
            return {}
        # Without the second variable, Python would first look into the current folder.
        return {"PYTHONPATH": str(self.folder), "PYTHONSAFEPATH": "1"}


HERE = Tree("now")


@contextmanager
def base(commit: str) -> Iterator[Tree]:
    """Provide the files of a commit during the `with` block."""
    _git("worktree", "prune")
    _git("worktree", "add", "--quiet", "--force", "--detach", str(_FOLDER), commit)
    try:
        yield Tree("before", _FOLDER)
    finally:
        _git("worktree", "remove", "--force", str(_FOLDER))


def _git(*arguments: str) -> None:
    subprocess.run(["git", "-C", str(ROOT), *arguments], check=True)
