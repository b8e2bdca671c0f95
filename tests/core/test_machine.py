"""Random commands, times and restarts break no promise."""

from __future__ import annotations

from hypothesis import settings

from tests.core.machine import PauseMachine

TestPauseMachine = PauseMachine.TestCase
TestPauseMachine.settings = settings(max_examples=200)
