"""The actions of the tray's menu and of the home window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from safepause.ui.tray.actions import Actions
from safepause.ui.tray.clicks import menu_at_click
from safepause.ui.tray.menu_text import menu_text
from tests.fakes import EVENING, ZONE, FakeClock, at
from tests.ui.samples import NAMELESS, pause, record, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QMenu
    from pytestqt.qtbot import QtBot

    from safepause.core.pause import Pause

MORNING = datetime(2026, 3, 11, 9, tzinfo=ZONE)
IDLE = [
    "Pause now",
    "Pause for\u2026",
    "---",
    "Just breathe",
    "Practise",
    "---",
    "Our agreement",
    "Our pauses",
    "Settings",
    "How it works",
    "More support",
    "---",
    "Quit",
]


def shown(menu: QMenu) -> list[str]:
    """Return the visible lines of a menu, without direction marks. "---" is a separator."""
    lines = [
        "---" if line.isSeparator() else line.text() for line in menu.actions() if line.isVisible()
    ]
    return [line.replace("\u2068", "").replace("\u2069", "") for line in lines]


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock at ten past eight in the evening."""
    return FakeClock()


@pytest.fixture
def actions(qtbot: QtBot, clock: FakeClock) -> Iterator[Actions]:
    """Return actions without a pause."""
    del qtbot
    made = Actions(clock)
    yield made
    made.minute.follow(None)


def choose(menu: QMenu, text: str) -> None:
    """Click the line of a menu that says `text`."""
    next(line for line in menu.actions() if line.text() == text and line.isVisible()).trigger()


def test_idle_menu_is_as_drawn(actions: Actions) -> None:
    """Without a pause and names, the menu has the lines of the mock-up, in order."""
    assert shown(actions.build_menu()) == IDLE


def test_each_name_has_a_line(actions: Actions) -> None:
    """Each name has a line, which requests a pause with the name as it was typed."""
    menu = actions.build_menu()
    actions.update(None, settings(name1="Alex", name2="Tom & Ann_x"))
    asked = record(actions.pause_requested)
    assert shown(menu)[1:3] == ["I need a pause - Alex", "I need a pause - Tom && Ann\u02cdx"]
    for action in actions.pause_by:
        action.trigger()
    actions.pause_now.trigger()
    assert asked == [("Alex",), ("Tom & Ann_x",), (None,)]


def test_second_name_alone_has_the_first_line(actions: Actions) -> None:
    """If only the second name is set, the menu has one line for it."""
    menu = actions.build_menu()
    actions.update(None, settings(name2="Sam"))
    assert shown(menu)[:3] == ["Pause now", "I need a pause - Sam", "Pause for\u2026"]


def test_long_name_leaves_the_menu_its_width(actions: Actions) -> None:
    """A long name is shortened in the menu, and complete in the request."""
    menu = actions.build_menu()
    actions.update(None, settings(name1="W" * 60))
    asked = record(actions.pause_requested)
    line = shown(menu)[1]
    assert line.endswith("\u2026")
    assert len(line) < 50
    actions.pause_by[0].trigger()
    assert asked == [("W" * 60,)]


@pytest.mark.parametrize(
    ("text", "shown_text"),
    [("&", "&&"), ("a & b & c", "a && b \uff06 c"), ("a_b", "a\u02cdb"), ("plain", "plain")],
)
def test_marks_of_mnemonics_are_shown(text: str, shown_text: str) -> None:
    """The marks of a mnemonic in Qt and in a panel are shown as characters."""
    assert menu_text(text) == shown_text


def test_paused_menu_is_as_drawn(actions: Actions, clock: FakeClock) -> None:
    """During a pause, the menu has the lines of the mock-up, in order."""
    menu = actions.build_menu()
    clock.move(minutes=4)
    actions.update(pause(), settings(name1="Alex"))
    assert shown(menu) == [
        f"Back at {at(30)} - 26 min",
        "Breathe",
        "We need more time",
        "We're both here\u2026",
        "Quick exit",
        "---",
        "Our agreement",
        "Settings",
        "More support",
        "---",
        "Quit",
    ]


def test_due_menu_has_the_answers(actions: Actions, clock: FakeClock) -> None:
    """Once the return is due, the menu has the three answers to it, in order."""
    menu = actions.build_menu()
    clock.move(minutes=30)
    actions.update(pause(), NAMELESS)
    assert shown(menu)[1:5] == [
        "We're both here\u2026",
        "Not ready yet",
        "Let it rest today",
        "Quick exit",
    ]


def test_undo_is_offered_while_it_is_in_time(actions: Actions) -> None:
    """The first line undoes a slip, after a call and after an end, and only in time."""
    menu = actions.build_menu()
    actions.update(pause(), NAMELESS, can_undo=True)
    assert shown(menu)[0] == "Undo a slip"
    actions.update(pause(), NAMELESS)
    assert "Undo a slip" not in shown(menu)
    actions.update(None, NAMELESS, can_undo=True)
    assert "Undo a slip" in shown(menu)


def test_menu_returns_to_idle(actions: Actions) -> None:
    """After a pause, the menu has its first lines again, from the same actions."""
    menu = actions.build_menu()
    before = menu.actions()
    actions.update(pause(), NAMELESS)
    actions.update(None, NAMELESS)
    assert shown(menu) == IDLE
    assert menu.actions() == before


@pytest.mark.qt_log_ignore("does not support grabbing")
def test_change_under_an_open_menu(qtbot: QtBot, actions: Actions) -> None:
    """An open menu stays open when the state changes, and its lines work."""
    menu = actions.build_menu()
    qtbot.addWidget(menu)
    came_back = record(actions.return_requested)
    menu.popup(menu.pos())
    actions.update(pause(), NAMELESS)
    assert menu.isVisible()
    choose(menu, "We're both here\u2026")
    assert came_back == [()]
    menu.close()


def test_lengths(actions: Actions) -> None:
    """The submenu offers five lengths and the next morning. Each requests its length."""
    menu = actions.lengths.build_pause_for()
    actions.refresh()
    asked = record(actions.pause_for_requested)
    assert shown(menu) == [
        "20 minutes",
        "30 minutes",
        "45 minutes",
        "1 hour",
        "2 hours",
        "Until tomorrow at 09:00",
    ]
    choose(menu, "45 minutes")
    choose(menu, "Until tomorrow at 09:00")
    assert asked == [(timedelta(minutes=45),), (MORNING,)]


def test_tomorrow_is_read_when_the_menu_opens(actions: Actions, clock: FakeClock) -> None:
    """When the submenu opens, it offers the morning that is next then."""
    menu = actions.lengths.build_pause_for()
    actions.refresh()
    clock.move(hours=5)
    menu.aboutToShow.emit()
    assert shown(menu)[-1] == "Until 09:00"
    clock.set(MORNING - timedelta(minutes=10))
    menu.aboutToShow.emit()
    assert shown(menu)[-1] == "2 hours"


def test_the_menu_shows_the_time_left_when_it_opens(actions: Actions, clock: FakeClock) -> None:
    """When the menu opens, its first line shows the time that is left then."""
    menu = actions.build_menu()
    actions.update(pause(), NAMELESS)
    clock.move(minutes=7)
    menu.aboutToShow.emit()
    assert shown(menu)[0] == f"Back at {at(30)} - 23 min"


def test_the_offers_of_more_time_are_those_of_now(actions: Actions, clock: FakeClock) -> None:
    """When the menu "We need more time" opens, it offers only what the rules allow then."""
    menu = actions.lengths.build_more_time()
    actions.update(pause(), NAMELESS)
    clock.move(hours=23, minutes=30)
    menu.aboutToShow.emit()
    assert shown(menu) == ["20 minutes", "Choose\u2026"]


def test_stale_morning_shows_the_window(actions: Actions, clock: FakeClock) -> None:
    """If the morning is too near, its line shows the window and requests no pause."""
    asked, show = record(actions.pause_for_requested), record(actions.show_requested)
    clock.set(MORNING - timedelta(minutes=10))
    actions.lengths.until_tomorrow.trigger()
    assert (asked, show) == ([], [()])


def test_more_time(actions: Actions, clock: FakeClock) -> None:
    """The submenu offers 20 minutes, an hour, the next morning, and a choice in the window."""
    menu = actions.lengths.build_more_time()
    clock.move(minutes=30)
    actions.update(pause(), NAMELESS)
    asked, chosen = record(actions.more_time_requested), record(actions.choose_time_requested)
    assert shown(menu) == ["20 minutes", "1 hour", "Until tomorrow at 09:00", "Choose\u2026"]
    for line in menu.actions():
        line.trigger()
    assert asked == [(timedelta(minutes=20),), (timedelta(hours=1),), (MORNING,)]
    assert chosen == [()]


def test_more_time_stays_within_a_day(actions: Actions, clock: FakeClock) -> None:
    """Times more than 24 h after the start are not offered."""
    menu = actions.lengths.build_more_time()
    clock.move(hours=23, minutes=30)
    actions.update(pause(), NAMELESS)
    assert shown(menu) == ["20 minutes", "Choose\u2026"]


def test_used_up_times_leave_the_morning(actions: Actions, clock: FakeClock) -> None:
    """Late in the evening the morning is offered, also where the new times are used up."""
    menu, more = actions.build_menu(), actions.lengths.build_more_time()
    clock.move(hours=1)
    late = replace(pause(extensions=2), return_at=clock.now() + timedelta(minutes=30))
    actions.update(late, NAMELESS)
    asked = record(actions.more_time_requested)
    assert "We need more time" in shown(menu)
    assert shown(more) == ["Until tomorrow at 09:00"]
    choose(more, "Until tomorrow at 09:00")
    assert asked == [(MORNING,)]


@pytest.mark.parametrize(
    ("standing", "hours", "line"),
    [
        (pause(extensions=2), 0, "Extra time is used up for now"),
        (pause(allowed=0), 0, "We agreed on no extra time"),
        (
            replace(pause(), return_at=EVENING + timedelta(hours=24)),
            0,
            "A pause lasts a day at most",
        ),
    ],
)
def test_no_more_time(
    actions: Actions, clock: FakeClock, standing: Pause, hours: int, line: str
) -> None:
    """If no more time is allowed, a disabled line says why."""
    menu = actions.build_menu()
    clock.move(hours=hours)
    actions.update(standing, NAMELESS)
    assert line in shown(menu)
    assert "We need more time" not in shown(menu)
    assert not actions.lengths.no_more_time.isEnabled()
    assert not actions.lengths.can_ask_for_more


def test_shortcut_is_shown_only_when_bound(actions: Actions) -> None:
    """The action "Pause now" shows the keys of the shortcut, if there is one."""
    assert actions.pause_now.shortcut().isEmpty()
    actions.set_shortcut_text("Ctrl+Alt+P")
    assert actions.pause_now.shortcut() == QKeySequence("Ctrl+Alt+P")
    assert actions.pause_now.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
    actions.set_shortcut_text("")
    assert actions.pause_now.shortcut().isEmpty()
    assert actions.pause_now.text() == "Pause now"


def test_first_line_is_the_largest_where_the_menu_opens_at_a_click(qtbot: QtBot) -> None:
    """Where a click opens the menu, its first line calls, and it alone has two lines of text."""
    del qtbot
    made = Actions(FakeClock(), menu_at_click=True)
    asked = record(made.pause_requested)
    first, *others = shown(made.build_menu())
    assert first == "Pause now\nOr click the icon twice"
    assert not [line for line in others if "\n" in line]
    made.set_shortcut_text("Super+P")
    assert made.pause_now.text() == f"{first}\tSuper+P"
    made.pause_now.trigger()
    assert asked == [(None,)]


@pytest.mark.parametrize(
    ("desktops", "opens"),
    [("GNOME", True), ("ubuntu:GNOME", True), ("KDE", False), ("X-Cinnamon", False), ("", False)],
)
def test_menu_opens_at_a_click_on_gnome(desktops: str, *, opens: bool) -> None:
    """GNOME, under all its names, opens the menu at a click."""
    assert menu_at_click(desktops) is opens


def test_keys_that_qt_does_not_know_are_shown(actions: Actions) -> None:
    """Keys that Qt doesn't know are shown in the text."""
    actions.set_shortcut_text("Super+P")
    assert actions.pause_now.text() == "Pause now\tSuper+P"
    assert actions.pause_now.shortcut().isEmpty()


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("breathe", "breathe_requested"),
        ("header", "show_requested"),
        ("show", "show_requested"),
        ("both_here", "return_requested"),
        ("undo", "undo_requested"),
        ("breathe_in_pause", "breathe_in_pause_requested"),
        ("not_ready", "choose_time_requested"),
        ("let_go", "let_go_requested"),
        ("quick_exit", "quick_exit_requested"),
        ("agreement", "agreement_requested"),
        ("history", "history_requested"),
        ("settings", "settings_requested"),
        ("support", "support_requested"),
        ("quit", "quit_requested"),
    ],
)
def test_each_action_requests(actions: Actions, name: str, signal: str) -> None:
    """Every action without a value emits its own request, once."""
    heard = record(getattr(actions, signal))
    getattr(actions, name).trigger()
    assert heard == [()]
