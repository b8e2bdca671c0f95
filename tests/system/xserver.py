"""An X server for a test, with programs that press its keys."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any

NEEDED = ("Xvfb", "xdotool", "setxkbmap", "xkbcomp")

_OPTIONS = ("-nolisten", "tcp", "-screen", "0", "640x480x24", "-noreset")
"""Without -noreset the server restarts when its last client leaves, and refuses the next client."""


def missing() -> str:
    """Return the programs that are not installed."""
    return ", ".join(name for name in NEEDED if shutil.which(name) is None)


class XServer:
    """An Xvfb on a free display, with a US keyboard."""

    def __init__(self) -> None:
        """Start the server, and wait until it answers."""
        read, write = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603
            ["Xvfb", "-displayfd", str(write), *_OPTIONS],  # noqa: S607
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as said:
            self.display = f":{said.readline().strip()}"
        self.env = {**os.environ, "DISPLAY": self.display}
        self.layout("us")

    def layout(self, *arguments: str) -> None:
        """Set the keyboard's layout with the arguments of setxkbmap."""
        self.run("setxkbmap", *arguments)

    def hands(self, *arguments: str) -> None:
        """Run xdotool with its arguments, such as "key", "ctrl+alt+p"."""
        self.run("xdotool", *arguments)

    def run(self, *command: str) -> None:
        """Run a program on this display until it ends."""
        subprocess.run(command, env=self.env, check=True, timeout=20, stderr=subprocess.DEVNULL)  # noqa: S603

    def start(self, *command: str, **options: Any) -> subprocess.Popen[str]:  # noqa: ANN401
        """Start a program on this display."""
        return subprocess.Popen(command, env=self.env, text=True, **options)  # noqa: S603

    def kill(self) -> None:
        """Kill the server. May be called twice."""
        self._process.kill()
        self._process.wait()
