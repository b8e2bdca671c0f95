"""Methods that a test breaks, and what the program says about its broken parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import pytest

    from safepause.core.capability import CapabilityKey as Key
    from tests.app.running import Program


@dataclass(frozen=True)
class Broken:
    """A method that raises an error, its part, and what a person misses then."""

    kind: type | ModuleType
    method: str
    part: Key
    missed: frozenset[str] = frozenset()


class Breakage:
    """A method that works until the test breaks it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, kind: type | ModuleType, name: str) -> None:
        """Replace the method `name` before any object is made."""
        self.broken = False
        method: Callable[..., object] = getattr(kind, name)

        def call(owner: object, *values: Any, **named: Any) -> object:  # noqa: ANN401  -- any method's
            if self.broken:
                raise OSError("broken")
            return method(owner, *values, **named)

        monkeypatch.setattr(kind, name, call)


def named(broken: Broken) -> str:
    """Return an identifier for a test."""
    return f"{broken.kind.__name__}.{broken.method}"


def broken_parts(program: Program) -> list[Key]:
    """Return the parts that broke, as `doctor` and the settings show them."""
    said = program.app.capabilities()
    return [each.key for each in said if not each.available and "Something went wrong" in each.why]


def is_told(program: Program, part: Key, log: str) -> bool:
    """Tell whether a fault is in the log, and `doctor` shows it for this part only."""
    return f"a fault in part {part.value}" in log and broken_parts(program) == [part]
