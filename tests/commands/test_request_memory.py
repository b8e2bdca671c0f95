"""A request is carried out once, however often it arrives, and leaves nothing that can be read."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from safepause.commands import Exit, request_memory
from safepause.commands.request_memory import BLOCK, KEY_BYTES
from safepause.core.agreement import NAME_LENGTH
from safepause.core.ports import MOST_REMEMBERED
from safepause.system.ipc.protocol import new_request_id
from tests.commands.command_rig import Rig

if TYPE_CHECKING:
    from safepause.commands import Reply

ONE, OTHER = "0" * 31 + "1", "f" * 32


def test_what_is_kept_is_the_same_with_each_python() -> None:
    """The function is SHAKE-256 (FIPS 202), wherever it comes from."""
    made = request_memory.shake_256(b"key")  # type: ignore[attr-defined]
    assert made.digest(KEY_BYTES) == hashlib.shake_256(b"key").digest(KEY_BYTES)


@pytest.mark.skipif(find_spec("_sha3") is None, reason="this Python has the function in hashlib")
def test_the_commands_load_no_openssl() -> None:
    """It would take 4 MB of the memory of the running program."""
    told = "import sys, safepause.commands; print('hashlib' in sys.modules)"
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "False\n"


@pytest.fixture
def rig() -> Rig:
    """Return an idle rig."""
    return Rig()


def twice(rig: Rig, *argv: str, restart: bool = True) -> Reply:
    """Carry a request out, let it arrive again after a restart, and return the one answer."""
    first = rig.run(*argv, request_id=ONE)
    if restart:
        rig.restart()
    rig.clock.move(seconds=2)
    assert rig.run(*argv, request_id=ONE) == first
    return first


@pytest.mark.parametrize("restart", [False, True])
def test_an_extension_that_arrives_twice_counts_once(rig: Rig, *, restart: bool) -> None:
    """The second arrival gets the first answer, with and without a restart."""
    rig.run("pause")
    twice(rig, "extend", "--minutes", "10", "--json", restart=restart)
    assert rig.service.pause is not None
    assert rig.service.pause.extensions == 1
    assert rig.run("extend", "--minutes", "10", request_id=OTHER).code == Exit.DONE
    assert rig.service.pause.extensions == 2


@pytest.mark.parametrize("end", ["return", "let-go", "undo"])
def test_an_end_that_arrives_twice_is_not_refused(rig: Rig, end: str) -> None:
    """The answer is not "no pause right now", and a pause that was called meanwhile stands."""
    rig.run("pause")
    first = rig.run(end, request_id=ONE)
    rig.restart()
    rig.run("pause")
    assert rig.run(end, request_id=ONE) == first
    assert first.code == Exit.DONE
    assert rig.service.pause is not None


def test_a_call_that_arrives_again_after_its_end_calls_nothing(rig: Rig) -> None:
    """A first call and a call for a standing pause both get their first answers later."""
    rig.run("pause", request_id=ONE)
    standing = rig.run("pause", request_id=OTHER)
    rig.run("return")
    rig.restart()
    rig.run("pause", request_id=ONE)
    assert rig.run("pause", request_id=OTHER) == standing
    assert rig.service.pause is None


def test_a_refusal_that_arrives_twice_stays_a_refusal(rig: Rig) -> None:
    """A pause that was called after the refusal does not end."""
    refusal = rig.run("return", request_id=ONE)
    rig.run("pause")
    rig.restart()
    assert rig.run("return", request_id=ONE) == refusal
    assert refusal.code == Exit.REFUSED
    assert rig.service.pause is not None


def test_a_setting_that_arrives_twice_undoes_no_later_one(rig: Rig) -> None:
    """The later value stays."""
    first = rig.run("settings", "set", "length", "45", request_id=ONE)
    rig.run("settings", "set", "length", "50")
    rig.restart()
    assert rig.run("settings", "set", "length", "45", request_id=ONE) == first
    assert rig.service.settings.number("length") == 50


def test_an_export_that_arrives_twice_finds_no_file_in_its_way(rig: Rig) -> None:
    """The second arrival is not told that there is a file of that name."""
    assert twice(rig, "export", "/all.json", restart=False).code == Exit.DONE


@pytest.mark.parametrize("restart", [False, True])
def test_deleting_that_arrives_twice_deletes_nothing_new(rig: Rig, *, restart: bool) -> None:
    """The second arrival gets the first answer, and a pause that was called afterwards stands."""
    first = rig.run("forget", "--all", "--yes", request_id=ONE)
    if restart:
        rig.restart()
    rig.run("pause")
    assert rig.run("forget", "--all", "--yes", request_id=ONE) == first
    assert rig.service.pause is not None


@pytest.mark.parametrize("restart", [False, True])
def test_a_call_that_arrives_again_after_forgetting_calls_nothing(
    rig: Rig, *, restart: bool
) -> None:
    """The request is known without its answer. A new request is carried out."""
    rig.run("pause", "--by", "Alexandra", request_id=ONE)
    rig.run("forget", "--all", "--yes", request_id=OTHER)
    if restart:
        rig.restart()
    again = rig.run("pause", "--by", "Alexandra", "--json", request_id=ONE)
    assert again.code == Exit.REFUSED
    assert json.loads(again.out)["error"]["reason"] == "got_before"
    assert rig.service.pause is None
    assert rig.run("pause", request_id=new_request_id()).code == Exit.DONE


def test_without_a_disk_a_forgotten_request_is_known_in_this_run(rig: Rig) -> None:
    """A call that could not be saved is not carried out again after forgetting either."""
    rig.store.full = True
    rig.run("pause", request_id=ONE)
    rig.store.full = False
    rig.run("forget", "--all", "--yes")
    assert rig.run("pause", request_id=ONE).code == Exit.REFUSED
    assert rig.service.pause is None


@pytest.mark.parametrize("as_document", [["--json"], []])
def test_the_size_of_what_is_kept_tells_nothing(rig: Rig, as_document: list[str]) -> None:
    """The longest name, the shortest and none leave the same size, for each command of a pause."""
    sizes = set()
    for name in ("\N{GRINNING FACE}" * NAME_LENGTH, "B", ""):
        for command in (["extend", "--minutes", "10"], ["return"], ["let-go"], ["undo"]):
            by = ["--by", name] if name else []
            rig.run("pause", *by, *as_document, request_id=new_request_id())
            rig.run(*command, *as_document, request_id=new_request_id())
            rig.run("let-go")
            sizes |= {len(answer) for answer in rig.store.requests.values()}
    assert len(sizes) == 1


@pytest.mark.parametrize("argv", [["status"], ["history"], ["doctor"], ["settings"]])
def test_a_question_is_not_remembered(rig: Rig, argv: list[str]) -> None:
    """A question writes nothing into the store. The status is always the present one."""
    rig.run(*argv, request_id=ONE)
    assert rig.store.requests == {}
    assert json.loads(rig.run("status", "--json", request_id=ONE).out)["state"] == "idle"
    rig.run("pause")
    assert json.loads(rig.run("status", "--json", request_id=ONE).out)["state"] == "paused"


def test_without_an_id_each_arrival_counts(rig: Rig) -> None:
    """A command line of an older version sends no id."""
    rig.run("pause")
    for _ in range(2):
        assert rig.run("extend", "--minutes", "10").code == Exit.DONE
    assert rig.store.requests == {}


def test_without_a_disk_a_request_counts_once_in_this_run(rig: Rig) -> None:
    """While the store can't write, the run itself remembers. The first answer says "not saved"."""
    rig.store.full = True
    rig.run("pause")
    first = twice(rig, "extend", "--minutes", "10", restart=False)
    assert "saved" in first.out
    assert rig.service.pause is not None
    assert rig.service.pause.extensions == 1


def test_what_is_kept_can_be_read_with_the_id_alone(rig: Rig) -> None:
    """Neither a word, nor a name, nor the id, nor the length of an answer can be read."""
    rig.run("pause", "--by", "Alexandra", "--json", request_id=ONE)
    rig.run("undo", request_id=OTHER)
    kept = b"".join(key + answer for key, answer in rig.store.requests.items())
    for told in ("Alexandra", "paused", "Undone", "called_by"):
        assert told.encode() not in kept
    assert bytes.fromhex(ONE) not in kept
    assert bytes.fromhex(OTHER) not in kept
    assert {len(answer) % BLOCK for answer in rig.store.requests.values()} == {0}


def test_a_run_remembers_the_newest_requests_alone(rig: Rig) -> None:
    """More requests than may be remembered take no more memory."""
    for _ in range(MOST_REMEMBERED + 9):
        rig.run("show", request_id=new_request_id())
    assert len(rig.service._requests) == MOST_REMEMBERED  # noqa: SLF001  -- its size is the point


def test_an_answer_that_breaks_takes_no_command_away(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """If the answer can't be made in the commit, the pause is committed, and the log says so."""

    def broken(*_given: object, **_named: object) -> str:
        raise RuntimeError("oh")

    with monkeypatch.context() as patch:
        patch.setattr("safepause.commands.text_output.called", broken)
        with pytest.raises(RuntimeError):
            rig.run("pause", request_id=ONE)
    assert "a fault in part commands" in caplog.text
    assert rig.store.pause is not None
    assert rig.store.pause.return_at == rig.clock.now() + timedelta(minutes=30)
