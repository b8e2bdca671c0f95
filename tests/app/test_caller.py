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
from safepause.store import open_store
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

    def __init__(self, app: App, clock: FakeClock, caller: str) -> None:
        """Start the program on a computer of the first of two people."""
        self.app, self.clock, self.caller = app, clock, caller
        self.heads_ups: list[timedelta] = []
        self._ids = (f"{number:032x}" for number in itertools.count(1))
        for key, value in (
            ("name1", CALLERS[0]),
            ("name2", CALLERS[1]),
            ("this_computer", "first"),
            ("names_in_notifications", "yes"),
            ("heads_up", "10"),
            *((hook, "lights") for hook in HOOKS),
        ):
            self.run("settings", "set", key, value)
        app.reminders.on_announcement(CapabilityKey.WINDOWS, self._hear)

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


STORIES = [whole, early, asleep, longer, behind_a_lock, set_clock, slip, other_heads_up]


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

        def ran(_runner: HookRunner, hook: Hook) -> None:
            hooks.append((hook, clock.now()))

        patch.setattr(HookRunner, "run", ran)
        with logging_to(str(folder / "safepause.log")) as log_file:
            opened = open_store(folder, clock)
            app = App(qt, clock, FakeScheduler(clock), opened, log_file=log_file)
            app.start(hidden=True)
            qt.processEvents()
            log_file.begin()
            life = Life(app, clock, caller)
            story(life)
            app.stop()
            opened.store.close()
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
    assert "paused until" in first.log
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
