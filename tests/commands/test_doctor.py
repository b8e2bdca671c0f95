"""The command `doctor`: what works on this computer and why, and where the log is."""

from __future__ import annotations

import pytest

from tests.commands.command_rig import Rig


@pytest.fixture
def rig() -> Rig:
    """Return an idle rig."""
    return Rig()


def test_doctor_says_what_works_and_what_to_do(rig: Rig) -> None:
    """Each capability has its state and reason, and advice where something is missing."""
    assert rig.run("doctor").out.splitlines() == [
        "Tray icon      ok             It stands.",
        "Locked screen  not available  No locker.",
        "                              Start one.",
    ]
    assert rig.document("doctor")["capabilities"][1]["advice"] == "Start one."


def test_doctor_names_capabilities_for_scripts(rig: Rig) -> None:
    """The document has the key of each capability, and whether its state is known."""
    assert rig.document("doctor")["capabilities"][0] == {
        "key": "tray",
        "available": True,
        "known": True,
        "why": "It stands.",
        "advice": "",
    }


def test_doctor_shows_where_the_log_is(rig: Rig) -> None:
    """The path comes first, then the last lines; the document has them apart."""
    assert rig.run("doctor", "--log").out == "/data/safepause.log\none\ntwo\n"
    document = rig.document("doctor", "--log")
    assert document == {"path": "/data/safepause.log", "lines": ["one", "two"]}
