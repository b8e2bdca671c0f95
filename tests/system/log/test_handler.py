"""The log has facts, no words of people, nothing of an undone pause; only its owner reads it."""

from __future__ import annotations

import logging
import os
import stat
from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import LogTail
from safepause.core.ports import NotKept
from safepause.system.log import handler
from safepause.system.log.handler import LogFile, logging_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger("safepause.test")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the log is to be."""
    return tmp_path / "safepause.log"


@pytest.fixture
def file(path: Path) -> Iterator[LogFile]:
    """Log to it."""
    with logging_to(str(path)) as made:
        yield made


def lines(path: Path) -> list[str]:
    """Return what was logged, without times."""
    said = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.partition(" ")[2] for line in said]


def test_lines_wait_for_the_start_to_be_over(file: LogFile, path: Path) -> None:
    """No file is opened before `begin`; then all that was logged is in it, in order."""
    log.info("one")
    assert not path.exists()
    file.begin()
    log.info("two")
    assert lines(path) == ["INFO test_handler: one", "INFO test_handler: two"]


def test_times_are_in_utc(path: Path) -> None:
    """A line starts with its instant, as `status --json` writes instants."""
    with logging_to(str(path)) as file:
        record = log.makeRecord("safepause", logging.INFO, "place.py", 1, "due", (), None)
        record.created = 1773175200
        file.handle(record)
    assert path.read_text() == "2026-03-10T20:40:00Z INFO place: due\n"


def test_a_program_that_ends_early_logs_all_the_same(path: Path) -> None:
    """What was logged before the start was over is written at the end."""
    with logging_to(str(path)):
        log.info("one")
    assert lines(path) == ["INFO test_handler: one"]
    assert not logging.getLogger("safepause").isEnabledFor(logging.INFO)


def test_what_is_dropped_never_reaches_the_disk(file: LogFile, path: Path) -> None:
    """What is logged while a pause can be undone is forgotten with it, and nothing else is."""
    file.begin()
    log.info("before")
    file.hold()
    log.info("paused")
    file.flush()
    assert lines(path) == ["INFO test_handler: before"]
    file.drop()
    log.info("after")
    file.drop()
    assert lines(path) == ["INFO test_handler: before", "INFO test_handler: after"]


def test_what_was_held_is_kept_in_order(file: LogFile, path: Path) -> None:
    """Once a pause can't be undone, what was held is written before what comes next."""
    file.hold()
    log.info("paused")
    file.hold()
    file.begin()
    assert file.holding
    assert lines(path) == []
    file.keep()
    log.info("due")
    assert lines(path) == ["INFO test_handler: paused", "INFO test_handler: due"]


def test_what_waits_before_the_start_is_held_apart(file: LogFile, path: Path) -> None:
    """A pause called before the start is over, and undone, takes no earlier line with it."""
    log.info("started")
    file.hold()
    log.info("paused")
    file.keep()
    file.hold()
    log.info("again")
    file.drop()
    file.begin()
    assert lines(path) == ["INFO test_handler: started", "INFO test_handler: paused"]


def test_the_end_writes_nothing_that_is_held(path: Path) -> None:
    """A pause that can be undone still when the program ends is not in the log."""
    with logging_to(str(path)) as file:
        log.info("started")
        file.hold()
        log.info("paused")
    assert lines(path) == ["INFO test_handler: started"]


def test_an_exception_is_told_without_its_message(
    file: LogFile, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Kind and place are logged; the message, which may quote a person, is on the terminal only."""
    del caplog
    file.begin()
    for error in (ValueError("Alex said so"), FileNotFoundError(2, "No such file", "Alex.txt")):
        try:
            raise error
        except (ValueError, OSError):
            log.exception("it broke")
    written = path.read_text(encoding="utf-8")
    assert "Alex" not in written
    assert "log/test_handler.py:" in written
    assert "  ValueError\n" in written
    assert "FileNotFoundError: No such file\n" in written
    assert os.fspath(path.parent) not in written


def test_only_the_owner_may_read_it(path: Path) -> None:
    """The file has mode 0600 under any umask, and one that was wider is narrowed."""
    path.touch(0o644)
    before = os.umask(0)
    try:
        with logging_to(str(path)) as file:
            file.begin()
            log.info("one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_in_its_place_is_not_followed(tmp_path: Path, path: Path) -> None:
    """Nothing is written through a link that somebody has put there, and that is said."""
    (tmp_path / "elsewhere").touch()
    path.symlink_to(tmp_path / "elsewhere")
    with logging_to(str(path)) as file:
        file.begin()
        log.info("one")
        assert not file.capability().available
    assert (tmp_path / "elsewhere").read_text() == ""


def test_it_stays_small(file: LogFile, tmp_path: Path) -> None:
    """However much is logged, there are two files of 256 KB at most, both private."""
    file.begin()
    for number in range(3000):
        log.info("%d %s", number, "x" * 300)
    found = sorted(tmp_path.iterdir())
    assert [one.name for one in found] == ["safepause.log", "safepause.log.1"]
    assert all(one.stat().st_size <= handler.MOST_BYTES for one in found)
    assert {stat.S_IMODE(one.stat().st_mode) for one in found} == {0o600}


def test_forgetting_empties_it_while_it_is_written(
    file: LogFile, path: Path, tmp_path: Path
) -> None:
    """After `clear` no line is left, not even one that waited, and the log goes on."""
    file.begin()
    log.info("one")
    (tmp_path / "safepause.log.1").write_text("older")
    file.hold()
    log.info("paused")
    file.clear()
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == ""
    file.keep()
    log.info("two")
    assert lines(path) == ["INFO test_handler: two"]
    file.clear()
    assert path.read_text() == ""


def test_forgetting_needs_no_log(path: Path) -> None:
    """Where there is none, there is nothing to empty, and none is made."""
    handler.clear(str(path))
    assert not path.exists()


def test_what_cannot_be_emptied_is_said(path: Path) -> None:
    """A directory in its place is told with the system's word."""
    path.mkdir()
    with pytest.raises(NotKept, match="directory"):
        handler.clear(str(path))


def test_the_end_of_it_can_be_read(path: Path) -> None:
    """The last lines are given, however long it is; nothing of one that isn't there."""
    assert handler.tail(str(path)) == LogTail(str(path), ())
    path.write_text("".join(f"line {number}\n" for number in range(5000)))
    assert handler.tail(str(path), 2).lines == ("line 4998", "line 4999")


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a file there is standard error alone, and `doctor` says why."""
    del caplog
    path = str(tmp_path / "nowhere" / "safepause.log")
    with logging_to(path) as file:
        assert file.capability().available
        file.begin()
        log.warning("one")
        log.warning("two")
        told = file.capability()
    assert capsys.readouterr().err == "one\ntwo\n"
    assert (told.key.value, told.available) == ("log", False)
    assert "No such file or directory" in told.why


def test_a_full_disk_is_no_complaint(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that can't be written is done without, silently, and so at the end."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with logging_to(str(path)) as file:
            file.begin()
            log.info("one")
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, limits[1]))
            log.info("two")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert lines(path) == ["INFO test_handler: one"]
    assert capsys.readouterr().err == ""


def test_it_is_known_without_writing_whether_one_can(tmp_path: Path, path: Path) -> None:
    """While no app runs, the folder's own word is enough."""
    assert handler.capability(str(path)).available
    assert str(path) in handler.capability(str(path)).why
    assert not handler.capability(str(tmp_path / "nowhere" / "file")).available
    assert not path.exists()
