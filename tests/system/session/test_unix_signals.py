"""Leaving when the session ends, without a timer that looks for it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from safepause.system.session.unix_signals import LeaveSignals

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_through_the_loop(qtbot: QtBot, number: signal.Signals) -> None:
    """A signal calls `leave` in the event loop, once."""
    left: list[bool] = []
    signals = LeaveSignals(lambda: left.append(True))
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: bool(left))
    signals.close()
    assert left == [True]


def test_the_signals_are_given_back() -> None:
    """After `close` the handlers and the wake-up descriptor are as they were."""
    before = signal.getsignal(signal.SIGTERM)
    signals = LeaveSignals(lambda: None)
    assert signal.getsignal(signal.SIGTERM) is not before
    signals.close()
    assert signal.getsignal(signal.SIGTERM) is before
    assert signal.set_wakeup_fd(-1) == -1
