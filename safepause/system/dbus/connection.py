"""A D-Bus connection in the Qt event loop. It has one thread, never blocks, and never polls.

It is a non-blocking socket with two notifiers. jeepney's connections block. QtDBus lacks uint32.
"""

from __future__ import annotations

import logging
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QBasicTimer, QObject, QSocketNotifier, QTimerEvent, Signal

from safepause.system.dbus.address import session_address, system_address
from safepause.system.dbus.message import (
    BUS_NAME,
    BUS_PATH,
    ERROR,
    Call,
    DBusError,
    Message,
    Rule,
    SignalMessage,
)
from safepause.system.dbus.wire import Malformed, Wire, socket_paths

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT = 5.0
"""Seconds after which a call without an answer fails."""
_CHUNK = 65536
_T = TypeVar("_T")

log = logging.getLogger(__name__)


class NoBus(Exception):  # noqa: N818  -- the name says what happened
    """There is no bus to connect to. The text is the reason."""


class Subscription:
    """A subscription to signals, until `close`."""

    def __init__(self, close: Callable[[Subscription], None]) -> None:
        """Take the function that ends the subscription."""
        self._close = close

    def close(self) -> None:
        """End the subscription. May be called twice."""
        self._close(self)


@dataclass(frozen=True, slots=True)
class _Pending:
    done: Callable[[Message], None]
    failed: Callable[[DBusError], None]
    timer: QBasicTimer
    """The timer of this call. `startTimer` would need the class `Qt`: 1 MB and 24 ms."""


class Bus(QObject):
    """A connection to a message bus. The event loop runs all callbacks, in the GUI thread."""

    closed = Signal(str)
    """The connection has ended by itself. The text is the reason. Every open call has failed."""
    ready = Signal()
    """The bus has answered for the first time. A bus that hangs takes a connection without that."""

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        """Connect to a D-Bus address, such as "unix:path=/run/user/1000/bus".

        Raises:
            NoBus: the address is of an unknown kind, or no bus listens there.

        """
        connection = _connect(address)  # first: if it raises, no child of `parent` is left
        super().__init__(parent)
        self.unique_name = ""  # such as ":1.7", after the bus has answered "Hello"
        self._pending: dict[int, _Pending] = {}
        self._listeners: dict[Subscription, tuple[Rule, Callable[[Message], None]]] = {}
        self._wire = Wire()
        self._socket: socket.socket | None = connection
        fd = connection.fileno()
        self._reader = QSocketNotifier(fd, QSocketNotifier.Type.Read, self)
        self._writer = QSocketNotifier(fd, QSocketNotifier.Type.Write, self)
        self._reader.activated.connect(self._read)
        self._writer.activated.connect(self._write)
        self.call(_to_bus("Hello"), self._greeted, lambda why: self._end(str(why)), timeout=None)

    @classmethod
    def session(cls, parent: QObject | None = None) -> Bus:
        """Connect to the session bus.

        Raises:
            NoBus: this session has no bus.

        """
        address = session_address()
        if not address:
            raise NoBus("this session has no message bus")
        return cls(address, parent)

    @classmethod
    def system(cls, parent: QObject | None = None) -> Bus:
        """Connect to the system bus.

        Raises:
            NoBus: this computer has no bus.

        """
        return cls(system_address(), parent)

    @property
    def is_open(self) -> bool:
        """Whether the connection is open, or being opened."""
        return self._socket is not None

    def call(
        self,
        call: Call,
        done: Callable[[Message], None],
        failed: Callable[[DBusError], None],
        timeout: float | None = TIMEOUT,
    ) -> None:
        """Queue a call and return at once. Later either `done` or `failed` is called, once.

        `timeout` is in seconds from now. None means no timeout while the connection is open.

        Raises:
            ValueError, TypeError, struct.error: the body doesn't match the signature.

        """
        serial = self._wire.call(call)
        seconds = timeout if self.is_open else 0
        timer = QBasicTimer()
        if seconds is not None:
            timer.start(int(seconds * 1000), self)
        self._pending[serial] = _Pending(done, failed, timer)
        self._writer.setEnabled(self.is_open)

    def on_signal(self, rule: Rule, handler: Callable[[Message], None]) -> Subscription:
        """Call `handler` for every signal that matches `rule`, until the subscription is closed."""
        subscription = Subscription(self._unsubscribe)
        self._listeners[subscription] = (rule, handler)
        self.call(_to_bus("AddMatch", rule.text()), _ignore, _log_reason, timeout=None)
        return subscription

    def watch_name(self, name: str, handler: Callable[[str], None]) -> Subscription:
        """Call `handler` with the owner of `name` soon, and again after every change.

        The owner is a unique name. It is empty if no program owns the name.
        """
        rule = Rule(BUS_NAME, BUS_PATH, BUS_NAME, "NameOwnerChanged", name)
        subscription = self.on_signal(rule, lambda message: handler(str(message.body[2])))
        self.call(
            _to_bus("GetNameOwner", name),
            lambda message: handler(str(message.body[0])),
            lambda _reason: handler(""),
            timeout=None,  # a bus that hangs answers when it goes on
        )
        return subscription

    def close(self) -> None:
        """Send what is queued, and disconnect. No callback follows, and `closed` is not emitted."""
        with suppress(OSError):
            self._flush()
        self._drop()
        self._listeners.clear()
        for serial in list(self._pending):
            self._take(serial)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Fail the call whose timeout is over."""
        late = DBusError(f"{ERROR}.NoReply", "no answer in time")
        lost = DBusError(f"{ERROR}.Disconnected", "no connection")
        for serial, pending in list(self._pending.items()):
            if pending.timer.timerId() == event.timerId():
                self._settle(serial, late if self.is_open else lost)

    def _greeted(self, message: Message) -> None:
        self.unique_name = str(message.body[0])
        self.ready.emit()

    def _unsubscribe(self, subscription: Subscription) -> None:
        rule, _handler = self._listeners.pop(subscription, (None, None))
        if rule is not None and self.is_open:
            self.call(_to_bus("RemoveMatch", rule.text()), _ignore, _log_reason, timeout=None)

    def _write(self) -> None:
        try:
            self._flush()
        except OSError as error:
            self._end(str(error))

    def _flush(self) -> None:
        with suppress(BlockingIOError):
            if self._socket is not None and self._wire.out:
                del self._wire.out[: self._socket.send(self._wire.out)]
        self._writer.setEnabled(bool(self._wire.out) and self.is_open)

    def _read(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(_CHUNK)
            received = self._wire.feed(data)
        except BlockingIOError:
            return
        except (OSError, Malformed) as error:
            self._end(str(error))
            return
        if not data:
            self._end("the bus has disconnected")
            return
        self._writer.setEnabled(bool(self._wire.out))
        for news in received:
            if isinstance(news, SignalMessage):
                self._dispatch(news)
            else:
                self._settle(news.serial, news.outcome)

    def _dispatch(self, signal: SignalMessage) -> None:
        for rule, handler in list(self._listeners.values()):
            if rule.matches(signal):
                _guarded(handler, signal.message)

    def _settle(self, serial: int, outcome: Message | DBusError) -> None:
        if (pending := self._take(serial)) is None:
            return
        if isinstance(outcome, Message):
            _guarded(pending.done, outcome)
        else:
            _guarded(pending.failed, outcome)

    def _take(self, serial: int) -> _Pending | None:
        pending = self._pending.pop(serial, None)
        if pending is not None:
            pending.timer.stop()
        return pending

    def _end(self, why: str) -> None:
        if self._socket is None:
            return
        self._drop()
        self._listeners.clear()
        for serial in list(self._pending):
            self._settle(serial, DBusError(f"{ERROR}.Disconnected", why))
        self.closed.emit(why)

    def _drop(self) -> None:
        if self._socket is not None:
            self._reader.setEnabled(False)
            self._writer.setEnabled(False)
            self._socket.close()
            self._socket = None


def _connect(address: str) -> socket.socket:
    try:
        paths = socket_paths(address)
    except ValueError as error:
        raise NoBus(f"a bus address of an unknown kind: {address}") from error
    why = "this system has no Unix sockets"
    if sys.platform != "win32":
        for path in paths:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.setblocking(False)
                connection.connect(path)
            except OSError as error:
                connection.close()
                why = str(error)
            else:
                return connection
    raise NoBus(f"no bus answers at {address}: {why}")


def _to_bus(member: str, *texts: str) -> Call:
    return Call(BUS_NAME, BUS_PATH, BUS_NAME, member, "s" * len(texts), texts)


def _guarded(handler: Callable[[_T], None], value: _T) -> None:
    try:
        handler(value)
    except Exception:  # the border: an error in one handler must not stop the next one
        log.exception("a D-Bus handler failed")


def _ignore(_message: Message) -> None:
    """Handle an answer without values."""


def _log_reason(reason: DBusError) -> None:
    if not reason.name.endswith(".Disconnected"):
        log.warning("the message bus refused: %s", reason)
