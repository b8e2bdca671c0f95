"""The address of a file, as SQLite and notifications take it.

From Python 3.14 on, `Path.as_uri` imports `urllib.request`, which brings HTTP, e-mail and TLS.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

if TYPE_CHECKING:
    from pathlib import PurePath


def file_uri(path: PurePath) -> str:
    """Return the address of an absolute path, such as "file:///home/me/a%20b"."""
    text = path.as_posix()
    root = "file://" if text.startswith("/") else "file:///"  # Windows has drives
    return root + quote_from_bytes(os.fsencode(text), safe="/:")
