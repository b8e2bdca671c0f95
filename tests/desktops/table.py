"""The table of desktops and checks, and below it what the desktops said."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.desktops.result import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.desktops.result import Outcome

_MARKS = {Verdict.PASSED: "ok", Verdict.WRONG: "**wrong**", Verdict.IMPOSSIBLE: "can't"}


def table(found: Mapping[str, Sequence[Outcome]]) -> str:
    """Return the table as Markdown, a line for each desktop."""
    checks = list(dict.fromkeys(each.check for all_ in found.values() for each in all_))
    lines = [_line(["desktop", *checks]), _line(["---"] * (len(checks) + 1))]
    for desktop, outcomes in found.items():
        marks = {each.check: _MARKS[each.verdict] for each in outcomes}
        lines.append(_line([desktop, *(marks.get(check, "") for check in checks)]))
    return "\n".join(lines) + "\n"


def stale(found: Mapping[str, Sequence[Outcome]], document: str) -> list[str]:
    """Return the desktops whose line of the table is not in the document."""
    known = document.splitlines()
    return [
        title for title, all_ in found.items() if table({title: all_}).splitlines()[2] not in known
    ]


def summary(found: Mapping[str, Sequence[Outcome]]) -> str:
    """Return a sentence with the number of desktops and checks, and of each verdict."""
    verdicts = Counter(each.verdict for all_ in found.values() for each in all_)
    checks = {each.check for all_ in found.values() for each in all_}
    return (
        f"{len(found)} desktops x {len(checks)} checks: {verdicts[Verdict.PASSED]} passed, "
        f"{verdicts[Verdict.IMPOSSIBLE]} can't be made there, {verdicts[Verdict.WRONG]} wrong."
    )


def notes(found: Mapping[str, Sequence[Outcome]]) -> str:
    """Return a line for each outcome that says more than its mark."""
    lines = [
        f"- {place}, {each.check}: {each.said}"
        for place, outcomes in found.items()
        for each in outcomes
        if each.said
    ]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
