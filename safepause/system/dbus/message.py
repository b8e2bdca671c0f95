"""D-Bus messages as values. No jeepney here: every system can import this module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BUS_NAME = "org.freedesktop.DBus"
BUS_PATH = "/org/freedesktop/DBus"
ERROR = "org.freedesktop.DBus.Error"


@dataclass(frozen=True, slots=True)
class Call:
    """A method call. `body` has one value for each complete type in `signature`."""

    destination: str
    path: str
    interface: str
    member: str
    signature: str = ""
    body: tuple[object, ...] = ()
    starts: bool = True
    """Whether the bus may start a program that offers `destination`."""


@dataclass(frozen=True, slots=True)
class Message:
    """An answer or a signal. `sender` is a unique name, such as ":1.7", which the bus gives."""

    sender: str
    member: str
    body: tuple[Any, ...]
    path: str = ""
    """The object that sent a signal. It is empty for an answer."""


@dataclass(frozen=True, slots=True)
class DBusError:
    """Why a call failed: the error's D-Bus name, and the text of the other side."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


@dataclass(frozen=True, slots=True)
class MethodReturn:
    """The result of the call with the number `serial`."""

    serial: int
    outcome: Message | DBusError


@dataclass(frozen=True, slots=True)
class SignalMessage:
    """A signal of an object."""

    path: str
    interface: str
    message: Message


@dataclass(frozen=True, slots=True)
class Rule:
    """Selects signals. An empty field matches everything. The interface is never empty."""

    sender: str
    path: str
    interface: str
    member: str = ""
    arg0: str = ""

    def text(self) -> str:
        """Return the rule in the form of AddMatch. The values are our own: none has a quote."""
        names = ("sender", "path", "interface", "member", "arg0")
        fields = ((name, getattr(self, name)) for name in names)
        return ",".join(
            ["type='signal'", *(f"{name}='{value}'" for name, value in fields if value)]
        )

    def matches(self, signal: SignalMessage) -> bool:
        """Return whether a signal matches. The bus itself has compared the sender."""
        return (
            signal.interface == self.interface
            and self.path in ("", signal.path)
            and self.member in ("", signal.message.member)
            and (not self.arg0 or signal.message.body[:1] == (self.arg0,))
        )
