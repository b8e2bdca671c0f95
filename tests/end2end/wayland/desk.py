"""A desktop on Wayland: a compositor, SafePause on it, a screen reader, a pointer and a keyboard.

A window on Wayland can't choose its place, and does not know it. The compositor knows the place.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from safepause import APP_ID
from tests.end2end.program import Program
from tests.end2end.reader import Reader, Thing
from tests.end2end.waiting import Process, repeat, soon, stays, wait_for
from tests.end2end.wayland.hands import A

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from tests.end2end.wayland.kwin import KWin
    from tests.end2end.wayland.seen import Seen
    from tests.end2end.wayland.sway import Sway

APP = "safepause"
GUARDED = 0.8
"""Seconds after which a new window surely takes keys and clicks."""
ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs/desktops.md"


def home(folder: Path) -> dict[str, str]:
    """Return the variables with SafePause's place and its data folder for all programs."""
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    return {"TMPDIR": f"{folder}/cache", "PATH": path}


def ready_lines(first: str) -> str:
    """Return the lines of docs/desktops.md for the compositor's file that `first` names."""
    blocks = GUIDE.read_text(encoding="utf-8").split("```")
    (found,) = [block for block in blocks if block.strip().startswith(first)]
    return found


class Desk:
    """SafePause on a running compositor, for one test."""

    def __init__(self, desktop: Sway | KWin) -> None:
        """Use `desktop`, with no data yet."""
        self.desktop = desktop
        self.hands = desktop.hands
        folder = desktop.folder
        # The default data folder, so that a binding of the compositor uses it, too.
        self.program = Program(desktop.env, folder / "data/safepause", folder / "said.log")
        self._reader: Reader | None = None

    def __enter__(self) -> Self:
        """Begin the use of the desktop."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End SafePause, whoever started it, before the compositor ends."""
        if (self.program.home / "socket").exists():
            self.program.run("quit")
        self.program.end()
        if self._reader is not None:
            self._reader.close()

    @property
    def reader(self) -> Reader:
        """The screen reader of this desktop."""
        if self._reader is None:
            self._reader = Reader(self.desktop.caller, self.desktop.place.locale)
        return self._reader

    def windows(self) -> list[Seen]:
        """Return SafePause's visible windows."""
        return [window for window in self.desktop.windows() if window.app_id == APP_ID]

    def window(self, limit: float = 10.0) -> Seen:
        """Wait for a window of SafePause, and return it."""
        return wait_for(self.windows, "a window of SafePause is on the screen", limit)[-1]

    def wait_hidden(self) -> None:
        """Wait until SafePause has no visible window."""
        wait_for(lambda: not self.windows(), "SafePause has no window on the screen")

    def see(self, words: str, limit: float = 10.0) -> Thing:
        """Wait for a widget of SafePause with `words`, and return it."""
        return self.reader.wait(words, APP, limit)

    def press(self, words: str) -> None:
        """Click the button of SafePause with `words`, once its place is stable."""
        self.reader.wait(words, APP, kind="button")
        assert stays(self.windows, GUARDED), "the window went away"
        self._click(words)

    def press_until(self, words: str, effect: Callable[[], object]) -> None:
        """Click the button of SafePause with `words` until that has its effect.

        A window that comes up again, as at a reminder, ignores clicks in its first moments.
        """
        repeat(lambda: self._click(words), effect, f"{words!r} has its effect")

    def _click(self, words: str) -> None:
        """Click a button if it is shown. A screen reader's places are relative to the window."""
        button, windows = self.reader.find(words, APP, "button"), self.windows()
        if button is not None and windows:
            left, top, _width, _height = windows[-1].place
            x, y = button.middle
            self.hands.click(left + x, top + y)

    @contextmanager
    def other_window(self, *how: str) -> Iterator[Process]:
        """Show an active window of another program. Its keys are written to its log.

        The window is large. With "full" it fills the whole screen.
        """
        command = [sys.executable, "-m", "tests.end2end.wayland.other", *how]
        log = self.desktop.folder / "other.log"
        other = Process(command, self.desktop.env, log, at=ROOT)
        try:
            wait_for(lambda: self.writes(other), "another program's window is in use", 20)
            yield other
        finally:
            other.stop()

    def writes(self, other: Process) -> bool:
        """Press a key, and tell whether the other program's window gets it."""
        before = other.log.stat().st_size
        self.hands.press(A)
        return soon(lambda: other.log.stat().st_size > before)

    def keep(self, folder: Path) -> None:
        """Save a picture of the screen and all logs, to find out what went wrong."""
        folder.mkdir(parents=True, exist_ok=True)
        self.desktop.picture(folder / "screen.png")
        for log in self.desktop.folder.glob("*.log"):
            shutil.copy(log, folder / log.name)
