"""The pages of the pause window one by one: the choices of the breathing, and new times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QPushButton

from safepause.core.breathing import EASIER, SOFT, Session
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.breathing_parts import Part
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.page_times import bold_time
from safepause.ui.pause.say_page import SayPage
from safepause.ui.pause.words_page import TrustedPage
from safepause.ui.widgets.labels import breakable, label
from safepause.ui.widgets.tab_order import stops
from tests.fakes import ZONE, at
from tests.ui.samples import pause, record, settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pause.scene import Scene

DIZZY = "Dizzy? Stop,\nbreathe as usual."


def _page(scene: Scene) -> BreathingPage:
    page = scene.page
    assert isinstance(page, BreathingPage)
    return page


def test_always_a_way_to_stop(scene: Scene) -> None:
    """While breathing, the advice to stop if dizzy and "Just rest" are always visible."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(5)
    for _step in range(5):
        assert DIZZY in scene.texts()
        assert scene.has_button("Just rest")
        scene.wait(3)


def test_easier(scene: Scene) -> None:
    """The button "Easier" changes the rhythm for the rest of the session. Then it is hidden."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(5)
    scene.wait(100)
    scene.click("Easier")
    page = _page(scene)
    assert page.session.technique == EASIER
    assert 190 < page.session.seconds < 210
    assert not scene.has_button("Easier")
    scene.wait(3.5)
    assert page.orb.word == "Breathe out"


def test_nothing_to_choose_in_the_still_moments(scene: Scene) -> None:
    """In the first seconds there are a way out, and a sentence to say, and no breathing yet."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    texts = scene.texts()
    assert {f"We come back at {at(30)}.", "Back at", "Undo a slip", "Hide", "Say it for me"} <= set(
        texts
    )
    assert f"\u201cI care about this. I'll be back at {at(30)}.\u201d" in texts
    assert not {"Easier", "Just rest"} & set(texts)
    assert _page(scene).still.time.text() == at(30)
    assert not _page(scene).orb.isVisible()


def test_each_pause_has_the_next_sentence(scene: Scene) -> None:
    """The sentences take turns. After the last one, the first one comes again."""
    said = []
    for number in range(4):
        scene.window.show_pause(replace(pause(), id=UUID(int=number + 9)), fresh=True)
        said.append(_page(scene).still.sentence)
    assert len(set(said)) == 3
    assert said[3] == said[0]


def test_a_sign_of_the_couple(scene: Scene) -> None:
    """A sign that the two agreed on takes the place of the sentences."""
    scene.window.use(settings(sign="Hand on heart", theme="light"))
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert {"Hand on heart", "Give your sign, then go to your own place"} <= set(scene.texts())


def test_the_window_says_it(scene: Scene) -> None:
    """The sentence fills the window. "Done" leads to the breathing once the stillness is over."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(1)
    scene.click("Say it for me")
    page = scene.page
    assert isinstance(page, SayPage)
    assert page.sentence.text() == f"I care about this. I'll be back at {at(30)}."
    assert page.sentence.fontInfo().pixelSize() > 50
    scene.wait(20)
    scene.click("Done")
    assert _page(scene).part is Part.BREATHING
    scene.window.forget_pause()
    assert page.sentence.text() == ""


def test_a_choice_of_another_feature(scene: Scene) -> None:
    """A button can be added for the breathing, or for both parts; it is there while offered."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    page, late = _page(scene), [True]
    page.add_choice(QPushButton("Eyes closed"))
    both = QPushButton("Sleep on it")
    page.add_choice(both, still=True, offered=lambda: late[0])

    def shown() -> list[str]:
        buttons = page.findChildren(QPushButton)
        return [each.text() for each in buttons if each.isVisible() and not each.accessibleName()]

    assert shown() == ["Sleep on it"]
    scene.wait(6)
    assert shown() == ["Eyes closed", "Sleep on it"]
    late[0] = False
    scene.wait(1)
    assert shown() == ["Eyes closed"]


def test_the_breathing_is_told(scene: Scene) -> None:
    """Breathing is told when it begins on the screen, and when it leaves the screen."""
    began, ended = record(scene.window.breathing_began), record(scene.window.breathing_ended)
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    assert began == []
    scene.wait(5)
    page = _page(scene)
    assert began == [(page.session, scene.clock.monotonic())]
    scene.window.hide()
    scene.window.hide()
    assert (len(began), ended) == (1, [()])
    scene.up()
    assert began[1] == began[0]
    scene.wait(301)
    assert ended == [(), ()]


def test_the_focus_never_moves_to_another_act(scene: Scene) -> None:
    """If a button that has the focus goes, no other button gets the focus."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    page = _page(scene)
    for gone in (page.undo, page.easier):
        gone.setFocus()
        assert page.focusWidget() is gone
        if gone is page.easier:
            scene.click("Easier")
        scene.wait(4)
        assert gone.isHidden()
        assert not isinstance(page.focusWidget(), QPushButton)


def test_holds_left_alone(scene: Scene) -> None:
    """Without an answer to the health note, soft breathing begins after eight seconds."""
    scene.window.use(settings(technique="box", breathing_minutes=3, theme="light"))
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(5)
    assert not _page(scene).orb.isVisible()
    scene.wait(7.9)
    assert _page(scene).part is Part.NOTE
    scene.wait(0.2)
    assert _page(scene).part is Part.BREATHING
    assert _page(scene).session == Session(SOFT, 3)


def test_what_to_notice(scene: Scene) -> None:
    """Breathing without a rhythm says what a person can notice, and offers no easier rhythm."""
    scene.window.use(settings(technique="notice", theme="light"))
    scene.window.show_breathing()
    scene.up()
    assert "the air that comes and goes" in _page(scene).orb.accessibleDescription()
    assert not scene.has_button("Easier")


@pytest.mark.parametrize("technique", ["box", "four_seven_eight"])
def test_holds_need_a_yes(scene: Scene, technique: str) -> None:
    """A technique with holds starts only after a person has answered the health note."""
    scene.window.use(settings(technique=technique, theme="light"))
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    assert _page(scene).part is Part.NOTE
    assert any("pregnancy" in text for text in scene.texts())
    assert not _page(scene).orb.running
    scene.click("Breathe with holds")
    assert _page(scene).part is Part.BREATHING
    assert DIZZY in scene.texts()
    assert not scene.has_button("Breathe with holds")


def test_holds_left_out(scene: Scene) -> None:
    """The button "Soft breathing" is an answer to the health note."""
    scene.window.use(settings(technique="box", theme="light"))
    scene.window.show_breathing()
    scene.up()
    scene.wait(1)
    scene.click("Soft breathing")
    assert _page(scene).part is Part.BREATHING
    assert _page(scene).session.technique == SOFT


def test_still_means_still(scene: Scene) -> None:
    """In the first five seconds no frame is made and no pixel changes."""
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    first = scene.window.grab().toImage()
    scene.wait(4.5)
    assert not _page(scene).orb.running
    assert scene.window.grab().toImage() == first


def test_times_offered(scene: Scene) -> None:
    """Each new time is offered with its clock time."""
    scene.window.show_more_time(pause())
    scene.up()
    offered = {"20 minutes more", at(50), "1 hour more", at(90), "Sleep on it", "tomorrow at 09:00"}
    assert offered <= set(scene.texts())


def test_times_inside_the_day(scene: Scene) -> None:
    """Times more than 24 h after the start are not offered."""
    scene.clock.move(hours=23, minutes=30)
    scene.window.show_more_time(pause())
    scene.up()
    texts = scene.texts()
    assert "In 20 minutes" in texts
    assert not any("1 hour" in text or "tomorrow" in text for text in texts)


def test_tomorrow(scene: Scene) -> None:
    """The offer "Sleep on it" requests an instant."""
    scene.window.show_more_time(pause())
    scene.up()
    scene.wait(1)
    heard = record(scene.window.more_time_requested)
    scene.click("Sleep on it: tomorrow at 09:00")
    assert heard == [(datetime(2026, 3, 11, 9, 0, tzinfo=ZONE),)]


def test_chosen_time(scene: Scene) -> None:
    """The time field begins in the zone of the clock. The chosen time is the one that it shows."""
    scene.clock.zone = timezone(timedelta(hours=1))
    scene.window.show_more_time(pause())
    scene.up()
    scene.wait(1)
    page = scene.page
    assert isinstance(page, ExtendPage)
    assert page.time.time() == QTime(22, 10)
    page.time.setTime(QTime(23, 15))
    heard = record(scene.window.more_time_requested)
    scene.click("Later")
    scene.click("Earlier")
    scene.click("Earlier")
    scene.click("Take this time")
    assert heard == [(time(23, 10),)]


def test_used_up(scene: Scene) -> None:
    """If no more time is allowed, the page offers four other ways. Each has its button."""
    scene.window.show_more_time(pause(extensions=2))
    scene.up()
    scene.wait(1)
    texts = scene.texts()
    assert any("ten small minutes" in text for text in texts)
    assert not any("more" in text.split() for text in texts)
    heard = [
        record(signal)
        for signal in (
            scene.window.return_requested,
            scene.window.let_go_requested,
            scene.window.small_restart_requested,
        )
    ]
    for name in ("We're both here", "Let it rest today", "Ten small minutes"):
        scene.click(name)
    assert heard == [[()], [()], [()]]
    scene.click("Someone you both trust")
    assert isinstance(scene.page, TrustedPage)
    scene.click("Back")
    assert isinstance(scene.page, ExtendPage)


def test_used_up_at_night(scene: Scene) -> None:
    """Late in the evening, the two can sleep on it all the same, in one click."""
    scene.clock.move(hours=1)
    scene.window.show_more_time(pause(extensions=2))
    scene.up()
    scene.wait(1)
    assert any("Sleep on it, if you like." in text for text in scene.texts())
    heard = record(scene.window.more_time_requested)
    scene.click("Sleep on it: tomorrow at 09:00")
    assert heard == [(datetime(2026, 3, 11, 9, 0, tzinfo=ZONE),)]


def test_tab_goes_through_the_times_first(scene: Scene) -> None:
    """Tab reaches the times, then the other answers, then the ways out."""
    scene.window.show_more_time(pause())
    scene.up()
    found = [each.accessibleName() for each in stops(scene.window) if isinstance(each, QPushButton)]
    assert found[0].startswith("20 minutes more")
    assert found[-4:] == ["Ten small minutes", "Let it rest today", "Back", "Quick exit"]


def test_offers_made_anew(scene: Scene) -> None:
    """Shown again, the page offers only the times of the pause as it is now."""
    scene.window.show_more_time(pause())
    scene.window.show_more_time(pause(50))
    scene.up()
    assert at(70) in scene.texts()
    assert at(50) not in scene.texts()


def test_promise_stands_out() -> None:
    """The clock time of the return is bold."""
    assert bold_time(f"Back at {at(30)}", at(30)) == f"Back at <b>{at(30)}</b>"
    assert bold_time("<i> & 20:40", "20:40") == "&lt;i> &amp; <b>20:40</b>"


def test_markup_is_text(qtbot: QtBot) -> None:
    """A label shows markup as it was typed."""
    shown = label("<b>Al</b> & Co")
    qtbot.addWidget(shown)
    assert shown.text() == "<b>Al</b> & Co"
    assert shown.textFormat().name == "PlainText"


def test_a_long_name_leaves_room(scene: Scene) -> None:
    """A long name has smaller letters than the time, and leaves Hide in sight."""
    scene.window.show_pause(replace(pause(), called_by="\u0416" * 60), fresh=True)
    scene.up()
    page = _page(scene)
    assert page.title.fontInfo().pixelSize() * 2 < page.still.time.fontInfo().pixelSize()
    hide = scene.button("Hide")
    assert hide.visibleRegion().boundingRect().size() == hide.size()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("short words only", 1),
        ("x" * 30, 30),
        ("e\u0301" * 15, 15),
        ("👩‍❤️‍👩" * 5, 1),  # emoji break by themselves
        ("\u0627" * 30, 1),
    ],
)
def test_long_words_break(text: str, pieces: int) -> None:
    """Long words may break, but never inside an accent, an emoji or a joined script."""
    assert breakable(text).count("\u200b") == pieces - 1
    assert breakable(text).replace("\u200b", "") == text
