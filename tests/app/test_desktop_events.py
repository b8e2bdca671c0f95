"""The clock and the screen lock are watched only while something needs it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app import desktop_events
from safepause.app.desktop_events import DesktopEvents
from safepause.core.agenda import Agenda, WakeUp
from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from safepause.core.service import PauseService
from safepause.system.time.clock_watch import ClockWatch
from safepause.ui.pause.background import Background
from tests.app.quiet_bus import FakeSession, QuietBus
from tests.couple import Couple
from tests.fakes import EVENING, FakeClock, FakeScheduler, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

    from tests.app.running import Program


class Watched:
    """A fake watch of the clock or of the screen lock. It records whether it runs."""

    def __init__(self) -> None:
        """Make a watch that does not run."""
        self.runs = False

    def start(self) -> None:
        """Start the watch."""
        self.runs = True

    def stop(self) -> None:
        """Stop the watch."""
        self.runs = False


class NoTray:
    """A desktop without a tray."""

    def __init__(self) -> None:
        """Start with an icon that is not cut off."""
        self.is_cut_off = False

    def cut_off(self) -> None:
        """Record that the icon is cut off."""
        self.is_cut_off = True

    def reregister(self) -> None:
        """Record that the icon is made again."""
        self.is_cut_off = False

    def available(self) -> bool:
        """Say that there is no tray."""
        return False


class Desk:
    """Desktop events with fakes of the watches."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make the desktop events."""
        clock, faults = FakeClock(), Faults()
        self.service = PauseService(clock, MemoryStore(), faults)
        self.agenda = Agenda(clock, FakeScheduler(clock), faults)
        self.tray, self.session = NoTray(), FakeSession(None)
        tray: object = self.tray
        session: object = self.session
        self.events = DesktopEvents(
            self.service,
            self.agenda,
            tray,  # type: ignore[arg-type]  # no bus, so no tray is asked
            lambda: None,
            lambda: None,
            session,  # type: ignore[arg-type]
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


def test_a_pause_is_watched_once_its_window_is_painted(desk: Desk) -> None:
    """The watches start after the first frame of the window, and stop with the pause."""
    couple = Couple(desk.service)
    couple.call()
    assert desk.watching == [False, False]
    desk.events.window_painted()
    assert desk.watching == [True, True]
    assert not desk.events._latest.isActive()  # noqa: SLF001
    couple.come_back()
    assert desk.watching == [False, False]


def test_a_pause_that_stands_at_the_start_is_watched(desk: Desk) -> None:
    """No wake-up and no command has to come for that."""
    Couple(desk.service).call()
    desk.events.stop()
    desk.events.start()
    desk.events.window_painted()
    assert desk.watching == [True, True]


def test_without_a_pause_a_painted_window_starts_no_watch(desk: Desk) -> None:
    """Breathing without a pause starts no watch."""
    desk.events.window_painted()
    assert desk.watching == [False, False]


def test_a_pause_is_watched_though_no_window_is_painted(desk: Desk, qtbot: QtBot) -> None:
    """If no window is painted, the watches start after a moment."""
    assert desk.events._latest.interval() == desktop_events.LATEST_MS  # noqa: SLF001
    desk.events._latest.setInterval(0)  # noqa: SLF001
    Couple(desk.service).call()
    qtbot.waitUntil(lambda: desk.watching == [True, True])


def test_a_wake_up_without_a_pause_is_watched_too(desk: Desk, qtbot: QtBot) -> None:
    """A daily wake-up is watched, too, until it is dropped."""
    desk.events._latest.setInterval(0)  # noqa: SLF001
    desk.agenda.set(greeting())
    qtbot.waitUntil(lambda: desk.watching == [True, True])
    desk.agenda.drop("greeting")
    assert desk.watching == [False, False]


def test_the_end_of_a_pause_leaves_the_watch_to_what_still_waits(desk: Desk) -> None:
    """The end of a pause stops no watch while a wake-up waits."""
    desk.agenda.set(greeting())
    couple = Couple(desk.service)
    couple.call()
    desk.events.window_painted()
    couple.come_back()
    assert desk.watching == [True, True]


def test_one_part_that_can_t_watch_leaves_the_other(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If the clock watch can't start, the screen lock is watched all the same."""

    def broken() -> None:
        raise OSError("no timerfd")

    monkeypatch.setattr(desk.watch, "start", broken)
    Couple(desk.service).call(when=timedelta(minutes=30))
    desk.events.window_painted()
    assert desk.lock.runs
    assert "a fault in part clock" in caplog.text
    assert desk.service.pause is not None
    assert desk.service.pause.started_at == EVENING


@pytest.mark.parametrize("minutes", [0, 30])
def test_a_pause_on_record_is_watched_after_the_first_frame(
    start: Callable[..., Program], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    """After a restart a standing pause is watched, once its window is painted."""
    order: list[str] = []
    first = start()
    assert first.watching() == []
    first.run("pause")
    first.stop()
    first.clock.move(minutes=minutes)
    paint = Background.paintEvent

    def paint_event(window: Background, event: QPaintEvent) -> None:
        order.append("frame")
        paint(window, event)

    monkeypatch.setattr(Background, "paintEvent", paint_event)
    monkeypatch.setattr(ClockWatch, "start", lambda _watch: order.append("watch"))
    monkeypatch.setattr(desktop_events, "LATEST_MS", 3_600_000)
    start(hidden=minutes > 0)
    qtbot.waitUntil(lambda: "watch" in order)
    assert order[0] == "frame"


def test_a_pause_on_record_is_watched_without_a_window(
    start: Callable[..., Program], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a login without a window, a standing pause is watched, too."""
    first = start()
    first.run("pause")
    first.stop()
    monkeypatch.setattr(desktop_events, "LATEST_MS", 0)
    second = start()
    qtbot.waitUntil(lambda: second.watching() == ["clock"])


def test_a_lost_bus_cuts_the_icon_off(desk: Desk) -> None:
    """The tray is told that its bus is gone."""
    desk.session.lost.emit()
    assert desk.tray.is_cut_off


def test_a_tray_is_watched_on_a_bus_that_is_back(desk: Desk) -> None:
    """Each new bus is watched once. A tray that it has gets the icon."""
    for bus in (QuietBus(), QuietBus()):
        desk.session.bus = bus
        for _twice in range(2):
            desk.session.came.emit()
        assert bus.names == ["org.kde.StatusNotifierWatcher"]
        desk.tray.cut_off()
        watcher = desk.events._watcher  # noqa: SLF001
        assert watcher is not None
        watcher.came.emit()
        assert not desk.tray.is_cut_off
