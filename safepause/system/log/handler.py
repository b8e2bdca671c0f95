"""Collects the log's records, and decides which of them are written and when.

The log has no names and no words of people. Of an exception it has the kind and the place, but not
the message, which may quote what somebody typed. An undone pause leaves no trace: while a pause can
be undone, its records stay in memory, and an undo deletes them there. (A log without any pauses
could not show why a return was missed.) All this is true of standard error, too, because many
desktops keep what a program writes there.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
import traceback
from typing import TYPE_CHECKING, TextIO

from safepause.system.log import tail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from safepause.core.capability import Capability
    from safepause.system.log.rotation import PrivateFile

MOST_BYTES = 256 * 1024
"""The size at which the file is rotated. One older file of that size is kept."""
FORM = "%(asctime)s %(levelname)s %(module)s: %(message)s"

log = logging.getLogger(__name__)


class LogFile(logging.Handler):
    """Keeps records until the start is over and no pause can be undone, and then writes them."""

    def __init__(self, path: str, terminal: TextIO | None = None) -> None:
        """Open no file: records wait for `begin`. Warnings are written to `terminal`, too."""
        super().__init__(logging.INFO)
        self.setFormatter(BareFormatter())
        self.path = path
        self.trouble = ""
        """Why the file can't be written, mostly in the system's words; empty if it can."""
        self._waiting: list[logging.LogRecord] = []
        self._begun = False
        self._held_from: int | None = None
        self._file: PrivateFile | None = None
        self._terminal = None if terminal is None else _terminal_handler(terminal)

    def begin(self) -> None:
        """Write records from now on. Before this, opening the file would slow the start down."""
        self._begun = True
        self.flush()

    def hold(self) -> None:
        """Keep the next records in memory, until `keep` or `drop`."""
        with self._locked():
            if self._held_from is None:
                self._held_from = len(self._waiting)

    def keep(self) -> None:
        """Write the records that `hold` kept."""
        self._held_from = None
        if self._begun:
            self.flush()

    def drop(self) -> None:
        """Delete the records that `hold` kept."""
        with self._locked():
            if self._held_from is not None:
                del self._waiting[self._held_from :]
                self._held_from = None

    def clear(self) -> None:
        """Delete every record, in memory and on disk.

        Raises:
            NotKept: a file can't be emptied.

        """
        with self._locked():
            self._waiting.clear()
            self._held_from = None if self._held_from is None else 0
            tail.clear(self.path)

    def handle(self, record: logging.LogRecord) -> bool:
        """Take a record from a logger. Code that logs something never fails by it."""
        try:
            return super().handle(record)
        except Exception as error:  # noqa: BLE001  -- the border between the log and the rest
            self._take_trouble(error)
            return False

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record, and write it if that is allowed already."""
        self._waiting.append(record)
        if self._begun:
            self.flush()

    def flush(self) -> None:
        """Write the records that wait and can't be dropped any more."""
        with self._locked():
            end = len(self._waiting) if self._held_from is None else self._held_from
            settled = self._waiting[:end]
            del self._waiting[:end]
            if self._held_from is not None:
                self._held_from = 0
            if settled and self._file is None and not self.trouble:
                self._open()
            for record in settled:
                self._write(record)

    def close(self) -> None:
        """Write the records that may be written, and close the file."""
        self.drop()
        self.flush()
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()

    def leave_terminal(self) -> None:
        """Write nothing more to standard error."""
        self._terminal = None

    def capability(self) -> Capability:
        """Return whether a log is written, and where."""
        return tail.capability_of(
            self.path, self.trouble or (self._file.trouble if self._file else "")
        )

    def _write(self, record: logging.LogRecord) -> None:
        if self._file is not None:
            self._file.handle(record)
        if self._terminal is not None and record.levelno >= self._terminal.level:
            self._terminal.handle(record)

    def _open(self) -> None:
        try:
            # The door to logging.handlers: its import takes 3 ms, and the tray icon must not wait.
            from safepause.system.log.rotation import PrivateFile

            self._file = PrivateFile(self.path, MOST_BYTES)
        except Exception as error:  # noqa: BLE001  -- an update may have taken the module away, too
            self._take_trouble(error)
        else:
            self._file.setFormatter(self.formatter)

    def _take_trouble(self, error: Exception) -> None:
        """Remember why nothing is written. `doctor` shows it."""
        word = error.strerror if isinstance(error, OSError) else None
        self.trouble = word or str(error) or type(error).__name__

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.acquire()
        try:
            yield
        finally:
            self.release()


class BareFormatter(logging.Formatter):
    """Formats a record as a line with its time in UTC, and an exception by its places and kind."""

    converter = staticmethod(time.gmtime)

    def __init__(self, form: str = FORM) -> None:
        """Take the form of a line, such as "2026-03-10T20:40:00Z INFO event_recorder: due"."""
        super().__init__(form, datefmt="%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        """Return the text, without the exception's text that another handler left in the record."""
        own = logging.makeLogRecord(record.__dict__)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return places and kind. The message follows only if it is the system's own."""
        kind, error, trace = ei
        if kind is None:
            return ""
        word = f": {error.strerror}" if isinstance(error, OSError) else ""
        places = traceback.extract_tb(trace)
        frames = (f"  {_short(at.filename)}:{at.lineno} {at.name}" for at in places)
        return "\n".join((*frames, f"  {kind.__name__}{word}"))


def _terminal_handler(terminal: TextIO) -> logging.Handler:
    """Return the handler for standard error, which has exceptions' messages only on a terminal."""
    handler = logging.StreamHandler(terminal)
    handler.setLevel(logging.WARNING)
    if not terminal.isatty():
        handler.setFormatter(BareFormatter("%(message)s"))
    return handler


@contextlib.contextmanager
def logging_to(path: str) -> Iterator[LogFile]:
    """Log to the file at `path` inside the `with` block, and warnings to standard error.

    If the file can't be written, warnings go to standard error only.
    """
    root, ours = logging.getLogger(), logging.getLogger("safepause")
    file = LogFile(path, sys.stderr)  # which is None for safepausew on Windows
    level = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(file)
    try:
        yield file
    except Exception:
        file.flush()
        file.leave_terminal()  # Python itself writes the exception there
        log.critical("can't go on", exc_info=True)
        raise
    finally:
        ours.setLevel(level)
        root.removeHandler(file)
        file.close()


def _short(filename: str) -> str:
    """Return the name and folder of a source file. Its whole path may contain a person's name."""
    folder, name = os.path.split(filename)
    return f"{os.path.basename(folder)}/{name}"  # noqa: PTH119  -- as paths.py
