"""A pause whose own window can't be built is shown in the plainest window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from safepause.core.ports import NotKept
from tests.app import scenes
from tests.app.updated import missing

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from tests.app.running import Program


def plain_window() -> QMessageBox | None:
    """Return the plainest window if it is shown."""
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    return next((one for one in shown if one.isVisible()), None)


def test_a_pause_whose_window_is_gone_is_shown_in_the_plainest_window(
    wired: Program,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """Without the program's files from the start on, the person is told of call and return."""

    def says(text: str) -> None:
        qtbot.waitUntil(lambda: text in (plain_window() or QMessageBox()).text())

    missing(monkeypatch, "safepause.ui.pause.window")
    updates = wired.app.windows.updates
    file, updates._file = updates._file, tmp_path / "nothing"  # noqa: SLF001
    wired.app.flow.stop()
    code, _out, err = wired.run("pause")
    assert (code, "files are gone" in err) == (0, True)
    says("Back ")
    says("install SafePause again")
    (plain_window() or QMessageBox()).close()
    assert wired.run("show")[0] == 0
    says("Back ")
    (plain_window() or QMessageBox()).close()
    wired.wait(minutes=30)
    says("Time to come back")
    updates._file = file  # noqa: SLF001
    qtbot.waitUntil(lambda: wired.app.flow.visible)
    assert plain_window() is None
    updates._file = tmp_path / "nothing"  # noqa: SLF001
    missing(monkeypatch, "safepause.ui.pause.window")
    wired.app.flow.stop()
    wired.run("show")
    says("Time to come back")
    wired.run("return")
    assert plain_window() is None
    assert "NoWindow" in caplog.text


def test_a_pause_that_is_not_saved_outlives_an_update(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """A new start would lose it. The plainest window shows it instead."""
    missing(monkeypatch, "safepause.ui.pause.window")
    wired.app.flow.stop()
    scenes.replaced(wired)

    def full(*_given: object) -> None:
        raise NotKept("no space left")

    monkeypatch.setattr(wired.opened.store, "commit", full)
    wired.run("pause")
    qtbot.waitUntil(lambda: wired.says("Back "))
    assert not wired.app.ending.again
    assert "NoWindow" in caplog.text


def test_a_window_that_was_missing_at_the_start_is_said_once(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """A file that was lost before the start is no update. Nothing waits for it."""
    wired.app.flow.stop()
    missing(monkeypatch, "safepause.ui.pause.window")
    monkeypatch.setitem(sys.modules, "safepause.ui.pause.window", None)
    code, _out, err = wired.run("pause")
    assert (code, err) == (0, "A part of SafePause is missing. Please install SafePause again.\n")
    qtbot.waitUntil(lambda: wired.says("Back "))
    notice = wired.app.notice
    assert notice is not None
    assert not notice._still.isActive()  # noqa: SLF001
    assert "NoWindow" in caplog.text


def test_no_key_closes_the_plainest_window(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    """Some desktops give each new window the keyboard. Only a click closes it.

    The other windows can be used meanwhile. A reminder shows it again.
    """
    wired.app.flow.stop()
    missing(monkeypatch, "safepause.ui.pause.window")
    monkeypatch.setitem(sys.modules, "safepause.ui.pause.window", None)
    wired.run("pause")
    qtbot.waitUntil(lambda: wired.says("Back "))
    plain = plain_window()
    assert plain is not None
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(plain.windowHandle(), key)
    assert plain.isVisible()
    assert not plain.isModal()
    assert plain.windowTitle() == "SafePause"
    for minutes in (30, 3):
        QTest.mouseClick(plain.buttons()[0], Qt.MouseButton.LeftButton)
        assert not plain.isVisible()
        wired.wait(minutes=minutes)
        qtbot.waitUntil(lambda: wired.says("Time to come back"))
    assert "NoWindow" in caplog.text
