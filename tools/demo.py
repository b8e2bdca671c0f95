"""Plays a whole pause with the real program, and says in plain sentences what happens.

It starts a virtual display with a panel and a notification daemon, and `safepause --demo`. The wall
clock of the demo runs 60 times as fast, so half an hour takes half a minute. Two desktops play side
by side, one in light colours and one in dark ones. The light one writes the sentences. Every state
leaves a picture in build/demo.

With --before-midnight one desktop plays. SafePause's clock shows 23:45 there, so the return is
tomorrow.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import time
from pathlib import Path

from tests.end2end.clockwork import starting_at
from tests.end2end.desktop import SIZE, Desktop, Parts
from tests.end2end.rig import Rig
from tests.end2end.waiting import NotInTimeError, wait_for

BUILD = Path("build")
LIGHT, DARK = "light", "dark"
BEFORE_MIDNIGHT = "--before-midnight"
LATE = time(23, 45)
_BACKGROUND = {LIGHT: "gradient:#8fa9b0-#d3dfe0", DARK: "gradient:#1d2729-#3a4a4d"}
_HALF_AN_HOUR = 35.0
"""Seconds that half an hour takes in the demo, with a little patience."""


class Play:
    """One pause, from the click to the start after it."""

    def __init__(self, rig: Rig, look: str, pictures: Path, *, aloud: bool) -> None:
        """Play on `rig` in light or dark colours."""
        self._rig = rig
        self._look = look
        self._pictures = pictures
        self._aloud = aloud

    def run(self) -> None:
        """Play the pause.

        Raises:
            NotInTimeError: a state did not come.

        """
        self._start()
        self._call()
        self._rest()
        self._come_back()

    def _start(self) -> None:
        self._rig.program.start("--demo", "--hidden")
        self._rig.wait_for_icon()
        self._tell("01-tray", "SafePause starts. Its icon stands in the tray.")
        self._rig.open_menu()
        self._tell("02-menu", "A right click on the icon shows the menu.")
        self._rig.close_menu()

    def _call(self) -> None:
        self._rig.click_icon()
        promise = self._rig.see("We come back").name
        self._rig.leave()
        self._tell("03-still", "One click calls a pause. For five seconds nothing moves.")
        self._say(f'The window says: "{promise}"')
        self._rig.see("Breathe in")
        self._tell("04-breathe-in", "Then the circle guides the breathing.")
        self._rig.see("Breathe out")
        self._tell("05-breathe-out", "It gets smaller as one breathes out, softly.")

    def _rest(self) -> None:
        self._rig.press("Just rest")
        self._rig.see("Breathe")
        self._tell("06-rest", "Breathing is for those who like it. There is quiet rest as well.")
        self._rig.open_menu()
        self._tell(
            "07-menu-paused", "Paused, the icon shows the time left, and its menu what to do."
        )
        self._rig.close_menu()
        self._rig.leave()
        self._rig.notification(_HALF_AN_HOUR)
        self._tell("08-heads-up", "Two minutes before the return comes a quiet word.")

    def _come_back(self) -> None:
        self._rig.see("We're both here", _HALF_AN_HOUR)
        wait_for(lambda: len(self._rig.notifications()) > 1, "the return is announced")
        self._rig.reader.wait("We're both here", "notifyd")
        self._tell("09-return", "It is time: the window comes, and a notification with buttons.")
        # In the fast demo a reminder comes every few seconds.
        self._rig.press_until("We're both here", lambda: self._rig.sees("Say hello first"))
        self._tell("10-restart", "They are both here. The new start is a soft one.")

    def _tell(self, name: str, sentence: str) -> None:
        """Take a picture of the screen, and say what it shows."""
        self._rig.screen.picture(self._pictures / f"{name}-{self._look}.png")
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        if self._aloud:
            print(f"SafePause: {sentence}", flush=True)


def play(look: str, pictures: Path, *, aloud: bool, late: bool = False) -> bool:
    """Play one pause on its own desktop. Return whether every state came.

    With `late`, SafePause's clock shows a quarter to midnight at the start.
    """
    with Desktop(Parts(dark=look == DARK)) as desktop:
        paint = ["display", "-window", "root", "-size", "{}x{}".format(*SIZE), _BACKGROUND[look]]
        subprocess.run(paint, env=desktop.env, check=False)
        with Rig(desktop, "program") as rig:
            if late:
                rig.program.env |= starting_at(LATE)
            try:
                Play(rig, look, pictures, aloud=aloud).run()
            except NotInTimeError as error:
                rig.keep(pictures / f"stuck-{look}")
                print(f"SafePause: The demo ({look}) got stuck. {error}.", file=sys.stderr)
                return False
    return True


def main(arguments: list[str]) -> int:
    """Play in both looks at once. With the argument "dark", play in dark colours only, silently."""
    # If the run is stopped, its desktop ends, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    late = BEFORE_MIDNIGHT in arguments
    pictures = BUILD / ("demo-before-midnight" if late else "demo")
    if arguments == [DARK]:
        return 0 if play(DARK, pictures, aloud=False) else 1
    for old in pictures.glob("*.png"):
        old.unlink()
    print("SafePause: A whole pause, in about a minute. Half an hour takes half a minute.")
    if late:
        came = play(LIGHT, pictures, aloud=True, late=True)
    else:
        dark = subprocess.Popen([sys.executable, __file__, DARK])
        came = play(LIGHT, pictures, aloud=True)
        came = dark.wait() == 0 and came
    if came:
        print(f"SafePause: Pictures of all this are in {pictures}.")
    return 0 if came else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
