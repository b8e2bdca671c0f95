"""A rig for one test: a desktop, SafePause on it, a screen reader, a pointer and a keyboard.

`Rig(desktop, home)` is a context manager. It needs neither pytest nor the project's tests, because
the demo and the benchmarks use it, too.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from tests.end2end.desktop import ICON, SIZE, Desktop
from tests.end2end.program import Program
from tests.end2end.reader import Reader, Thing
from tests.end2end.waiting import Process, repeat, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from tests.end2end.bus import Shown
    from tests.end2end.screen import Window

APP, OTHER = "safepause", "Event Tester"
GUARDED = 0.8
"""Seconds after which a new window surely takes keys and clicks."""
_PANEL_HEIGHT = 30
_FIRST_LINE = 50
"""Where the first line of a tray icon's menu is written."""
_EMPTY_PLACE = (SIZE[0] // 2, SIZE[1] - 20)


class Rig:
    """SafePause on a desktop, for one test. At the end, what the test has left is removed."""

    def __init__(self, desktop: Desktop, name: str) -> None:
        """Use a running desktop. `name` is the name of the data folder, new for each test."""
        self.desktop = desktop
        self.screen = desktop.screen
        log = desktop.folder / "said" / f"{name}.log"
        log.parent.mkdir(exist_ok=True)
        self.program = Program(desktop.env, desktop.folder / name, log)
        self._earlier = self._icons = 0
        self._reader: Reader | None = None

    def __enter__(self) -> Self:
        """Begin the use of the desktop."""
        self._earlier = len(self.desktop.watch.notifications())
        self._icons = len(self.desktop.watch.icons())
        self.leave()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End SafePause, and remove its notifications and its icon."""
        self.program.end()
        if self._reader is not None:
            self._reader.close()
        for shown in self.notifications():
            if shown.id and not shown.closed:
                self.desktop.caller.close_notification(shown.id)
        if self.desktop.parts.panel:
            wait_for(lambda: not self.icon_shown(), "the icon of an ended program goes")

    @property
    def reader(self) -> Reader:
        """The screen reader of this desktop."""
        if self._reader is None:
            self._reader = Reader(self.desktop.caller, self.desktop.place.locale)
        return self._reader

    def start(self, *, hidden: bool = True) -> Process:
        """Start the app. Wait until it answers and its icon, if there is a tray, is painted."""
        process = self.program.started(hidden=hidden)
        if self.desktop.parts.panel:
            self.wait_for_icon()
        return process

    def wait_for_icon(self) -> None:
        """Wait until the next icon is registered in the tray and painted."""
        if self.desktop.parts.bus:
            wait_for(self._icon_registered, "the icon is registered", 20)
        wait_for(self.icon_shown, "the icon stands in the tray", 20)

    def _icon_registered(self) -> bool:
        """Tell whether an icon was registered that was not waited for yet."""
        count = len(self.desktop.watch.icons())
        known, self._icons = self._icons, count
        return count > known

    def icon_shown(self) -> bool:
        """Tell whether the first place of the tray shows a picture.

        A panel that has just begun to paint shows two colours there: its own, and the screen's.
        """
        return self.screen.colours(0, 0, 2 * ICON[0], _PANEL_HEIGHT) > 2

    def click_icon(self, button: int = 1) -> None:
        """Click the tray icon."""
        self.screen.click(*ICON, button)

    def leave(self) -> None:
        """Move the pointer to an empty place."""
        self.screen.move(*_EMPTY_PLACE)

    def open_menu(self) -> None:
        """Click the tray icon with the right button, and wait until its menu is shown."""
        self.click_icon(button=3)
        wait_for(self.menu_shown, "the menu of the tray icon is shown")

    def close_menu(self) -> None:
        """Close the menu without a choice."""
        self.screen.key("Escape")
        wait_for(lambda: not self.menu_shown(), "the menu goes")

    def menu_shown(self) -> bool:
        """Tell whether a menu is visible. The panel draws it, so the screen reader has no menu."""
        return self.screen.colours(4, _FIRST_LINE, 140, 1) > 1

    def windows(self) -> list[Window]:
        """Return SafePause's visible windows, the uppermost last."""
        pids = self.program.processes()
        return [window for window in self.screen.windows() if window.pid in pids]

    def window(self, limit: float = 10.0) -> Window:
        """Wait for a window of SafePause, and return the uppermost one."""
        return wait_for(self.windows, "a window of SafePause is on the screen", limit)[-1]

    def wait_hidden(self) -> None:
        """Wait until SafePause has no visible window."""
        wait_for(lambda: not self.windows(), "SafePause has no window on the screen")

    @contextmanager
    def other_window(self) -> Iterator[Process]:
        """Show a large, active window of another program. Its input is written to its log."""
        log = self.desktop.folder / "xev.log"
        place = f"{SIZE[0] - 280}x{SIZE[1] - 100}+140+60"
        command = ["stdbuf", "-oL", "xev", "-geometry", place, "-event", "keyboard"]
        other = Process(command, self.desktop.env, log)
        try:
            repeat(self._use_other, self._other_in_use, "another program's window is in use")
            yield other
        finally:
            other.stop()

    def _use_other(self) -> None:
        """Give the other program the keyboard, which some window managers don't by themselves."""
        self.screen.run("xdotool", "search", "--name", OTHER, "windowactivate")

    def _other_in_use(self) -> bool:
        return self.screen.title(self.screen.active()) == OTHER

    def on_top(self, window: Window) -> bool:
        """Tell whether only the desktop's panel and notifications are above a window.

        Newer versions of xfce4-notifyd list a notification as a window.
        """
        desktop = {process.pid for process in self.desktop.processes.values()}
        stack = [each for each in self.screen.windows() if each.pid not in desktop]
        return bool(stack) and stack[-1].number == window.number

    def see(self, words: str, limit: float = 10.0) -> Thing:
        """Wait for a widget of SafePause with `words`, and return it."""
        return self.reader.wait(words, APP, limit)

    def clock_time(self, instant: str) -> str:
        """Return the local time of an instant in UTC, in the form of a status."""
        return self.desktop.place.clock_time(datetime.fromisoformat(instant))

    def is_tomorrow(self, instant: datetime) -> bool:
        """Tell whether the day after today has begun at an instant where the rig is."""
        return self.desktop.place.day(instant) > self.desktop.place.day(datetime.now(UTC))

    def sees(self, words: str) -> bool:
        """Tell whether a window of SafePause shows `words` now."""
        return self.reader.find(words, APP) is not None

    def press(self, words: str, limit: float = 10.0) -> None:
        """Click the button of SafePause with `words`, once its place is stable."""
        self.reader.wait(words, APP, limit, "button")
        shown = stays(lambda: self.reader.find(words, APP, "button"), GUARDED)
        assert shown, f"{words!r} went away"
        self.screen.click(*self.reader.wait(words, APP, limit, "button").middle)

    def press_until(self, words: str, effect: Callable[[], object]) -> None:
        """Click the button of SafePause with `words` until that has its effect.

        A window that comes up again, as at a reminder, ignores clicks in its first moments.
        """
        repeat(lambda: self._click(words), effect, f"{words!r} has its effect")

    def _click(self, words: str) -> None:
        """Click a button if it is shown."""
        button = self.reader.find(words, APP, "button")
        if button is not None:
            self.screen.click(*button.middle)

    def notifications(self) -> list[Shown]:
        """Return all notifications since the test began, the oldest first."""
        return self.desktop.watch.notifications()[self._earlier :]

    def notification(self, limit: float = 10.0) -> Shown:
        """Wait for a notification that the daemon has shown, and return the last one."""
        look = "a notification is shown"
        return wait_for(lambda: [each for each in self.notifications() if each.id], look, limit)[-1]

    def press_notification(self, words: str) -> None:
        """Click the button with `words` in a visible notification."""
        self.screen.click(*self.reader.wait(words, "notifyd", kind="button").middle)

    def keep(self, folder: Path) -> None:
        """Save a picture of the screen and all logs, to find out what went wrong."""
        folder.mkdir(parents=True, exist_ok=True)
        self.screen.picture(folder / "screen.png")
        (folder / "windows.txt").write_text(self.screen.tree(), encoding="utf-8")
        for log in (*self.desktop.folder.glob("*.log"), self.program.log):
            if log.exists():
                shutil.copy(log, folder / log.name)
