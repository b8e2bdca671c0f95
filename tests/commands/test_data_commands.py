"""The commands about saved data: history, export, forget and settings."""

from __future__ import annotations

import json

import pytest

from safepause.commands import Exit
from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from tests.commands.command_rig import Rig


@pytest.fixture
def rig() -> Rig:
    """Return an idle rig."""
    return Rig()


def test_history_is_a_table_of_outcomes(rig: Rig) -> None:
    """Each past pause has a line with its time and its ending, and no name."""
    assert rig.run("history").out == "No past pauses.\n"
    rig.run("pause", "--by", "Alex")
    rig.clock.move(minutes=31)
    rig.run("return")
    assert rig.run("history").out.splitlines() == [
        "Paused            How it ended",
        "2026-03-10 20:10  came back on time",
    ]
    (outcome,) = rig.document("history")["outcomes"]
    assert outcome["ending"] == "returned"
    assert outcome["punctuality"] == "on_time"
    assert "Alex" not in str(outcome)


def test_history_says_how_many_can_t_be_read(rig: Rig) -> None:
    """Past pauses that can't be read have a line, or a number, of their own."""
    rig.store.unreadable = 2
    assert rig.run("history").out == "No past pauses.\n2 past pauses can't be read.\n"
    assert rig.document("history") == {"outcomes": [], "unreadable": 2}
    rig.run("export", "ours.json")
    assert json.loads(rig.folder.files["ours.json"])["unreadable"] == 2


def test_an_undo_says_that_a_trace_is_left(rig: Rig) -> None:
    """While another program reads the data, an undo does not claim that no trace is left."""
    rig.run("pause")
    rig.store.read_by_another = True
    assert rig.run("undo").out == (
        "Undone. Another program is reading the saved data. A trace is left until that ends.\n"
    )
    rig.store.read_by_another = False
    rig.run("pause")
    assert rig.run("undo").out == "Undone, without a trace.\n"


@pytest.mark.parametrize("command", ["return", "let-go"])
def test_an_end_says_that_a_trace_is_left(rig: Rig, command: str) -> None:
    """Another program may still read who called. The usual words come first."""
    left = "Another program is reading the saved data. A trace is left until that ends.\n"
    said = []
    for read_by_another in (False, True):
        rig.run("pause", "--by", "Alex")
        rig.store.read_by_another = read_by_another
        said.append(rig.run(command).out)
    assert said[1] == f"{said[0].removesuffix(chr(10))} {left}"


def test_a_changed_name_says_that_a_trace_is_left(rig: Rig) -> None:
    """Another program may still read the old name. A first name, and a choice, leave no trace."""
    rig.store.read_by_another = True
    rig.store.clean = False
    left = "Another program is reading the saved data. A trace is left until that ends.\n"
    assert rig.run("settings", "set", "name1", "Alex").out.count("\n") == 1
    assert rig.run("settings", "set", "theme", "dark").out.count("\n") == 1
    assert rig.run("settings", "set", "name1", "Bo").out.endswith(f" Bo\n{left}")


def test_an_export_has_everything_that_is_kept(rig: Rig) -> None:
    """One file has pause and settings; names are in plain letters, and only its owner reads it."""
    rig.run("pause", "--by", "Zoë")
    assert rig.run("export", "/home/ours.json").out == "Written to /home/ours.json.\n"
    ((path, content),) = rig.folder.files.items()
    assert (path, rig.folder.modes) == ("/home/ours.json", {0o600})
    assert "Zoë".encode() in content
    kept = json.loads(content)
    assert kept["pause"]["called_by"] == "Zoë"
    assert kept["settings"]["length"] == 30
    assert rig.document("export", "/home/two.json") == {"file": "/home/two.json"}


def test_an_export_replaces_a_file_only_when_told(rig: Rig) -> None:
    """A file that exists stays, unless --force is given."""
    rig.folder.files["ours.json"] = b"mine"
    reply = rig.run("export", "ours.json")
    assert reply.code == Exit.REFUSED
    assert "--force" in reply.err
    assert rig.folder.files["ours.json"] == b"mine"
    assert rig.run("export", "--force", "ours.json").code == Exit.DONE
    assert rig.folder.files["ours.json"] != b"mine"


def test_an_export_that_cannot_be_written_is_refused(rig: Rig) -> None:
    """The sentence has the file and the system's message."""
    rig.folder.broken = FileNotFoundError(2, "No such file or directory")
    reply = rig.run("export", "nowhere/ours.json")
    assert (reply.code, reply.out) == (Exit.REFUSED, "")
    assert reply.err == "'nowhere/ours.json' can't be written. (No such file or directory)\n"


def test_an_export_goes_to_standard_output(rig: Rig) -> None:
    """A dash for the file writes no file."""
    assert json.loads(rig.run("export", "-").out)["pause"] is None


def test_forgetting_needs_a_yes(rig: Rig) -> None:
    """Everything is deleted only if the command has --yes and the store can write."""
    rig.run("pause")
    assert rig.run("forget", "--all").code == Exit.REFUSED
    rig.store.full = True
    assert (
        rig.run("forget", "--all", "--yes").err
        == "Nothing was deleted. Please try again. (database or disk is full)\n"
    )
    rig.store.full = False
    assert rig.run("forget", "--all", "--yes").out == "Everything is deleted.\n"
    assert rig.service.pause is None


def test_a_log_that_can_t_be_deleted_is_named(rig: Rig) -> None:
    """The sentence says what is deleted and what is not. Scripts get their own reason."""

    def read_only() -> None:
        raise NotKept("read-only")

    rig.service.on_forget(CapabilityKey.LOG, read_only)
    said = rig.run("forget", "--all", "--yes")
    assert said.code == Exit.REFUSED
    assert said.err == (
        "Please try again, or delete the rest yourself. (read-only) "
        "Everything is deleted, except this: Log\n"
    )
    error = json.loads(rig.run("forget", "--all", "--yes", "--json").out)["error"]
    assert error["reason"] == "not_all_forgotten"


def test_settings_are_listed_read_and_set(rig: Rig) -> None:
    """Every setting has a row with its bounds; a set value is read back."""
    listed = rig.run("settings").out
    assert "length                  30" in listed
    assert "20 to 1440 minutes" in listed
    assert rig.run("settings", "set", "length", "45").out == "Length of a pause is now: 45\n"
    assert rig.run("settings", "get", "length").out == "45\n"
    assert rig.document("settings", "get", "length") == {"key": "length", "value": 45}
    first = rig.document("settings", "list")["settings"][0]
    assert (first["key"], first["most"]) == ("name1", 60)
    rig.store.full = True
    assert rig.run("settings", "set", "length", "50").code == Exit.REFUSED


def test_the_bounds_are_true(rig: Rig) -> None:
    """Each kind of setting says what it may be."""
    listed = {line.split()[0]: line for line in rig.run("settings").out.splitlines()}
    assert listed["technique"].endswith("notice, own:NAME")
    assert listed["patterns"].endswith("patterns such as Evening: 4/0/6/0 | Walk: 3/1/5/0")
    assert listed["ideas"].endswith("ideas such as Tea | A walk")
    assert listed["greeting_at"].endswith("a time such as 07:30, or nothing")
    assert listed["sign"].endswith("text, 80 characters at most")
    assert listed["volume"].endswith("5 to 100 percent")


def test_own_patterns_are_set_and_used(rig: Rig) -> None:
    """An own pattern is added, chosen, and stays in the list while it is in use."""
    patterns = "Evening: 4/0/6/0 | Walk: 3.5/1/5/0.5"
    said = rig.run("settings", "set", "patterns", patterns).out
    assert said == f"Your own patterns is now: {patterns}\n"
    assert rig.run("settings", "get", "patterns").out == f"{patterns}\n"
    said = rig.run("settings", "set", "technique", "own:Walk").out
    assert said == "Breathing is now: own:Walk\n"
    refused = rig.run("settings", "set", "patterns", "Evening: 4/0/6/0")
    assert refused.code == Exit.REFUSED
    assert refused.err == "'Walk' is in use. Please choose another breathing first.\n"
    refused = rig.run("settings", "set", "technique", "own:Bus")
    assert (refused.code, refused.err) == (Exit.REFUSED, "There is no pattern called 'Bus'.\n")
    assert rig.document("export", "-")["settings"]["patterns"] == patterns.replace(" | ", "\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Evening", "'Evening' is no pattern. Such as: Evening: 4/0/6/0."),
        ("4/0/6/0", "A pattern needs a name."),
        ("x" * 31 + ": 4/0/6/0", "A pattern's name has 30 letters at most."),
        ("a\u0007: 4/0/6/0", "A pattern's name can't hold | or control characters."),
        ("A: 4/0/6/0 | a: 4/0/6/0", "Another pattern has this name already."),
        ("|".join(f"{n}: 4/0/6/0" for n in range(11)), "The list has 10 patterns at most."),
        ("A: 4/0/16/0", "Each part has 15 seconds at most."),
        ("A: 1/0/6/0", "In and out need 2 seconds at least."),
        ("A: 2/0/2/0", "That is too fast. A breath needs 5 seconds."),
        ("A: 6/6/6/6", "That is too slow. A breath has 20 seconds at most."),
    ],
)
def test_own_patterns_out_of_bounds_are_refused(rig: Rig, text: str, said: str) -> None:
    """A pattern out of bounds is a wrong argument, with a plain sentence. Nothing is set."""
    refused = rig.run("settings", "set", "patterns", text)
    assert refused.code == Exit.WRONG_ARGUMENTS
    assert said in refused.err
    assert not rig.store.values


def test_starting_with_the_computer_is_asked_of_the_computer(rig: Rig) -> None:
    """`settings` shows and changes the desktop's own record; the store keeps no copy."""
    assert rig.run("settings", "get", "autostart").out == "no\n"
    assert rig.run("settings", "set", "autostart", "yes").out.endswith("is now: yes\n")
    assert rig.host.autostart.on
    assert rig.document("settings", "get", "autostart") == {"key": "autostart", "value": True}
    rig.host.autostart.on = False  # elsewhere, in the desktop's own settings
    assert rig.run("settings", "get", "autostart").out == "no\n"
    listed = {one["key"]: one["value"] for one in rig.document("settings")["settings"]}
    assert listed["autostart"] is False
    assert "Start with the computer" in rig.run("settings").out
    assert not rig.store.values
    assert "autostart" not in rig.document("export", "-")["settings"]


def test_a_computer_that_decides_later_or_not_is_believed(rig: Rig) -> None:
    """The answer has what the record says then, and why the record can't be changed."""
    rig.host.autostart.asks = True
    said = rig.run("settings", "set", "autostart", "yes")
    assert (said.code, "asked" in said.out) == (Exit.DONE, True)
    assert rig.document("settings", "set", "autostart", "yes")["value"] is False
    rig.host.autostart.refuses = True
    refused = rig.run("settings", "set", "autostart", "no")
    assert refused.code == Exit.REFUSED
    assert "read-only" in refused.err
    assert rig.run("settings", "set", "autostart", "maybe").code == Exit.WRONG_ARGUMENTS
