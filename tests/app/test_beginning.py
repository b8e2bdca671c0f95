"""The first moments of the program: its first window, and the warm-up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from safepause.app import warm_up
from safepause.core.ports import StoreNotice, Trouble
from safepause.store import Opened, open_store
from safepause.system import paths
from safepause.ui.pause import first_paint
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.settings.window import SettingsWindow
from safepause.ui.windows.home import HomeWindow
from tests.app import running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from tests.app.running import Program
    from tests.fakes import FakeClock


def answer(program: Program, words: str) -> QPushButton:
    """Return the button of the home window with these words."""
    home = program.shown(HomeWindow)
    assert home is not None
    [found] = [each for each in home.findChildren(QPushButton) if each.text() == words]
    assert found.isVisible()
    return found


READ_ONLY = StoreNotice(Trouble.READ_ONLY, "/data/safepause.sqlite3", "Permission denied")
FIRST_CALL = """
import json, sys
from PySide6.QtCore import QCoreApplication, QTimer
from safepause.app import application, event_recorder, main, warm_up
from safepause.core.origin import Origin
from safepause.core.prompt import Page, Prompt

warm_up.AFTER_START_MS = event_recorder.BEGIN_MS = 0
# What comes a while after the start or the frame may come in between on a busy machine.
application.TRAY_PATIENCE_MS = main.AFTER_FRAME = 3_600_000
needed, watching = [], []
sys.addaudithook(
    lambda event, args: watching and event in ("import", "open") and needed.append(str(args[0]))
)

class Called(main.App):
    def forget_warm_up(self):
        super().forget_warm_up()
        watching.append(True)
        self.tray.tray.activated.emit()
        QCoreApplication.processEvents()
        self.flow.show_prompt(Prompt("It is time", "", page=Page.RETURN))
        self.flow.window.choose_time()
        QCoreApplication.processEvents()
        self.flow.show_return()
        self.flow.requests.come_back(Origin.WINDOW)
        QCoreApplication.processEvents()
        watching.clear()
        self.quit()

main.App = Called
main.main(hidden=True)
print(json.dumps(needed))
"""


def windows() -> list[type]:
    """Return the kinds of the visible windows."""
    return [type(each) for each in QApplication.topLevelWidgets() if each.isVisible()]


def test_started_by_hand_the_home_window_comes(start: Callable[..., Program]) -> None:
    """A start by hand shows the home window."""
    start(hidden=False)
    assert windows() == [HomeWindow]


def test_started_by_hand_a_pause_comes_first(start: Callable[..., Program]) -> None:
    """During a pause, a start by hand shows the pause window instead of the home window."""
    start().run("pause")
    again = start(hidden=False)
    assert isinstance(again.page, BreathingPage)
    assert HomeWindow not in windows()


def test_at_a_login_no_window_comes(start: Callable[..., Program]) -> None:
    """A hidden start shows no window."""
    start()
    assert windows() == []


def test_without_a_tray_the_home_window_comes(start: Callable[..., Program], qtbot: QtBot) -> None:
    """Without a tray the home window is shown, and says so."""
    program = start(hidden=False)
    qtbot.waitUntil(lambda: program.says("no tray"))
    assert program.shown(HomeWindow)


def test_trouble_with_the_data_is_said_in_the_home_window(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    """If nothing can be saved, the home window says so, at a login, too."""
    (tmp_path / "safepause.sqlite3").mkdir()
    program = start()
    assert windows() == [HomeWindow]
    assert program.says("can't be saved")
    assert program.says("It is here: ")


def test_trouble_with_the_data_has_a_button(start: Callable[..., Program], tmp_path: Path) -> None:
    """Beside the sentence stands what it advises. It ends no pause that can't be saved."""
    (tmp_path / "safepause.sqlite3").mkdir()
    program = start()
    again = answer(program, "Start SafePause again")
    program.run("pause")
    again.click()
    assert program.app.flow.visible
    assert not program.app.ending.again
    program.run("return")
    again.click()
    assert program.app.ending.again


def test_data_that_starts_anew_leads_to_the_settings(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    """If all is saved again, and the old data could not be read, the settings are at hand."""
    (tmp_path / "safepause.sqlite3").write_bytes(bytes(5000))
    program = start()
    assert program.says("SafePause starts anew. Please look at your settings.")
    answer(program, "Open the settings").click()
    assert SettingsWindow in windows()


def test_trouble_with_the_data_is_said_where_a_person_looks(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If a return is due at the start, its window says what is wrong with the data."""
    first = start()
    first.run("pause")
    first.stop()
    first.clock.move(hours=1)

    def read_only(folder: Path, clock: FakeClock) -> Opened:
        return Opened(open_store(folder, clock).store, READ_ONLY)

    monkeypatch.setattr(running, "open_store", read_only)
    again = start()
    assert isinstance(again.page, ReturnPage)
    assert not again.window.banner.isHidden()
    assert HomeWindow not in windows()


def test_breathing_can_be_asked_for(start: Callable[..., Program]) -> None:
    """The command `breathe` shows breathing without a pause."""
    program = start()
    assert program.run("breathe")[0] == 0
    assert isinstance(program.page, BreathingPage)
    assert program.app.service.pause is None


def test_the_warm_up_ends_and_shows_nothing(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """After the warm-up the pause window exists and is hidden."""
    monkeypatch.setattr(warm_up, "AFTER_START_MS", 0)
    program = start()
    qtbot.waitUntil(lambda: program.app.warm_up is None)
    assert program.app.flow.window is not None
    assert windows() == []
    assert program.facts.lines[-1] == "ready for a pause"


def test_the_warm_up_reads_the_window_icon(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warm-up reads the file of the window icon."""
    read: list[bool] = []
    monkeypatch.setattr(first_paint, "read_window_icon", lambda: read.append(True))
    start().app.flow.prepare()
    assert read == [True]


def test_the_end_stops_a_warm_up_that_waits(start: Callable[..., Program]) -> None:
    """The end of the program stops the timer of the warm-up."""
    program = start()
    program.stop()
    warm = program.app.warm_up
    assert warm is not None
    [timer] = warm.findChildren(QTimer)
    assert not timer.isActive()


def test_the_first_call_needs_no_file(tmp_path: Path) -> None:
    """After the warm-up a call and a return import nothing, and open only the saved data."""
    config = tmp_path / "config"  # the person's own files are read whenever they count
    saved = tmp_path / "data" / "safepause.sqlite3"  # each commit looks whether it still stands
    env = {**os.environ, "XDG_CONFIG_HOME": str(config), "QT_QPA_PLATFORM": "offscreen"}
    env[paths.VARIABLE] = str(tmp_path / "data")
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", FIRST_CALL], env=env, stdout=subprocess.PIPE, check=True, timeout=50
    )
    needed = json.loads(done.stdout)
    assert [each for each in needed if not each.startswith((str(config), str(saved)))] == []
