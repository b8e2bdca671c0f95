"""Pauses, outcomes and transitions for the tests."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from hypothesis import strategies as st

from safepause.core.agreement import clean_name
from safepause.core.pause import (
    LONGEST,
    Ending,
    LetGo,
    Outcome,
    Pause,
    Return,
    Start,
    Terms,
    Transition,
    Undo,
)
from safepause.core.reference import Reference, given_now
from safepause.i18n import data_words
from safepause.store import rows
from tests.fakes import EVENING, FakeClock

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from safepause.core.ports import StoreNotice
    from safepause.store import Opened

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  -- only for speed
"""A folder in memory, where a file is synced at once; None for the usual temporary folder."""
NOBODY = 65534
CALLER = "Alexandra-called-this"
HALF_HOUR = timedelta(minutes=30)

instants = st.datetimes(
    rows.EARLIEST.replace(tzinfo=None), rows.LATEST.replace(tzinfo=None), timezones=st.just(UTC)
)
lengths = st.timedeltas(timedelta(0), LONGEST)
names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60).map(clean_name)
pauses = st.builds(
    lambda id, start, promised, back, called_by, extensions, terms: Pause(  # noqa: A006
        id, start, start + promised, start + back, called_by, extensions, terms
    ),
    st.uuids(),
    instants.filter(lambda instant: instant < rows.LATEST - LONGEST),
    lengths,
    lengths,
    st.none() | names.filter(bool),
    st.integers(0, 9),
    st.builds(
        Terms,
        extensions_allowed=st.integers(0, 9),
        undo_window=st.timedeltas(timedelta(0), timedelta(days=1)),
    ),
)
outcomes = st.builds(
    Outcome,
    id=st.uuids(),
    started_at=instants,
    promised_at=instants,
    ended_at=instants,
    ending=st.sampled_from(Ending),
)


def a_pause(start: datetime = EVENING, caller: str | None = CALLER) -> Pause:
    """Return a pause of half an hour."""
    return Pause(uuid4(), start, start + HALF_HOUR, start + HALF_HOUR, caller)


def a_reference(pause: Pause) -> Reference:
    """Return a reference for a pause, as a computer on its second day has it."""
    clock = FakeClock(pause.started_at)
    clock.ticks = 100_000.0
    return given_now(pause, clock, pause.started_at, clock_time=True)


def an_outcome(ended_at: datetime = EVENING + HALF_HOUR, uuid: UUID | None = None) -> Outcome:
    """Return the outcome of a pause of half an hour."""
    start = ended_at - HALF_HOUR
    return Outcome(uuid or uuid4(), start, ended_at, ended_at, Ending.RETURNED)


def called(pause: Pause) -> Transition:
    """Return the step by which a pause came to stand."""
    return Transition(
        Start(pause.id, pause.started_at, pause.return_at, pause.called_by), pause.started_at, pause
    )


def undone() -> Transition:
    """Return the step that takes a pause back."""
    return Transition(Undo(EVENING), EVENING, None)


def ended(outcome: Outcome) -> Transition:
    """Return the step by which a pause ended."""
    back = outcome.ending is Ending.RETURNED
    return Transition(
        (Return if back else LetGo)(outcome.ended_at), outcome.ended_at, None, outcome
    )


def files_with(folder: Path, text: str) -> list[str]:
    """Return the names of the files whose bytes contain a text."""
    files = [file for file in folder.iterdir() if file.is_file()]
    return [file.name for file in files if text.encode() in file.read_bytes()]


def told(opened: Opened) -> StoreNotice:
    """Return the notice of an opened store. Check that its words are whole, with a path last."""
    notice = opened.notice
    assert notice is not None
    said, places = data_words.store_notice(notice), {notice.path, notice.moved_to} - {""}
    assert said.endswith((".", ")", *places))
    assert not any(place in said.removesuffix(place) for place in places)
    return notice


def given_to_nobody(folder: Path) -> None:
    """Give a folder with its files to an ordinary user, if this one is root."""
    if os.geteuid() == 0:
        for file in (folder, *folder.iterdir()):
            os.chown(file, NOBODY, NOBODY)


def read_only(folder: Path) -> None:
    """Let nobody write to a folder and its files."""
    for file in folder.iterdir():
        file.chmod(0o400)
    folder.chmod(0o500)


def write_pause(connection: sqlite3.Connection, pause: Pause) -> None:
    """Write a pause into a database of any version."""
    statement = f"INSERT INTO pause ({rows.PAUSE_COLUMNS}) VALUES (?{', ?' * 7})"  # noqa: S608
    connection.execute(statement, rows.row_of_pause(pause))


def write_outcome(connection: sqlite3.Connection, outcome: Outcome) -> None:
    """Write how a pause ended into a database of any version."""
    statement = f"INSERT INTO outcome ({rows.OUTCOME_COLUMNS}) VALUES (?{', ?' * 4})"  # noqa: S608
    connection.execute(statement, rows.row_of_outcome(outcome))
