"""Copies of the program, which a rig runs as an installed one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import APP_ID

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

ROOT = Path(__file__).parents[2]


def put(folder: Path) -> None:
    """Write the program's files, as an installer does: first the old files go."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("safepause", "resources"):
        shutil.copytree(ROOT / part, folder / part)


def put_version(folder: Path, version: str) -> None:
    """Write the files of another version, which works."""
    put(folder)
    (folder / "safepause" / "__init__.py").write_text(
        f'APP_ID = "{APP_ID}"\n__version__ = "{version}"\n'
    )


def run_copy(rig: Rig, folder: Path) -> None:
    """Write a copy, and have the rig run it."""
    put(folder)
    # Python imports the copy, and not the folder that the tests run in.
    rig.program.env |= {"PYTHONSAFEPATH": "1", "PYTHONPATH": str(folder)}
