"""A program without a package that is installed: Python does not find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HOOK = """
from importlib.machinery import PathFinder

find = PathFinder.find_spec

def found(name, path=None, target=None):
    return None if name == {name!r} else find(name, path, target)

PathFinder.find_spec = found
"""


def hide(name: str, folder: Path) -> dict[str, str]:
    """Return the variables with which a Python finds no package `name`. `folder` is made."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_HOOK.format(name=name), encoding="utf-8")
    return {"PYTHONPATH": str(folder)}
