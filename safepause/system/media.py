"""Pauses the players of this desktop over MPRIS, the D-Bus interface of media players.

No player is started by that: each call says that it starts no program, and goes to a player's own
connection. Nothing is ever played again: that is for the people.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from safepause.system.dbus.message import BUS_NAME, BUS_PATH, Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.message import DBusError, Message

PREFIX = "org.mpris.MediaPlayer2."
PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"

log = logging.getLogger(__name__)


def pause_media(bus: Bus) -> None:
    """Pause each player that plays. Returns at once; a player that hangs holds up nobody."""
    listed = Call(BUS_NAME, BUS_PATH, BUS_NAME, "ListNames")
    bus.call(listed, lambda message: _pause_those(bus, message), _log_reason)


def _pause_those(bus: Bus, listed: Message) -> None:
    for name in listed.body[0]:
        if str(name).startswith(PREFIX):
            status = Call(
                str(name), PATH, PROPERTIES, "Get", "ss", (PLAYER, "PlaybackStatus"), starts=False
            )
            bus.call(status, _pause_if_playing(bus, str(name)), _log_reason)


def _pause_if_playing(bus: Bus, name: str) -> Callable[[Message], None]:
    def answered(message: Message) -> None:
        if message.body[:1] == (("s", "Playing"),):  # an odd player may answer without a value
            pause = Call(message.sender or name, PATH, PLAYER, "Pause", starts=False)
            bus.call(pause, lambda _answer: None, _log_reason)

    return answered


def _log_reason(reason: DBusError) -> None:
    """Log why a player was not paused. Its name tells what a person plays, so it is left out."""
    log.info("a player was not paused: %s", reason.name)
