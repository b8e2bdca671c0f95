"""The settings of the shortcut on the command line."""

from __future__ import annotations

import pytest

from safepause.commands import Exit
from tests.commands.command_rig import Rig


@pytest.fixture
def rig() -> Rig:
    """Return an idle rig."""
    return Rig()


def test_keys_are_written_one_way(rig: Rig) -> None:
    """Keys are kept in one form, however they are typed; an empty text means no keys."""
    said = rig.run("settings", "set", "shortcut1", "super + f9").out
    assert said == "Keys for one of you is now: Meta+F9\n"
    assert rig.run("settings", "get", "shortcut1").out == "Meta+F9\n"
    assert rig.run("settings", "set", "shortcut1", "").out.endswith("is now: -\n")
    assert "keys such as Ctrl+Alt+P, or nothing" in rig.run("settings").out


@pytest.mark.parametrize("keys", ["p", "shift+p", "ctrl", "ctrl+banana", "ctrl+c"])
def test_impossible_keys_are_wrong_arguments(rig: Rig, keys: str) -> None:
    """Keys that can't call a pause are a wrong argument, and nothing is set."""
    reply = rig.run("settings", "set", "shortcut", keys)
    assert reply.code == Exit.WRONG_ARGUMENTS
    assert keys in reply.err
    assert rig.service.settings.text("shortcut") == "Ctrl+Alt+P"


def test_keys_in_use_are_refused(rig: Rig) -> None:
    """Keys of another setting are refused."""
    reply = rig.run("settings", "set", "shortcut2", "alt+ctrl+p")
    assert reply.code == Exit.REFUSED
    assert reply.err == "'Ctrl+Alt+P' calls a pause already. Please choose other keys.\n"
