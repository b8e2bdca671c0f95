"""A scene for every test of the pause window, taken away afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.pause.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    """Return a hidden pause window on a fake clock, with the default settings."""
    made = Scene(theme="light", motion="full")
    qtbot.addWidget(made.window)
    yield made
    made.window.close()
