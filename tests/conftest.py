"""Rules for every test: nothing is left running, and the log has no unexpected warning.

Warnings, Qt's warnings and exceptions in slots fail a test through pyproject.toml and pytest-qt.
Nothing here touches the person's own desktop: data, bus, display, language and time zone are the
tests' own.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6
from PySide6.QtCore import QThreadPool, QTimer, QVariantAnimation

from safepause.system import demo_folder
from tests import fakes
from tests.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 1.0
"""Seconds that a thread which is about to end is given."""

ELSEWHERE = "Asia/Kathmandu"
"""This process's zone, where clocks are read in another one, so that no code reads it unnoticed."""

_PERSONS = (
    *("COLUMNS", "DBUS_", "DISPLAY", "GTK_", "LANG", "LC_", "LINES", "QT_"),
    *("SAFEPAUSE_", "SESSION_", "WAYLAND_", "XDG_"),
)
"""How the variables begin that tell of a person's own desktop, terminal and language."""

for _name in [name for name in os.environ if name.startswith(_PERSONS)]:
    del os.environ[_name]
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="en", QT_QPA_PLATFORM="offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add options for another zone and another time of day. The tests hold there, too."""
    group = parser.getgroup("SafePause")
    group.addoption("--zone", default="", help="time zone, by its name or its rule as in TZ")
    group.addoption(
        "--locale", default="C.UTF-8", help="language of the end-to-end tests' desktops"
    )
    group.addoption("--hour", default="", help="time of day at which the end-to-end tests begin")


def pytest_configure(config: pytest.Config) -> None:
    """Set the zone of this process and of the tests' clocks."""
    zone: str = config.getoption("--zone")
    os.environ["TZ"] = zone or ELSEWHERE
    if hasattr(time, "tzset"):
        time.tzset()
    fakes.ZONE = zone_of(zone or "UTC")


_started: weakref.WeakSet[QTimer | QVariantAnimation] = weakref.WeakSet()


@pytest.fixture(scope="session", autouse=True)
def _own_desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the tests their own data folder and no notifications. Record each start of a timer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEPAUSE_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(demo_folder, "PREFIX", "safepause-test-demo-")
        for folder in ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME"):
            patch.setenv(folder, str(tmp_path_factory.mktemp("xdg")))
        for bus in ("SESSION", "SYSTEM"):
            patch.setenv(f"DBUS_{bus}_BUS_ADDRESS", "unix:path=/nonexistent")
        for kind in (QTimer, QVariantAnimation):
            patch.setattr(kind, "start", _remembering(kind.start))
        yield


@pytest.fixture(autouse=True)
def _nothing_runs_on() -> Iterator[None]:
    """Fail a test that leaves a timer, an animation or a thread running."""
    before = set(threading.enumerate())
    yield
    if _running():
        gc.collect()  # deletes objects that nothing refers to
    timers = [f"{started!r} of {started.parent()!r}" for started in _running()]
    for started in _running():
        started.stop()
    pool = QThreadPool.globalInstance()
    threads = [repr(thread) for thread in set(threading.enumerate()) - before if _lasts(thread)]
    if not pool.waitForDone(int(PATIENCE * 1000)):
        threads.append(f"{pool.activeThreadCount()} in Qt's pool")
    assert not timers, f"left running: {timers}"
    assert not threads, f"left alive: {threads}"


@pytest.fixture(autouse=True)
def _nothing_unexplained(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse. A test with `caplog` checks the log itself."""
    log = _Warnings()
    logging.getLogger().addHandler(log)
    yield
    logging.getLogger().removeHandler(log)
    if "caplog" not in request.fixturenames:
        assert not log.said, f"logged: {log.said}"


class _Warnings(logging.Handler):
    """Keeps the records of warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of a record."""
        self.said.append(self.format(record))


def _remembering(start: Callable[..., None]) -> Callable[..., None]:
    """Return a `start` that records its object."""

    def remember(self: QTimer | QVariantAnimation, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  -- Qt's own
        _started.add(self)
        start(self, *args, **kwargs)

    return remember


def _running() -> list[QTimer | QVariantAnimation]:
    """Return the timers and animations that were started and still run."""
    alive = [started for started in _started if shiboken6.isValid(started)]
    return [
        started
        for started in alive
        if (
            started.isActive()
            if isinstance(started, QTimer)
            else started.state() is QVariantAnimation.State.Running
        )
    ]


def _lasts(thread: threading.Thread) -> bool:
    """Return whether a thread is still alive after a moment. Qt's pool is checked elsewhere."""
    if thread.name.startswith("Dummy-"):
        return False
    thread.join(PATIENCE)
    return thread.is_alive()
