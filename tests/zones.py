"""Time zones by name or by rule, as in the variable TZ."""

from __future__ import annotations

import io
import struct
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_COUNTS = struct.pack(">6l", 0, 0, 0, 0, 1, 4)
_ONE_TYPE = struct.pack(">lbB", 0, 0, 0) + b"UTC\0"


def zone_of(text: str) -> ZoneInfo:
    """Return the zone of a name such as "Asia/Kathmandu", or a rule such as "EST5EDT,J70,J305"."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        return _zone_by_rule(text)


def _zone_by_rule(rule: str) -> ZoneInfo:
    """Return the zone of a rule. Its zone file lists no change, and ends with the rule."""
    block = b"TZif2" + bytes(15) + _COUNTS + _ONE_TYPE
    return ZoneInfo.from_file(io.BytesIO(block + block + b"\n" + rule.encode() + b"\n"), key=rule)
