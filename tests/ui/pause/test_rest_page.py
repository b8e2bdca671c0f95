"""The rest page: the way to the promised time, one idea at a time, and the night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from safepause.core.pause import Pause
from safepause.i18n.rest_words import own_ideas
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.sky import Sky
from safepause.ui.pause.sleep_button import SleepButton
from safepause.ui.theme.palette import DARK, LIGHT
from tests.ui.pause.scene import Scene
from tests.ui.samples import pause, record, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

NIGHT = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)


def resting(scene: Scene, standing: Pause | None = None) -> RestPage:
    """Have the rest page of a pause on the screen."""
    scene.window.show_pause(standing or pause(), fresh=True)
    scene.up()
    scene.wait(6)
    scene.click("Just rest")
    page = scene.page
    assert isinstance(page, RestPage)
    return page


@pytest.fixture
def at_night(qtbot: QtBot) -> Iterator[Scene]:
    """Return a pause window at 22:00 by the clock of this computer."""
    made = Scene(theme="light", motion="full")
    made.clock.zone = UTC
    made.clock.set(NIGHT)
    qtbot.addWidget(made.window)
    yield made
    made.window.close()


def called_at(instant: datetime, *, extensions: int = 0) -> Pause:
    """Return a pause of 30 minutes that was called at `instant`."""
    end = instant + timedelta(minutes=30)
    return Pause(pause().id, instant, end, end, extensions=extensions)


@pytest.mark.parametrize("day", [True, False])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_sun_and_moon_are_whole(qtbot: QtBot, share: float, *, day: bool) -> None:
    """Nothing of the picture is cut off at its edges, at either end of the way, too."""
    sky = Sky(LIGHT)
    qtbot.addWidget(sky)
    sky.resize(670, 160)
    sky.show_share(share, day=day)
    picture = QImage(sky.size(), QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.white)
    sky.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    right, low = picture.width() - 1, picture.height() - 1
    edge = [(x, y) for x in range(right + 1) for y in (0, low)]
    edge += [(x, y) for y in range(low + 1) for x in (0, right)]
    assert min(picture.pixelColor(x, y).lightness() for x, y in edge) > 252


def test_no_act_takes_the_focus_of_a_button_that_goes(scene: Scene) -> None:
    """A second press of the same key, by shaking hands, does nothing."""
    page = resting(scene)
    page.both.setFocus()
    scene.key(Qt.Key.Key_Return)
    assert page.both.isHidden()
    assert scene.window.focusWidget() is page
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Tab)
    assert scene.window.isVisible()
    assert scene.window.focusWidget() is not page


def test_the_way(scene: Scene) -> None:
    """The sun or moon is where the time is, and is moved once a minute."""
    page = resting(scene)
    scene.wait(15 * 60 - 6)
    assert page.sky.share == pytest.approx(0.5, abs=0.01)
    assert "Nothing to solve now. 15 minutes left." in scene.texts()
    scene.clock.move(seconds=0.5)
    wait = page.refresh()
    assert wait is not None
    assert 59 < wait < 61
    assert page.sky.place(0).x() < page.sky.place(0.5).x() < page.sky.place(1).x()
    assert page.sky.place(0.5).y() < page.sky.place(0).y()


def test_the_way_is_painted_in_both_lights(scene: Scene) -> None:
    """The picture changes with the place, the hour of the day and the palette."""
    sky = resting(scene).sky
    seen = [sky.grab().toImage()]
    sky.show_share(0.7, day=False)
    seen.append(sky.grab().toImage())
    sky.show_share(0.7, day=True)
    seen.append(sky.grab().toImage())
    sky.set_palette(DARK)
    sky.show_share(0.7, day=False)
    seen.append(sky.grab().toImage())
    sky.set_palette(LIGHT)
    assert all(before != after for before, after in pairwise(seen))


def test_one_idea_at_a_time(scene: Scene) -> None:
    """One idea is shown. "Another" shows the next one, until all were shown."""
    page = resting(scene)
    shown = []
    for _number in own_ideas():
        shown.append(page.idea.accessibleName())
        assert [text for text in scene.texts() if text in own_ideas()] == shown[-1:]
        scene.click("Another")
    assert sorted(shown) == sorted(own_ideas())
    assert page.idea.accessibleName() == shown[0]


def test_the_couples_own_ideas(scene: Scene) -> None:
    """Ideas of the couple stand instead of SafePause's own, at once. One alone has no other."""
    page = resting(scene)
    scene.window.use(settings(ideas="Tea\nThe balcony"))
    assert page.idea.accessibleName() in {"Tea", "The balcony"}
    assert scene.has_button("Another")
    scene.window.use(settings(ideas="Tea"))
    assert page.idea.accessibleName() == "Tea"
    assert not scene.has_button("Another")
    scene.window.use(settings())
    assert page.idea.accessibleName() in own_ideas()


def test_sleep_on_it(at_night: Scene) -> None:
    """Late in the evening, one click asks for 09:00, where all extensions are used up, too."""
    standing = called_at(NIGHT, extensions=2)
    resting(at_night, standing)
    heard = record(at_night.window.more_time_requested)
    at_night.click("Sleep on it: 09:00")
    assert heard == [(datetime(2026, 3, 11, 9, tzinfo=UTC),)]


def test_the_night_comes_while_they_rest(at_night: Scene) -> None:
    """The offer appears at 21:00, and goes once the morning is the promise."""
    at_night.clock.set(NIGHT - timedelta(minutes=62))
    standing = called_at(NIGHT - timedelta(minutes=62))
    page = resting(at_night, standing)
    assert page.sleep.isHidden()
    at_night.wait(120)
    assert at_night.has_button("Sleep on it: 09:00")
    morning = datetime(2026, 3, 11, 9, tzinfo=UTC)
    slept = Pause(standing.id, standing.started_at, standing.promised_at, morning)
    at_night.window.show_pause(slept, fresh=False)
    assert page.sleep.isHidden()
    assert "Back tomorrow at 09:00" in at_night.texts()


def test_sleep_on_it_while_still_and_breathing(at_night: Scene) -> None:
    """The first page of a pause offers the morning as well: at once, and while breathing."""
    at_night.window.show_pause(called_at(NIGHT), fresh=True)
    at_night.up()
    heard = record(at_night.window.more_time_requested)
    assert at_night.has_button("Sleep on it: 09:00")
    at_night.wait(6)
    at_night.click("Sleep on it: 09:00")
    assert len(heard) == 1


def test_no_night_by_day(scene: Scene) -> None:
    """Before 21:00 and without a pause, no page offers the morning."""
    scene.clock.zone = UTC
    resting(scene)
    assert not any(each.isVisible() for each in scene.window.findChildren(SleepButton))
    scene.clock.set(NIGHT)
    scene.window.show_breathing()
    scene.wait(301)
    assert not any(each.isVisible() for each in scene.window.findChildren(SleepButton))


def test_hide_comes_last(scene: Scene) -> None:
    """Tab leads through idea and answers to Hide."""
    page = resting(scene)
    page.another.setFocus()
    order = []
    for _stop in range(5):
        focused = page.focusWidget()
        assert focused is not None
        order.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert order == ["Another", "Breathe", "Am I calmer?", "We're both here", "Hide"]
