"""What SafePause may take at most, in the order of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.result import Budget

if TYPE_CHECKING:
    from collections.abc import Sequence

WAYS = ("tray click", "shortcut", "`safepause pause`")
"""How a pause is called."""
BROKEN = (
    *("the session bus hangs", "the session bus is gone"),
    *("the panel hangs", "the notification daemon hangs"),
    *("the app is stopped", "64 half-open clients"),
    *("the app starts", "the app is killed and started in turn"),
    *("another program writes the data", "another program locks the data, no app"),
    *("the socket is deleted", "the data folder is deleted"),
)
"""What is broken while `safepause status` is asked."""
PAUSES = 20_000
"""What a long history has."""
_BARE = "{:.2f} x a bare PySide6 tray program"
_TIMES = "median {:.0f} ms, p95 {:.0f} ms"
_GROWTH = "+ {:.0f} %"


def _calls(what: str, most: Sequence[float]) -> dict[str, Budget]:
    return {way: Budget(f"{what}, {way}", _TIMES, *most) for way in WAYS}


START = Budget("start until the tray icon stands", _BARE, 1.30)
MEMORY = Budget("memory at rest (PSS), window ready", _BARE, 1.40)
FIRST = _calls("first call of a run", (35, 60))
LATER = _calls("later calls", (25, 50))
REST = Budget("at rest, no pause", "{:.0f} context switches", 0)
HIDDEN = Budget("paused, window hidden", "{:.1f} wake-ups/s", 0.2)
COMMAND = Budget("`safepause pause`, app running", "{:.1f} x a bare interpreter", 2.0)
BREATHING = Budget("breathing, 30 frames/s", "interval p99 {:.0f} ms, {:.0f} % of a core", 36, 3)
STILL = Budget("breathing, reduced motion", "{:.0f} % of a core", 1)
TONES = Budget("breathing with tones", "{:.1f} x the breathing alone", 1.4)
TONES_MEMORY = Budget("memory while tones play", "+ {:.0f} MB", 15)
UNUSED = Budget(
    "the extra `sound`, not used", "start {:.2f} x, memory {:.2f} x that without it", 1.03, 1.02
)
LONG_START = Budget(f"start, {PAUSES:,} pauses on record", _GROWTH, 5)
LONG_MEMORY = Budget(f"memory, {PAUSES:,} pauses on record", _GROWTH, 5)
HISTORY = Budget(f"history window, {PAUSES:,} pauses", "{:.0f} ms", 150)
FAULTS = {each: Budget(f"longest `status`: {each}", "{:.0f} ms", 500) for each in BROKEN}

BUDGETS = (
    *(START, MEMORY, *FIRST.values(), *LATER.values(), REST, HIDDEN, COMMAND),
    *(BREATHING, STILL, TONES, TONES_MEMORY, UNUSED),
    *(LONG_START, LONG_MEMORY, HISTORY, *FAULTS.values()),
)
