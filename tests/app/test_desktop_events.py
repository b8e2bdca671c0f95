"""The clock and the screen lock are watched as long as something waits for them, and no longer."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app.desktop_events import DesktopEvents
from safepause.core.agenda import Agenda, WakeUp
from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from safepause.core.service import PauseService
from tests.couple import Couple
from tests.fakes import EVENING, FakeClock, FakeScheduler, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.app.running import Program


class Watched:
    """A watch of the clock, or of the screen lock, that notes whether it runs."""

    def __init__(self) -> None:
        """Not run."""
        self.runs = False

    def start(self) -> None:
        """Run."""
        self.runs = True

    def stop(self) -> None:
        """Run no more."""
        self.runs = False


class NoTray:
    """A desktop without a tray."""


class Desk:
    """Desktop events with stand-ins for what they watch."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Watch nothing yet."""
        clock, faults = FakeClock(), Faults()
        self.service = PauseService(clock, MemoryStore(), faults)
        self.agenda = Agenda(clock, FakeScheduler(clock), faults)
        tray: object = NoTray()
        self.events = DesktopEvents(
            self.service,
            self.agenda,
            tray,  # type: ignore[arg-type]  # no bus, so no tray is asked
            lambda: None,
            lambda: None,
            lambda: None,
            faults,
        )
        self.watch, self.lock = Watched(), Watched()
        monkeypatch.setattr(self.events, "watch", self.watch)
        monkeypatch.setattr(self.events, "lock", self.lock)

    @property
    def watching(self) -> list[bool]:
        """Whether the clock and the lock are watched."""
        return [self.watch.runs, self.lock.runs]


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return desktop events that have started."""
    del qtbot  # timers need an application
    made = Desk(monkeypatch)
    made.events.start()
    yield made
    made.events.stop()


def greeting(when: time = time(21, 0)) -> WakeUp:
    """Return a daily wake-up."""
    return WakeUp("greeting", when, lambda: None, CapabilityKey.NOTIFICATIONS)


def test_a_pause_is_watched_once_its_window_is_painted(desk: Desk, qtbot: QtBot) -> None:
    """The watches start a moment after the call, and stop with the pause."""
    couple = Couple(desk.service)
    couple.call()
    assert desk.watching == [False, False]
    qtbot.waitUntil(lambda: desk.watching == [True, True])
    couple.come_back()
    assert desk.watching == [False, False]


def test_a_wake_up_without_a_pause_is_watched_too(desk: Desk, qtbot: QtBot) -> None:
    """A daily prompt needs the clock as a pause does, until it is dropped."""
    desk.agenda.set(greeting())
    qtbot.waitUntil(lambda: desk.watching == [True, True])
    desk.agenda.drop("greeting")
    assert desk.watching == [False, False]


def test_the_end_of_a_pause_leaves_the_watch_to_what_still_waits(desk: Desk, qtbot: QtBot) -> None:
    """A pause that ends while a wake-up waits stops no watch."""
    desk.agenda.set(greeting())
    couple = Couple(desk.service)
    couple.call()
    qtbot.waitUntil(lambda: desk.watching == [True, True])
    couple.come_back()
    assert desk.watching == [True, True]


def test_one_part_that_can_t_watch_leaves_the_other(
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A clock watch that breaks at its start takes the screen lock not away."""

    def broken() -> None:
        raise OSError("no timerfd")

    monkeypatch.setattr(desk.watch, "start", broken)
    Couple(desk.service).call(when=timedelta(minutes=30))
    qtbot.waitUntil(lambda: desk.lock.runs)
    assert "a fault in part clock" in caplog.text
    assert desk.service.pause is not None
    assert desk.service.pause.started_at == EVENING


def test_a_pause_on_record_is_watched_from_the_start_on(start: Callable[..., Program]) -> None:
    """The next start of the program watches at once what an earlier one was watching."""
    first = start()
    assert first.watching() == []
    first.run("pause")
    first.stop()
    assert start().watching() == ["clock"]
