"""Committed data can be read again, by this program and by the next."""

from __future__ import annotations

import resource
import sqlite3
import tracemalloc
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DECLARED, DEFAULTS
from safepause.core.settings.declaration import Setting, SettingError
from safepause.store import rows
from safepause.store.sqlite_store import PAGE, SqliteStore
from tests.fakes import EVENING
from tests.store import samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepause.core.pause import Outcome, Pause
    from tests.store.conftest import Open

USED_BY_ALL = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_new_store_holds_nothing(store: SqliteStore) -> None:
    """A new store has no pause, no outcomes, and the default settings."""
    assert store.standing() is None
    assert list(store.outcomes()) == []
    assert store.settings() == DEFAULTS


@USED_BY_ALL
@given(pause=samples.pauses)
def test_a_pause_stands_for_the_next_program(
    store: SqliteStore, opening: Open, pause: Pause
) -> None:
    """The next program finds the committed pause."""
    store.commit(samples.called(pause))
    assert store.standing() == pause
    again = opening()
    assert again.store.standing() == pause
    again.store.close()


def test_a_reference_stands_for_the_next_program(store: SqliteStore, opening: Open) -> None:
    """The next program finds the reference with its pause. It goes when the pause ends."""
    pause = samples.a_pause()
    reference = samples.a_reference(pause)
    for kept in (reference, None, reference):
        store.commit(samples.called(pause), None, kept)
        again = opening()
        assert (store.reference(), again.store.reference()) == (kept, kept)
        again.store.close()
    store.commit(samples.ended(samples.an_outcome()))
    assert store.reference() is None
    store.commit(samples.called(pause), None, reference)
    store.forget_all()
    assert store.reference() is None


def test_an_extension_takes_the_place_of_the_pause(store: SqliteStore, opening: Open) -> None:
    """A commit of an extended pause replaces the earlier one."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    longer = replace(pause, return_at=pause.return_at + samples.HALF_HOUR, extensions=1)
    store.commit(samples.called(longer))
    assert opening().store.standing() == longer


def test_the_file_itself_refuses_a_second_pause(store: SqliteStore, path: Path) -> None:
    """The table's own constraint refuses a second standing pause."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    statement = f"INSERT INTO pause (one, {rows.PAUSE_COLUMNS}) VALUES (2{', ?' * 8})"  # noqa: S608
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(statement, rows.row_of_pause(pause))


def test_an_end_moves_the_pause_to_the_outcomes(store: SqliteStore, opening: Open) -> None:
    """After its end a pause doesn't stand, and its outcome is kept."""
    store.commit(samples.called(samples.a_pause()))
    outcome = samples.an_outcome()
    store.commit(samples.ended(outcome))
    again = opening().store
    assert again.standing() is None
    assert list(again.outcomes()) == [outcome]


def test_an_outcome_committed_twice_counts_once(store: SqliteStore) -> None:
    """An outcome is known by its pause: a step that is replayed adds nothing."""
    outcome = samples.an_outcome()
    store.commit(samples.ended(outcome))
    store.commit(samples.ended(outcome))
    assert list(store.outcomes()) == [outcome]


@settings(USED_BY_ALL, max_examples=25)
@given(st.lists(samples.outcomes, max_size=6, unique_by=lambda one: one.id))
def test_outcomes_come_newest_first(store: SqliteStore, outcomes: list[Outcome]) -> None:
    """Outcomes are sorted by their ends, in whatever order they were committed."""
    store.forget_all()
    for outcome in outcomes:
        store.commit(samples.ended(outcome))
    newest_first = sorted(outcomes, key=lambda one: (one.ended_at, one.id.bytes), reverse=True)
    assert list(store.outcomes()) == newest_first


def _fill(path: Path, count: int) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.executemany(
            f"INSERT INTO outcome ({rows.OUTCOME_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            (
                rows.row_of_outcome(
                    samples.an_outcome(EVENING + timedelta(hours=number // 2), UUID(int=number))
                )
                for number in range(count)
            ),
        )


def test_many_outcomes_are_read_in_pages(store: SqliteStore, path: Path) -> None:
    """Pages skip and repeat no outcome, even where several ended at the same instant."""
    count = 2 * PAGE + 1
    _fill(path, count)
    ids = [outcome.id.int for outcome in store.outcomes()]
    assert ids == list(reversed(range(count)))


def test_twenty_thousand_outcomes_are_not_read_to_start(
    store: SqliteStore, path: Path, opening: Open
) -> None:
    """Opening 20,000 outcomes and reading the newest 20 takes less than 1 MB of memory."""
    _fill(path, 20_000)
    store.close()
    tracemalloc.start()
    again = opening().store
    newest = list(islice(again.outcomes(), 20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert newest[0].id.int == 19_999
    assert peak < 1_000_000


def test_a_history_half_read_does_not_stop_the_wiping(
    store: SqliteStore, path: Path, folder: Path
) -> None:
    """An undo leaves no trace while half of the history is read. The reading goes on."""
    _fill(path, 2 * PAGE)
    reading = store.outcomes()
    next(reading)
    store.commit(samples.called(samples.a_pause()))
    store.commit(samples.undone())
    assert samples.files_with(folder, samples.CALLER) == []
    assert len(list(reading)) == 2 * PAGE - 1


@pytest.mark.parametrize(
    "odd",
    [
        *("ending = 'eaten by a dog'", "ending = x'00'", "ending = CAST(x'ff' AS TEXT)"),
        *("started_at = 'once'", "promised_at = 253402300799999999", "ended_at = x'00'"),
        *("ended_at = -9223372036854775808", "ended_at = 1e300"),
    ],
)
def test_a_past_pause_that_cannot_be_read_is_counted(
    store: SqliteStore, path: Path, odd: str
) -> None:
    """One odd row is left out and counted. All others are in the list."""
    _fill(path, PAGE + 5)
    every = list(store.outcomes())
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(f"UPDATE outcome SET {odd} WHERE id = ?", (every[3].id.bytes,))  # noqa: S608
    assert list(store.outcomes()) == [*every[:3], *every[4:]]
    assert store.unreadable_outcomes() == 1


def test_outcomes_of_a_damaged_file_end_the_list(
    store: SqliteStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Damage that comes while the program runs ends the list, is logged, and counts."""
    _fill(path, 5 * PAGE)
    store.tidy()
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    store._connection.execute("PRAGMA shrink_memory")  # noqa: SLF001  -- SQLite reads it again
    assert list(store.outcomes()) == []
    assert "can't all be read" in caplog.text
    assert store.unreadable_outcomes() == 1
    assert "can't be counted" in caplog.text


@USED_BY_ALL
@given(setting=st.sampled_from(DECLARED), data=st.data())
def test_a_setting_is_kept_for_the_next_program(
    store: SqliteStore, opening: Open, setting: Setting, data: st.DataObject
) -> None:
    """Each setting reads back as it was set, in this program and in the next."""
    value = setting.parse(setting.write(setting.default))
    if setting.choices:
        value = data.draw(st.sampled_from(setting.choices))
    elif isinstance(setting.default, bool):
        value = data.draw(st.booleans())
    elif isinstance(setting.default, int):
        value = data.draw(st.integers(setting.least, setting.most))
    store.set(setting.key, value)
    again = opening()
    for found in (store, again.store):
        assert found.settings().values[setting.key] == value
    again.store.close()


def test_settings_that_cannot_be_used_have_their_defaults(
    store: SqliteStore, path: Path, opening: Open
) -> None:
    """An unknown key, and a value out of bounds, change no setting."""
    store.close()
    with closing(sqlite3.connect(path)) as other, other:
        other.executemany(
            "INSERT INTO setting VALUES (?, ?)", [("length", "9999"), ("from_the_future", "yes")]
        )
    assert opening().store.settings() == DEFAULTS


def test_a_setting_that_does_not_exist_is_refused(store: SqliteStore) -> None:
    """A key without a declaration raises an error. The store goes on working."""
    with pytest.raises(SettingError):
        store.set("colour_of_the_moon", "pale")
    store.set("length", 45)
    assert store.settings().number("length") == 45


def test_a_value_of_the_wrong_kind_leaves_no_open_transaction(store: SqliteStore) -> None:
    """A text that SQLite can't encode raises Python's own error. The store goes on working."""
    broken = replace(samples.a_pause(), called_by="\ud800")
    with pytest.raises(UnicodeEncodeError):
        store.commit(samples.called(broken))
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    assert store.standing() == pause


def test_forgetting_everything_empties_the_store(store: SqliteStore, opening: Open) -> None:
    """No pause, outcome or setting is left for this program or the next. A new pause can stand."""
    store.commit(samples.ended(samples.an_outcome()))
    store.commit(samples.called(samples.a_pause()))
    store.set("name1", "Alex")
    store.forget_all()
    for found in (store, opening().store):
        assert found.standing() is None
        assert list(found.outcomes()) == []
        assert found.settings() == DEFAULTS
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    assert store.standing() == pause


@contextmanager
def _full_disk(path: Path) -> Iterator[None]:
    """Let no file grow, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _write_much(store: SqliteStore, pause: Pause) -> None:
    for _ in range(40):
        store.commit(samples.called(replace(pause, called_by="x" * 900)))


def test_a_full_disk_is_said_and_changes_nothing(store: SqliteStore, path: Path) -> None:
    """On a full disk each write raises an error, and the pause stands. Later writes work."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with _full_disk(path.with_name(path.name + "-shm")), pytest.raises(NotKept, match="disk"):
            _write_much(store, pause)
        assert store.standing() is not None
    store.commit(samples.called(pause))
    assert store.standing() == pause


def test_a_write_that_fails_keeps_what_was_kept(store: SqliteStore, path: Path) -> None:
    """While another program holds the file, a commit fails, and memory keeps the earlier state."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    store._connection.execute("PRAGMA busy_timeout = 0")  # noqa: SLF001  -- the test must not wait
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotKept) as raised:
            store.commit(samples.undone())
        with pytest.raises(NotKept):
            store.set("length", 45)
    assert raised.value.detail == "database is locked"
    assert store.standing() == pause
    assert store.settings() == DEFAULTS
