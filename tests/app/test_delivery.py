"""Delivery: urgency, a locked screen, full-screen programs, and a tray that comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QSystemTrayIcon

from safepause.app.pause_flow import PauseFlow
from safepause.core.prompt import Page, Prompt
from safepause.system.notifications import Notifications, fallback
from safepause.system.x11 import full_screen as asking
from safepause.system.x11.full_screen import full_screen
from tests.app.quiet_bus import QuietBus

if TYPE_CHECKING:
    from tests.app.running import Program

SHOW = Notifications.show
"""What a running program for tests replaces."""
BYPASS = Qt.WindowType.BypassWindowManagerHint


class Film:
    """A fake of X11 on which one window fills the screen."""

    def managed(self) -> list[int]:
        """Return the number of the window."""
        return [7]

    def desktop_is_bare(self) -> bool:
        """Windows are shown."""
        return False

    def fills_screen(self, window: int) -> bool:
        """Return that the window fills the screen."""
        return window == 7

    def close(self) -> None:
        """Do nothing."""


def all_labels() -> list[QLabel]:
    """Return the labels of every window."""
    windows = QApplication.topLevelWidgets()
    return [label for window in windows for label in window.findChildren(QLabel)]


def test_only_the_return_itself_is_urgent(program: Program) -> None:
    """Only the return is urgent. Heads-up, repeats and last repeat are not."""
    program.run("pause")
    program.wait(hours=25)
    assert [notice.urgent for notice in program.notices[:3]] == [False, True, False]
    assert sum(notice.urgent for notice in program.notices) == 1


def test_nothing_is_said_to_a_locked_screen(program: Program) -> None:
    """A locked screen gets neither notification nor window. The unlock brings one of each."""
    program.run("pause")
    stage = program.app.flow.window
    assert stage is not None
    stage.hide()
    program.app.events.lock.locked.emit()
    program.wait(minutes=45)
    assert program.notices == []
    assert not stage.isVisible()
    program.app.events.lock.unlocked.emit()
    assert [notice.title for notice in program.notices] == ["It is time"]
    assert stage.isVisible()
    program.wait(minutes=1)
    assert len(program.notices) == 1


def test_quitting_behind_a_locked_screen_says_nothing(program: Program) -> None:
    """The end of the program behind a locked screen shows nothing."""
    program.run("pause")
    program.app.events.lock.locked.emit()
    program.wait(minutes=45)
    program.app.reminders.stop()
    program.app.events.lock.unlocked.emit()
    assert program.notices == []


def test_notifications_follow_the_bus(program: Program) -> None:
    """With the same bus the notifications stay. With a new bus there are new ones."""
    delivery = program.app.delivery
    first = delivery.notifications
    assert delivery.notifications is first
    program.session.bus = QuietBus()
    assert delivery.notifications is not first
    program.settle()
    assert not shiboken6.isValid(first)


def test_the_bubble_of_the_icon_is_the_last_way(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a service and without plyer, a prompt is a bubble of an icon that Qt draws."""
    shown: list[tuple[object, ...]] = []

    def gone(_parent: object) -> None:
        raise ImportError

    with monkeypatch.context() as patch:
        patch.setattr(fallback, "make_fallback", gone)
        patch.setattr(Notifications, "show", SHOW)
        patch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, *said: shown.append(said[:2]))
        patch.setattr(QSystemTrayIcon, "geometry", lambda _icon: QRect(0, 0, 22, 22))
        program.app.prompts.tell(Prompt("Hello", "How are you two?"))
    assert shown == [("Hello", "How are you two?")]
    assert "plyer can't be loaded" in caplog.text


def test_the_end_takes_the_notification_away(program: Program) -> None:
    """The end of the program removes the notification."""
    program.run("pause")
    program.wait(minutes=30)
    before = program.withdrawn
    program.stop()
    assert program.withdrawn > before


@pytest.mark.parametrize("page", [None, Page.RETURN])
def test_any_prompt_is_shown_as_far_as_it_can_be(
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    page: Page | None,
) -> None:
    """A fault of the window or of a notification does not reach the code that makes the prompt."""

    def broken(*_values: object, **_named: object) -> None:
        raise OSError("broken")

    monkeypatch.setattr(PauseFlow, "show_return", broken)
    monkeypatch.setattr(program, "notified", broken)
    program.app.prompts.tell(Prompt("Hello", "How are you two?", page=page))
    assert ("a fault in part window" in caplog.text) is (page is not None)
    assert "a fault in part notifications" in caplog.text


def test_a_full_screen_is_no_hiding_place(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above a full-screen program the window has no frame, until a person asks for it."""
    program.run("pause")
    stage = program.app.flow.window
    assert stage is not None
    assert not stage.windowFlags() & BYPASS
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    monkeypatch.setattr(asking, "Windows", Film)
    program.wait(minutes=30)
    assert stage.isVisible()
    assert stage.windowFlags() & BYPASS
    program.press("Not ready yet")
    assert stage.isVisible()
    assert not stage.windowFlags() & BYPASS


def test_full_screens_are_asked_of_x11_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only on X11 a full-screen program is found."""
    monkeypatch.setattr(asking, "Windows", Film)
    assert full_screen("xcb")
    assert not any(full_screen(platform) for platform in ("wayland", "windows", "cocoa"))


def test_without_an_x_server_nothing_fills_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an X server there is no error, and no full-screen program."""
    monkeypatch.setenv("DISPLAY", "nowhere:99999")
    assert not full_screen("xcb")


def test_a_tray_that_comes_takes_the_word_back(program: Program) -> None:
    """The home window stops saying that there is no tray, once a tray comes."""
    windows = program.app.windows
    windows.take_back_no_tray()
    windows.say_no_tray()
    windows.show_home()
    program.app.tray.fallback.tray_came()
    shown = [label.text() for label in all_labels() if label.isVisible()]
    assert any("Need a pause?" in text for text in shown)
    assert not any("no tray" in text for text in shown)
