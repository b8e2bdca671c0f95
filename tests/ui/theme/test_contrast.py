"""Following the system's colours and its wish for more contrast."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from safepause.ui.theme.contrast import follow_system, more_contrast

pytestmark = pytest.mark.usefixtures("qapp")


class _System(QObject):
    colorSchemeChanged = Signal()  # noqa: N815  # Qt's name
    contrastPreferenceChanged = Signal()  # noqa: N815  # Qt's name


def test_both_changes_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window is told when the colours change, and when the wish for contrast does."""
    system, told = _System(), list[str]()
    hints = SimpleNamespace(
        colorSchemeChanged=system.colorSchemeChanged, accessibility=lambda: system
    )
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    follow_system(lambda: told.append("changed"))
    system.colorSchemeChanged.emit()
    assert len(told) == 1
    system.contrastPreferenceChanged.emit()
    assert len(told) == 2


def test_an_older_qt_knows_no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before Qt 6.10, no wish for more contrast is known, and the colours are followed."""
    system, told = _System(), list[str]()
    hints = SimpleNamespace(colorSchemeChanged=system.colorSchemeChanged)
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    follow_system(lambda: told.append("changed"))
    system.colorSchemeChanged.emit()
    assert told == ["changed"]
    assert not more_contrast()
