"""The settings window, for the tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.ui.settings.window import SettingsWindow
from tests.ui.samples import NAMELESS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> SettingsWindow:
    """Return the visible window with its first page."""
    made = SettingsWindow(NAMELESS)
    qtbot.addWidget(made)
    made.bring_up()
    return made
