"""What is checked on every desktop. Each check returns what was seen, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desktops.bench import HEADLINE, RETURN
from tests.end2end.waiting import soon, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktops.bench import Bench

    Check = Callable[[Bench], str]


def icon(bench: Bench) -> str:
    """Started hidden, the program has its icon in the panel, and no window."""
    before = bench.desktop.picture("before")
    bench.program.started()
    bench.icon = wait_for(
        lambda: bench.desktop.picture("icon").icon(before), "the icon is seen in the panel", 20
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
    return f"{place.width} x {place.height} at {place.left}, {place.top}"


def keys(bench: Bench) -> str:
    """Ctrl+Alt+P calls a pause while another window has the keyboard, and shows it in front."""
    how = bench.desktop.bind_keys()
    with bench.letter() as letter:
        bench.desktop.press("ctrl+alt+p")
        bench.see(HEADLINE)
        bench.shown(name="keys")
        assert f"key {ord('P')}" not in letter.log.read_text(encoding="utf-8")
        assert bench.program.state() == "paused"
    bench.end_pause()
    return how


def comes_back(bench: Bench) -> str:
    """The return shows itself, and a letter typed meanwhile reaches the other window."""
    bench.program.ask("pause")
    bench.see(HEADLINE)
    bench.escape()
    with bench.letter() as letter:
        bench.come_back()
        wait_for(lambda: bench.program.state() == "due", "the promised time comes")
        bench.see(RETURN)
        reached = bench.writes(letter)
        place = bench.shown(name="return")
        assert bench.program.state() == "due", "the letter has answered the return"
        assert reached, "the letter did not reach the other window"
    return f"{place.width} x {place.height} at {place.left}, {place.top}"


CHECKS: dict[str, Check] = {
    "icon": icon,
    "click": click,
    "menu": menu,
    "pause": command,
    "keys": keys,
    "return": comes_back,
}
