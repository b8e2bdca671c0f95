"""What is kept: one SQLite file, private, durable and forgetful; here alone SQLite is known.

`open_store` always gives a store. Where nothing can be kept, it gives one that says why.
"""

from __future__ import annotations

from safepause.store.open import Opened, open_store

__all__ = ["Opened", "open_store"]
