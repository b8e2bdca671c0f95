"""The private message bus, seen from outside: the messages on it, and signals that tests send.

A signal that is sent before the program listens is lost. `Watch.listener` says which program
listens.

The connections are jeepney's blocking ones. Messages wait in the socket until a test reads them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.end2end.waiting import patience

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTIFICATIONS = "org.freedesktop.Notifications"
WATCHER = "org.kde.StatusNotifierWatcher"
_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_MONITORING = DBusAddress(
    "/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring"
)

_WATCHED = [
    f"interface='{NOTIFICATIONS}'",
    f"sender='{NOTIFICATIONS}'",
    "member='RegisterStatusNotifierItem'",
    "member='AddMatch'",
]
"""All else is left out: what nobody takes from the socket for long holds up what comes after."""


class CallError(Exception):
    """The answer of a method was an error. The text is the error's name."""


@dataclass
class Shown:
    """A notification, as it was sent over the bus."""

    serial: int
    sender: str
    replaces: int
    title: str
    body: str
    actions: tuple[str, ...]
    hints: dict[str, Any]
    timeout: int
    id: int = 0
    """The daemon's number for it; 0 until the daemon has answered."""
    chosen: list[str] = field(default_factory=list)
    """The keys of the actions that a person chose."""
    closed: bool = False


class Caller:
    """A connection that calls methods and owns names."""

    def __init__(self, address: str) -> None:
        """Connect to the bus at `address`."""
        self._link: DBusConnection = open_dbus_connection(bus=address)

    def close(self) -> None:
        """Disconnect. The names that were owned are free again."""
        self._link.close()

    def call(self, where: DBusAddress, method: str, signature: str = "", *args: object) -> Any:  # noqa: ANN401 -- what a method answers is typed on the bus
        """Return the body of the answer: a tuple.

        Raises:
            CallError: the method answered with an error.

        """
        message = new_method_call(where, method, signature or None, args)
        answer = self._link.send_and_get_reply(message, timeout=patience(5))
        if answer.header.message_type is MessageType.error:
            raise CallError(str(answer.header.fields[HeaderFields.error_name]))
        return answer.body

    def has_owner(self, name: str) -> bool:
        """Tell whether a program on the bus owns `name`."""
        return bool(self.call(_BUS, "NameHasOwner", "s", name)[0])

    def own(self, name: str) -> None:
        """Own `name` on the bus."""
        self.call(_BUS, "RequestName", "su", name, 4)

    def release(self, name: str) -> None:
        """Own `name` no longer."""
        self.call(_BUS, "ReleaseName", "s", name)

    def signal(self, path: str, interface: str, member: str, signature: str, *args: object) -> None:
        """Send a signal to all programs."""
        emitter = DBusAddress(path, interface=interface)
        self._link.send(new_signal(emitter, member, signature, args))

    def wait_until_heard(self, listener: str) -> None:
        """Wait until `listener`, which has no methods, has read every signal that we sent."""
        where = DBusAddress("/", listener, "org.freedesktop.DBus.Peer")
        with suppress(CallError):  # its answer, to the first call after the signals
            self.call(where, "Ping")

    def answer_all(self) -> None:
        """Answer every call to our names with an error, so that no program waits."""
        while (message := _next(self._link)) is not None:
            if message.header.message_type is MessageType.method_call:
                self._link.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def close_notification(self, number: int) -> None:
        """Close a notification. If it is closed already, that is no error."""
        where = DBusAddress("/org/freedesktop/Notifications", NOTIFICATIONS, NOTIFICATIONS)
        try:
            self.call(where, "CloseNotification", "u", number)
        except CallError:
            return


class Watch:
    """Records notifications, tray icons and listeners on the bus, from its creation on."""

    def __init__(self, address: str) -> None:
        """Become a monitor of the bus at `address`."""
        self._link: DBusConnection = open_dbus_connection(bus=address)
        become = new_method_call(_MONITORING, "BecomeMonitor", "asu", (_WATCHED, 0))
        self._link.send_and_get_reply(become, timeout=patience(5))
        self._shown: list[Shown] = []
        self._icons: list[str] = []
        self._matches: list[tuple[str, str]] = []

    def close(self) -> None:
        """Stop watching."""
        self._link.close()

    def notifications(self) -> list[Shown]:
        """Return every notification so far, the oldest first, with its present state."""
        self._read()
        return self._shown

    def icons(self) -> list[str]:
        """Return the senders of all tray icons that were registered so far."""
        self._read()
        return self._icons

    def listener(self, member: str) -> str:
        """Return the last program that subscribed to this signal, or an empty text."""
        self._read()
        found = [sender for sender, rule in self._matches if f"member='{member}'" in rule]
        return found[-1] if found else ""

    def wait_for_icon(self, limit: float) -> None:
        """Wait until the next tray icon is registered.

        Raises:
            TimeoutError: there was no message on the bus for `limit` seconds.

        """
        known = len(self.icons())
        while len(self._icons) == known:
            self._take(self._link.receive(timeout=limit))

    def _read(self) -> None:
        while (message := _next(self._link)) is not None:
            self._take(message)

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        member = fields.get(HeaderFields.member)
        kind = message.header.message_type
        if kind is MessageType.method_call and member == "RegisterStatusNotifierItem":
            self._icons.append(str(fields[HeaderFields.sender]))
        elif kind is MessageType.method_call and member == "AddMatch":
            self._matches.append((str(fields[HeaderFields.sender]), str(message.body[0])))
        elif kind is MessageType.method_call and member == "Notify":
            self._shown.append(_shown(message))
        elif kind is MessageType.method_return:
            self._numbered(message)
        elif kind is MessageType.signal and fields.get(HeaderFields.interface) == NOTIFICATIONS:
            self._became(str(member), message.body)

    def _numbered(self, message: Message) -> None:
        fields = message.header.fields
        caller = (fields.get(HeaderFields.destination), fields.get(HeaderFields.reply_serial))
        for shown in self._shown:
            if (shown.sender, shown.serial) == caller and not shown.id:
                shown.id = message.body[0]

    def _became(self, member: str, body: tuple[Any, ...]) -> None:
        for shown in self._latest(body[0]):
            if member == "ActionInvoked":
                shown.chosen.append(body[1])
            elif member == "NotificationClosed":
                shown.closed = True

    def _latest(self, number: int) -> Iterator[Shown]:
        return iter([shown for shown in self._shown if shown.id == number][-1:])


def _shown(message: Message) -> Shown:
    _app, replaces, _icon, title, body, actions, hints, timeout = message.body
    return Shown(
        serial=message.header.serial,
        sender=str(message.header.fields[HeaderFields.sender]),
        replaces=replaces,
        title=title,
        body=body,
        actions=tuple(actions),
        hints={key: value for key, (_signature, value) in hints.items()},
        timeout=timeout,
    )


def _next(link: DBusConnection) -> Message | None:
    """Return the next message that has arrived, or None."""
    try:
        return link.receive(timeout=0)
    except TimeoutError:
        return None
