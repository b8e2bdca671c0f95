"""The fixtures that several tests of the core share."""

from __future__ import annotations

import pytest

from safepause.core.faults import Faults
from safepause.core.service import PauseService
from tests.core.desk import Desk
from tests.core.world import World
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore


@pytest.fixture
def world() -> World:
    """Return a world in which somebody has just called a pause of half an hour."""
    world = World()
    Couple(world.service).call()
    return world


@pytest.fixture
def desk() -> Desk:
    """Return a desk with an empty agenda."""
    return Desk()


@pytest.fixture
def clock() -> FakeClock:
    """Return a fake clock."""
    return FakeClock()


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store in memory."""
    return MemoryStore()


@pytest.fixture
def faults() -> Faults:
    """Return `Faults` without a fault."""
    return Faults()


@pytest.fixture
def service(clock: FakeClock, store: MemoryStore, faults: Faults) -> PauseService:
    """Return a service with this clock and store."""
    return PauseService(clock, store, faults)
