"""A media player on a message bus, as MPRIS has it, which notes what it is asked."""

from __future__ import annotations

from enum import Enum
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageFlag,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from types import TracebackType

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_NO_QUEUE = 4


class Manner(Enum):
    """How a player answers."""

    WELL = "well"
    ERROR = "error"
    """With an error."""
    ODD = "odd"
    """Without a value."""
    NEVER = "never"


class Player:
    """A player. `status` is what it does, and changes when it is paused."""

    def __init__(self, address: str, name: str, status: str, manner: Manner = Manner.WELL) -> None:
        """Appear on the bus at `address`, and answer."""
        self.status, self._manner = status, manner
        self.asked: list[str] = []
        self.may_start: list[bool] = []
        """Whether each call would have started the player, if it had not run."""
        self._link = open_dbus_connection(bus=address)
        call = new_method_call(
            _BUS, "RequestName", "su", (f"org.mpris.MediaPlayer2.{name}", _NO_QUEUE)
        )
        self._link.send_and_get_reply(call)
        self._over = Event()
        self._thread = Thread(target=self._answer)
        self._thread.start()

    def __enter__(self) -> Self:
        """Stay on the bus during the `with` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bus."""
        self.close()

    def close(self) -> None:
        """Leave the bus."""
        self._over.set()
        self._thread.join()
        self._link.close()

    def _answer(self) -> None:
        while not self._over.is_set():
            try:
                self._reply(self._link.receive(timeout=0.1))
            except TimeoutError:
                continue

    def _reply(self, message: Any) -> None:  # noqa: ANN401  -- jeepney has no types
        if message.header.message_type is not MessageType.method_call:
            return
        member = message.header.fields[HeaderFields.member]
        self.asked.append(member)
        self.may_start.append(not message.header.flags & MessageFlag.no_auto_start)
        if self._manner is Manner.NEVER:
            return
        if self._manner is Manner.ERROR:
            self._link.send(new_error(message, "org.freedesktop.DBus.Error.UnknownProperty"))
            return
        if member == "Pause":
            self.status = "Paused"
        tells = member == "Get" and self._manner is Manner.WELL
        answer = ("v", (("s", self.status),)) if tells else (None, ())
        self._link.send(new_method_return(message, *answer))
