"""Which class is the eyes and hands of which desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desktops.gnome import Gnome, Gnome43
from tests.desktops.labwc import Labwc
from tests.desktops.plasma import Plasma
from tests.desktops.x11 import I3, Cinnamon, IceWM, Lxqt, Mate

if TYPE_CHECKING:
    from tests.desktops.desk import RealDesk

_KINDS: dict[str, type[RealDesk]] = {
    "gnome48": Gnome,
    "plasma6": Plasma,
    "labwc": Labwc,
    "mate": Mate,
    "i3": I3,
    "icewm": IceWM,
    "gnome43": Gnome43,
    "cinnamon": Cinnamon,
    "lxqt": Lxqt,
}


def desk_of(name: str) -> RealDesk:
    """Return the desktop of a room, which starts with its `with` block."""
    return _KINDS[name]()
