"""The tool that takes pictures of every window: its looks, and what it takes for a fault."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel

from safepause.ui.pause.page import Page
from safepause.ui.windows.placed import Placed
from tests.ui.every_window import VIEWS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TOOL = Path(__file__).parents[1] / "tools" / "every_window.py"


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    """Return what the tool defines."""
    return runpy.run_path(str(TOOL))


def picture(width: int = 400, height: int = 300) -> QImage:
    """Return a light picture without anything on it."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("#f4f7f5"))
    return made


def test_every_look_is_taken(tool: dict[str, Any]) -> None:
    """There are both themes in both languages and both sizes, and the looks that are hard."""
    names = [look.name for look in tool["LOOKS"]]
    usual = {f"{t}-{c}-{s}" for t in ("light", "dark") for c in ("en", "de") for s in (100, 200)}
    assert usual < set(names)
    for hard in ("20pt", "contrast", "1024x600"):
        assert [name.startswith(hard) for name in names].count(True) == 2
    assert len(set(names)) == len(names)


def test_each_picture_has_a_name_of_its_own() -> None:
    """No picture of a folder overwrites another one."""
    names = [view.name for view in VIEWS]
    assert len(set(names)) == len(names)


def test_a_window_without_a_picture_is_named(tool: dict[str, Any]) -> None:
    """What no picture shows is named: a window, and a page."""
    lacking = tool["missing"]([])
    assert {"SupportWindow", "PauseWindow", "RestPage"} < set(lacking)
    assert not {Page.__name__, Placed.__name__} & set(lacking)


def test_an_empty_picture_is_known(tool: dict[str, Any], qtbot: QtBot) -> None:
    """A picture is empty without letters on it, also if it has a ground of several shades."""
    assert tool["is_empty"](picture())
    shaded = picture()
    for y in range(shaded.height()):
        for x in range(shaded.width()):
            shaded.setPixelColor(x, y, QColor(220 + y // 15, 230, 225))
    assert tool["is_empty"](shaded)
    words = QLabel("We come back at 20:40.")
    words.setStyleSheet("background: white; color: black; font-size: 30px;")
    qtbot.addWidget(words)
    assert not tool["is_empty"](words.grab().toImage())


def test_a_sheet_shows_every_picture(tool: dict[str, Any], qtbot: QtBot) -> None:
    """A sheet has a place for each picture, also in a row that isn't full."""
    del qtbot
    dark = QImage(tool["THUMB"], QImage.Format.Format_RGB32)
    dark.fill(QColor("#010101"))
    count = tool["ACROSS"] + 1
    whole = tool["sheet"]({str(number): dark for number in range(count)})
    wide, high = whole.width() // tool["ACROSS"], whole.height() // 2
    for number in range(count):
        left, top = number % tool["ACROSS"] * wide, number // tool["ACROSS"] * high
        assert whole.pixelColor(left + wide // 2, top + high // 2) == QColor("#010101")
