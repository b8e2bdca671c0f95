"""What runs inside a Debian: all checks on its desktop, or the unit tests.

`python -m tests.desktops.inside gnome48` writes what it found to /out/result.json.
"""

from __future__ import annotations

import sys
import traceback
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
    from collections.abc import Callable, Sequence


def outcome(name: str, check: Callable[[Bench], str], bench: Bench) -> Outcome:
    """Carry out one check. What goes wrong is its outcome, whatever it is."""
    try:
        said = check(bench)
    except ImpossibleError as error:
        return Outcome(name, Verdict.IMPOSSIBLE, str(error))
    except Exception as error:  # noqa: BLE001 -- the next check must run
        traceback.print_exc()
        bench.keep(name)
        return Outcome(name, Verdict.WRONG, f"{error}"[:300] or repr(error))
    return Outcome(name, Verdict.PASSED, said)


def main(arguments: Sequence[str]) -> int:
    """Run the checks on the desktop that is named, or those of them that are named after it."""
    name, *chosen = arguments
    found = []
    with desk_of(name) as desk, Bench(desk) as bench:
        for each, check in CHECKS.items():
            if not chosen or each in chosen:
                bench.tidy()
                found.append(outcome(each, check, bench))
                print(found[-1], flush=True)
    result.write(found, Path(OUT) / "result.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
