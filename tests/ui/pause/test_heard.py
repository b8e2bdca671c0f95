"""What a screen reader says of a pause, page by page, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from safepause.core.restart import Step
from safepause.ui.widgets import reader
from safepause.ui.widgets.announced import Announced
from tests.fakes import at
from tests.ui.samples import pause, settings
from tests.ui.told import announced, listening, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.pause.scene import Scene


@pytest.fixture
def _listener() -> Iterator[None]:
    """Have a screen reader listen."""
    with listening():
        yield


def heard(scene: Scene) -> str:
    """Return the name of the page, which is read when the page gets the keyboard."""
    return name_of(scene.page)


def test_a_call_is_heard(scene: Scene) -> None:
    """The page of a call says who asked and when the two come back, without marks for the eye."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert heard(scene) == f"Alex asked for a pause. We come back at {at(30)}."
    assert scene.window.focusWidget() is scene.page


def test_nothing_is_counted_down(scene: Scene) -> None:
    """In five minutes of a pause, what the page says stays as it is."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    before = heard(scene)
    for _half_a_minute in range(10):
        scene.wait(30)
        assert heard(scene) in {before, name_of(scene.page)}
        assert "min" not in heard(scene)


def test_who_called_is_forgotten(scene: Scene) -> None:
    """The name of a page that was shown goes with the pause."""
    scene.window.show_pause(pause(), fresh=True)
    page = scene.page
    scene.window.forget_pause()
    assert name_of(page) == ""


def test_every_page_says_what_it_is(scene: Scene) -> None:
    """Return, new times, a rest and the end each have their words."""
    window = scene.window
    window.ask_early(pause())
    assert heard(scene) == f"Are you both here, and ready? We come back at {at(30)}."
    window.show_more_time(pause())
    assert heard(scene).startswith("When will you try again?")
    window.show_let_rest()
    assert heard(scene).startswith("It rests for today. No more reminders come.")
    scene.clock.move(minutes=30)
    window.show_return(pause())
    assert heard(scene).startswith("Time to come back.")


def test_the_health_note_is_heard(scene: Scene) -> None:
    """Before a breathing with holds, the page says the note on health."""
    scene.window.use(settings(technique="box"))
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    assert "Leave them out in pregnancy" in heard(scene)


def test_a_phase_is_heard_only_if_wished(scene: Scene) -> None:
    """The page says each phase of the breath if its setting is on, and else none."""
    scene.window.show_breathing()
    scene.up()
    assert heard(scene) == "Just breathe"
    scene.window.use(settings(say_breath=True))
    scene.wait(5)
    assert heard(scene) in {"Breathe in", "Breathe out"}
    before = heard(scene)
    scene.wait(5.2)
    assert heard(scene) != before


@pytest.mark.usefixtures("_listener")
def test_a_phase_is_announced_beside_a_button(scene: Scene) -> None:
    """If the keyboard is on a button, a phase is announced."""
    scene.window.use(settings(say_breath=True))
    scene.window.show_breathing()
    scene.up()
    scene.button("Hide").setFocus()
    scene.wait(5)
    assert announced(scene.window) == scene.page.accessibleName()


@pytest.mark.usefixtures("_listener")
def test_a_sentence_is_announced_once(scene: Scene) -> None:
    """What is said above the page is announced. A window that comes again says it no more."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.window.tell("The clock was set.")
    assert announced(scene.window) == "The clock was set."
    scene.window.hide()
    scene.up()
    assert announced(scene.window) == ""


@pytest.mark.usefixtures("_listener")
def test_each_step_of_the_talk_is_announced(scene: Scene) -> None:
    """A step that a button leads to is said, because the keyboard stays where it is."""
    page = scene.window.show_restart()
    scene.up()
    scene.button("Next").setFocus()
    page.show_step(Step.WHO)
    assert announced(scene.window) == "Step 2 of 4: Who starts."


@pytest.mark.usefixtures("_listener")
def test_an_announcement_takes_no_key_and_no_click(scene: Scene) -> None:
    """It is one pixel, which the pointer passes through and the Tab key passes by."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    reader.announce(scene.window, "Hello.")
    note = scene.window.findChild(Announced)
    assert isinstance(note, Announced)
    assert note.size().width() == note.size().height() == 1
    assert scene.window.childAt(0, 0) is not note
    assert scene.window.focusWidget() is scene.page


def test_without_a_reader_nothing_is_made(scene: Scene) -> None:
    """A window that nobody reads aloud has no widget for it."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.window.tell("The clock was set.")
    assert scene.window.findChild(Announced) is None


@pytest.mark.usefixtures("_listener")
def test_windows_that_go_take_their_announcements(scene: Scene) -> None:
    """A window can be removed at any time after an announcement."""
    for _window in range(20):
        other = type(scene)(theme="light", motion="full").window
        other.show_pause(pause(), fresh=True)
        other.show()
        reader.announce(other, "Hello.")
        other.close()
        other.deleteLater()
        del other
        QApplication.sendPostedEvents(None, 52)  # the deletions that are due
    assert scene.window.findChild(Announced) is None
