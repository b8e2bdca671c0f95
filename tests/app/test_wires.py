"""Every signal and every listener of the running program has an effect.

The tables have a row for each. A signal or a listener without a row fails the tests here.
"""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Signal

import safepause
from safepause.core.listeners import Listeners
from tests.app.listener_rows import ELSEWHERE as LISTENERS_ELSEWHERE
from tests.app.listener_rows import ROWS as LISTENERS
from tests.app.signal_rows import ROWS
from tests.app.signal_rows.computer import OF_QT
from tests.app.signal_rows.elsewhere import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from tests.app.listener_rows import ListenerRow
    from tests.app.running import Program
    from tests.app.signal_rows.row import SignalRow

ROOT = Path(__file__).parents[2]


def numbered(names: Iterable[str]) -> list[str]:
    """Return an identifier for each row."""
    return [f"{name}-{number}" for number, name in enumerate(names)]


@pytest.mark.parametrize(
    "row", [*ROWS, *OF_QT], ids=numbered(row.signal for row in (*ROWS, *OF_QT))
)
def test_a_signal_leads_somewhere(wired: Program, row: SignalRow) -> None:
    """Each signal, emitted by an object of its class, has its effect in the whole program."""
    owner, _dot, name = row.signal.rpartition(".")
    row.before(wired)
    emitter = row.emitter(wired)
    assert owner in {kind.__name__ for kind in type(emitter).__mro__}
    assert not row.seen(wired)
    getattr(emitter, name).emit(*row.values)
    assert row.seen(wired)


@pytest.mark.parametrize("row", LISTENERS, ids=numbered(row.listener for row in LISTENERS))
def test_a_listener_does_something(wired: Program, row: ListenerRow) -> None:
    """Each listener, told of its event, has its effect in the whole program."""
    row.before(wired)
    assert not row.seen(wired)
    row.happens(wired)
    assert row.seen(wired)


def events(program: Program) -> dict[str, Listeners[Any]]:
    """Return the listeners of each event."""
    app = program.app
    return {
        "change": app.service._changed,  # noqa: SLF001
        "settings": app.service._settings_changed,  # noqa: SLF001
        "announcement": app.reminders._announced,  # noqa: SLF001
        "prompt": app.prompts,
        "painted": app.flow._painted,  # noqa: SLF001
        "gone": app.flow._gone,  # noqa: SLF001
        "breathing": app.flow._breathing,  # noqa: SLF001
        "waiting": app.reminders.agenda._waiting,  # noqa: SLF001
        "opened": app.windows._opened,  # noqa: SLF001
        "time": app.time_moved,
    }


def listeners(program: Program) -> list[str]:
    """Return all listeners of the program, as the rows name them, without those of tests."""
    found = []
    for event, source in events(program).items():
        for _order, part, listener in source._listeners:  # noqa: SLF001
            if listener.__module__.startswith("safepause."):
                owner = listener.__qualname__.partition(".")[0]
                found.append(f"{event} {part.value} {owner}")
    for part, forget in program.app.service._forgetters._parts:  # noqa: SLF001
        found.append(f"forget {part.value} {forget.__qualname__.partition('.')[0]}")
    return found


def test_every_event_is_looked_at(wired: Program) -> None:
    """The program has no listeners of an event that `events` does not name."""
    found = [each for each in gc.get_objects() if isinstance(each, Listeners)]
    of_this_run = [each for each in found if each._faults is wired.app.faults]  # noqa: SLF001
    assert set(map(id, of_this_run)) == set(map(id, events(wired).values()))


def test_every_listener_has_a_row(wired: Program) -> None:
    """The listeners of the program are those of the table."""
    assert sorted(listeners(wired)) == sorted(
        [*(row.listener for row in LISTENERS), *LISTENERS_ELSEWHERE]
    )


def modules() -> Iterator[ModuleType]:
    """Import every module of the program. A module for another system has no signal."""
    for found in pkgutil.walk_packages(safepause.__path__, "safepause."):
        if found.name == "safepause.__main__":
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of libraries that miss something on this machine
            try:
                yield importlib.import_module(found.name)
            except (AssertionError, ImportError):
                spec = find_spec(found.name)
                assert spec is not None
                assert spec.origin is not None
                assert "Signal(" not in Path(spec.origin).read_text(encoding="utf-8")


def signals() -> set[str]:
    """Return all signals that the classes of the program declare."""
    return {
        f"{kind.__name__}.{name}"
        for module in modules()
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, QObject)
        if kind.__module__ == module.__name__
        for name, value in vars(kind).items()
        if isinstance(value, Signal)
    }


def test_every_signal_has_a_row() -> None:
    """The signals of the program are those of the two tables."""
    assert {row.signal for row in ROWS} | set(ELSEWHERE) == signals()


def test_no_signal_is_in_both_tables() -> None:
    """No signal is in both tables."""
    assert not {row.signal for row in ROWS} & set(ELSEWHERE)


NAMED = {test for tests in (ELSEWHERE | LISTENERS_ELSEWHERE).values() for test in tests}


@pytest.mark.parametrize("proof", sorted(NAMED))
def test_a_test_that_is_named_exists(proof: str) -> None:
    """Each test that the tables name exists."""
    file, _colons, name = proof.partition("::")
    body = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    assert name in {each.name for each in body if isinstance(each, ast.FunctionDef)}
