"""Whether both people have said yes to the agreement as it stands.

What is kept is the day and a checksum of the terms, never who said yes. So a change of a term, here
or on the command line, takes the yes back by itself.
"""

from __future__ import annotations

import zlib
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings

KEY = "agreed"
"""The setting that keeps it."""
TERMS = ("name1", "name2", "sign", "length", "place1", "place2", "children", "extensions")
"""The settings that the two people agree on."""


def yes(settings: Settings, day: date) -> str:
    """Return the value of the setting for a yes of both people to the present terms."""
    return f"{day.isoformat()} {_checksum(settings)}"


def agreed_on(settings: Settings) -> date | None:
    """Return the day on which both said yes to the present terms; None if they have not."""
    day, _space, checksum = settings.text(KEY).partition(" ")
    if checksum != _checksum(settings):
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _checksum(settings: Settings) -> str:
    terms = "\0".join(str(settings.values[key]) for key in TERMS)
    return f"{zlib.crc32(terms.encode()):08x}"
