"""What runs inside a Debian: all checks on its desktop.

`python -m tests.desktops.inside gnome48` writes what it found to /out/result.json. It writes the
file anew after each check, so that a later fault costs no result.
"""

from __future__ import annotations

import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktops import result
from tests.desktops.bench import Bench
from tests.desktops.checks import CHECKS
from tests.desktops.desk import ImpossibleError
from tests.desktops.kinds import desk_of
from tests.desktops.pythons import OUT
from tests.desktops.result import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    Checks = Mapping[str, Callable[[Bench], str]]


def outcome(name: str, check: Callable[[Bench], str], bench: Bench) -> Outcome:
    """Carry out one check. What goes wrong is its outcome, whatever it is."""
    try:
        bench.tidy()
        said = check(bench)
    except ImpossibleError as error:
        return Outcome(name, Verdict.IMPOSSIBLE, str(error))
    except Exception as error:  # noqa: BLE001 -- the next check must run
        traceback.print_exc()
        bench.keep(name)
        return Outcome(name, Verdict.WRONG, _told(error))
    return Outcome(name, Verdict.PASSED, said)


def examine(bench: AbstractContextManager[Bench], checks: Checks, path: Path) -> None:
    """Carry out the checks, and write what they found. A start or an end with a fault is wrong."""
    found: list[Outcome] = []

    def add(new: Outcome) -> None:
        found.append(new)
        result.write(found, path)
        print(new, flush=True)

    try:
        with bench as open_bench:
            for name, check in checks.items():
                add(outcome(name, check, open_bench))
    except Exception as error:  # noqa: BLE001 -- what was found counts
        traceback.print_exc()
        add(Outcome("desktop", Verdict.WRONG, _told(error)))


@contextmanager
def bench_on(name: str) -> Iterator[Bench]:
    """Return SafePause on a desktop, which runs until the end of the block."""
    with desk_of(name) as desk, Bench(desk) as bench:
        yield bench


def _told(error: Exception) -> str:
    return f"{error}"[:300] or repr(error)


def main(arguments: Sequence[str]) -> int:
    """Run the checks on the desktop that is named, or those of them that are named after it."""
    name, *chosen = arguments
    checks = {each: check for each, check in CHECKS.items() if not chosen or each in chosen}
    examine(bench_on(name), checks, Path(OUT) / "result.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
