"""GNOME's own memory of shortcuts, which counts more than ours at a start without a person.

The real portal has a backend that asks as GNOME's does. `gsettings` is a script here.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.shortcut.base import PAUSE, BindFailure, Consent
from safepause.system.shortcut.gnome import known_shortcuts

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.shortcut.portal_desk import PortalDesk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="GNOME is for Linux")

KNOWS = """[('pause', {'shortcuts': <['<Control><Alt>p']>, 'description': <'x'>})]"""
NOTHING = "@a(sa{sv}) []"
BEFORE = Consent(ask=False, given=frozenset({PAUSE}))
KEYS = "Ctrl+Alt+P"


def gsettings(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None) -> None:
    """Put a `gsettings` on the search path that answers so, or fails."""
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    script = folder / "gsettings"
    ending = "exit 1" if answer is None else f'echo "{answer}"'
    script.write_text(f"#!/bin/sh\n{ending}\n")
    script.chmod(0o700)


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        (KNOWS, {"pause"}),
        (KNOWS.replace("})]", "}), ('name1', {'shortcuts': <@as []>})]"), {"pause", "name1"}),
        (NOTHING, set()),
        (None, None),
    ],
)
def test_gnome_s_settings_are_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    answer: str | None,
    known: set[str] | None,
) -> None:
    """The names are read as gsettings writes them. A failure is no knowledge."""
    gsettings(tmp_path, monkeypatch, answer)
    told: list[frozenset[str] | None] = []
    known_shortcuts(told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [known]


def test_without_gsettings_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Where the program is missing, our own memory has to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    told: list[frozenset[str] | None] = []
    known_shortcuts(told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [None]


@pytest.mark.parametrize("answer", [KNOWS, None], ids=["known", "no answer"])
def test_what_gnome_knows_is_bound_at_a_login(
    desk: PortalDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    """GNOME's memory agrees, or can't be read: the shortcut is bound, without a question."""
    desk.start("gnome", "pause")
    gsettings(tmp_path, monkeypatch, answer)
    shortcuts = desk.shortcuts_with(BEFORE, pause=KEYS)
    desk.qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)))
    assert desk.questions() == 0
    shortcuts.close()


def test_what_the_person_has_removed_meanwhile_is_not_asked_for(
    desk: PortalDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shortcuts that were removed while SafePause didn't run lead to no question at a login."""
    desk.start("gnome")
    gsettings(tmp_path, monkeypatch, NOTHING)
    shortcuts = desk.shortcuts_with(BEFORE, pause=KEYS)
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert desk.questions() == 0
    shortcuts.close()


def test_a_person_who_comes_before_the_answer_is_asked(
    desk: PortalDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wish of a person doesn't wait for GNOME's memory, and is asked for once."""
    desk.start("gnome")
    gsettings(tmp_path, monkeypatch, NOTHING)
    shortcuts = desk.shortcuts_with(BEFORE, pause=KEYS)
    shortcuts.bind({PAUSE: "Ctrl+Alt+O"})
    desk.qtbot.waitUntil(lambda: desk.questions() == 1)
    desk.say("answer")
    desk.qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)))
    assert desk.questions() == 0
    shortcuts.close()


def test_a_desktop_that_stumbles_at_a_login_is_no_refusal(
    desk: PortalDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a person, a response with 2 is nobody's "no". The next window asks again."""
    desk.start("gnome")
    gsettings(tmp_path, monkeypatch, None)
    shortcuts = desk.shortcuts_with(BEFORE, pause=KEYS)
    desk.qtbot.waitUntil(lambda: desk.questions() == 1)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    desk.say("cancel")
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert desk.answers == []
    shortcuts.close()
