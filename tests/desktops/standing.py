"""Whether a pause that is on the screen already can be seen and answered, whatever covers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desktops.bench import APP, HEADLINE, RETURN
from tests.end2end.waiting import repeat, wait_for

if TYPE_CHECKING:
    from tests.desktops.bench import Bench
    from tests.desktops.picture import Place

WINDOW = "SafePause"


def uncovered(bench: Bench) -> str:
    """Undo after a call, and Hide beside the return's notification, are clicked where they are."""
    bench.program.ask("pause")
    bench.see(HEADLINE)
    undo = _click(bench, "undo", "Undo a slip")
    wait_for(lambda: bench.program.state() == "idle", "Undo has ended the pause")
    bench.program.ask("pause")
    bench.see(HEADLINE)
    bench.come_back()
    bench.see(RETURN)
    wait_for(bench.notifications, "the desktop shows a notification")
    hide = _click(bench, "hide", "Hide")
    assert bench.program.state() == "due", "something else was clicked"
    return f"Undo at {undo}, Hide at {hide}"


def called_again(bench: Bench) -> str:
    """A pause that another window covers comes to the front at a second call, each time."""
    for _turn in range(2):
        bench.program.ask("pause")
        with bench.letter():
            bench.program.ask("pause")
            place = bench.shown(name="again")
    bench.end_pause()
    return f"{place.width} x {place.height} at {place.left}, {place.top}"


def _click(bench: Bench, name: str, words: str) -> tuple[int, int]:
    """Click a button until the pause is seen no more, and return the place. Keep a picture.

    A busy desktop moves the window late, so each click looks anew where the button is.
    """
    places: list[tuple[int, int]] = []

    def click() -> None:
        places.append(_place(bench, bench.shown(name=name), words))
        bench.desktop.click(*places[-1])

    bench.shown(name=name)
    repeat(click, bench.hidden, f"{words!r} hides the window")
    return places[-1]


def _place(bench: Bench, shown: Place, words: str) -> tuple[int, int]:
    """Return the place of a button on the screen.

    On Wayland a program knows places in its window only. The lower edge of the window is in sight
    whatever covers its upper edge.
    """
    button = bench.desktop.reader.wait(words, APP, kind="button")
    things = bench.desktop.reader.things(APP)
    window = max((each for each in things if each.name == WINDOW), key=lambda each: each.height)
    left = shown.left + button.middle[0] - window.left
    return left, shown.top + shown.height - (window.top + window.height - button.middle[1])
