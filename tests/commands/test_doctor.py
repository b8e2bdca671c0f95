"""Facts about `doctor`: what works here and why, where the log is; honest where nobody can know."""

from __future__ import annotations

import pytest

from safepause.commands import OfflineHost, text_output
from safepause.core.capability import Capability, CapabilityKey, LogTail
from safepause.core.ports import StoreNotice, Trouble
from tests.commands.command_rig import FakeAutostart, Rig


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
    """A script reads keys that no translation changes, and whether a thing is known at all."""
    assert rig.document("doctor")["capabilities"][0] == {
        "key": "tray",
        "available": True,
        "known": True,
        "why": "It stands.",
        "advice": "",
    }


def test_doctor_shows_where_the_log_is(rig: Rig) -> None:
    """The path comes first, then the last lines; a script has them apart."""
    assert rig.run("doctor", "--log").out == "/data/safepause.log\none\ntwo\n"
    document = rig.document("doctor", "--log")
    assert document == {"path": "/data/safepause.log", "lines": ["one", "two"]}


def no_app(notice: StoreNotice | None, *found: Capability) -> OfflineHost:
    """Return what stands in for the app."""
    tail = LogTail("/data/safepause.log", ())
    return OfflineHost(notice, "/data", FakeAutostart(), tail, found)


def test_without_an_app_doctor_admits_what_it_cannot_know() -> None:
    """No app: data, autostart and what else was found is told; of the rest, that it isn't known."""
    hooks = Capability(CapabilityKey.HOOKS, available=True, why="You have set none.")
    found = {one.key.value: one for one in no_app(None, hooks).capabilities()}
    assert list(found) == [key.value for key in CapabilityKey]
    assert {key for key, one in found.items() if one.known} == {"autostart", "data", "hooks"}
    assert not found["tray"].available
    assert found["data"].available
    notice = StoreNotice(Trouble.NEWER, "/data/file", "version 9", "")
    told = {one.key.value: one for one in no_app(notice).capabilities()}
    assert not told["data"].available
    table = text_output.doctor(told.values()).splitlines()
    assert table[0].startswith("Tray icon                not known      SafePause isn't running.")
    assert no_app(None).log_tail().path == "/data/safepause.log"


def test_without_an_app_nothing_pretends_to_be_shown() -> None:
    """A window asked of nobody is an error of ours, not a silent success."""
    nobody = no_app(None)
    for ask in (nobody.show, nobody.breathe):
        with pytest.raises(LookupError):
            ask()
