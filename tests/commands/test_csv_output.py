"""The past pauses as CSV."""

from __future__ import annotations

import csv
import io

from safepause.commands.csv_output import csv_text
from tests.ui.samples import outcome


def test_each_pause_is_a_row() -> None:
    """A line of titles, then a row for each pause: instants in UTC, and how it ended."""
    rows = list(csv.DictReader(io.StringIO(csv_text([outcome(0), outcome(1)]))))
    assert rows[0] == {
        "started_at": "2026-03-10T20:10:00Z",
        "promised_at": "2026-03-10T20:40:00Z",
        "ended_at": "2026-03-10T20:40:00Z",
        "ending": "returned",
        "punctuality": "on_time",
    }
    assert len(rows) == 2
