"""Fixtures for the tests of shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus
    from tests.system.shortcut.portal_desk import PortalDesk


@pytest.fixture
def desk(tmp_path: Path, private_bus: PrivateBus, qtbot: QtBot) -> Iterator[PortalDesk]:
    """Return a desktop without a portal."""
    from tests.system.shortcut.portal_desk import PROGRAM, PortalDesk

    if not PROGRAM.exists():
        pytest.skip(f"not here: {PROGRAM}")
    rig = PortalDesk(tmp_path, private_bus, qtbot)
    yield rig
    rig.close()
