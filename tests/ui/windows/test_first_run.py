"""The first page shows what is true here, asks for nothing, and keeps its answers in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from safepause.ui.windows.first_run import FirstRunWindow
from safepause.ui.windows.first_run_picture import FirstRunPicture
from safepause.ui.windows.support import not_the_right_tool
from tests.fakes import FakeClock, at
from tests.ui.samples import settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot) -> FirstRunWindow:
    """Return the page, on the screen."""
    made = FirstRunWindow(settings())
    qtbot.addWidget(made)
    made.show_times(FakeClock())
    made.show_ways("Ctrl+Alt+P", 1, (), no_keys=False)
    made.resize(760, 620)
    made.show()
    return made


def words(page: FirstRunWindow) -> str:
    """Return all words that are shown."""
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def keys(page: FirstRunWindow) -> list[str]:
    """Return the key caps that are shown."""
    return [cap.text() for cap in page.caps if cap.isVisible()]


def press(page: FirstRunWindow, text: str) -> None:
    """Press a button of the page."""
    next(each for each in page.findChildren(QPushButton) if each.text() == text).click()


def test_it_says_what_it_is(page: FirstRunWindow) -> None:
    """The page says what SafePause does, that nobody keeps score, and what it is not for."""
    assert "A pause button for two" in words(page)
    assert "Either of you may. No reason is asked." in words(page)
    assert "It stays on this computer. Nobody keeps score." in words(page)
    assert not_the_right_tool() in words(page)


def test_it_shows_keys_and_icon(page: FirstRunWindow) -> None:
    """With keys and a tray, both ways are shown."""
    assert keys(page) == ["Ctrl", "Alt", "P"]
    assert "Or one click on this sign in your panel." in words(page)


def test_without_keys_it_shows_the_icon_alone(page: FirstRunWindow) -> None:
    """A desktop without keys has no key caps, and the page offers the settings."""
    page.show_ways("", 1, ("No keys.",), no_keys=True)
    assert keys(page) == []
    assert "One click on this sign in your panel." in words(page)
    assert "No keys." in words(page)
    assert "Settings" in [b.text() for b in page.findChildren(QPushButton) if b.isVisible()]


def test_without_a_tray_it_shows_no_sign(page: FirstRunWindow) -> None:
    """A desktop without a tray has no sign in a panel."""
    page.show_ways("Ctrl+Alt+P", 0, ("No tray.",), no_keys=False)
    assert "panel" not in words(page)
    assert "No tray." in words(page)


@pytest.mark.parametrize(("given", "said"), [("", "Two clicks"), ("F9", "Or two clicks")])
def test_a_panel_that_opens_menus_needs_two_clicks(
    page: FirstRunWindow, given: str, said: str
) -> None:
    """Where one click opens the menu, the page says two."""
    page.show_ways(given, 2, (), no_keys=False)
    assert f"{said} on this sign in your panel." in words(page)


def test_the_picture_tells_the_two_times(page: FirstRunWindow) -> None:
    """A screen reader hears what the picture shows: the call and the return of a pause now."""
    (picture,) = page.findChildren(FirstRunPicture)
    assert at(0) in picture.accessibleName()
    assert at(30) in picture.accessibleName()


def test_how_it_works_unfolds(page: FirstRunWindow) -> None:
    """The button shows the five steps, and hides them again."""
    press(page, "How it works")
    assert "SafePause calls you both at the time you said." in words(page)
    press(page, "How it works")
    assert "SafePause calls you both at the time you said." not in words(page)


def test_names_are_asked_for_once_typed(page: FirstRunWindow, qtbot: QtBot) -> None:
    """A typed name is passed on, and a name that did not change is not."""
    first, _second = page.findChildren(QLineEdit)
    first.setText("Alex")
    with qtbot.waitSignal(page.set_requested) as asked:
        first.editingFinished.emit()
    assert asked.args == ["name1", "Alex"]
    page.use(settings(name1="Alex"))
    with qtbot.assertNotEmitted(page.set_requested):
        first.editingFinished.emit()


def test_every_field_has_a_name(page: FirstRunWindow) -> None:
    """A screen reader hears which field is which."""
    names = [each.accessibleName() for each in page.findChildren(QLineEdit)]
    assert names == ["First name", "Second name"]


def test_the_answers_ask(page: FirstRunWindow, qtbot: QtBot) -> None:
    """The practice is asked for by its button, and "Not now" closes the page."""
    with qtbot.waitSignal(page.practice_requested):
        page.practise.click()
    with qtbot.waitSignal(page.left):
        page.not_now.click()
    assert not page.isVisible()


@pytest.mark.parametrize("size", [(760, 560), (480, 420)])
def test_the_answers_stay_in_sight(page: FirstRunWindow, size: tuple[int, int]) -> None:
    """In a small window, the three answers are whole, and nothing needs scrolling sideways."""
    page.resize(*size)
    QApplication.processEvents()
    for answer in (page.practise, page.not_now, page.how):
        place = answer.mapTo(page, answer.rect().bottomRight())
        assert page.rect().contains(place)
    assert page.area.horizontalScrollBar().maximum() == 0


def test_a_practice_that_is_over_may_ask(page: FirstRunWindow, qtbot: QtBot) -> None:
    """After a practice, the page says that nothing was kept, and may ask about what is playing."""
    assert not page.players.isVisible()
    page.show_practised(whole=True, ask_players=False)
    assert "That was a whole pause. Nothing of it was kept." in words(page)
    assert not page.players.isVisible()
    page.show_practised(whole=True, ask_players=True)
    with qtbot.waitSignal(page.set_requested) as asked:
        page.players.click()
    assert asked.args == ["pause_media", True]
    assert "until you play them again" in words(page)
    page.resize(480, 420)
    QApplication.processEvents()
    assert page.area.horizontalScrollBar().maximum() == 0
    with qtbot.waitSignal(page.players_asked):
        page.close()
    page.show()
    assert "Nothing of it was kept." not in words(page)
    assert not page.players.isVisible()
    with qtbot.assertNotEmitted(page.players_asked):
        page.close()
