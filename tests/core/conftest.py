"""What several tests of the core start from."""

from __future__ import annotations

import pytest

from tests.core.world import World
from tests.couple import Couple


@pytest.fixture
def world() -> World:
    """Return a world in which a pause of half an hour was just called."""
    world = World()
    Couple(world.service).call()
    return world
