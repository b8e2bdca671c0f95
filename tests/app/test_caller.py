"""Once a pause is over, nothing that is kept tells who called it: neither words nor times do."""

from __future__ import annotations

import itertools
import logging
import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import pytest

from safepause.app import application as module
from safepause.app.application import App
from safepause.core import requests
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.events import HOOKS
from safepause.core.reminders import Kind
from safepause.store import open_store, request_table
from safepause.store.files import NAME
from safepause.system.hooks.runner import HookRunner
from safepause.system.log.handler import logging_to
from safepause.system.notifications import fallback
from tests.fakes import FakeClock, FakeScheduler, at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from safepause.core.reminder_engine import Announcement
    from safepause.system.hooks.runner import Hook
    from safepause.system.log.handler import LogFile
    from safepause.system.notifications.backend import Notice

CALLERS = ("Александра-Мария-Анна-Елизавета-Екатерина-Наталья-Ольга", "Bo", "")
"""Who owns the computer, the other one, and nobody. An answer has six bytes for such a letter."""


class Left(NamedTuple):
    """What a life of the program leaves."""

    log: str
    hooks: list[object]
    """Each of the person's own commands, with its variables and its time."""
    files: dict[str, bytes]
    """What answers were remembered is left out, as only their programs can read them."""
    answers: list[int]
    """The sizes of the answers that were remembered."""


class Life:
    """A program whose clock a test moves, and which shows no notification."""

    def __init__(
        self, folder: Path, qt: QApplication, log_file: LogFile, clock: FakeClock, caller: str
    ) -> None:
        """Start the program on a computer of the first of two people."""
        self.folder, self.qt, self.log_file = folder, qt, log_file
        self.clock, self.caller = clock, caller
        self.heads_ups: list[timedelta] = []
        self._ids = (f"{number:032x}" for number in itertools.count(1))
        self.start()
        for key, value in (
            ("name1", CALLERS[0]),
            ("name2", CALLERS[1]),
            ("this_computer", "first"),
            ("names_in_notifications", "yes"),
            ("heads_up", "10"),
            *((hook, "lights") for hook in HOOKS),
        ):
            self.run("settings", "set", key, value)

    def start(self) -> None:
        """Start the program."""
        self.opened = open_store(self.folder, self.clock)
        scheduler = FakeScheduler(self.clock)
        self.app = App(self.qt, self.clock, scheduler, self.opened, log_file=self.log_file)
        self.app.reminders.on_announcement(CapabilityKey.WINDOWS, self._hear)
        self.app.start(hidden=True)
        self.qt.processEvents()
        self.log_file.begin()

    def stop(self) -> None:
        """End the program."""
        self.app.stop()
        self.opened.store.close()

    def reboot(self, off: float, took: float = 1) -> None:
        """Start the computer again, with a clock that is `off` by so many minutes."""
        self.stop()
        self.clock.reboot(self.clock.now() + timedelta(minutes=took + off))
        self.start()
        self.wait(0)

    def _hear(self, announcement: Announcement) -> None:
        """Note a heads-up. Be a broken part, too, whose fault is logged."""
        if announcement.kind is Kind.HEADS_UP:
            self.heads_ups.append(announcement.pause.return_at - announcement.at)
        raise RuntimeError("broken")

    def run(self, *argv: str) -> None:
        """Carry out a command, which must succeed."""
        assert self.app.commands.answer([*argv, "--json"], next(self._ids))[0] == 0

    def call(self) -> None:
        """Call a pause in the name of the caller."""
        self.run("pause", *(["--by", self.caller] if self.caller else []))

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        scheduler = self.app.reminders._scheduler  # noqa: SLF001
        assert isinstance(scheduler, FakeScheduler)
        scheduler.run_until(self.clock.now() + timedelta(minutes=minutes))

    def sleep(self, minutes: float) -> None:
        """Let the computer sleep."""
        self.clock.sleep(minutes=minutes)
        self.app.events.watch.jumped.emit()

    def step(self, minutes: float) -> None:
        """Set the clock."""
        self.clock.set(self.clock.now() + timedelta(minutes=minutes))
        self.app.events.watch.jumped.emit()
        self.wait(0)

    def lock(self) -> None:
        """Lock the screen."""
        self.app.events.lock.locked.emit()

    def unlock(self) -> None:
        """Unlock the screen."""
        self.app.events.lock.unlocked.emit()


def whole(life: Life) -> None:
    """A pause from its call to a return that is late."""
    life.call()
    life.wait(36)
    life.run("return")


def early(life: Life) -> None:
    """A return that comes between the two times of the heads-up."""
    life.call()
    life.wait(23)
    life.run("return")


def asleep(life: Life) -> None:
    """A sleep that ends between the two times of the heads-up."""
    life.call()
    life.sleep(22)
    life.wait(10)
    life.run("let-go")


def longer(life: Life) -> None:
    """More time, which leaves one of the two heads-ups in the past."""
    life.call()
    life.wait(28)
    life.run("extend", "--until", at(36))
    life.wait(20)
    life.run("return")


def behind_a_lock(life: Life) -> None:
    """A screen that is locked at one time of the heads-up, and not at the other."""
    life.call()
    life.wait(18)
    life.lock()
    life.wait(4)
    life.unlock()
    life.wait(10)
    life.run("return")


def set_clock(life: Life) -> None:
    """A clock that is put right between the two times of the heads-up."""
    life.call()
    life.wait(22)
    life.step(-60)
    life.wait(10)
    life.run("return")


def slip(life: Life) -> None:
    """A call that is undone, and another pause."""
    life.call()
    life.run("undo")
    life.call()
    life.wait(31)
    life.run("return")


def other_heads_up(life: Life) -> None:
    """A heads-up that is set anew during the pause."""
    life.call()
    life.wait(23)
    life.run("settings", "set", "heads_up", "5")
    life.wait(8)
    life.run("return")


def forgotten(life: Life) -> None:
    """A pause that is deleted with everything else, between the two times of the heads-up."""
    life.call()
    life.wait(23)
    life.run("forget", "--all", "--yes")
    life.call()
    life.wait(23)
    life.run("return")


def twice(life: Life) -> None:
    """A second call during the pause, in the other one's name, and a last one by nobody."""
    life.call()
    life.wait(22)
    life.run("pause", "--by", CALLERS[1])
    life.run("pause", "--until", at(55))
    life.wait(14)
    life.run("let-go")


def left_open(life: Life) -> None:
    """A pause that nobody ends, until a new call a day later takes its place."""
    life.call()
    life.wait(25 * 60)
    life.run("pause")
    life.wait(20)
    life.run("return")


def started_again(life: Life) -> None:
    """A program that ends before the one heads-up, and starts after it and before the other."""
    life.call()
    life.wait(18)
    life.stop()
    life.clock.move(minutes=4)
    life.start()
    life.wait(10)
    life.run("return")


def in_1970(life: Life) -> None:
    """A computer that starts in 1970, and whose clock is put right between the heads-ups."""
    life.call()
    life.wait(5)
    life.reboot(-56 * 365 * 24 * 60)
    life.wait(16)
    life.step(56 * 365 * 24 * 60)
    life.wait(10)
    life.run("return")


def an_hour_ahead(life: Life) -> None:
    """A computer that starts an hour ahead: the return looks due, and comes again when it is."""
    life.call()
    life.wait(21)
    life.reboot(60)
    life.wait(1)
    life.step(-60)
    life.wait(10)
    life.run("return")


def many_steps(life: Life) -> None:
    """A clock that is set before, between and after the heads-ups, and once unnoticed."""
    life.call()
    for minutes, by in ((15, 3), (5, -2), (2, 25), (1, -26)):
        life.wait(minutes)
        life.step(by)
    life.clock.set(life.clock.now() - timedelta(hours=1))
    life.wait(4)
    life.run("extend", "--minutes", "20")
    life.step(60)
    life.wait(40)
    life.run("return")


STORIES = [
    *(whole, early, asleep, longer, behind_a_lock, set_clock, slip, other_heads_up, forgotten),
    *(twice, left_open, started_again, in_1970, an_hour_ahead, many_steps),
]


class NoChannel:
    """A channel that can't show anything."""

    def __init__(self, _parent: QObject) -> None:
        """Take what the real ones take."""

    def show(self, _notice: Notice, refused: Callable[[str], None]) -> None:
        """Refuse, which is logged."""
        refused("there is no screen")

    def withdraw(self) -> None:
        """Do nothing."""

    def capability(self) -> Capability:
        """Say that nothing is shown."""
        return Capability(CapabilityKey.NOTIFICATIONS, available=False, why="There is no screen.")


@contextmanager
def log_times_of(clock: FakeClock) -> Iterator[None]:
    """Give each record of a log the time of a fake clock."""
    usual = logging.getLogRecordFactory()

    def made(*values: object, **named: object) -> logging.LogRecord:
        record = usual(*values, **named)
        record.created = clock.now().timestamp()
        return record

    logging.setLogRecordFactory(made)
    yield
    logging.setLogRecordFactory(usual)


def without_answers(path: Path) -> list[int]:
    """Put zeros in the place of all answers in a file. Return their sizes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        sizes = [size for (size,) in other.execute("SELECT length(answer) FROM request")]
        other.execute("UPDATE request SET answer = zeroblob(length(answer))")
    return sizes


def live(folder: Path, qt: QApplication, caller: str, story: Callable[[Life], None]) -> Left:
    """Run a program through a story, end it, and return what it leaves."""
    folder.mkdir()
    clock, hooks, numbers = FakeClock(), list[object](), itertools.count(1)
    with pytest.MonkeyPatch.context() as patch, log_times_of(clock):
        patch.setenv("SAFEPAUSE_HOME", str(folder))
        patch.setattr(module, "TRAY_PATIENCE_MS", 0)
        patch.setattr(fallback, "make_fallback", NoChannel)
        patch.setattr(requests, "uuid4", lambda: UUID(int=next(numbers)))
        patch.setattr(request_table, "urandom", bytes)

        def ran(_runner: HookRunner, hook: Hook) -> None:
            hooks.append((hook, clock.now()))

        patch.setattr(HookRunner, "run", ran)
        with logging_to(str(folder / "safepause.log")) as log_file:
            life = Life(folder, qt, log_file, clock, caller)
            story(life)
            life.stop()
        if story is whole:
            assert life.heads_ups == [timedelta(minutes=5 if caller == "Bo" else 10)]
    answers = without_answers(folder / NAME)
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    log = files.pop("safepause.log").decode()
    return Left(log.replace(str(folder), ""), hooks, files, answers)


@pytest.mark.parametrize("story", STORIES, ids=[story.__name__ for story in STORIES])
def test_nothing_that_is_kept_tells_who_called(
    tmp_path: Path,
    qapp: QApplication,
    caplog: pytest.LogCaptureFixture,
    story: Callable[[Life], None],
) -> None:
    """For each caller the log, its times, the commands, their times and all files are the same."""
    del caplog  # what can't be shown is logged, except for a heads-up
    first, *others = [
        live(tmp_path / f"life{number}", qapp, caller, story)
        for number, caller in enumerate(CALLERS)
    ]
    assert "paused until" in first.log or "said: due" in first.log
    assert first.hooks
    assert first.answers
    for other in others:
        assert other.log == first.log
        assert other.hooks == first.hooks
        assert other.answers == first.answers
        assert other.files == first.files
    assert "heads_up" not in first.log


def test_what_can_t_be_shown_at_the_return_is_logged(
    tmp_path: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    """Only the heads-up is left out of the log, not the faults of the return."""
    del caplog
    left = live(tmp_path / "life", qapp, CALLERS[0], whole)
    due = next(line[:17] for line in left.log.splitlines() if line.endswith("said: due"))
    faults = [line for line in left.log.splitlines() if line.startswith(due)]
    assert any("a notification was not shown" in line for line in faults)
    assert any("a fault in part windows" in line for line in faults)


def test_a_heads_up_writes_nothing(
    tmp_path: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    """While both times of the heads-up pass, no file changes: neither size nor time nor bytes."""
    del caplog
    looks: list[list[tuple[str, int, int, bytes]]] = []

    def story(life: Life) -> None:
        life.call()
        life.wait(19.5)
        for minutes in (0, 1, 5):
            life.wait(minutes)
            life.log_file.flush()
            files = sorted(file for file in life.folder.iterdir() if file.is_file())
            states = [(file.name, file.stat(), file.read_bytes()) for file in files]
            looks.append([(name, at.st_size, at.st_mtime_ns, read) for name, at, read in states])
        assert len(life.heads_ups) == 1
        life.run("return")

    for number, caller in enumerate(CALLERS):
        live(tmp_path / f"life{number}", qapp, caller, story)
        assert looks[0] == looks[1] == looks[2]
        looks.clear()
