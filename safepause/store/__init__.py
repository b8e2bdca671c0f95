"""The store: one SQLite file holds the standing pause, the outcomes and the settings.

Only the owner can read the file. A commit is on disk when it returns. Deleted data leaves no byte
behind. No other room of the program uses SQLite. `open_store` always returns a store; where nothing
can be kept, the store says why. `read_store` reads beside a program that writes.
"""

from __future__ import annotations

from safepause.store.database import BUSY_SECONDS
from safepause.store.open import Opened, can_be_read, open_store, read_store

__all__ = ["BUSY_SECONDS", "Opened", "can_be_read", "open_store", "read_store"]
