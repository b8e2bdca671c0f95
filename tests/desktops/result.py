"""What a check has found on a desktop, as it comes out of the Debian."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class Verdict(StrEnum):
    """Whether a desktop passed a check."""

    PASSED = "passed"
    WRONG = "wrong"
    IMPOSSIBLE = "impossible"
    """The desktop does not offer what the check needs."""


@dataclass(frozen=True)
class Outcome:
    """One check on one desktop."""

    check: str
    verdict: Verdict
    said: str = ""
    """What was seen, what went wrong, or why the check is impossible."""


def write(outcomes: list[Outcome], path: Path) -> None:
    """Write the outcomes to a file."""
    path.write_text(json.dumps([asdict(each) for each in outcomes], indent=1), encoding="utf-8")


def read(path: Path) -> list[Outcome]:
    """Read the outcomes from a file. Without the file there are none."""
    if not path.exists():
        return []
    told = json.loads(path.read_text(encoding="utf-8"))
    return [Outcome(each["check"], Verdict(each["verdict"]), each["said"]) for each in told]


def complete(found: Sequence[Outcome], checks: Iterable[str], code: int) -> list[Outcome]:
    """Add a wrong outcome for each check that did not run, and for an end with a code."""
    ran = {each.check for each in found}
    missing = [
        Outcome(name, Verdict.WRONG, f"did not run: the desktop ended with {code}")
        for name in checks
        if name not in ran
    ]
    end = [Outcome("desktop", Verdict.WRONG, f"it ended with {code}")] if code else []
    return [*found, *missing, *end]
