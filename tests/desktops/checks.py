"""What is checked on every desktop. Each check returns what was seen, in a few words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.desktops.bench import HEADLINE, MORE, RETURN, TOGETHER
from tests.desktops.desk import ImpossibleError
from tests.desktops.standing import called_again, uncovered
from tests.end2end.waiting import repeat, soon, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desktops.bench import Bench
    from tests.desktops.picture import Place
    from tests.end2end.waiting import Process

    Check = Callable[[Bench], str]


def icon(bench: Bench) -> str:
    """Started hidden, the program has its icon in the panel, and no window."""
    bench.before = before = bench.desktop.settled("before")
    bench.program.started()
    bench.icon = wait_for(
        lambda: bench.desktop.icon(before, "icon"), "the icon is seen in the panel", 20
    )
    assert bench.hidden(), "a window is open"
    return f"at {bench.icon.middle}"


def click(bench: Bench) -> str:
    """A click on the icon calls a pause; where the desktop keeps the click, a double click does."""
    desk = bench.desktop
    assert bench.icon, "there is no icon"
    desk.click(*bench.icon.middle, times=desk.CLICKS)
    bench.see(HEADLINE)
    bench.shown(name="click")
    assert bench.program.state() == "paused"
    bench.end_pause()
    return "one click" if desk.CLICKS == 1 else "a double click: one click opens the menu"


def menu(bench: Bench) -> str:
    """The icon's menu opens, and its first line calls a pause."""
    desk = bench.desktop
    assert bench.icon, "there is no icon"
    before = desk.picture("no-menu")
    desk.click(*bench.icon.middle, desk.MENU_BUTTON)
    wait_for(lambda: desk.menu_shown(before), "the menu is seen")
    desk.choose_first()
    bench.see(HEADLINE)
    assert bench.program.state() == "paused"
    bench.end_pause()
    return "its first line calls"


def command(bench: Bench) -> str:
    """`safepause pause` shows the whole pause in front of another window, with the keyboard."""
    with bench.letter() as letter:
        bench.program.ask("pause")
        place = bench.shown()
        bench.see(HEADLINE)
        assert not bench.writes(letter), "the keyboard stays with the other window"
    bench.end_pause()
    return _at(place)


def keys(bench: Bench) -> str:
    """Ctrl+Alt+P calls a pause while another window has the keyboard, and shows it in front."""
    bench.program.ask()  # some desktops ask about keys once a person has opened a window
    bench.see("Need a pause?")
    how = bench.desktop.bind_keys()
    bench.escape()
    with bench.letter() as letter:
        bench.desktop.press("ctrl+alt+p")
        bench.see(HEADLINE)
        bench.shown(name="keys")
        assert f"key {ord('P')}" not in letter.log.read_text(encoding="utf-8")
        assert bench.program.state() == "paused"
    bench.called_by_keys = True
    bench.end_pause()
    return how


def overview(bench: Bench) -> str:
    """A pause that is called by the icon in the overview is in front, with the keyboard."""
    desk = bench.desktop
    assert bench.icon, "there is no icon"
    with bench.letter() as letter:
        desk.open_overview()
        desk.click(*bench.icon.middle, times=desk.CLICKS)
        bench.see(HEADLINE)
        bench.shown(name="overview")
        assert not bench.writes(letter), "the keyboard stays with the other window"
    bench.end_pause()
    return "by the icon"


def comes_back(bench: Bench) -> str:
    """The return shows itself above another window, and a typed letter answers nothing."""
    with _return_over_a_letter(bench) as letter:
        bench.writes(letter)
        place = bench.shown(name="return")
        _answers_nothing(bench)
    return _at(place)


def letter_goes_on(bench: Bench) -> str:
    """A letter that is typed as the return shows itself reaches the window in which it is typed.

    On Wayland the desktop gives the return the keyboard. There the keys answer nothing, and the
    other window has the keyboard again when the return is hidden.
    """
    with _return_over_a_letter(bench) as letter:
        if bench.writes(letter):
            return "in the other window"
        assert not bench.desktop.LETTERS_GO_ON, "the letter did not reach the other window"
        _answers_nothing(bench)
        bench.escape()
        assert soon(lambda: bench.writes(letter), 3), "the other window has no keyboard after Esc"
    return "it answers nothing; after Esc it is in the other window"


def notification(bench: Bench) -> str:
    """The first button of the return's notification, really pressed, ends the pause."""
    how = _press_in_a_notification(bench, "We're both here", "here")
    wait_for(lambda: bench.program.state() == "idle", "the pause has ended")
    bench.see(TOGETHER)
    return how


def second_button(bench: Bench) -> str:
    """The second button of the return's notification, really pressed, offers new times."""
    how = _press_in_a_notification(bench, "Not ready yet", "more-time")
    bench.see(MORE)
    assert bench.program.state() == "due", "the button has answered more than it says"
    return how


def dark(bench: Bench) -> str:
    """In the dark style of the desktop, the pause is dark; without one, by SafePause's setting."""
    try:
        how = bench.desktop.make_dark()
    except ImpossibleError as error:
        bench.program.ask("settings", "set", "theme", "dark")
        _see_dark(bench)
        raise ImpossibleError(f"{error} By SafePause's own setting the pause is dark.") from error
    _see_dark(bench)
    return how


def doctor(bench: Bench) -> str:
    """The doctor says what was seen on this desktop, and only that."""
    capabilities = bench.settled_doctor()
    told = {key: each["available"] for key, each in capabilities.items()}
    told["two clicks"] = "double click" in capabilities["tray"]["why"]
    told["sleep"] = "The system tells" in capabilities["sleep"]["why"]
    has = bench.desktop.caller.has_owner
    true = {
        "tray": bench.icon is not None,
        "two clicks": bench.desktop.CLICKS == 2,
        "notifications": bench.notified,
        "shortcut": bench.desktop.KEYS_BY_PROGRAM and bench.called_by_keys,
        "sleep": has(LOGIND),
        "lock": any(has(name) for name in LOCKERS),
        "autostart": bench.desktop.AUTOSTARTS,
    }
    wrong = [f"{key}: {told[key]} is said" for key, is_so in true.items() if told[key] != is_so]
    assert not wrong, "; ".join(wrong)
    return f"{len(true)} lines"


def autostart(bench: Bench) -> str:
    """After a login the icon is in the panel again, and no window is open."""
    assert bench.before, "no picture without the icon was taken"
    before = bench.before
    line = bench.program.capabilities()["autostart"]["advice"].partition(": ")[2]
    if bench.desktop.AUTOSTARTS:
        bench.program.ask("settings", "set", "autostart", "yes")
    bench.program.ask("quit")
    how = bench.desktop.log_in_again(line)
    wait_for(lambda: bench.desktop.icon(before, "login"), "the icon is seen in the panel", 30)
    assert bench.program.status()["running"]
    assert bench.hidden(), "a window is open"
    return how


@contextmanager
def _return_over_a_letter(bench: Bench) -> Iterator[Process]:
    """Call a pause, hide it, write a letter, and let the promised time come."""
    bench.program.ask("pause")
    bench.see(HEADLINE)
    bench.escape()
    with bench.letter() as letter:
        bench.come_back()
        wait_for(lambda: bench.program.state() == "due", "the promised time comes")
        bench.see(RETURN)
        yield letter


def _see_dark(bench: Bench) -> None:
    bench.program.ask("pause")
    bench.shown(dark=True, name="dark")


def _answers_nothing(bench: Bench) -> None:
    """Press keys that could press a button, at once and later: the return stands as it was."""

    def still_due() -> bool:
        for key in ("b", "space", "Return"):
            bench.desktop.press(key)
        return bench.program.state() == "due"

    assert stays(still_due, 2.0), "a key has answered the return"
    bench.see(RETURN)


def _press_in_a_notification(bench: Bench, words: str, key: str) -> str:
    """Let a return come over an empty desktop, and press a button of its notification."""
    bench.program.ask("pause")
    bench.see(HEADLINE)
    bench.escape()
    bench.come_back()
    wait_for(bench.notifications, "the desktop shows a notification")
    bench.notified = True

    def chosen() -> set[str]:
        return {each for shown in bench.notifications() for each in shown.chosen}

    press = bench.desktop.press_notification
    repeat(lambda: press(words), chosen, "the desktop tells of the button")
    assert chosen() == {key}, f"the desktop told of {chosen()}"
    return bench.desktop.BUTTONS


def _at(place: Place) -> str:
    return f"{place.width} x {place.height} at {place.left}, {place.top}"


LOGIND = "org.freedesktop.login1"
LOCKERS = (
    LOGIND,
    *(f"org.{name}.ScreenSaver" for name in ("gnome", "kde", "cinnamon", "mate", "xfce")),
    "org.freedesktop.ScreenSaver",
)
CHECKS: dict[str, Check] = {
    "icon": icon,
    "click": click,
    "menu": menu,
    "pause": command,
    "again": called_again,
    "keys": keys,
    "overview": overview,
    "return": comes_back,
    "buttons": uncovered,
    "letter": letter_goes_on,
    "notification": notification,
    "more time": second_button,
    "doctor": doctor,
    "dark": dark,
    "autostart": autostart,
}
"""In this order: the doctor is asked when everything else was seen."""
