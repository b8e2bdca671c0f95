"""The fixtures that several tests of the core share."""

from __future__ import annotations

import pytest

from tests.core.desk import Desk
from tests.core.world import World
from tests.couple import Couple


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
