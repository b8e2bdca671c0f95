"""Files for other programs, written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_EVERYBODY_READS = 0o644


def write_whole(path: Path, content: bytes, mode: int = _EVERYBODY_READS) -> None:
    """Put a file in the place of what is there, and make its folder if need be.

    Raises:
        OSError: it can't be written; what was there is as it was.

    """
    import tempfile  # slow to import, and needed for a click of a person only

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
