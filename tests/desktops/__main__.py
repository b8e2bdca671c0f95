"""`make test-desktops`: runs every desktop, or those that are named, and prints a table.

Usage: python -m tests.desktops [--cache FOLDER] [NAME...]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktops import pythons, result
from tests.desktops.checks import CHECKS
from tests.desktops.debian import Debian, alone, furnished, say
from tests.desktops.machine import MissingError, check, size
from tests.desktops.result import Outcome, Verdict
from tests.desktops.rooms import KNOWN, ROOMS, UNITS, Room
from tests.desktops.table import notes, stale, summary, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIMIT = "1500"
"""Seconds after which a desktop that hangs is ended.

What runs inside ignores no signal, even if `nohup` has started all this. The shell stays the first
process of the namespace: as that process, `timeout` of Debian 14 ends at once.
"""
_INSIDE = f"""ip link set lo up
dbus-uuidgen --ensure=/etc/machine-id
cd {pythons.SOURCE}
env --default-signal timeout {LIMIT} {pythons.TESTS}/bin/python -m tests.desktops.inside "$@"
"""
_UNIT_TESTS = f"""ip link set lo up
dbus-uuidgen --ensure=/etc/machine-id
cd {pythons.SOURCE}
env --default-signal timeout {LIMIT} {pythons.TESTS}/bin/python -m pytest -p no:cacheprovider -q \\
  --ignore=tests/end2end --ignore=tests/bench
"""


def run(room: Room, cache: Path) -> list[Outcome]:
    """Run the checks of a room in its Debian, and return what they found.

    A room that can't be made is wrong, and says why. The next rooms run.
    """
    out = pythons.BUILD / room.name
    shutil.rmtree(out, ignore_errors=True)
    try:
        debian = furnished(room, cache)
        seen = pythons.bound(debian, room.suite, out)
        pythons.install(debian, seen)
    except MissingError as error:
        say(f"{room.title} can't be tried here. {error}")
        return [Outcome("desktop", Verdict.WRONG, f"not made: {error}")]
    say(f"Running {room.title}.")
    debian.log.unlink(missing_ok=True)
    try:
        if room in UNITS:
            return [_unit_tests(debian, seen)]
        code = debian.run("sh", "-c", _INSIDE, "inside", room.name, bound=seen)
        return result.complete(result.read(out / "result.json"), CHECKS, code)
    finally:
        shutil.copy(debian.log, out / "checks.log")


def _unit_tests(debian: Debian, seen: dict[Path, str]) -> Outcome:
    """Run the unit tests of the source on the Debian's own Python."""
    env = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": pythons.SOURCE}
    code = debian.run("sh", "-c", _UNIT_TESTS, bound=seen, env=env)
    said = debian.log.read_text(encoding="utf-8", errors="replace").strip()
    last = said.rpartition("\n")[2] or f"ended with {code}, without a word"
    return Outcome("unit tests", Verdict.WRONG if code else Verdict.PASSED, last)


def main(arguments: Sequence[str]) -> int:
    """Run, and return 1 if something is wrong, 2 if something is missing."""
    parser = argparse.ArgumentParser(prog="tests.desktops", description=__doc__)
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    parser.add_argument("--cache", type=Path, default=Path(home) / "safepause-desktops")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(KNOWN))
    chosen = parser.parse_args(arguments)
    cache = chosen.cache.expanduser().absolute()
    unknown = [name for name in chosen.names if name not in KNOWN]
    if unknown:
        parser.error(f"Not known: {', '.join(unknown)}. Known: {', '.join(KNOWN)}.")
    rooms = [KNOWN[name] for name in chosen.names]
    rooms = rooms or [room for room in (*ROOMS, *UNITS) if not room.asked_for]
    try:
        check()
        with alone(cache):
            pythons.build_wheel()
            pythons.copy_source()
            found = {room: run(room, cache) for room in rooms}
    except MissingError as error:
        say(f"The desktops can't be tried here. {error}")
        return 2
    return tell(found, cache)


def tell(found: Mapping[Room, list[Outcome]], cache: Path) -> int:
    """Print what was found in every room, keep it as a file, and return 1 if something is wrong.

    A line that README's table has otherwise is wrong, too.
    """
    everything = {room.title: outcomes for room, outcomes in found.items()}
    desktops = {room.title: outcomes for room, outcomes in found.items() if room not in UNITS}
    text = f"{table(desktops)}\n{notes(everything)}"
    (pythons.BUILD / "table.md").write_text(text, encoding="utf-8")
    print(text)
    if desktops:
        say(summary(desktops))
    others = stale(desktops, (pythons.ROOT / "README.md").read_text(encoding="utf-8"))
    for title in others:
        say(f"README's table says something else of {title}.")
    say(f"Pictures and logs: {pythons.BUILD}. The Debians: {size(cache)} in {cache}.")
    outcomes = [each for all_ in found.values() for each in all_]
    return int(bool(others) or any(each.verdict is Verdict.WRONG for each in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
