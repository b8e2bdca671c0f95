"""The measures of all windows: heights of letters, room, corners, and the sizes of windows.

Letters are given as at 100 %, where the system's letters are `NORMAL` pixels high. They follow the
system's font, see `style_sheet`. In a pause they also follow the size of the window, see
`safepause.ui.pause.fitting`. Room and corners stay as they are.
"""

from __future__ import annotations

NORMAL = 13
"""The height of the system's letters at 100 %, in pixels. Smaller ones count as these."""
LETTERS = {
    "body": 17,
    "sub": 18,
    "title": 32,
    "clock": 104,
    "say": 22,
    "label": 15,
    "primary": 19,
}
"""The heights of letters at 100 %, in pixels."""
SCALES = (1.8, 1.6, 1.4, 1.2, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""How much larger or smaller letters are, because the window of a pause is."""

BIG_LETTERS = 20
"""The height of the system's letters above which little stands beside words, in pixels."""

HAIR, TIGHT, SMALL, GAP, MIDDLE, WIDE = 2, 4, 8, 12, 16, 24
"""Room between two things, in pixels: from lines of one thing to parts of a page."""
MARGIN = 32
"""Room between a window's edge and what it shows, in pixels."""
PAGE_SIDE, PAGE_TOP = 44, 30
"""The same for a page of a pause: at the sides, and above and below."""
MOST_WIDE = 720
"""The most width of what a window shows, in pixels. It stands in the middle of a wider one."""
LEAST_WIDE, LEAST_HIGH = 480, 420
"""The smallest size of a window, in pixels."""

MARK, CORNER, CARD_CORNER, LARGE_CORNER = 6, 10, 14, 16
"""The radius of corners, in pixels: of a mark, of what can be used, of a card, of a large card."""
RING, RING_GAP = 3, 3
"""The width of the ring around what has the keyboard, and of the gap inside it, in pixels."""
RING_CORNER = CORNER + RING
"""The radius of the ring's corners, in pixels."""
