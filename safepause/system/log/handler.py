"""The log: a small private file of what the program did and what the desktop refused.

It holds no names and no words of people: facts are bare, and of an exception it has the kind and
the place, not the message, which may quote what somebody typed. A pause that is undone leaves no
trace, and so none here: while it can still be undone, what is logged stays in memory, and is
forgotten with it. (A log without any pauses could not tell why a return was missed.) The same goes
for standard error, where warnings are said too: many desktops keep what programs say there.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
import time
import traceback
from typing import TYPE_CHECKING, TextIO

from safepause.core.capability import Capability, CapabilityKey, LogTail
from safepause.core.ports import NotKept
from safepause.i18n.language import _
from safepause.system.log.rotation import OLDER, PrivateFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

MOST_BYTES = 256 * 1024
"""How long the file gets; one older file of that size is kept beside it."""
LINES = 20
"""How many of the last lines are shown."""
FORM = "%(asctime)s %(levelname)s %(module)s: %(message)s"
_TAIL_BYTES = 16 * 1024

log = logging.getLogger(__name__)


class LogFile(logging.Handler):
    """Writes to the file, or waits: until the program stands, and while a pause may be undone."""

    def __init__(self, path: str, terminal: TextIO | None = None) -> None:
        """Open nothing yet: records wait for `begin`. Warnings go to `terminal`, too."""
        super().__init__(logging.INFO)
        self.setFormatter(BareFormatter())
        self.path = path
        self.trouble = ""
        """The system's word for why nothing can be written."""
        self._waiting: list[logging.LogRecord] = []
        self._begun = False
        self._held_from: int | None = None
        self._file: logging.Handler | None = None
        self._terminal = None if terminal is None else _terminal_handler(terminal)

    @property
    def holding(self) -> bool:
        """Whether what comes now may have to be forgotten."""
        return self._held_from is not None

    def begin(self) -> None:
        """Write from now on: the start, which opening the file would slow down, is over."""
        self._begun = True
        self.flush()

    def hold(self) -> None:
        """Keep what comes from now on in memory, until `keep` or `drop`."""
        with self._locked():
            if self._held_from is None:
                self._held_from = len(self._waiting)

    def keep(self) -> None:
        """Write what was held."""
        self._held_from = None
        if self._begun:
            self.flush()

    def drop(self) -> None:
        """Forget what was held: it never was."""
        with self._locked():
            if self._held_from is not None:
                del self._waiting[self._held_from :]
                self._held_from = None

    def clear(self) -> None:
        """Delete every line, here and on disk.

        Raises:
            NotKept: a file can't be emptied.

        """
        with self._locked():
            self._waiting.clear()
            self._held_from = None if self._held_from is None else 0
            clear(self.path)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record, and write it if that may be."""
        self._waiting.append(record)
        if self._begun:
            self.flush()

    def flush(self) -> None:
        """Write what waits and need not be forgotten."""
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
        """Write what may be written, and nothing after that."""
        self.drop()
        self.flush()
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()

    def leave_terminal(self) -> None:
        """Say nothing more on standard error."""
        self._terminal = None

    def capability(self) -> Capability:
        """Say whether a log is written, and where."""
        return _capability(self.path, self.trouble)

    def _write(self, record: logging.LogRecord) -> None:
        if self._file is not None:
            self._file.handle(record)
        if self._terminal is not None and record.levelno >= self._terminal.level:
            self._terminal.handle(record)

    def _open(self) -> None:
        try:
            self._file = PrivateFile(self.path, MOST_BYTES)
        except OSError as error:
            self.trouble = error.strerror or str(error)
        else:
            self._file.setFormatter(self.formatter)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.acquire()
        try:
            yield
        finally:
            self.release()


class BareFormatter(logging.Formatter):
    """Writes one line a record, at an instant in UTC, and under it where an exception came from."""

    converter = staticmethod(time.gmtime)

    def __init__(self, form: str = FORM) -> None:
        """Have lines such as "2026-03-10T20:40:00Z INFO chronicle: due"."""
        super().__init__(form, datefmt="%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        """Return the text, whatever another handler has made of the record's exception."""
        own = logging.makeLogRecord(record.__dict__)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the kind and the place; the system's word for it, but no other message."""
        kind, error, trace = ei
        if kind is None:
            return ""
        word = f": {error.strerror}" if isinstance(error, OSError) else ""
        places = traceback.extract_tb(trace)
        frames = (f"  {_short(at.filename)}:{at.lineno} {at.name}" for at in places)
        return "\n".join((*frames, f"  {kind.__name__}{word}"))


def _terminal_handler(terminal: TextIO) -> logging.Handler:
    """Return what writes there: all that is known where a person looks on, else the bare kind."""
    handler = logging.StreamHandler(terminal)
    handler.setLevel(logging.WARNING)
    if not terminal.isatty():
        handler.setFormatter(BareFormatter("%(message)s"))
    return handler


@contextlib.contextmanager
def logging_to(path: str) -> Iterator[LogFile]:
    """Log to a file, and warnings to standard error, for as long as the program runs.

    Where the file can't be written, there is standard error alone.
    """
    root, ours = logging.getLogger(), logging.getLogger("safepause")
    file = LogFile(path, sys.stderr)  # a windowed program on Windows has none
    level = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(file)
    try:
        yield file
    except Exception:
        file.flush()
        file.leave_terminal()  # Python says it there
        log.critical("can't go on", exc_info=True)
        raise
    finally:
        ours.setLevel(level)
        root.removeHandler(file)
        file.close()


def _short(filename: str) -> str:
    """Return a source file's name and folder: a whole path may hold a person's name."""
    folder, name = os.path.split(filename)
    return f"{os.path.basename(folder)}/{name}"  # noqa: PTH119  -- as paths.py


def clear(path: str) -> None:
    """Empty the log, which a running program may have open, and delete the older one.

    Raises:
        NotKept: a file can't be emptied or deleted.

    """
    try:
        for name in (path + OLDER, path):
            with contextlib.suppress(FileNotFoundError):
                os.truncate(name, 0)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path + OLDER)  # noqa: PTH108  -- as paths.py
    except OSError as error:
        raise NotKept(error.strerror or str(error)) from error


def tail(path: str, count: int = LINES) -> LogTail:
    """Return the last lines of the log; none where there is no log."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  -- as paths.py
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL_BYTES))
            end = file.read(_TAIL_BYTES)
    except OSError:
        return LogTail(path, ())
    return LogTail(path, tuple(end.decode("utf-8", "replace").splitlines()[-count:]))


def capability(path: str) -> Capability:
    """Say whether a log can be written at `path`, without writing one."""
    there = os.path.exists(path)  # noqa: PTH110  -- as paths.py
    place = path if there else os.path.dirname(path)  # noqa: PTH120  -- as paths.py
    writable = os.access(place, os.W_OK)
    return _capability(path, "" if writable else os.strerror(errno.EACCES))


def _capability(path: str, trouble: str) -> Capability:
    if not trouble:
        return Capability(
            CapabilityKey.LOG, available=True, why=_("Written to {file}.").format(file=path)
        )
    why = _("The log can't be written. ({detail})").format(detail=trouble)
    advice = _("Start SafePause in a terminal to see its messages.")
    return Capability(CapabilityKey.LOG, available=False, why=why, advice=advice)
