"""Unix signals end the program through the event loop."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from safepause.system.session.unix_signals import LeaveSignals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


@pytest.fixture(autouse=True)
def _usual_signals() -> Iterator[None]:
    """Ignore no signal, whatever the program that runs the tests ignores, as nohup does."""
    before = [signal.signal(number, signal.SIG_DFL) for number in SIGNALS]
    yield
    for number, handler in zip(SIGNALS, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_leaves_through_the_loop(qtbot: QtBot, number: signal.Signals) -> None:
    """A signal calls `leave` once, in the event loop."""
    left: list[bool] = []
    signals = LeaveSignals(lambda: left.append(True))
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: bool(left))
    signals.close()
    assert left == [True]


@pytest.mark.parametrize("number", SIGNALS)
def test_an_ignored_signal_stays_ignored(qtbot: QtBot, number: signal.Signals) -> None:
    """A signal that the parent ignores, as with nohup, ends nothing. Another signal still does."""
    before = signal.signal(number, signal.SIG_IGN)
    try:
        left: list[bool] = []
        signals = LeaveSignals(lambda: left.append(True))
        os.kill(os.getpid(), number)
        assert signal.getsignal(number) is signal.SIG_IGN
        other = signal.SIGTERM if number is not signal.SIGTERM else signal.SIGHUP
        os.kill(os.getpid(), other)
        qtbot.waitUntil(lambda: bool(left))
        signals.close()
        assert left == [True]
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_that_the_parent_blocks_leaves(qtbot: QtBot, number: signal.Signals) -> None:
    """A signal mask that came with the start holds no signal back. `close` restores it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    try:
        left: list[bool] = []
        os.kill(os.getpid(), number)
        signals = LeaveSignals(lambda: left.append(True))
        qtbot.waitUntil(lambda: bool(left))
        signals.close()
        assert left == [True]
        assert number in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_close_restores_the_handlers() -> None:
    """After `close` the handler and the wake-up descriptor are the ones from before."""
    before = signal.getsignal(signal.SIGTERM)
    signals = LeaveSignals(lambda: None)
    assert signal.getsignal(signal.SIGTERM) is not before
    signals.close()
    assert signal.getsignal(signal.SIGTERM) is before
    assert signal.set_wakeup_fd(-1) == -1
