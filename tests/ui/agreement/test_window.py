"""The agreement window: its sentences, its choices, the yes of both, and the page to print."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from safepause.core.agreed import yes
from safepause.core.settings.catalogue import declared
from safepause.i18n.agreement_words import sentences
from safepause.ui.agreement.window import AgreementWindow
from tests.ui.samples import NAMELESS, record, settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TITLE = "Our pause agreement"
DAY = date(2026, 11, 29)


@pytest.fixture
def window(qtbot: QtBot) -> AgreementWindow:
    """Return the visible window of a couple."""
    made = AgreementWindow(settings(name1="Alex", name2="Sam", place1="garden"))
    qtbot.addWidget(made)
    made.bring_up()
    return made


def press(window: AgreementWindow, text: str) -> None:
    """Click the visible button that says `text`."""
    [found] = [
        each
        for each in window.findChildren(QPushButton)
        if each.text() == text and each.isVisibleTo(window)
    ]
    found.click()


def said(window: AgreementWindow) -> list[str]:
    """Return the texts of the visible labels."""
    return [
        each.accessibleName() or each.text()
        for each in window.findChildren(QLabel)
        if each.isVisibleTo(window)
    ]


def test_six_sentences(window: AgreementWindow) -> None:
    """The agreement is six sentences, with the couple's choices in them."""
    assert [line.text for line in window.lines] == [
        "Alex or Sam may pause, any time. No reason needed.",
        "Our sign: a hand on the heart, or the key.",
        "We part for 30 minutes. Alex: garden. Sam: a quiet place.",
        "Children or pets: whoever did not ask.",
        "No texts, no last word, no slammed door.",
        "We come back on time, ready or not. More time: twice.",
    ]
    assert window.lines[2].button.accessibleName().startswith("3. We part for 30 minutes.")


def test_without_names() -> None:
    """The sentences are whole without names, and with one."""
    assert sentences(NAMELESS)[0].text.startswith("Either of us may pause")
    assert sentences(settings(name2="Sam"))[0].text.startswith("Sam or the other one may")
    assert "One of us: a quiet place. The other: a quiet place." in sentences(NAMELESS)[2].text


def test_a_name_stays_plain(window: AgreementWindow) -> None:
    """Markup and braces in a name are shown as they were typed, or left out."""
    window.use(settings(name1="<b>A</b> & {length}", place2="{one}"))
    assert "&lt;b&gt;A&lt;/b&gt; &amp; {length}" in window.lines[0].button.words.text()
    assert window.lines[2].text.endswith("The other: {one}.")
    assert "<b>A</b> & {length}: " in window.lines[2].text


@pytest.mark.parametrize(
    "names",
    [
        ("\u05e9\u05e8\u05d4", "\u0645\u062d\u0645\u062f"),
        ("W" * 60, "\u00e4" * 60),
        ("Alex", "Alex"),
        ("\U0001f43b\u200d\u2744\ufe0f", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ],
    ids=["right to left", "long", "same", "emoji"],
)
def test_odd_names_keep_the_sentences(window: AgreementWindow, names: tuple[str, str]) -> None:
    """The words around a name keep their order and their width, whatever the name is."""
    window.use(settings(name1=names[0], name2=names[1]))
    for line in window.lines:
        assert line.button.words.minimumSizeHint().width() <= line.button.width()
    shown = window.lines[0].button.words
    assert shown.text().count("\u2068") == 2
    assert shown.text().startswith('<div dir="ltr">')
    assert "\u2068" not in window.lines[0].button.accessibleName()
    assert window.page.count(b"/Type /Page\n") == 1


def test_a_name_of_spaces_is_no_name(window: AgreementWindow) -> None:
    """Two names that are only spaces leave sentences without names."""
    given = {key: declared(key).parse("   ") for key in ("name1", "name2")}
    window.use(settings(**given))
    assert window.lines[0].text == "Either of us may pause, any time. No reason needed."


def test_a_line_opens_its_choices(window: AgreementWindow) -> None:
    """A click on a line opens its choices, and closes those of another line."""
    window.lines[1].button.click()
    window.lines[3].button.click()
    assert [line.is_open for line in window.lines] == [False, False, False, True, False, False]
    assert not window.lines[4].button.isEnabled()
    window.lines[3].button.click()
    assert not window.lines[3].is_open


def test_opened_choices_are_in_sight(window: AgreementWindow, qtbot: QtBot) -> None:
    """In a small window, the choices of a line near the end are scrolled into sight."""
    window.resize(500, 480)
    line = window.lines[5]
    line.button.click()
    field = next(iter(line.fields.values()))

    def in_sight() -> bool:
        top = field.mapTo(window.area, QPoint()).y()
        return top >= 0 and top + field.height() <= window.area.viewport().height()

    qtbot.waitUntil(in_sight)


@pytest.mark.parametrize(("width", "beside"), [(760, True), (480, False)])
def test_buttons_stand_beside_the_title_if_there_is_room(
    window: AgreementWindow, width: int, *, beside: bool
) -> None:
    """In a narrow window they stand below it, and the title is whole."""
    window.resize(width, 600)
    QApplication.processEvents()
    [title] = [each for each in window.findChildren(QLabel) if each.text() == TITLE]
    at = title.mapTo(window, title.rect().center()).y()
    middle = window.rehearse.mapTo(window, window.rehearse.rect().center()).y()
    assert (abs(at - middle) < title.height()) == beside
    assert title.height() >= title.heightForWidth(title.width())


def test_choices_are_requested(window: AgreementWindow) -> None:
    """A choice can be typed, or taken from the proposals."""
    heard = record(window.set_requested)
    window.lines[1].button.click()
    press(window, "two hands as a T")
    field = window.lines[1].fields["sign"].field
    assert isinstance(field, QLineEdit)
    field.setText("  a   bell ")
    field.editingFinished.emit()
    assert heard == [("sign", "two hands as a T"), ("sign", "a bell")]
    field.setText("x" * 81)
    field.editingFinished.emit()
    assert window.lines[1].fields["sign"].note == "This has 80 characters at most."


def test_both_say_yes(window: AgreementWindow) -> None:
    """One yes is not enough. The window says the day, and never who was first."""
    heard = record(window.agreed)
    press(window, "We both agree")
    press(window, "Sam: yes")
    assert heard == []
    press(window, "Alex: yes")
    assert heard == [()]
    window.use(settings(name1="Alex", agreed=yes(settings(name1="Alex"), DAY), theme="light"))
    assert any(text.startswith("You both said yes on 29 November 2026.") for text in said(window))


def test_the_dots_meet_with_both(window: AgreementWindow) -> None:
    """The dots come nearer with each yes, part if it is taken back, and meet once it is kept."""
    near = [window.dots.together]
    press(window, "We both agree")
    for text in ("Sam: yes", "Sam: yes", "Alex: yes"):
        press(window, text)
        near.append(window.dots.together)
    window.use(settings(name1="Alex", agreed=yes(settings(name1="Alex"), DAY)))
    near.append(window.dots.together)
    assert near == [0, near[1], 0, near[1], 1]
    assert 0 < near[1] < 1
    window.use(settings(name1="Alex"))
    assert window.dots.together == 0


def test_a_changed_line_asks_both_again(window: AgreementWindow) -> None:
    """A yes for other words does not count."""
    heard = record(window.agreed)
    press(window, "We both agree")
    press(window, "Alex: yes")
    window.use(settings(name1="Alex", name2="Sam", extensions=0))
    press(window, "We both agree")
    press(window, "Sam: yes")
    assert heard == []


def test_either_takes_it_back(window: AgreementWindow) -> None:
    """An agreement can be taken back with one click, without a question."""
    heard = record(window.withdrawn)
    window.use(settings(agreed=yes(NAMELESS, DAY)))
    press(window, "Take it back")
    assert heard == [()]
    window.use(NAMELESS)
    press(window, "We both agree")


def test_refusals_are_said(window: AgreementWindow) -> None:
    """A choice that can't be kept says so at its field, and a yes says so in the window."""
    window.lines[5].button.click()
    window.refuse("extensions", "The disk is full.")
    assert window.lines[5].fields["extensions"].note == "The disk is full."
    window.refuse("agreed", "The disk is very full.")
    assert "The disk is very full." in said(window)


def test_the_requests(window: AgreementWindow) -> None:
    """Support and the rehearsal are requested with one click."""
    heard = record(window.support_requested, window.rehearse_requested)
    press(window, "More support")
    press(window, "Rehearse it")
    assert heard == [(), ()]


def test_the_page_is_saved(window: AgreementWindow) -> None:
    """Print asks for a path, proposes one, and wants one."""
    heard = record(window.save_requested)
    press(window, "Print")
    assert window.save_row.path.text().endswith("our-pause-agreement.pdf")
    window.save_row.path.setText(" /tmp/ours.pdf ")
    press(window, "Save")
    assert heard == [("/tmp/ours.pdf",)]  # noqa: S108  -- nothing is written
    window.save_row.path.setText("")
    press(window, "Save")
    assert window.save_row.sentence == "Please write where the file should go."


@pytest.mark.parametrize("length", [5, 60])
def test_one_page(window: AgreementWindow, length: int) -> None:
    """The PDF has one page, however long the words are."""
    words = "\u00c4W" * (length // 2)
    window.use(
        settings(name1=words, name2=words, sign=words, place1=words, place2=words, children=words)
    )
    page = window.page
    assert page.startswith(b"%PDF-")
    assert page.count(b"/Type /Page\n") == 1
