"""The program on a real desktop, for checks: it is started, called, seen and ended.

The program is the wheel, in an environment of its own. Another window is a letter that somebody
writes: it logs the keys that it gets.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.desktops.pythons import OUT, PROGRAM, SOURCE
from tests.end2end.bus import Caller
from tests.end2end.clockwork import LOGIND, Clockwork
from tests.end2end.program import Program
from tests.end2end.waiting import NotInTimeError, Process, repeat, soon, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from tests.desktops.desk import RealDesk
    from tests.desktops.picture import Picture, Place
    from tests.end2end.bus import Shown

APP = "safepause"
HEADLINE = "We come back"
RETURN = "Time to come back"
TOGETHER = "Good to see your face"
MORE = "When will you try again?"
LETTER = "A letter"
LEAST_WIDTH, LEAST_HEIGHT = 300, 400
"""A window of a pause that is whole is larger than this, in pixels."""


class Bench:
    """SafePause on a running desktop."""

    def __init__(self, desk: RealDesk) -> None:
        """Use `desk`, with no data yet."""
        self.desktop = desk
        folder = desk.folder
        # The default data folder, so that a key of the desktop uses it, too.
        command = (f"{PROGRAM}/bin/safepause",)
        self.program = Program(desk.env, folder / "data/safepause", folder / "said.log", command)
        self._logind, self._timedated = Caller(desk.address), Caller(desk.address)
        self.clock = Clockwork(self, self._logind, self._timedated)
        self.before: Picture | None = None
        """The desktop without the icon."""
        self.icon: Place | None = None
        self.called_by_keys = False
        """Whether the keys were seen to work."""
        self.notified = False
        """Whether a notification was seen."""
        self._letters = self._earlier = 0

    def __enter__(self) -> Self:
        """Put the program into the desktop's menu, as its guide says."""
        self.program.ask("install-desktop")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program before the desktop ends."""
        self.tidy()
        self.program.run("quit")
        self.program.end()
        self._logind.close()
        self._timedated.close()

    def tidy(self) -> None:
        """Before a check: no pause, no menu, the pointer aside.

        Raises:
            NotInTimeError: the pause did not go. The program was started again, for the next check.

        """
        self.desktop.leave()
        self._earlier = len(self.desktop.watch.notifications())
        if self.program.processes():
            try:
                self.end_pause()
            except NotInTimeError:
                self.program.anew()
                raise

    def see(self, words: str, limit: float = 10.0) -> None:
        """Wait until a window of SafePause has `words`."""
        self.desktop.reader.wait(words, APP, limit)

    def shown(self, *, dark: bool = False, name: str = "pause", limit: float = 10.0) -> Place:
        """Wait until the pause is seen, whole and uncovered, and return its place."""

        def look() -> Place | None:
            place = self.desktop.picture(name).pause(dark=dark)
            large = place is not None and place.width > LEAST_WIDTH and place.height > LEAST_HEIGHT
            return place if large else None

        return wait_for(look, "the whole pause is seen on the screen", limit)

    def settled_doctor(self) -> dict[str, dict[str, Any]]:
        """Return what the doctor says, once it has said the same for three seconds."""
        told: list[dict[str, dict[str, Any]]] = []

        def look() -> dict[str, dict[str, Any]] | None:
            told.append(self.program.capabilities())
            time.sleep(0.5)
            last = told[-6:]
            return last[0] if len(last) == 6 and all(each == last[0] for each in last) else None

        return wait_for(look, "the doctor says the same for three seconds", 30)

    def hidden(self) -> bool:
        """Tell whether no pause is seen."""
        picture = self.desktop.picture("hidden")
        return picture.pause(dark=False) is None and picture.pause(dark=True) is None

    def end_pause(self) -> None:
        """End the pause, and wait until its window is gone. After a return, a page still stands."""
        if self.program.run("undo").returncode:
            self.program.run("let-go")
        if not soon(self.hidden, 2):
            self.program.ask("show")
            self.escape()

    def escape(self) -> None:
        """Press Esc in the program's window, which must be seen first, until it is seen no more."""
        wait_for(lambda: not self.hidden(), "the window is seen")
        repeat(lambda: self.desktop.press("Escape"), self.hidden, "Esc hides the window")

    @contextmanager
    def letter(self) -> Iterator[Process]:
        """Show an active window of another program. Its keys are written to its log."""
        self._letters += 1
        log = self.desktop.folder / f"letter{self._letters}.log"
        command = [sys.executable, "-m", "tests.end2end.wayland.other"]
        other = Process(command, self.desktop.env, log, at=Path(SOURCE))
        try:
            self.desktop.reader.wait(LETTER, "other")
            self.desktop.choose_window(LETTER)
            wait_for(lambda: self.writes(other), "another program's window is in use", 20)
            yield other
        finally:
            other.stop()

    def writes(self, other: Process, key: str = "b") -> bool:
        """Press a letter, and tell whether the other program's window gets it."""
        before = other.log.stat().st_size
        self.desktop.press(key)
        return soon(lambda: other.log.stat().st_size > before)

    def come_back(self, after: timedelta = timedelta(minutes=31)) -> None:
        """Let the computer sleep until the return."""
        self._logind.own(LOGIND)
        self.clock.sleep(after)
        self._logind.release(LOGIND)

    def notifications(self) -> list[Shown]:
        """Return the notifications that were shown since the check began.

        GNOME passes each one on over the bus, so that it is seen twice.
        """
        return [each for each in self.desktop.watch.notifications()[self._earlier :] if each.id]

    def keep(self, name: str) -> None:
        """Keep a picture of what a check has left."""
        self.desktop.save_picture(Path(OUT) / f"wrong-{name}.png")
