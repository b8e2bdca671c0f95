"""Whether another Python has a package. That Python looks for it, in a process of its own.

Its answer is remembered until something changes in the places where it looks for packages. So the
program waits for each Python once, and for a limited time.
"""

from __future__ import annotations

import atexit
import functools
import os
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PATIENCE = 0.4
"""Seconds for which the program waits. A healthy Python needs a tenth of that."""
LIMIT = 30.0
"""Seconds after which a Python that hangs is ended."""
_FIND = """
import importlib.util, os, site, sys
name = sys.argv[1]
found = importlib.util.find_spec(name)
origin = found and found.origin
paths = [*sys.path, site.USER_SITE or ""]
places = [sys.executable, os.path.join(sys.prefix, "pyvenv.cfg"), origin or "", *paths]
places += [os.path.join(path, end) for path in paths for end in (name, name + ".py")]
text = "\\0".join(os.path.abspath(place) for place in places if place)
sys.stdout.buffer.write(os.fsencode(text))
sys.exit(3 * (origin is None))
"""
"""Prints the places that the answer depends on. The folder that it runs in has many other files."""
_MISSING = 3
"""The exit code of a Python that finds no such package. Another code says nothing about that."""
Stamps = list[tuple[int, int] | None]


class _Look:
    """One look of a Python for a package. A Python that is silent counts as one that has it."""

    def __init__(self, python: str, flags: Sequence[str], name: str) -> None:
        """Ask the Python, and wait for a moment."""
        self.has = True
        self._places = [python]
        self._seen = _stamps(self._places)
        self._thread: threading.Thread | None = None
        nothing, pipe = subprocess.DEVNULL, subprocess.PIPE
        command = [python, *flags, "-c", _FIND, name]
        try:
            asked = subprocess.Popen(  # noqa: S603  -- the person's own Python
                command, stdin=nothing, stdout=pipe, stderr=nothing, cwd=Path.home()
            )
        except OSError:
            self.has = False
            return
        self._thread = threading.Thread(target=self._hear, args=[asked], daemon=True)
        self._end = functools.partial(_end, asked)
        atexit.register(self._end)
        self._thread.start()
        self._thread.join(PATIENCE)

    @property
    def holds(self) -> bool:
        """Whether the Python still looks, or would see the same again."""
        looks = self._thread is not None and self._thread.is_alive()
        return looks or self._seen == _stamps(self._places)

    def _hear(self, asked: subprocess.Popen[bytes]) -> None:
        with asked:
            try:
                said = asked.communicate(timeout=LIMIT)[0]
            except subprocess.TimeoutExpired:
                _end(asked)
            else:
                self._take(said, asked.returncode)
        atexit.unregister(self._end)

    def _take(self, said: bytes, code: int) -> None:
        places = [os.fsdecode(place) for place in said.split(b"\0") if place]
        self.has = code != _MISSING
        self._seen += _stamps(places)
        self._places += places


def _end(asked: subprocess.Popen[bytes]) -> None:
    """End a Python that hangs. It does not outlive the program either."""
    asked.kill()
    asked.wait()


_looks: dict[tuple[str, ...], _Look] = {}


def has_package(python: str, flags: Sequence[str], name: str) -> bool:
    """Return whether a Python that is started with these options finds a package."""
    key = (python, *flags, name)
    look = _looks.get(key)
    if look is None or not look.holds:
        look = _looks[key] = _Look(python, flags, name)
    return look.has


def _stamps(places: Iterable[str]) -> Stamps:
    """Return what changes with each place, or with what a folder lists."""
    return [_stamp(place) for place in places]


def _stamp(place: str) -> tuple[int, int] | None:
    try:
        found = os.stat(place)  # noqa: PTH116  -- many places, and each look
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
