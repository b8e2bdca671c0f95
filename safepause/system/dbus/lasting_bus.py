"""A message bus for the whole program: connected at its first use, and again after a loss.

A bus that comes back makes its socket again. So the folder of the socket is watched while there is
no connection, and nothing is polled. A socket without a file is tried at the next use alone.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QTimer, Signal

from safepause.system.dbus.address import session_address, socket_file, system_address
from safepause.system.dbus.factory import connect_session, connect_system
from safepause.system.dbus.probe import Seen, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.probe import Question

TRIES_MS = (20, 100, 500, 2000, 5000)
"""How long after a change of the folder the bus is tried. It makes its file before it listens."""
FRESH_MS = 500
"""How long a look at the bus counts."""

log = logging.getLogger(__name__)


class LastingBus(QObject):
    """Returns the program's connection to one of the message buses."""

    came = Signal()
    """The bus has answered on a connection: at the first use, and after each loss."""
    lost = Signal()
    """The connection has ended by itself."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], Bus | None],
        address: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """Connect to nothing yet. `name` is for the log."""
        super().__init__(parent)
        self._name = name
        self._connect = connect
        self._address = address
        self._bus: Bus | None = None
        self._used = self._answered = False
        self._seen = Seen()
        self._names: frozenset[str] = frozenset()
        self._questions: frozenset[Question] = frozenset()
        self._looked = QElapsedTimer()
        self._folder: QFileSystemWatcher | None = None
        self._tries = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._try)

    def __call__(self) -> Bus | None:
        """Return the connection, or None if there has never been such a bus.

        A lost connection is replaced. If that isn't possible yet, it is returned: it is closed.
        """
        if not self._used:
            self._used = True
            if not self._open():
                log.info("there is no %s bus", self._name)
                self._watch_folder()
        elif self._bus is not None and not self.is_open and self._folder is None:
            self._open()  # its socket has no file that would tell of it
        return self._bus

    @property
    def is_open(self) -> bool:
        """Whether there is a connection. The bus may still be silent."""
        return self._bus is not None and self._bus.is_open

    def look(self, names: frozenset[str], questions: tuple[Question, ...] = ()) -> Seen:
        """Return who answers on the bus, within a quarter of a second.

        A look is as good as a new one for half a second, so `doctor` waits once for a silent bus.
        """
        fresh = self._looked.isValid() and self._looked.elapsed() < FRESH_MS
        known = names <= self._names and self._questions.issuperset(questions)
        if not fresh or (self._seen.answers and not known):
            self._names |= names
            self._questions |= set(questions)
            self._seen = look(self._address(), self._names, self._questions)
            self._looked.start()
        return self._seen

    def close(self) -> None:
        """Disconnect, and wait for nothing. May be called twice. A new use connects again."""
        self._rest()
        self._used = self._answered = False
        if self._bus is not None:
            self._bus.close()
            self._bus.deleteLater()
            self._bus = None

    def _open(self) -> bool:
        """Connect. Return whether that was possible."""
        made = self._connect()
        if made is None:
            return False
        if self._bus is not None:
            self._bus.deleteLater()
        made.setParent(self)
        made.closed.connect(self._ended)
        made.ready.connect(self._ready)
        self._bus = made
        return True

    def _ready(self) -> None:
        self._answered = True
        self._rest()
        self.came.emit()

    def _ended(self, why: str) -> None:
        if not self._answered:  # a bus that hangs up at once is not tried for ever
            log.info("the %s bus hangs up: %s", self._name, why)
            self._watch_folder()
            self._try_later()
            return
        self._answered = False
        log.warning("the %s bus is gone: %s", self._name, why)
        self._changed()
        self.lost.emit()

    def _watch_folder(self) -> None:
        """Try the bus after each change of the folder that has its socket, or will have it."""
        file = socket_file(self._address())
        if file is None:
            return
        if self._folder is None:
            self._folder = QFileSystemWatcher(self)
            self._folder.directoryChanged.connect(self._changed)
        folder = next((each for each in file.parents if each.is_dir()), file.parent)
        self._folder.addPath(str(folder))

    def _changed(self) -> None:
        """Try the bus soon, and a few times more. The folder of its socket may be new, too."""
        self._watch_folder()
        self._tries = 0
        self._timer.start(TRIES_MS[0])

    def _try(self) -> None:
        if not self.is_open and not self._open():
            self._try_later()

    def _try_later(self) -> None:
        self._tries += 1
        if self._tries < len(TRIES_MS):
            self._timer.start(TRIES_MS[self._tries])

    def _rest(self) -> None:
        self._timer.stop()
        if self._folder is not None:
            self._folder.deleteLater()
            self._folder = None


def session_bus(parent: QObject | None = None) -> LastingBus:
    """Return the session bus. It isn't connected yet."""
    return LastingBus("session", connect_session, session_address, parent)


def system_bus(parent: QObject | None = None) -> LastingBus:
    """Return the computer's bus. It isn't connected yet."""
    return LastingBus("system", connect_system, system_address, parent)
