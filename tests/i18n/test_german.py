"""The German catalogue: complete, and shown by the program."""

from __future__ import annotations

import gettext
import string
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QLineEdit

from safepause.assets import resource
from safepause.commands.help_text import overview
from safepause.i18n import language, words
from safepause.ui.widgets.qt_translator import QtWords, translate_qt
from tests.fakes import EVENING, FakeClock, at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

LATER = timedelta(days=3)


def read(*place: str) -> Catalog:
    """Return a catalogue of the resources."""
    with resource("locale", *place).open("rb") as file:
        return read_po(file)


def texts(given: object) -> list[str]:
    """Return a message's forms: one, or singular and plural."""
    return [str(text) for text in given] if isinstance(given, tuple | list) else [str(given)]


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


MESSAGES = [message for message in read("safepause.pot") if message.id]
GERMAN = read("de", "LC_MESSAGES", "safepause.po")


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """Compile the catalogue, and have the program use it."""
    compiled = tmp_path / "de" / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, GERMAN)
    spoken = gettext.translation(language.DOMAIN, str(tmp_path), ["de"])
    monkeypatch.setattr(language, "_catalogue", lambda: spoken)
    yield
    for made in qapp.findChildren(QtWords):
        qapp.removeTranslator(made)
        made.setParent(None)


def test_every_message_is_translated() -> None:
    """Every message has a translation, and none is marked as fuzzy."""
    found = {texts(message.id)[0]: GERMAN.get(message.id, message.context) for message in MESSAGES}
    assert [key for key, german in found.items() if german is None or not german.string] == []
    assert [key for key, german in found.items() if german is not None and german.fuzzy] == []


def test_no_placeholder_is_lost() -> None:
    """Each German form has the names in braces and the last blank of the English message."""
    wrong = []
    for message in MESSAGES:
        english, found = texts(message.id)[-1], GERMAN.get(message.id, message.context)
        for form in texts(found.string) if found is not None else ():
            same = placeholders(form) == placeholders(english)
            if not same or form.endswith(" ") != english.endswith(" "):
                wrong.append(form)
    assert wrong == []


@pytest.mark.usefixtures("german")
def test_german_is_spoken() -> None:
    """Sentences, plurals and dates are German."""
    assert language.language() == "de"
    assert words.long_length(timedelta(minutes=1)) == "1 Minute"
    assert words.long_length(timedelta(hours=2)) == "2 Stunden"
    assert words.return_time(EVENING + LATER, FakeClock()) == f"13.03.2026, {at(72 * 60)}"
    assert "Befehle:" in overview()


@pytest.mark.usefixtures("german")
def test_qt_speaks_german_too(qapp: QApplication, qtbot: QtBot) -> None:
    """The menu of a text field is German; two calls install one translator."""
    field = QLineEdit()
    qtbot.addWidget(field)
    translate_qt()
    translate_qt()
    menu = field.createStandardContextMenu()
    assert "&Kopieren\tCtrl+C" in [action.text() for action in menu.actions()]
    assert len(qapp.findChildren(QtWords)) == 1


def test_english_needs_no_help(qapp: QApplication) -> None:
    """Without a catalogue, Qt gets no translator."""
    translate_qt()
    assert language.language() == ""
    assert qapp.findChildren(QtWords) == []
