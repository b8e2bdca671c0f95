"""Writes the export where the person said: readable by its owner only, whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.commands.json_output import Document

STANDARD_OUTPUT = "-"


def text(document: Document) -> str:
    """Return the export's text: JSON, with names as they are written."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def write(path: Path, content: str, *, replace: bool) -> None:
    """Write `content` to `path` with mode 0600, on disk on return.

    Raises:
        FileExistsError: there is one already, and `replace` is not set; it stays as it is.
        OSError: it can't be written, or is a device; an older file stays as it is.

    """
    if replace and path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    descriptor, made = tempfile.mkstemp(prefix=".safepause-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not replace:
            _claim(path)
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def _claim(path: Path) -> None:
    """Take the name, so that no file of another program is lost between a look and the write."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
