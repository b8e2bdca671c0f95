"""Bit flips and odd values: the program starts, the pause stands, and nothing is lost silently."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import Part, Remembered, Trouble
from safepause.i18n import data_words, words
from safepause.store import files, log_frames, open_store
from safepause.store.database import open_for_writing
from safepause.store.migrations import MIGRATIONS
from tests.fakes import EVENING, FakeClock
from tests.store import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepause.core.pause import Outcome, Pause
    from safepause.core.ports import StoreNotice
    from safepause.store import Opened

SEED = 20260310
OUTCOMES = 20
REFERENCE_PAGE = 6
COLUMNS = {
    "pause": (
        *("one", "id", "started_at", "promised_at", "return_at", "called_by", "extensions"),
        *("extensions_allowed", "undo_window"),
    ),
    "reference": ("one", "given", "named", "measured", "boot", "ahead", "moved_back"),
    "outcome": ("id", "started_at", "promised_at", "ended_at", "ending"),
    "setting": ("key", "value"),
    "request": ("number", "key", "answer"),
}
ODD_VALUES = [
    *(
        "NULL",
        "''",
        "'soon'",
        "x''",
        "x'fffe'",
        "zeroblob(16)",
        "zeroblob(100000)",
        "CAST(x'ff' AS TEXT)",
    ),
    *("-1", "0", "1.5", "9e999", "9223372036854775807", "-9223372036854775808"),
    *("253402300799999999", "253370764800000000", "-62135596800000000"),
]
"""Odd values of every type of SQLite; the last ones are instants of the years 9999 and 1."""


class Kept:
    """What a store had before it was damaged."""

    def __init__(self, folder: Path) -> None:
        """Fill a store in the folder, as a program does that is then killed, or that ends."""
        self.folder = folder
        self.pause: Pause = samples.a_pause()
        self.reference = samples.a_reference(self.pause)
        self.outcomes: list[Outcome] = []
        store = open_store(folder, FakeClock()).store
        for number in range(OUTCOMES):
            self.outcomes.insert(0, samples.an_outcome(EVENING + timedelta(hours=number)))
            store.commit(samples.ended(self.outcomes[0]))
        store.set("length", 45)
        store.set("hook_paused", "notify-send hello")
        self.requests = [Remembered(bytes([n]) * 16, bytes([n]) * 2000) for n in range(1, 6)]
        for request in self.requests:
            store.remember(request)
        store.commit(samples.called(self.pause), None, self.reference)
        self.log = (folder / f"{files.NAME}-wal").read_bytes()
        self.crashed = (folder / files.NAME).read_bytes()
        store.close()
        self.content = (folder / files.NAME).read_bytes()

    def opened(self, content: bytes, log: bytes = b"") -> Iterator[Opened]:
        """Open the store with other bytes."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        (self.folder / files.NAME).write_bytes(content)
        if log:
            (self.folder / f"{files.NAME}-wal").write_bytes(log)
        opened = open_store(self.folder, FakeClock())
        with closing(opened.store):
            yield opened


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Yield a store's files, and what is in them. Files in memory are synced at once."""
    with tempfile.TemporaryDirectory(prefix="safepause-test-", dir=samples.MEMORY) as base:
        yield Kept(Path(base) / "data")


def _look(opened: Opened, kept: Kept) -> str:
    """Look at everything as the program does. Return what is missing and was not said."""
    store, notice = opened.store, opened.notice
    if notice is not None:
        assert data_words.store_notice(notice)
    standing, outcomes = store.standing(), list(store.outcomes())
    for outcome in outcomes:
        words.date(outcome.ended_at, FakeClock())
    if standing is not None:
        assert words.back_at(standing, FakeClock())
        assert standing.started_at <= standing.return_at <= standing.last_at
    requests = [store.remembered(each.key) == each.answer for each in kept.requests]
    lost = {
        Part.PAUSE: standing is None or store.reference() is None,
        Part.OUTCOMES: len(outcomes) + store.unreadable_outcomes() < len(kept.outcomes),
        Part.SETTINGS: store.settings().number("length") == 30,
        Part.REQUESTS: not all(requests),
    }
    for part, is_lost in lost.items():
        if is_lost and not _tells(notice, part):
            return part.value
    if notice is not None and notice.trouble in {Trouble.UNREADABLE, Trouble.DAMAGED}:
        store.commit(samples.called(kept.pause))
        _has_no_name(notice.moved_to, may_name=notice.may_name)
    return ""


def _tells(notice: StoreNotice | None, part: Part) -> bool:
    """Tell whether a notice says that a part is lost: by its name, or with all else."""
    return notice is not None and (part in notice.damaged or not notice.damaged)


def _has_no_name(moved_to: str, *, may_name: bool) -> None:
    if moved_to and not may_name:
        assert samples.CALLER.encode() not in Path(moved_to).read_bytes()


def _flips(count: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield positions of bits. They are the same in each run of the test."""
    chance = random.Random(SEED)  # noqa: S311  -- no secret
    for _ in range(count):
        yield chance.randrange(size), chance.randrange(8)


@pytest.mark.parametrize("part", range(3))
def test_no_bit_flip_loses_something_silently(kept: Kept, part: int) -> None:
    """After each of 600 bit flips the store opens, works, and says what it has lost."""
    used = [at for at, byte in enumerate(kept.content) if byte]
    for place, bit in list(_flips(600, len(used)))[part::3]:
        content = bytearray(kept.content)
        content[used[place]] ^= 1 << bit
        for opened in kept.opened(bytes(content)):
            assert _look(opened, kept) == "", (used[place], bit)


def test_the_pause_outlives_damage_elsewhere(kept: Kept) -> None:
    """Damage to any other page, and to any text or number of the first one, costs no pause.

    What the pause is measured by outlives it, too, unless its own page is damaged.

    The program can't tell a damaged version number from that of a newer SafePause. It leaves such a
    file as it is.
    """
    pause_page = range(files.PAGE_BYTES, 2 * files.PAGE_BYTES)
    used = [at for at, byte in enumerate(kept.content) if byte and at not in pause_page]
    gone = []
    for place, bit in _flips(200, len(used)):
        content = bytearray(kept.content)
        content[used[place]] ^= 1 << bit
        for opened in kept.opened(bytes(content)):
            newer = opened.notice is not None and opened.notice.trouble is Trouble.NEWER
            pause, reference = opened.store.standing(), opened.store.reference()
            measured = (
                used[place] // files.PAGE_BYTES == REFERENCE_PAGE or reference == kept.reference
            )
            if (pause != kept.pause or not measured) and not newer:
                gone.append((used[place], bit, opened.notice))
    assert gone == []


def test_no_flip_in_the_log_of_a_crash_loses_something_silently(kept: Kept) -> None:
    """The log that a killed program left may be damaged as well. It has the pause and requests."""
    for place, bit in _flips(200, len(kept.log)):
        log = bytearray(kept.log)
        log[place] ^= 1 << bit
        for opened in kept.opened(kept.crashed, bytes(log)):
            assert _look(opened, kept) == "", (place, bit)


@pytest.mark.parametrize("at", [0, 15, 68, 71])
def test_a_damaged_mark_in_the_first_bytes_is_said(kept: Kept, at: int) -> None:
    """SQLite's mark and ours are known by the tables. Nothing is lost."""
    content = bytearray(kept.content)
    content[at] ^= 1
    for opened in kept.opened(bytes(content)):
        assert opened.notice is not None
        assert opened.notice.trouble is Trouble.DAMAGED
        assert opened.store.standing() == kept.pause
        assert _look(opened, kept) == ""


@pytest.mark.parametrize("at", [0, 8, 16, 20, 24, 32 + 8, 32 + 12, 32 + 16, 32 + 24])
def test_a_log_with_a_damaged_byte_is_said(kept: Kept, at: int) -> None:
    """A byte of the log's header, of a frame's header or of its page costs commits."""
    log = bytearray(kept.log)
    log[at] ^= 1
    for opened in kept.opened(kept.crashed, bytes(log)):
        assert opened.notice is not None
        assert opened.notice.trouble is Trouble.DAMAGED


def test_a_log_that_was_begun_anew_is_whole(kept: Kept) -> None:
    """Frames of an earlier time may follow the newest ones. Nothing is missed."""
    with closing(sqlite3.connect(kept.folder / files.NAME, isolation_level=None)) as other:
        for number in range(9):
            other.execute("INSERT INTO setting VALUES (?, 'x')", (f"name{number}",))
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")
        other.execute("DELETE FROM setting WHERE value = 'x'")
        log = (kept.folder / f"{files.NAME}-wal").read_bytes()
        content = (kept.folder / files.NAME).read_bytes()
    salts = {frame.salt for frame in log_frames.frames(log)}
    assert len(salts) > 1
    for opened in kept.opened(content, log):
        assert opened.notice is None


def test_a_log_that_ends_in_a_commit_that_was_being_written_is_whole(kept: Kept) -> None:
    """What was never said to be kept is not missed: no notice, wherever the log is cut short."""
    for length in range(0, len(kept.log), 1000):
        for opened in kept.opened(kept.crashed, kept.log[:length]):
            assert opened.notice is None


def test_rows_without_end_are_no_end(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged pages that point at each other don't keep the program from starting."""
    monkeypatch.setattr("safepause.store.salvage._MOST_ROWS", 5)
    content = kept.content[: 4 * 4096] + b"\xff" * 4096
    for opened in kept.opened(content):
        assert opened.notice is not None
        assert 0 < len(list(opened.store.outcomes())) <= OUTCOMES


@pytest.mark.parametrize(
    "length", [1, 99, 100, 4095, 4096, 4097, 8191, 8192, 8193, 9000, 12288, 12289, 16385]
)
def test_a_file_that_is_cut_short_is_no_end(kept: Kept, length: int) -> None:
    """A file without its end is said to be damaged. If it has the pause, the pause stands."""
    for opened in kept.opened(kept.content[:length]):
        assert opened.notice is not None
        if length >= 2 * files.PAGE_BYTES:
            assert opened.store.standing() == kept.pause
        assert not opened.notice.may_name
        assert _look(opened, kept) == ""


@pytest.mark.parametrize("page", range(7))
@pytest.mark.parametrize("byte", [0x00, 0xFF, 0x41])
def test_a_page_that_is_written_over_is_no_end(kept: Kept, page: int, byte: int) -> None:
    """A page full of one byte is said to be damaged, and all other pages are read."""
    content = bytearray(kept.content)
    content[page * 4096 : (page + 1) * 4096] = bytes([byte]) * 4096
    for opened in kept.opened(bytes(content)):
        assert opened.notice is not None
        is_text = (page, byte) == (0, 0x41)  # as no damage makes it
        assert (opened.store.standing() == kept.pause) is (page != 1 and not is_text)
        is_whole = page not in {1, REFERENCE_PAGE} and not is_text
        assert (opened.store.reference() == kept.reference) is is_whole
        if not is_text:
            assert (Part.PAUSE in opened.notice.damaged) is (not is_whole)
        assert not opened.notice.may_name
        assert _look(opened, kept) == ""


@pytest.mark.parametrize("damaged", [0, 2, 30])
def test_a_migrated_file_keeps_what_its_pause_is_measured_by(
    path: Path, opening: Callable[[], Opened], damaged: int
) -> None:
    """The table that a migration has made is behind all that was in the file before."""
    path.parent.mkdir()
    with closing(open_for_writing(path, MIGRATIONS[:1])) as old:
        old.execute("BEGIN")
        for number in range(3000):
            samples.write_outcome(old, samples.an_outcome(EVENING + timedelta(hours=number)))
        old.execute("COMMIT")
    pause = samples.a_pause()
    reference = samples.a_reference(pause)
    store = opening().store
    store.commit(samples.called(pause), None, reference)
    store.close()
    content = bytearray(path.read_bytes())
    content[damaged * 4096 : (damaged + 1) * 4096] = bytes(4096)
    path.write_bytes(content)
    opened = opening()
    assert opened.store.reference() == reference
    assert Part.PAUSE not in samples.told(opened).damaged


@pytest.mark.parametrize(("one", "other"), [(1, 2), (1, 3), (1, 4), (2, 3), (0, 1), (0, 4)])
def test_pages_that_change_places_keep_no_name(kept: Kept, one: int, other: int) -> None:
    """If pages are mixed up, the file that is set aside has no caller."""
    content = bytearray(kept.content)
    first, second = (slice(page * 4096, (page + 1) * 4096) for page in (one, other))
    content[first], content[second] = kept.content[second], kept.content[first]
    for opened in kept.opened(bytes(content)):
        assert opened.notice is not None
        assert not opened.notice.may_name
        assert _look(opened, kept) == ""


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in COLUMNS for column in COLUMNS[table]]
)
def test_no_odd_value_ends_the_program(kept: Kept, table: str, column: str) -> None:
    """With any value of any type in any column, the pause stands, and what is lost is said."""
    kept_content = kept.content
    for value in ODD_VALUES:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as other:
            plain = bytearray(kept_content)
            plain[18:20] = b"\1\1"
            other.deserialize(bytes(plain))
            other.execute("PRAGMA ignore_check_constraints = ON")
            other.execute("PRAGMA writable_schema = ON")
            other.execute("UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '')")
            other.execute("PRAGMA writable_schema = RESET")
            which = "rowid" if table in {"pause", "reference"} else COLUMNS[table][0]
            try:
                other.execute(
                    f"UPDATE {table} SET {column} = {value} "  # noqa: S608  -- our own constants
                    f"WHERE {which} = (SELECT {which} FROM {table} LIMIT 1)"
                )
            except sqlite3.IntegrityError:
                continue  # the table's own key refuses this value
            content = other.serialize()
        for opened in kept.opened(content):
            assert opened.store.standing() is not None, value
            assert _look(opened, kept) == "", value
