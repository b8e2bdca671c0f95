"""The tray icon: its signals, its texts and its pictures."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QSystemTrayIcon

from safepause.core.capability import CapabilityKey, TrayService
from safepause.core.pause import State
from safepause.ui.tray.actions import Actions
from safepause.ui.tray.icon import (
    IDLE,
    ON_DARK,
    ON_LIGHT,
    SIZES,
    STEPS,
    IconState,
    icon,
    icon_state,
    painted,
)
from safepause.ui.tray.tray import Tray
from tests.fakes import EVENING, FakeClock, at
from tests.ui.samples import NAMELESS, pause, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QIcon, QImage
    from pytestqt.qtbot import QtBot

Reason = QSystemTrayIcon.ActivationReason


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock at the start of the pause."""
    return FakeClock()


@pytest.fixture
def tray(qtbot: QtBot, clock: FakeClock) -> Iterator[Tray]:
    """Return a hidden icon without a pause."""
    del qtbot
    actions = Actions(clock)
    yield Tray(actions, clock, lambda: TrayService.NONE)
    actions.minute.follow(None)


def host(tray: Tray) -> QSystemTrayIcon:
    """Return the icon's Qt object."""
    [found] = tray.findChildren(QSystemTrayIcon)
    return found


def picture(shown: QIcon) -> QImage:
    """Return the picture of an icon in one size."""
    return shown.pixmap(QSize(22, 22), 1.0).toImage()


def test_left_click_acts_and_middle_click_breathes(tray: Tray) -> None:
    """A left click and a middle click each have a signal."""
    left, middle = record(tray.activated), record(tray.middle_clicked)
    host(tray).activated.emit(Reason.Trigger)
    host(tray).activated.emit(Reason.MiddleClick)
    assert (left, middle) == ([()], [()])


@pytest.mark.parametrize("reason", [Reason.DoubleClick, Reason.Context, Reason.Unknown])
def test_other_clicks_do_nothing(tray: Tray, reason: QSystemTrayIcon.ActivationReason) -> None:
    """The second click of a double click, and a right click, emit nothing."""
    heard = record(tray.activated, tray.middle_clicked, tray.menu_wanted)
    host(tray).activated.emit(reason)
    assert heard == []


def test_right_click_asks_for_a_menu_where_the_panel_shows_none(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Wayland, a right click asks for a menu: Qt can't show one there."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    heard = record(tray.menu_wanted)
    host(tray).activated.emit(Reason.Context)
    assert heard == [()]


def test_tooltip_says_when_we_are_back(tray: Tray, clock: FakeClock) -> None:
    """The tooltip shows the return and the minutes left, then that it is time."""
    assert host(tray).toolTip() == "SafePause"
    clock.move(minutes=4)
    tray.update(pause(), NAMELESS)
    assert host(tray).toolTip() == f"Back at {at(30)} - 26 min"
    clock.move(minutes=26)
    tray.update(pause(), NAMELESS)
    assert at(30) in host(tray).toolTip()
    assert "Back at" not in host(tray).toolTip()
    tray.update(None, NAMELESS)
    assert host(tray).toolTip() == "SafePause"


def test_panel_hears_only_of_changes(
    tray: Tray, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The panel gets an icon or a tooltip only if it has changed."""
    told: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "setIcon", lambda *_: told.append("icon"))
    monkeypatch.setattr(QSystemTrayIcon, "setToolTip", lambda *_: told.append("tip"))
    tray.update(None, NAMELESS)
    assert told == []
    tray.update(pause(), NAMELESS)
    tray.update(pause(), NAMELESS)
    assert told == ["icon", "tip"]
    clock.move(seconds=70)
    tray.update(pause(), NAMELESS)
    assert told == ["icon", "tip", "tip"]


@pytest.mark.parametrize(
    ("desktop", "dark"),
    [
        ("GNOME", True),
        ("ubuntu:GNOME", True),
        ("Unity", True),
        ("Pantheon", True),
        ("GNOME-Classic:GNOME", False),
        ("XFCE", False),
        ("KDE", False),
        ("", False),
    ],
)
def test_a_bar_that_is_always_dark_gets_light_ink(
    qtbot: QtBot, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, desktop: str, *, dark: bool
) -> None:
    """On GNOME's black bar the icon has its light colours, in a light theme, too."""
    del qtbot
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    assert picture(host(Tray(Actions(clock), clock, lambda: TrayService.NONE)).icon()) == picture(
        icon(IDLE, dark=dark)
    )


def test_the_system_turns_dark(tray: Tray, turn_palette: Callable[[QPalette], None]) -> None:
    """The icon takes the colours of a dark panel when the system turns dark."""
    assert picture(host(tray).icon()) == picture(icon(IDLE, dark=False))
    turn_palette(QPalette(QColor("#222222")))
    assert picture(host(tray).icon()) == picture(icon(IDLE, dark=True))


def test_message_is_a_bubble(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is a bubble with its title and its text, if Qt draws the icon itself."""
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, *what: told.append(what))
    tray.message("It is time", "Come back together.")
    assert not told  # Qt would ask the notification service, which has just not worked
    monkeypatch.setattr(QSystemTrayIcon, "geometry", lambda _icon: QRect(0, 0, 22, 22))
    tray.message("It is time", "Come back together.")
    assert [what[:2] for what in told] == [("It is time", "Come back together.")]


def test_message_click_is_passed_on(tray: Tray) -> None:
    """A click on the bubble has a signal."""
    heard = record(tray.message_clicked)
    host(tray).messageClicked.emit()
    assert heard == [()]


def test_reregistering_makes_the_icon_anew(tray: Tray, clock: FakeClock) -> None:
    """A new icon replaces the old one, with its tooltip, its picture and its signal."""
    clock.move(minutes=4)
    tray.update(pause(), NAMELESS)
    before = host(tray)
    heard = record(tray.activated)
    tray.reregister()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    after = host(tray)
    assert not shiboken6.isValid(before)
    assert after.toolTip() == f"Back at {at(30)} - 26 min"
    assert not after.icon().isNull()
    assert after.isVisible()
    after.activated.emit(Reason.Trigger)
    assert heard == [()]
    tray.hide()


@pytest.mark.parametrize(
    ("service", "words", "advice"),
    [
        (TrayService.RUNS, "stands in the tray", ""),
        (TrayService.NONE, "no tray", "AppIndicator"),
        (TrayService.UNKNOWN, "doesn't answer", ""),
        (TrayService.NO_BUS, "no message bus", "menu of your desktop"),
    ],
)
def test_capability_is_what_the_desktop_says(
    tray: Tray, monkeypatch: pytest.MonkeyPatch, service: TrayService, words: str, advice: str
) -> None:
    """The capability is what is known of the desktop's service. Without a tray, it has advice."""
    monkeypatch.setattr(tray, "_service", lambda: service)
    monkeypatch.setattr("sys.platform", "linux")
    capability = tray.capability()
    assert capability.available is (service is TrayService.RUNS)
    assert capability.key is CapabilityKey.TRAY
    assert words in capability.why
    assert advice in capability.advice


def test_an_icon_that_is_cut_off_stands_no_longer(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the loss of the bus the icon does not stand, until it is made again."""
    monkeypatch.setattr(tray, "_service", lambda: TrayService.NO_BUS)
    tray.cut_off()
    assert "no message bus" in tray.capability().why
    monkeypatch.setattr(tray, "_service", lambda: TrayService.RUNS)
    assert not tray.available()
    assert "lost the icon" in tray.capability().why
    tray.reregister()
    assert tray.available()
    tray.cut_off(for_good=True)
    tray.reregister()
    assert not tray.available()
    tray.hide()


def test_an_icon_that_qt_draws_needs_no_bus(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    """An icon with a place on the screen stands, whatever the bus does."""
    monkeypatch.setattr(QSystemTrayIcon, "geometry", lambda _icon: QRect(0, 0, 22, 22))
    tray.cut_off(for_good=True)
    assert tray.available()


@pytest.mark.parametrize(
    ("minutes", "step"), [(0, STEPS), (1, STEPS), (2, 19), (15, 10), (29, 1), (29.99, 1)]
)
def test_ring_shows_the_share_left(minutes: float, step: int) -> None:
    """The ring shows the share that is left. It is never empty before the return."""
    clock = FakeClock()
    clock.move(minutes=minutes)
    assert icon_state(pause(), clock.now()) == IconState(State.PAUSED, step)


def test_looks_of_idle_and_due() -> None:
    """Without a pause the icon is idle. From the return on it is due."""
    clock = FakeClock()
    assert icon_state(None, clock.now()) == IDLE
    clock.move(minutes=30)
    assert icon_state(pause(), clock.now()) == IconState(State.DUE)


def test_clock_set_back_keeps_the_ring_full() -> None:
    """If the clock is set back to before the start, the ring is full."""
    clock = FakeClock()
    clock.move(hours=-2)
    assert icon_state(pause(), clock.now()) == IconState(State.PAUSED, STEPS)


def test_every_look_is_a_picture_of_its_own(qtbot: QtBot) -> None:
    """Each state and each step has its own picture, for light and dark panels."""
    del qtbot
    looks = [
        IDLE,
        IconState(State.DUE),
        *(IconState(State.PAUSED, step) for step in range(1, STEPS + 1)),
    ]
    pictures = {
        bytes(painted(look, ink, 48).toImage().constBits())
        for look in looks
        for ink in (ON_LIGHT, ON_DARK)
    }
    assert len(pictures) == 2 * len(looks)


@pytest.mark.parametrize("size", [16, 22])
def test_states_differ_without_their_colours(qtbot: QtBot, size: int) -> None:
    """In one colour, on a panel as small as panels are, a fifth of the icon tells two states apart.

    A pause that has just begun has a full ring.
    """
    del qtbot
    shapes = [
        _ink(IconState(state, STEPS if state is State.PAUSED else 0), size) for state in State
    ]
    for first, second in combinations(shapes, 2):
        assert len(first ^ second) > size * size / 5


@pytest.mark.parametrize("state", [State.IDLE, State.DUE])
def test_neither_dot_stands_in_front(qtbot: QtBot, state: State) -> None:
    """The two dots mirror each other."""
    del qtbot
    size = 48
    ink = _ink(IconState(state), size)
    assert ink == {(size - 1 - x, y) for x, y in ink}


def _ink(shown: IconState, size: int) -> set[tuple[int, int]]:
    """Return the pixels that are covered for the most part."""
    image = painted(shown, ON_LIGHT, size).toImage()
    every = product(range(size), repeat=2)
    return {(x, y) for x, y in every if image.pixelColor(x, y).alpha() > 128}


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("state", list(State))
def test_icon_is_drawn_in_all_sizes(qtbot: QtBot, state: State, *, dark: bool) -> None:
    """Each state is visible in each size that panels ask for."""
    del qtbot
    made = icon(IconState(state, 7), dark=dark)
    assert {size.width() for size in made.availableSizes()} == set(SIZES)
    for size in SIZES:
        image = made.pixmap(QSize(size, size), 1.0).toImage()
        seen = [
            (x, y) for x in range(size) for y in range(size) if image.pixelColor(x, y).alpha() > 128
        ]
        assert len(seen) > size * size / 8


def test_minute_moves_tooltip_and_ring(qtbot: QtBot) -> None:
    """The tooltip follows by itself when the minutes left change."""
    clock = FakeClock()
    clock.move(minutes=3, seconds=59.99)
    actions = Actions(clock)
    tray = Tray(actions, clock, lambda: TrayService.NONE)
    tray.update(pause(), NAMELESS)
    assert host(tray).toolTip() == f"Back at {at(30)} - 26 min"
    with qtbot.waitSignal(actions.changed):
        clock.set(EVENING.replace(minute=14, second=1))
    assert host(tray).toolTip() == f"Back at {at(30)} - 25 min"
    actions.minute.follow(None)
