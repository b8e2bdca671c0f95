"""The event recorder: what is logged about a pause, and what is not."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app import event_recorder
from safepause.app.event_recorder import EventRecorder
from safepause.app.reminders import Reminders
from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from safepause.core.origin import Origin
from safepause.core.pause import Undo
from safepause.core.service import Accepted, PauseService
from safepause.system.log.handler import logging_to
from tests.couple import Couple
from tests.fakes import EVENING, FakeClock, FakeScheduler, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from safepause.system.log.handler import LogFile

log = logging.getLogger("safepause.tests")


class Desk:
    """An event recorder, a service, and a clock that the test moves."""

    def __init__(self, folder: Path, log_file: LogFile) -> None:
        """Follow a service without a pause."""
        self.folder = folder
        self.clock, self.store, self.faults = FakeClock(), MemoryStore(), Faults()
        self.scheduler = FakeScheduler(self.clock)
        self.log_file = log_file
        self.service = PauseService(self.clock, self.store, self.faults)
        self.reminders = Reminders(self.service, self.scheduler, self.faults)
        self.recorder = EventRecorder(self.service, self.reminders, log_file)
        log_file.begin()

    def pass_undo(self) -> None:
        """Let the time for an undo pass, so that held lines are written."""
        self.clock.move(seconds=31)
        self.recorder._settle.timeout.emit()  # noqa: SLF001  -- as it would be

    def logged(self) -> list[str]:
        """Return the lines of the log, without times."""
        path = self.folder / "safepause.log"
        said = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.partition("event_recorder: ")[2] for line in said]


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001  -- the loop
    """Return a desk without a pause. It is closed after the test."""
    with logging_to(str(tmp_path / "safepause.log")) as log_file:
        made = Desk(tmp_path, log_file)
        yield made
        made.recorder.stop()


def test_a_fault_of_the_store_leaves_no_trace_of_an_undone_pause(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log holds the fault back with all that tells of the pause. Doctor shows the fault."""

    def broken(*_step: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "commit", broken)
        Couple(desk.service).call()
    desk.clock.move(seconds=3)
    Couple(desk.service).undo()
    desk.pass_undo()
    assert desk.logged() == []
    assert desk.faults.kind(CapabilityKey.DATA) == "RuntimeError"
    assert "a fault in part data" in caplog.text


def test_a_whole_pause_in_bare_facts(desk: Desk) -> None:
    """The log has each event with its return time, no name, and no heads-up."""
    desk.service.set("name1", "Alex")
    Couple(desk.service).call("Alex")
    Couple(desk.service).call("Alex")
    desk.pass_undo()
    desk.scheduler.run_until(EVENING + timedelta(minutes=30))
    Couple(desk.service).extend(when=timedelta(minutes=20))
    Couple(desk.service).come_back()
    Couple(desk.service).call()
    Couple(desk.service).let_go()
    assert desk.logged() == [
        "paused until 2026-03-10T20:40:00Z",
        "said: due",
        "extended until 2026-03-10T21:00:00Z",
        "returned",
        "paused until 2026-03-10T21:10:00Z",
        "let_go",
    ]


def test_an_undone_pause_is_in_no_byte_of_the_log(desk: Desk) -> None:
    """An undone pause is never in the log, neither before nor after its undo."""
    Couple(desk.service).call()
    desk.log_file.flush()
    assert desk.logged() == []
    Couple(desk.service).extend(when=timedelta(minutes=20))
    Couple(desk.service).undo()
    desk.pass_undo()
    assert desk.logged() == []


def written(desk: Desk) -> str:
    """Return the content of the log file."""
    path = desk.folder / "safepause.log"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def broken(_accepted: object) -> None:
    """Raise an error, as a broken listener does."""
    raise OSError("broken")


def test_a_fault_at_an_undo_leaves_no_trace_of_it(
    desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A listener that fails at an undo is a fault, and the log has no line about it."""
    del caplog  # the fault is looked for in the file
    Couple(desk.service).call()
    desk.service.on_change(CapabilityKey.HOOKS, broken)
    Couple(desk.service).undo()
    desk.log_file.flush()
    qtbot.waitUntil(lambda: not desk.recorder._undone.isActive())  # noqa: SLF001
    desk.log_file.flush()
    assert written(desk) == ""
    log.info("later")
    assert written(desk).endswith("later\n")
    assert desk.faults.kind(CapabilityKey.HOOKS) == "OSError"


def test_what_follows_an_undone_pause_is_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """After an undo, a new pause and a later fault are logged."""
    del caplog  # the fault is looked for in the file
    Couple(desk.service).call()
    desk.service.on_change(CapabilityKey.HOOKS, broken)
    Couple(desk.service).undo()
    Couple(desk.service).call()
    desk.pass_undo()
    assert desk.logged()[0] == "paused until 2026-03-10T20:40:00Z"
    assert written(desk).count("a fault in part hooks") == 1


def test_an_undo_that_arrives_late_leaves_no_trace(desk: Desk) -> None:
    """At the last moment of an undo that was given in time, the log has nothing of the pause."""
    log.info("before")
    earlier = written(desk)
    Couple(desk.service).call()
    in_time = desk.clock.now()
    desk.clock.move(seconds=30)
    desk.recorder._settle.timeout.emit()  # noqa: SLF001  -- a timer that is early
    assert written(desk) == earlier
    assert isinstance(desk.service.apply(Undo(in_time), Origin.COMMAND_LINE), Accepted)
    desk.pass_undo()
    log.info("after")
    before, after = written(desk).splitlines()
    assert (before.split()[-1], after.split()[-1]) == ("before", "after")


def test_a_clock_that_is_set_back_lets_nothing_of_an_undone_pause_out(desk: Desk) -> None:
    """While the clock is behind the start of the pause, the pause can still be undone later."""
    Couple(desk.service).call()
    desk.clock.set(EVENING - timedelta(days=60))
    desk.recorder._settle.timeout.emit()  # noqa: SLF001  -- as it would be
    assert desk.recorder._settle.isActive()  # noqa: SLF001
    desk.clock.set(EVENING)
    assert isinstance(Couple(desk.service).undo(), Accepted)
    desk.pass_undo()
    assert written(desk) == ""


def test_the_log_is_written_by_itself(desk: Desk, qtbot: QtBot) -> None:
    """The log is written by a timer, once the service accepts no undo any more."""
    Couple(desk.service).call()
    waits = timedelta(milliseconds=desk.recorder._settle.interval())  # noqa: SLF001
    assert timedelta(seconds=30) < waits < timedelta(seconds=31)
    desk.clock.move(seconds=29.9)
    desk.recorder._settle.timeout.emit()  # noqa: SLF001  -- a clock that was set back a little
    assert desk.logged() == []
    desk.clock.move(seconds=1)
    qtbot.waitUntil(lambda: bool(desk.logged()))


def test_start_and_end_are_facts(tmp_path: Path, qtbot: QtBot) -> None:
    """The log has the start and the end of the program, and a pause that stood at the start."""
    del qtbot
    clock, store = FakeClock(), MemoryStore()
    Couple(PauseService(clock, store)).call()
    clock.move(minutes=5)
    with logging_to(str(tmp_path / "safepause.log")) as log_file:
        service, faults = PauseService(clock, store), Faults()
        reminders = Reminders(service, FakeScheduler(clock), faults)
        recorder = EventRecorder(service, reminders, log_file)
        recorder.start()
        recorder.stop()
    started, taken_up, ended = (tmp_path / "safepause.log").read_text().splitlines()
    assert "started, version" in started
    assert taken_up.endswith("a pause stands until 2026-03-10T20:40:00Z")
    assert ended.endswith("ended")


def test_an_end_within_seconds_of_a_call_leaves_no_trace_of_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    """A call seconds before the end of the program is not logged, not at the next start either."""
    del qtbot
    clock, store = FakeClock(), MemoryStore()
    with logging_to(str(tmp_path / "safepause.log")) as log_file:
        for _run in range(2):
            service = PauseService(clock, store)
            reminders = Reminders(service, FakeScheduler(clock), Faults())
            recorder = EventRecorder(service, reminders, log_file)
            recorder.start()
            Couple(service).call()
            recorder.stop()
    said = [
        line.partition(": ")[2] for line in (tmp_path / "safepause.log").read_text().split("\n")
    ]
    assert [line.partition(",")[0] for line in said] == ["started", "ended", "started", "ended", ""]


def test_to_forget_everything_empties_the_log(desk: Desk) -> None:
    """After everything is deleted, the log has no pause, neither written nor waiting."""
    Couple(desk.service).call()
    Couple(desk.service).come_back()
    Couple(desk.service).call()
    assert desk.logged()
    Couple(desk.service).forget_all()
    desk.pass_undo()
    assert desk.logged() == []


def test_the_log_is_a_capability(desk: Desk) -> None:
    """The recorder's capability says that a log is written."""
    (capability,) = desk.recorder.capabilities()
    assert (capability.key, capability.available) == (CapabilityKey.LOG, True)


def test_the_log_begins_by_itself(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A moment after the start the log is opened by itself, with the lines from before."""
    monkeypatch.setattr(event_recorder, "BEGIN_MS", 0)
    path = tmp_path / "safepause.log"
    with logging_to(str(path)) as log_file:
        service, faults = PauseService(FakeClock(), MemoryStore()), Faults()
        reminders = Reminders(service, FakeScheduler(FakeClock()), faults)
        recorder = EventRecorder(service, reminders, log_file)
        recorder.start()
        assert not path.exists()
        qtbot.waitUntil(lambda: path.exists() and "started" in path.read_text())
        recorder.stop()


def test_the_log_can_be_read_before_it_has_begun(tmp_path: Path, qtbot: QtBot) -> None:
    """`tail` returns waiting lines, too, before the log is opened."""
    del qtbot
    with logging_to(str(tmp_path / "safepause.log")) as log_file:
        service, faults = PauseService(FakeClock(), MemoryStore()), Faults()
        reminders = Reminders(service, FakeScheduler(FakeClock()), faults)
        recorder = EventRecorder(service, reminders, log_file)
        recorder.start()
        assert "started" in recorder.tail().lines[-1]
        recorder.stop()


def test_the_end_leaves_no_timer_of_an_undo(desk: Desk) -> None:
    """A program that ends right after an undo has nothing more to delete."""
    Couple(desk.service).call()
    Couple(desk.service).undo()
    assert desk.recorder._undone.isActive()  # noqa: SLF001
    desk.recorder.stop()
    assert not desk.recorder._undone.isActive()  # noqa: SLF001


@pytest.mark.parametrize("end", ["undo", "come_back"])
def test_nothing_wakes_up_for_a_pause_that_ended(desk: Desk, end: str) -> None:
    """The timer that writes the log runs while a pause can be undone, and stops with the pause."""
    couple = Couple(desk.service)
    couple.call()
    assert desk.recorder._settle.isActive()  # noqa: SLF001
    getattr(couple, end)()
    assert not desk.recorder._settle.isActive()  # noqa: SLF001


def test_each_timer_fires_once(desk: Desk) -> None:
    """The timers of the recorder fire once."""
    recorder = desk.recorder
    timers = (recorder._begin, recorder._settle, recorder._undone)  # noqa: SLF001
    assert all(timer.isSingleShot() for timer in timers)
