"""The files by which a Linux desktop knows the program: menu entry, icons, AppStream data.

A package of a distribution brings them itself; for the others they are put into the person's own
data folder. What was put there is written down, so that exactly that is taken away again.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.assets import resource
from safepause.system import atomic_file
from safepause.system.desktop.entry import with_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

APP_ID = "io.github.safepause.SafePause"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
RECORD = Path("safepause", "desktop-files")
"""What was put where, below the data folder: a line for each file, and for each new folder."""
_FOLDER = "-"
_PRIVATE = 0o600
_THEME = Path("icons", "hicolor")


@dataclass
class Changed:
    """What was done, as paths below the data folder."""

    put: list[Path] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    """Files that somebody has changed since: they stay."""


def data_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Return the person's data folder."""
    given = env.get("XDG_DATA_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".local" / "share"


def contents(command: Sequence[str]) -> dict[Path, bytes]:
    """Return every file with its content; the menu entry starts `command`."""
    entry = resource("linux", f"{APP_ID}.desktop").read_text(encoding="utf-8")
    found = {
        Path("applications", f"{APP_ID}.desktop"): with_command(entry, command).encode(),
        Path("metainfo", f"{APP_ID}.metainfo.xml"): _read("linux", f"{APP_ID}.metainfo.xml"),
        _THEME / "scalable" / "apps" / f"{APP_ID}.svg": _read("icons", "safepause.svg"),
        _THEME / "symbolic" / "apps" / f"{APP_ID}-symbolic.svg": _read(
            "icons", "safepause-symbolic.svg"
        ),
    }
    for size in SIZES:
        place = Path("hicolor", f"{size}x{size}", "apps", f"{APP_ID}.png")
        found["icons" / place] = _read("icons", *place.parts)
    return found


def install(folder: Path, command: Sequence[str]) -> Changed:
    """Put every file in place, and take away what an older version has put and this one doesn't.

    Raises:
        OSError: a file can't be read or written; `remove` clears away what was.

    """
    wanted = contents(command)
    record = _Record(folder)
    before = dict(record.files)
    record.files.update((path, _digest(content)) for path, content in wanted.items())
    record.folders |= _missing(folder, [*wanted, RECORD])
    record.write()
    changed = Changed()
    for path, content in wanted.items():
        if not _holds(folder / path, _digest(content)):
            atomic_file.write_whole(folder / path, content)
        changed.put.append(path)
    for path in before.keys() - wanted.keys():
        _take_away(folder, path, before[path], changed)
        del record.files[path]
    record.write()
    _tell_desktop(folder)
    return changed


def remove(folder: Path) -> Changed:
    """Take away what `install` has put, as far as it is still as it was put.

    Raises:
        OSError: a file can't be deleted.

    """
    record, changed = _Record(folder), Changed()
    for path, digest in record.files.items():
        _take_away(folder, path, digest, changed)
    (folder / RECORD).unlink(missing_ok=True)
    for path in sorted(record.folders, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):  # something else is in it by now
            (folder / path).rmdir()
    _tell_desktop(folder)
    return changed


class _Record:
    """What was put, by the file that says so."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD
        self.files: dict[Path, str] = {}
        self.folders: set[Path] = set()
        with suppress(FileNotFoundError):
            for line in self._path.read_text(encoding="utf-8").splitlines():
                digest, _blank, name = line.partition(" ")
                path = Path(name)
                if not name or path.is_absolute() or ".." in path.parts:
                    continue
                if digest == _FOLDER:
                    self.folders.add(path)
                else:
                    self.files[path] = digest

    def write(self) -> None:
        lines = [f"{digest} {path.as_posix()}" for path, digest in sorted(self.files.items())]
        lines += [f"{_FOLDER} {path.as_posix()}" for path in sorted(self.folders)]
        atomic_file.write_whole(self._path, ("\n".join(lines) + "\n").encode(), _PRIVATE)


def _missing(folder: Path, wanted: Sequence[Path]) -> set[Path]:
    """Return the folders that are to be made for these files."""
    needed = {parent for path in wanted for parent in path.parents if parent != Path()}
    return {path for path in needed if not (folder / path).exists()}


def _take_away(folder: Path, path: Path, digest: str, changed: Changed) -> None:
    if _holds(folder / path, digest):
        (folder / path).unlink()
        changed.gone.append(path)
    elif (folder / path).exists():
        changed.kept.append(path)


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and _digest(path.read_bytes()) == digest


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(*parts: str) -> bytes:
    return resource(*parts).read_bytes()


def _tell_desktop(folder: Path) -> None:
    """Make an icon cache that may be there count as old."""
    with suppress(OSError):
        os.utime(folder / _THEME)
