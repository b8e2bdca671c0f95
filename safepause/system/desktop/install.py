"""Installs the program's files for a Linux desktop: the menu entry, icons and AppStream data.

A distribution's package has these files already. For other installs this module writes them to the
person's data folder. A record lists what it wrote, so that `remove` deletes exactly that.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import APP_ID, own_files
from safepause.assets import resource
from safepause.system.atomic_file import EVERYBODY_READS, OWNER_READS, write_through_link
from safepause.system.desktop.entry import with_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
RECORD = Path("safepause", "desktop-files")
"""The record, below the data folder. It has a line for each installed file and each new folder."""
_FOLDER = "-"
_THEME = Path("icons", "hicolor")


@dataclass
class Changed:
    """The result of an install or a removal, as paths below the data folder."""

    put: list[Path] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    """Files that somebody has changed since the install. They stay."""


def data_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Return the person's data folder."""
    given = env.get("XDG_DATA_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".local" / "share"


def contents(command: Sequence[str]) -> dict[Path, bytes]:
    """Return every file with its content. The menu entry starts `command`."""
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
    """Write every file, and delete those that only an older version had.

    Raises:
        OSError: a file can't be read or written. `remove` deletes what was written until then.

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
            _write(folder / path, content)
        changed.put.append(path)
    for path in before.keys() - wanted.keys():
        _delete(folder, path, before[path], changed)
        del record.files[path]
    record.write()
    _refresh_icons(folder)
    return changed


def remove(folder: Path) -> Changed:
    """Delete the files that `install` wrote. A file that was changed since then stays.

    Raises:
        OSError: a file can't be deleted.

    """
    record, changed = _Record(folder), Changed()
    for path, digest in record.files.items():
        _delete(folder, path, digest, changed)
    (folder / RECORD).unlink(missing_ok=True)
    for path in sorted(record.folders, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):  # another file is in the folder by now
            (folder / path).rmdir()
    _refresh_icons(folder)
    return changed


class _Record:
    """The record of what is installed, read from its file."""

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
        _write(self._path, ("\n".join(lines) + "\n").encode(), OWNER_READS)


def _write(path: Path, content: bytes, mode: int = EVERYBODY_READS) -> None:
    own_files.make_folder(str(path.parent))
    write_through_link(path, content, mode)


def _missing(folder: Path, wanted: Sequence[Path]) -> set[Path]:
    """Return the folders that must be made for these files."""
    needed = {parent for path in wanted for parent in path.parents if parent != Path()}
    return {path for path in needed if not (folder / path).exists()}


def _delete(folder: Path, path: Path, digest: str, changed: Changed) -> None:
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


def _refresh_icons(folder: Path) -> None:
    """Change the theme folder's time, so that desktops rebuild their icon cache."""
    with suppress(OSError):
        os.utime(folder / _THEME)
