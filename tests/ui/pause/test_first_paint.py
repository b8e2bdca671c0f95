"""The window of a pause made ready ahead: it shows the same, runs nothing, and needs no file."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPixmap

from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.first_paint import read_window_icon
from safepause.ui.pause.page import Page
from safepause.ui.windows.icon import window_icon
from tests.ui.pause.scene import Scene
from tests.ui.samples import pause, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SHOWS: dict[str, Callable[[Scene], object]] = {
    "call": lambda scene: scene.window.show_pause(pause(), fresh=True),
    "breathing": lambda scene: scene.window.show_breathing(),
    "return": lambda scene: scene.window.show_return(pause()),
    "new time": lambda scene: scene.window.show_more_time(pause()),
    "restart": lambda scene: scene.window.show_restart(),
}
"""Each page, as the window is asked for it."""

WATCHED = """
import sys
from PySide6.QtWidgets import QApplication
from tests.ui.pause.scene import Scene
from tests.ui.pause.test_first_paint import SHOWS
qt = QApplication([])
scene = Scene(theme="light")
scene.window.prepare()
needed = []
sys.addaudithook(lambda event, args: event in ("import", "open") and needed.append(args[0]))
for show in SHOWS.values():
    show(scene)
    scene.up()
    scene.wait(6)
    scene.window.grab()
scene.window.hide()
print(needed)
"""


def looks(scene: Scene, show: Callable[[Scene], object]) -> QImage:
    """Return a picture of the window with a page."""
    show(scene)
    scene.up()
    scene.settle()
    return scene.window.grab().toImage()


def test_nothing_is_seen_and_nothing_runs(scene: Scene) -> None:
    """A window that was made ready is hidden, has asked for nothing, and has no timer running."""
    heard = record(
        scene.window.undo_requested,
        scene.window.return_requested,
        scene.window.let_go_requested,
        scene.window.more_time_requested,
        scene.window.hidden_by_person,
    )
    scene.window.prepare()
    scene.settle()
    assert not scene.window.isVisible()
    assert not scene.ticking
    assert not any(page.orb.running for page in scene.window.findChildren(BreathingPage))
    assert heard == []


@pytest.mark.parametrize("page", SHOWS)
def test_every_page_looks_the_same(qtbot: QtBot, page: str) -> None:
    """Made ready or not, a page is the same to the pixel: nothing of the example is left."""
    pictures = []
    for ready in (False, True):
        scene = Scene(theme="light", motion="full")
        qtbot.addWidget(scene.window)
        if ready:
            scene.window.prepare()
        pictures.append(looks(scene, SHOWS[page]))
        scene.window.hide()
    assert pictures[0] == pictures[1]


def test_a_call_and_a_return_need_no_file(tmp_path: Path) -> None:
    """Once made ready, every page shows without Python opening a file or importing a module."""
    command = [sys.executable, "-c", WATCHED]
    done = subprocess.run(  # noqa: S603  -- our own program
        command, cwd=tmp_path, stdout=subprocess.PIPE, check=True, timeout=60
    )
    assert done.stdout.decode().strip() == "[]"


def test_a_pause_on_the_screen_goes_on(scene: Scene) -> None:
    """Made ready during a pause, the window stays where it was, its breath included."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(5)
    scene.wait(5)
    page = scene.page
    assert isinstance(page, BreathingPage)
    word = page.orb.word
    scene.window.prepare()
    assert scene.page is page
    assert page.orb.word == word
    assert page.orb.running
    assert scene.ticking
    assert page.title.accessibleName() == "\u2068Alex\u2069 asked for a pause"


def test_what_is_ready_is_used(scene: Scene) -> None:
    """The page that was made ready is the one that a call shows; no other page is built."""
    scene.window.prepare()
    [ready] = scene.window.findChildren(Page)
    scene.window.show_pause(pause(), fresh=True)
    assert scene.page is ready
    scene.window.prepare()
    assert scene.window.findChildren(Page) == [ready]


def test_the_window_icon_needs_no_file(qtbot: QtBot, tmp_path: Path) -> None:
    """The icon is read with the window that is made ready, so that its file may go afterwards."""
    del qtbot
    file = tmp_path / "icon.png"
    QPixmap(32, 32).save(str(file))
    before = QGuiApplication.windowIcon()
    icon = QIcon(str(file))
    QGuiApplication.setWindowIcon(icon)
    read_window_icon()
    file.unlink()
    assert not QGuiApplication.windowIcon().pixmap(32, 32).isNull()
    QGuiApplication.setWindowIcon(before)
    assert window_icon("io.github.safepause.SafePause").availableSizes()
