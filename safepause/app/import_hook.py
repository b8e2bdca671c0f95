"""Keeps Python's own `import` where Qt is used.

PySide6 puts another one in its place, which reads the source of each module that is imported, and
keeps it in memory, to see whether it mentions PySide6. Only `from __feature__ import` needs that,
and `import *`; here is neither.
"""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Import Qt, and `import` as before, which spares time at the start and memory at rest."""
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401  -- it is the import that counts

    builtins.__import__ = own
