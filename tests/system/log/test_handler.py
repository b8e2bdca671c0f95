"""The log has no words of people and nothing of an undone pause, and only its owner reads it."""

from __future__ import annotations

import logging
import os
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from safepause.system.log import handler
from safepause.system.log.handler import LogFile, logging_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger("safepause.test")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the log."""
    return tmp_path / "safepause.log"


@pytest.fixture
def file(path: Path) -> Iterator[LogFile]:
    """Log to this path."""
    with logging_to(str(path)) as made:
        yield made


def lines(path: Path) -> list[str]:
    """Return the lines of the log, without times."""
    said = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.partition(" ")[2] for line in said]


def test_lines_wait_for_the_start_to_be_over(file: LogFile, path: Path) -> None:
    """There is no file before `begin`. After it the file has every line, in order."""
    log.info("one")
    assert not path.exists()
    file.begin()
    log.info("two")
    assert lines(path) == ["INFO test_handler: one", "INFO test_handler: two"]


def test_times_are_in_utc(path: Path) -> None:
    """A line starts with its time in UTC, in the form that `status --json` has."""
    with logging_to(str(path)) as file:
        record = log.makeRecord("safepause", logging.INFO, "place.py", 1, "due", (), None)
        record.created = 1773175200
        file.handle(record)
    assert path.read_text() == "2026-03-10T20:40:00Z INFO place: due\n"


def test_a_program_that_ends_early_logs_all_the_same(path: Path) -> None:
    """A program that ends before `begin` writes its lines at its end."""
    with logging_to(str(path)):
        log.info("one")
    assert lines(path) == ["INFO test_handler: one"]
    assert not logging.getLogger("safepause").isEnabledFor(logging.INFO)


def test_dropped_lines_are_never_written(file: LogFile, path: Path) -> None:
    """`drop` deletes the lines since `hold`, and no others."""
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


def test_held_lines_are_written_in_order(file: LogFile, path: Path) -> None:
    """`keep` writes the lines since `hold`, before the next line."""
    file.hold()
    log.info("paused")
    file.hold()
    file.begin()
    assert lines(path) == []
    file.keep()
    log.info("due")
    assert lines(path) == ["INFO test_handler: paused", "INFO test_handler: due"]


def test_lines_before_a_hold_are_not_dropped(file: LogFile, path: Path) -> None:
    """A pause that is called and undone before `begin` deletes no earlier line."""
    log.info("started")
    file.hold()
    log.info("paused")
    file.keep()
    file.hold()
    log.info("again")
    file.drop()
    file.begin()
    assert lines(path) == ["INFO test_handler: started", "INFO test_handler: paused"]


def test_held_lines_are_not_written_at_the_end(path: Path) -> None:
    """If the program ends while a pause can be undone, the pause is not in the log."""
    with logging_to(str(path)) as file:
        log.info("started")
        file.hold()
        log.info("paused")
    assert lines(path) == ["INFO test_handler: started"]


def test_an_exception_is_logged_without_its_message(
    file: LogFile, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Kind, place and the system's message are logged. A message that may quote a person is not."""
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
    """The file has mode 0600 whatever the umask is and whatever mode it had before."""
    path.touch(0o644)
    before = os.umask(0)
    try:
        with logging_to(str(path)) as file:
            file.begin()
            log.info("one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_is_not_followed(tmp_path: Path, path: Path) -> None:
    """Nothing is written through a link, and the capability says that there is no log."""
    (tmp_path / "elsewhere").touch()
    path.symlink_to(tmp_path / "elsewhere")
    with logging_to(str(path)) as file:
        file.begin()
        log.info("one")
        assert not file.capability().available
    assert (tmp_path / "elsewhere").read_text() == ""


@pytest.mark.parametrize("how", ["deleted", "replaced", "folder"])
def test_a_log_that_is_taken_away_is_begun_again(tmp_path: Path, how: str) -> None:
    """The next line is in a new private file at the path. A file that was put there goes on."""
    path = tmp_path / "data" / "safepause.log"
    path.parent.mkdir()
    with logging_to(str(path)) as file:
        file.begin()
        log.info("one")
        if how == "folder":
            shutil.rmtree(path.parent)
            log.info("lost")
            assert "No such file" in file.capability().why
            path.parent.mkdir()
        else:
            path.unlink()
        if how == "replaced":
            path.write_text("2026-01-01T00:00:00Z theirs\n")
        log.info("two")
        assert file.capability().available
    assert lines(path) == [*(["theirs"] if how == "replaced" else []), "INFO test_handler: two"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_log_is_written_in_a_shared_folder(tmp_path: Path) -> None:
    """In a folder such as /tmp there is no log, and the capability says why."""
    tmp_path.chmod(0o1777)
    with logging_to(str(tmp_path / "safepause.log")) as file:
        file.begin()
        log.info("one")
        assert "Permission denied" in file.capability().why
    assert list(tmp_path.iterdir()) == []


def test_it_stays_small(file: LogFile, tmp_path: Path) -> None:
    """There are never more than two files of 256 KB, and both are private."""
    file.begin()
    for number in range(3000):
        log.info("%d %s", number, "x" * 300)
    found = sorted(tmp_path.iterdir())
    assert [one.name for one in found] == ["safepause.log", "safepause.log.1"]
    assert all(one.stat().st_size <= handler.MOST_BYTES for one in found)
    assert {stat.S_IMODE(one.stat().st_mode) for one in found} == {0o600}


def test_a_rotation_that_fails_continues_the_file(file: LogFile, path: Path) -> None:
    """If the older file can't be replaced, the next line is in the log all the same."""
    path.with_suffix(".log.1").mkdir()
    file.begin()
    for number in range(3):
        log.info("%d %s", number, "x" * (handler.MOST_BYTES // 2))
    assert [line.split()[2] for line in lines(path)] == ["0", "1", "2"]


def test_clearing_empties_a_log_in_use(file: LogFile, path: Path, tmp_path: Path) -> None:
    """`clear` deletes written lines, waiting lines and the older file. New lines are logged."""
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


def test_a_file_that_cannot_be_opened_is_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Warnings still go to standard error, and the capability has the system's reason."""
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


def test_a_full_disk_is_silent(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that can't be written is lost, and nothing is written to standard error."""
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
