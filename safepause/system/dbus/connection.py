"""D-Bus inside the Qt loop: one thread, nothing blocks, nothing wakes up while nothing is said.

A non-blocking socket with two QSocketNotifiers carries what dbus_wire.py writes and reads. Not
jeepney's own connections, which block, nor QtDBus: no uint32, and a thread. Linux only.
"""

from __future__ import annotations

import logging
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QBasicTimer, QObject, QSocketNotifier, QTimerEvent, Signal

from safepause.system.dbus.wire import (
    BUS_NAME,
    BUS_PATH,
    ERROR,
    Call,
    DBusError,
    Malformed,
    Message,
    Rule,
    SignalMessage,
    Wire,
    socket_paths,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEM_ADDRESS = "unix:path=/run/dbus/system_bus_socket"
TIMEOUT = 5.0
"""Seconds that a call may take before it counts as unanswered."""
_CHUNK = 65536
_T = TypeVar("_T")

log = logging.getLogger(__name__)


class NoBus(Exception):  # noqa: N818  -- says what happened, as a sentence would
    """There is no bus to talk to; the text says why."""


class Subscription:
    """Signals that are being listened to, until `close`."""

    def __init__(self, close: Callable[[Subscription], None]) -> None:
        """Be told how to end."""
        self._close = close

    def close(self) -> None:
        """Hear no more. May be called twice."""
        self._close(self)


@dataclass(frozen=True, slots=True)
class _Pending:
    done: Callable[[Message], None]
    failed: Callable[[DBusError], None]
    timer: QBasicTimer
    """The bus's own for this call; not `killTimer`, which needs `Qt`: 1 MB and 24 ms."""


class Bus(QObject):
    """One connection to a message bus. Callbacks run in the GUI thread, from the event loop."""

    closed = Signal(str)
    """The connection ended by itself; the text says why. Every open call has failed by then."""

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        """Connect to a D-Bus address, such as "unix:path=/run/user/1000/bus".

        Raises:
            NoBus: the address is of no kind that is known here, or nobody listens there.

        """
        connection = _connect(address)  # first: what can't be made must leave no child behind
        super().__init__(parent)
        self.unique_name = ""  # what the bus calls us, such as ":1.7", once it has said so
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
        """Connect to the person's own bus.

        Raises:
            NoBus: this session has none.

        """
        address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
        if not address:
            path = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere") / "bus"
            if not path.exists():
                raise NoBus("this session has no message bus")
            address = f"unix:path={path}"
        return cls(address, parent)

    @classmethod
    def system(cls, parent: QObject | None = None) -> Bus:
        """Connect to the computer's bus.

        Raises:
            NoBus: this computer runs none.

        """
        return cls(os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_ADDRESS, parent)

    @property
    def is_open(self) -> bool:
        """Whether the connection stands, or is still being made."""
        return self._socket is not None

    def call(
        self,
        call: Call,
        done: Callable[[Message], None],
        failed: Callable[[DBusError], None],
        timeout: float | None = TIMEOUT,
    ) -> None:
        """Queue a call and return at once; later exactly one of `done` and `failed` is called.

        `timeout` counts seconds from now; None waits for as long as the bus stands.

        Raises:
            ValueError, TypeError, struct.error: the body is not of the signature.

        """
        serial = self._wire.call(call)
        seconds = timeout if self.is_open else 0
        timer = QBasicTimer()
        if seconds is not None:
            timer.start(int(seconds * 1000), self)
        self._pending[serial] = _Pending(done, failed, timer)
        self._writer.setEnabled(self.is_open)

    def on_signal(self, rule: Rule, handler: Callable[[Message], None]) -> Subscription:
        """Call `handler` for every signal that fits, until the subscription is closed."""
        subscription = Subscription(self._unsubscribe)
        self._listeners[subscription] = (rule, handler)
        self.call(_to_bus("AddMatch", rule.text()), _ignore, _log_reason, timeout=None)
        return subscription

    def watch_name(self, name: str, handler: Callable[[str], None]) -> Subscription:
        """Call `handler` with the unique name of the owner of `name`, now and at every change.

        An empty text says that nobody owns it.
        """
        rule = Rule(BUS_NAME, BUS_PATH, BUS_NAME, "NameOwnerChanged", name)
        subscription = self.on_signal(rule, lambda heard: handler(str(heard.body[2])))
        self.call(
            _to_bus("GetNameOwner", name),
            lambda heard: handler(str(heard.body[0])),
            lambda _reason: handler(""),
        )
        return subscription

    def close(self) -> None:
        """Leave the bus: what is queued goes out, answers are forgotten, `closed` isn't emitted."""
        with suppress(OSError):
            self._flush()
        self._drop()
        self._listeners.clear()
        for serial in list(self._pending):
            self._take(serial)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Fail the call whose time is over."""
        late = DBusError(f"{ERROR}.NoReply", "no answer in time")
        lost = DBusError(f"{ERROR}.Disconnected", "no connection")
        for serial, pending in list(self._pending.items()):
            if pending.timer.timerId() == event.timerId():
                self._settle(serial, late if self.is_open else lost)

    def _greeted(self, heard: Message) -> None:
        self.unique_name = str(heard.body[0])

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
            told = self._wire.feed(data)
        except BlockingIOError:
            return
        except (OSError, Malformed) as error:
            self._end(str(error))
            return
        if not data:
            self._end("the bus hung up")
            return
        self._writer.setEnabled(bool(self._wire.out))
        for news in told:
            if isinstance(news, SignalMessage):
                self._pass_on(news)
            else:
                self._settle(news.serial, news.outcome)

    def _pass_on(self, signal: SignalMessage) -> None:
        for rule, handler in list(self._listeners.values()):
            if rule.fits(signal):
                _guarded(handler, signal.heard)

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
    why = ""
    for path in paths:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
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
    except Exception:  # the border: one handler's mistake must not cost the others their messages
        log.exception("a D-Bus handler broke")


def _ignore(_heard: Message) -> None:
    """Take an answer that says nothing but "done"."""


def _log_reason(reason: DBusError) -> None:
    if not reason.name.endswith(".Disconnected"):
        log.warning("the message bus refused: %s", reason)
