"""A pause can be called, and the return reaches people, whatever the desktop does."""

from __future__ import annotations

import os
import signal
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app.delivery import LEFT_OVER
from tests.end2end.bus import Caller
from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.desktop import SIZE, Parts
from tests.end2end.monitors import set_monitors
from tests.end2end.screen import Window
from tests.end2end.waiting import stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.conftest import Rigs
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

HEADLINE = "We come back"
DUE = "We're both here"
PAST = timedelta(minutes=31, seconds=30)
SOON = 2.0
NORMAL, CRITICAL = 1, 2
FAR = 5 * SIZE[0] // 8
"""Where the monitor to the right begins, in pixels."""
LOCKER, LOCKER_PATH = "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"


@pytest.fixture
def clock(rig: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(rig) as made:
        yield made


@pytest.fixture
def locker(rig: Rig) -> Iterator[Caller]:
    """Return a connection that acts as a screen locker."""
    made = Caller(rig.desktop.address)
    made.own(LOCKER)
    yield made
    made.close()


def paused(rig: Rig) -> None:
    """Call a pause and hide its window."""
    rig.start()
    rig.program.ask("pause")
    rig.press("Hide")
    rig.wait_hidden()


def tell(locker: Caller, *, locked: bool) -> None:
    """Send the screen locker's signal."""
    locker.signal(LOCKER_PATH, LOCKER, "ActiveChanged", "b", locked)


def far(rig: Rig, words: str) -> bool:
    """Tell whether SafePause shows `words` on the monitor to the right."""
    shown = [each for each in rig.reader.things("safepause") if rig.reader.says(words, each.name)]
    return any(each.left >= FAR for each in shown)


def test_tray_icon_survives_the_panel(rigs: Rigs) -> None:
    """A panel that is restarted twice has one icon. A middle click on it guides breathing."""
    rig = rigs(Parts())
    rig.start()
    for _time in range(2):
        rig.desktop.processes["panel"].kill()
        wait_for(lambda: not rig.icon_shown(), "the panel is gone")
        rig.desktop.start_panel()
        rig.wait_for_icon()
    assert stays(lambda: rig.screen.colours(36, 0, 60, 30) == 1, 1), "a second icon"
    rig.click_icon(button=2)
    rig.see("Dizzy? Stop,")
    assert rig.program.state() == "idle"


def test_tray_icon_comes_to_a_late_panel_that_only_knows_the_bus(rigs: Rigs) -> None:
    """A late panel gets the icon, and the window hides its sentence about the tray."""
    rig = rigs(Parts(panel=False))
    rig.program.started(hidden=False)
    rig.see("This desktop has no tray")
    rig.desktop.start_panel()
    wait_for(rig.desktop.watch.icons, "the icon is registered")
    wait_for(lambda: not rig.sees("This desktop has no tray"), "the window takes it back")
    rig.wait_for_icon()


def test_notification_is_replaced_and_only_the_return_is_urgent(rig: Rig, clock: Clockwork) -> None:
    """Heads-up, return and repeat are one notification. Only the return is critical."""
    paused(rig)
    left = timedelta(seconds=rig.program.status()["pause"]["seconds_left"])
    clock.sleep(left - timedelta(minutes=1))
    first = rig.notification(limit=SOON)
    clock.sleep(timedelta(minutes=1, seconds=5))
    wait_for(lambda: len(rig.notifications()) == 2, "the return is announced", SOON)
    clock.sleep(timedelta(minutes=2))
    wait_for(lambda: len(rig.notifications()) == 3, "it is said again", SOON)
    heads_up, due, again = rig.notifications()
    assert [each.hints["urgency"] for each in (heads_up, due, again)] == [NORMAL, CRITICAL, NORMAL]
    assert [due.replaces, again.replaces] == [first.id, first.id]
    assert due.actions[::2] == ("here", "more-time", "let-rest", "default")  # LXQt shows the first
    for words in ("We're both here", "Not ready yet"):
        assert any(rig.reader.says(words, label) for label in due.actions[1::2])


@pytest.mark.parametrize("answer", [("return",), ("extend", "--minutes", "20"), ("let-go",)])
def test_notification_goes_when_answered_on_the_command_line(
    rig: Rig, clock: Clockwork, answer: tuple[str, ...]
) -> None:
    """An answer on the command line removes the notification of the return."""
    paused(rig)
    clock.sleep(PAST)
    rig.notification(limit=SOON)
    rig.program.ask(*answer)
    wait_for(lambda: rig.notifications()[0].closed, "the notification is withdrawn")


def test_notification_goes_with_the_program(rig: Rig, clock: Clockwork) -> None:
    """The end of the program removes the notification. The next start shows one."""
    paused(rig)
    clock.sleep(PAST)
    rig.notification(limit=SOON)
    rig.program.ask("quit")
    wait_for(lambda: rig.notifications()[-1].closed, "the notification is withdrawn")


def test_notification_goes_when_answered_in_the_window(rig: Rig, clock: Clockwork) -> None:
    """A button of the window removes the notification."""
    paused(rig)
    clock.sleep(PAST)
    rig.notification(limit=SOON)
    rig.press(DUE)
    wait_for(lambda: rig.notifications()[-1].closed, "the notification is withdrawn")


def test_notification_button_asks_for_more_time(rig: Rig, clock: Clockwork) -> None:
    """The button "Not ready yet" shows the window with the new times."""
    paused(rig)
    clock.sleep(PAST)
    rig.notification(limit=SOON)
    rig.press_notification("Not ready yet")
    rig.see("When will you try again?")
    assert rig.program.state() == "due"


def test_keys_call_a_pause_while_another_window_has_the_keyboard(rig: Rig) -> None:
    """Ctrl+Alt+P calls a pause, and then shows it. The other program gets no P."""
    rig.start()
    wait_for(lambda: rig.program.capabilities()["shortcut"]["available"], "the keys are ours")
    with rig.other_window():
        rig.screen.key("ctrl+alt+p")
        rig.see(HEADLINE)
        first = rig.program.status()["pause"]
        rig.press("Hide")
        rig.wait_hidden()
        rig.screen.key("ctrl+alt+p")
        rig.see(HEADLINE)
        assert rig.program.status()["pause"]["id"] == first["id"]
        heard = (rig.desktop.folder / "xev.log").read_text(encoding="utf-8")
        assert "keysym 0x70, p" not in heard


def test_window_comes_without_the_keyboard(rig: Rig, clock: Clockwork) -> None:
    """The window comes above all others, and the keyboard stays with the other program."""
    paused(rig)
    with rig.other_window() as other:
        using = rig.screen.active()
        clock.sleep(PAST)
        rig.see(DUE)
        assert "ABOVE" in rig.screen.state(rig.window())
        rig.screen.key("a", "space", "Return")
        wait_for(lambda: "keysym 0x61, a" in other.log.read_text(), "the other program has the key")
        assert rig.screen.active() == using
        assert rig.program.state() == "due"
        rig.press(DUE)
        wait_for(lambda: rig.program.state() == "idle", "a click reaches it")


def test_window_stands_above_a_program_that_fills_the_screen(rig: Rig, clock: Clockwork) -> None:
    """Above a full-screen program the window takes clicks and no keys. The next window has keys."""
    paused(rig)
    with rig.other_window() as other:
        using = rig.screen.active()
        rig.screen.fill(using)
        film = Window(using, 0, "", "")
        wait_for(lambda: rig.screen.place(film)[2:] == SIZE, "the film fills the screen")
        clock.sleep(PAST)
        rig.see(DUE)
        rig.screen.key("a", "space", "Return")
        wait_for(lambda: "keysym 0x61, a" in other.log.read_text(), "the film has the key")
        assert rig.program.state() == "due"
        rig.press(DUE)
        rig.see("Say hello first")
        assert rig.program.state() == "idle"
        assert rig.on_top(rig.window())
        wait_for(lambda: rig.screen.active() == rig.window().number, "its window has the keys")


def test_do_not_disturb_is_left_to_the_desktop(rigs: Rigs) -> None:
    """If the desktop hides notifications, no heads-up is shown. The window of the return is."""
    rig = rigs(Parts())
    quiet = ["xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb", "-n", "-t", "bool"]
    subprocess.run([*quiet, "-s", "true"], env=rig.desktop.env, check=True)
    with clockwork(rig) as clock:
        paused(rig)
        left = timedelta(seconds=rig.program.status()["pause"]["seconds_left"])
        clock.sleep(left - timedelta(minutes=1))
        rig.notification(limit=SOON)
        assert stays(lambda: rig.reader.find("Soon it is time", "notifyd") is None, 1)
        assert not rig.windows()
        clock.sleep(timedelta(minutes=1, seconds=5))
        rig.see(DUE)


def test_return_in_a_locked_session_is_announced_at_unlock_once(
    rig: Rig, clock: Clockwork, locker: Caller
) -> None:
    """After a lock across heads-up, return and repeat, the unlock shows one notification."""
    paused(rig)
    locker.answer_all()
    rig.desktop.wait_for_listener("ActiveChanged")
    tell(locker, locked=True)
    left = timedelta(seconds=rig.program.status()["pause"]["seconds_left"])
    for length in (left - timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=6)):
        clock.sleep(length)
        assert stays(lambda: not rig.notifications(), 0.5)
    assert rig.program.state() == "due"
    assert not rig.windows()
    tell(locker, locked=False)
    shown = rig.notification(limit=SOON)
    assert rig.reader.says("It is time", shown.title)
    assert rig.reader.says("Whenever you are ready", shown.body)
    rig.see(DUE)
    assert stays(lambda: len(rig.notifications()) == 1, 1)


def test_every_other_screen_says_when_we_are_back(rigs: Rigs) -> None:
    """With its setting, a card on the second monitor shows the time while the window is open."""
    rig = rigs(Parts(panel=False))
    width, height = SIZE
    areas = {"left": (0, 0, FAR, height), "right": (FAR, 0, width - FAR, height)}
    set_monitors(rig.desktop.env["DISPLAY"], areas)
    rig.screen.move(100, height - 100)
    with clockwork(rig) as clock:
        rig.start()
        rig.program.ask("settings", "set", "screens", "all")
        rig.program.ask("pause")
        wait_for(lambda: far(rig, HEADLINE), "the other screen says when")
        rig.press("Hide")
        wait_for(lambda: not far(rig, HEADLINE), "the card goes with the window")
        clock.sleep(PAST)
        rig.see(DUE)
        wait_for(lambda: far(rig, "It is time"), "the other screen says that it is time")


def test_a_notification_from_before_a_crash_goes(rig: Rig, clock: Clockwork) -> None:
    """After kill -9 at the return, the next start leaves one notification: its own."""
    paused(rig)
    clock.sleep(PAST)
    rig.notification(limit=SOON)
    heard = rig.program.home / LEFT_OVER
    wait_for(heard.exists, "the program has heard the number of its notification", SOON)
    for each in rig.program.processes():
        os.kill(each, signal.SIGKILL)
    wait_for(lambda: not rig.program.processes(), "SafePause is gone")
    rig.start()
    wait_for(lambda: len(rig.notifications()) == 2, "the return is said again", SOON)
    old, new = rig.notifications()
    wait_for(lambda: old.closed, "the old notification goes", SOON)
    assert not new.closed
    rig.press_notification("We're both here")
    wait_for(lambda: rig.program.state() == "idle", "they are back")


def test_a_notification_leaves_no_file_with_others(rig: Rig, clock: Clockwork) -> None:
    """In a folder that others use, too, no file says that a notification is shown."""
    folder = rig.program.home
    folder.mkdir()
    folder.chmod(0o1777)
    before = folder.stat().st_mtime_ns
    rig.program.start("--hidden")
    rig.wait_for_icon()
    rig.program.ask("pause")
    clock.sleep(PAST)
    rig.notification(limit=SOON)
    assert (list(folder.iterdir()), folder.stat().st_mtime_ns) == ([], before)
    rig.program.ask("return")
