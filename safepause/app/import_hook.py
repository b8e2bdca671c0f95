"""Imports Qt, and keeps Python's own `__import__` function.

PySide6 replaces `builtins.__import__`. The function of PySide6 reads the source of each imported
module, looks for PySide6 in it, and keeps the source in memory. Only `from __feature__ import` and
`import *` need that function. SafePause uses neither.
"""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Import Qt, and restore `__import__`. This saves time at the start, and memory."""
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401  -- the import itself is the purpose

    builtins.__import__ = own
