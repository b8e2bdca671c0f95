"""The row that asks where to save a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from safepause.ui.widgets.save_row import SaveRow
from tests.ui.samples import record
from tests.ui.view import press

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_a_file_that_is_there_stays_until_a_person_says_otherwise(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """Neither Save nor Enter, however often, replaces a file. A button of its own does."""
    row, path = SaveRow("ours.csv"), tmp_path / "letter.csv"
    qtbot.addWidget(row)
    path.write_text("Dear Sam")
    row.ask()
    heard = record(row.save_requested)
    row.path.setText(str(path))
    for _press in range(2):
        press(row, "Save")
        QTest.keyClick(row.path, Qt.Key.Key_Return)
    assert heard == []
    assert row.sentence.startswith("There is a file of that name already.")
    press(row, "Replace it")
    assert heard == [(str(path),)]


def test_another_name_takes_the_offer_back(qtbot: QtBot, tmp_path: Path) -> None:
    """The offer to replace a file is for that file only."""
    row, path = SaveRow("ours.csv"), tmp_path / "letter.csv"
    qtbot.addWidget(row)
    path.write_text("Dear Sam")
    row.ask()
    row.path.setText(str(path))
    press(row, "Save")
    heard = record(row.save_requested)
    row.path.setText(str(tmp_path / "other.csv"))
    assert [each.text() for each in row.findChildren(QPushButton) if each.isVisible()] == [
        "Not now",
        "Save",
    ]
    press(row, "Save")
    assert heard == [(str(tmp_path / "other.csv"),)]


def test_a_path_that_cannot_be_looked_at_is_asked_for(qtbot: QtBot) -> None:
    """Whoever writes the file says why that fails."""
    row = SaveRow("ours.csv")
    qtbot.addWidget(row)
    row.ask()
    heard = record(row.save_requested)
    row.path.setText("~nobody-by-that-name/ours.csv")
    press(row, "Save")
    assert heard == [("~nobody-by-that-name/ours.csv",)]
