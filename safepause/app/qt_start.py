"""Starts Qt on a platform that works. If none works, says why and ends the process.

A person, a script or another desktop may have named a platform in QT_QPA_PLATFORM that can't start
here. Then Qt tries the other one, X11 or Wayland, if its display is there. Without any platform, Qt
writes for developers and aborts. Only a message handler can have the last word before that.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QLibraryInfo, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from safepause.system import cannot_start
from safepause.system.displays import WAYLAND, X11, displays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtCore import QMessageLogContext

PLATFORM = "QT_QPA_PLATFORM"
_UNREACHED = {X11: "could not connect to display", WAYLAND: "Failed to create wl_display"}
"""What each platform says if it runs, and its display does not answer."""
_ALWAYS_SAID = "xcb-cursor0 or libxcb-cursor0 is needed"
"""Qt says this whenever X11 can't start, also if the library is there."""


def start_qt(name: str) -> QApplication:
    """Return the application, on a platform that works. Without one, end this process."""
    with _platform(platforms(os.environ)), _Messages():
        return QApplication([name])


def platforms(environment: Mapping[str, str]) -> str:
    """Return the platforms to try: the one that is asked for, then others whose display is here.

    Return an empty text if none is asked for. Then Qt itself tries both.
    """
    asked = environment.get(PLATFORM, "")
    if asked and sys.platform == "linux":
        here = [name for name, display in displays(environment).items() if display]
        return ";".join((asked, *(name for name in here if name not in asked)))
    return asked


@contextlib.contextmanager
def _platform(tried: str) -> Iterator[None]:
    """Have Qt try these platforms. Programs that are started later get the person's own choice."""
    asked = os.environ.get(PLATFORM)
    if asked:
        os.environ[PLATFORM] = tried
    try:
        yield
    finally:
        if asked:
            os.environ[PLATFORM] = asked


class _Messages:
    """Writes what Qt says, as Qt does. Before Qt aborts, a plain sentence is the last word."""

    def __init__(self) -> None:
        self._said: list[str] = []

    def __enter__(self) -> None:
        qInstallMessageHandler(self._take)

    def __exit__(self, *_error: object) -> None:
        qInstallMessageHandler(None)

    def _take(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            self._give_up(text)
        if _ALWAYS_SAID in text:
            return
        named = context.category not in {None, "default"}
        self._said.append(f"{context.category}: {text}" if named else text)
        cannot_start.say(self._said[-1])

    def _give_up(self, last: str) -> NoReturn:
        details = [] if self._said else [last]
        details += _unloaded("\n".join(self._said))
        told = "\n".join((*self._said, *details))
        sentence = cannot_start.why(told, displays(os.environ)[WAYLAND])
        cannot_start.say(*details, sentence)
        os._exit(cannot_start.EXIT_CODE)  # Qt would abort


def _unloaded(said: str) -> list[str]:
    """Return why the system could not load the platforms whose displays are here."""
    import ctypes  # not at the top: the tray icon would wait for it

    own = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    folder = Path(os.environ.get(f"{PLATFORM}_PLUGIN_PATH") or own)
    found = []
    for name, display in displays(os.environ).items():
        if display and _UNREACHED[name] not in said:
            for plugin in sorted(folder.glob(f"libq{name}*.so")):
                try:
                    ctypes.CDLL(str(plugin))
                except OSError as error:
                    found.append(str(error))
    return found
