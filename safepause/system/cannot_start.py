"""Says in plain words why the program can't start: what is missing, or which screen isn't reached.

Qt and the system's loader say it in their own words, which stand above the sentence.
"""

from __future__ import annotations

import re
import sys

from safepause.i18n.language import _

EXIT_CODE = 3
"""The exit code of a process that said why it can't start."""
_LIBRARY = re.compile(r"\b(lib[\w+-]+)\.so\.(\d+)[.\d]*: ")
_X11 = re.compile(r"could not connect to display ?(\S*)")
_WAYLAND = re.compile(r"Failed to create wl_display")


def why(said: str, screen: str = "") -> str:
    """Return the sentence for what Qt or the loader said. `screen` is the Wayland display."""
    return _known(said, screen) or _("SafePause can't start here.")


def why_not_imported(said: str) -> str:
    """Return the sentence for a part of the program, or of Qt, that can't be imported."""
    broken = _("A part of SafePause is missing or broken. Please install SafePause again.")
    return _known(said, "") or broken


def _known(said: str, screen: str) -> str:
    library = _LIBRARY.search(said)
    if library:
        sentence = _("A library is missing or broken: {library}. Please install it.")
        return sentence.format(library=_package(library[1], library[2]))
    reached = _X11.search(said)
    if reached is None and not _WAYLAND.search(said):
        return ""
    name = reached[1] if reached else screen
    if name:
        return _("SafePause can't reach the screen {display}.").format(display=name)
    return _("SafePause needs a desktop to appear on. There is none here.")


def _package(name: str, version: str) -> str:
    """Return a library's file and, in Debian's way, its package: libxcb-cursor0."""
    hyphen = "-" if name[-1].isdigit() else ""
    return f"{name.lower()}{hyphen}{version} ({name}.so.{version})"


def say(*lines: str) -> None:
    """Write lines to standard error. The sentence for the person is the last one."""
    if sys.stderr is not None:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()
