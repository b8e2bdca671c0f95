"""A window, as a Wayland compositor describes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """A window on the screen."""

    app_id: str
    """What it calls its program: the name of a desktop file."""
    title: str
    place: tuple[int, int, int, int]
    """Left, top, width and height, in pixels."""
    has_keyboard: bool | None = None
    """Whether keys go to it; None where the compositor doesn't tell."""
    floats: bool | None = None
    """Whether it lies above others, instead of having a place among them; None as above."""
