"""Which class is the eyes and hands of which desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desktops.gnome import Gnome

if TYPE_CHECKING:
    from tests.desktops.desk import RealDesk

_KINDS: dict[str, type[RealDesk]] = {"gnome48": Gnome}


def desk_of(name: str) -> RealDesk:
    """Return the desktop of a room, which starts with its `with` block."""
    return _KINDS[name]()
