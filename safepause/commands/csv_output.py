"""The past pauses as CSV, for a spreadsheet. Scripts depend on the names, so they never change."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from safepause.commands.json_output import export_text, instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.pause import Outcome
    from safepause.core.service import PauseService

ENDING = ".csv"
"""How the name of a file ends that is to be CSV. All other exports are JSON."""
COLUMNS = ("started_at", "promised_at", "ended_at", "ending", "punctuality")


def export_for(file: str, service: PauseService, version: str) -> str:
    """Return the text of an export to `file`: the past pauses as CSV, or everything as JSON."""
    if file.lower().endswith(ENDING):
        return csv_text(service.outcomes())
    return export_text(service, version)


def csv_text(outcomes: Iterable[Outcome]) -> str:
    """Return past pauses as CSV, with a line of titles."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for ended in outcomes:
        instants = (ended.started_at, ended.promised_at, ended.ended_at)
        punctuality = ended.punctuality
        rows.writerow(
            (
                *map(instant, instants),
                ended.ending.value,
                "" if punctuality is None else punctuality.value,
            )
        )
    return text.getvalue()
