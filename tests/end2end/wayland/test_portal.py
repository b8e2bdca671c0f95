"""SafePause's keys from the real xdg-desktop-portal, whose backend asks as GNOME's does."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.end2end.waiting import patience, stays, wait_for
from tests.end2end.wayland.desk import ROOT
from tests.system.shortcut.portal_desk import ABOUT, APP, APP_FILE, BACKEND_FILE, PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.waiting import Process
    from tests.end2end.wayland.desk import Desk

pytestmark = [
    pytest.mark.end2end,
    pytest.mark.skipif(not PROGRAM.exists(), reason=f"not here: {PROGRAM}"),
]
PORTAL = "org.freedesktop.portal.Desktop"


class Gnome:
    """GNOME's part: the portal, and its backend, which asks a person."""

    def __init__(self, desk: Desk) -> None:
        """Make the folders, and start both. Nothing is known of SafePause's keys."""
        self._desk = desk
        folder = desk.desktop.folder
        (folder / "portals").mkdir()
        (folder / "portals" / BACKEND_FILE).write_text(ABOUT)
        (folder / "data/applications").mkdir()
        (folder / "data/applications" / APP_FILE).write_text(APP)
        self._env = {
            **desk.desktop.env,
            "XDG_CURRENT_DESKTOP": "safepausetest",
            "XDG_DESKTOP_PORTAL_DIR": str(folder / "portals"),
        }
        desk.program.env["XDG_CURRENT_DESKTOP"] = "GNOME"
        self._backend = subprocess.Popen(
            [sys.executable, "-m", "tests.system.shortcut.fake_backend", "gnome"],
            env=self._env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._said = b""
        wait_for(lambda: b"ready" in self._hear(), "the backend stands")
        self.start()

    def start(self) -> None:
        """Start the portal."""
        self._desk.desktop.env, before = self._env, self._desk.desktop.env
        self.portal: Process = self._desk.desktop._start("portal", [str(PROGRAM)])  # noqa: SLF001
        self._desk.desktop.env = before
        wait_for(lambda: self._desk.desktop.caller.has_owner(PORTAL), "the portal stands")

    def close(self) -> None:
        """End both."""
        self.portal.kill()
        self._backend.kill()
        self._backend.communicate()

    def questions(self) -> int:
        """Return how many questions there were so far."""
        return self._hear().count(b"asked\n")

    def answer(self) -> None:
        """Answer the question with yes."""
        assert self._backend.stdin is not None
        self._backend.stdin.write(b"answer\n")
        self._backend.stdin.flush()

    def _hear(self) -> bytes:
        assert self._backend.stdout is not None
        while select.select([self._backend.stdout], [], [], 0)[0]:
            self._said += os.read(self._backend.stdout.fileno(), 4096)
        return self._said


@pytest.fixture
def gnome(desk: Desk) -> Iterator[Gnome]:
    """Return the desktop's portal."""
    made = Gnome(desk)
    yield made
    made.close()


def test_doctor_tells_of_the_keys_right_after_a_hidden_start(desk: Desk, gnome: Gnome) -> None:
    """The first answer of doctor is true: it waits for the portal's."""
    desk.program.started(hidden=False)
    wait_for(lambda: gnome.questions() == 1, "the desktop asks")
    found = desk.program.capabilities()["shortcut"]
    assert (found["available"], found["known"]) == (False, False), "a person is being asked"
    gnome.answer()
    wait_for(lambda: desk.program.capabilities()["shortcut"]["available"], "the keys work")
    for _start in range(3):
        desk.program.ask("quit")
        wait_for(lambda: not desk.program.processes(), "SafePause ends")
        desk.program.started()
        found = desk.program.capabilities()["shortcut"]
        assert (found["available"], found["known"]) == (True, True), found["why"]
    assert gnome.questions() == 1


def test_a_question_does_not_come_again_with_the_portal(desk: Desk, gnome: Gnome) -> None:
    """The portal is restarted while it asks. Only the next act of a person asks again."""
    desk.program.started(hidden=False)
    wait_for(lambda: gnome.questions() == 1, "the desktop asks")
    for _restart in range(2):
        gnome.portal.kill()
        wait_for(lambda: not desk.desktop.caller.has_owner(PORTAL), "the portal has gone")
        gnome.start()
        wait_for(
            lambda: "not been asked" in desk.program.capabilities()["shortcut"]["why"],
            "doctor knows that nobody is asked",
        )
    assert stays(lambda: gnome.questions() == 1, patience(0.5))
    desk.program.ask("show")
    wait_for(lambda: gnome.questions() == 2, "the desktop asks the person who has acted")
    gnome.answer()
    wait_for(lambda: desk.program.capabilities()["shortcut"]["available"], "the keys work")
