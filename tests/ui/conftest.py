"""A scene for every test of the pause window, taken away afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.stages import Scene


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    """Return a hidden stage on a fake clock, with the default settings."""
    made = Scene(theme="light", motion="full")
    qtbot.addWidget(made.stage)
    yield made
    made.stage.close()
