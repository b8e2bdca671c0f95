"""The tool that cuts connections: which cuts it makes, and which it reports."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[1] / "tools" / "mutate_wires.py"
WIRES = TOOL.with_name("wires.py")
APP = """
from safepause.app.tower import strike

class Bell:
    def run(self, service, after):
        service.on_change("a", self.last, Order.SHOW)
        self.features: list[object] = [self, service]
        self.faults.guard("b", self.last)
        after(service.state, self.last, key=lambda each: each[0])

    def last(self):
        super().last()
        self.rope = "no call"
        return sorted(self.rope, self.bells, self.ring(service.settings), [service.ring, strike])
"""
TOWER = """
class Tower:
    def __init__(self, wind):
        self.ring = self.settings = wind

    def rope(self):
        return wind(self)

    def settings(self):
        pass

class Clock(Bell):
    def ring(self):
        pass

def strike():
    pass
"""
CUTS = [
    ("service.on_change('a', self.last, Order.SHOW)", "        pass"),
    ("Order.SHOW -> Order.AFTER", "self.last, Order.AFTER)"),
    ("self", "= [service]"),
    ("service", "= [self]"),
    ("self.faults.guard('b', self.last)", "        pass"),
    ("self.faults.guard('b', self.last) -> (self.last)()", "        (self.last)()"),
    ("after(service.state, self.last, key=lambda each: each[0])", "        pass"),
    ("self.last", "state, lambda *_values, **_named: None, key"),
    ("lambda each: each[0]", "key=lambda *_values, **_named: None)"),
    ("service.ring", "[lambda *_values, **_named: None, strike]"),
    ("strike", "[service.ring, lambda *_values, **_named: None]"),
]
"""Each cut of APP, and what stands in its place."""
UI = """
class Lamp:
    def __init__(self, bell):
        bell.ring.connect(self.shine)
        bell.ring.connect(self.hum)
        bell.shown(2)
"""
UI_TEST = """
from unittest import mock
from safepause.ui.lamp import Lamp

def test_lamp():
    bell, Lamp.shine, Lamp.hum = mock.Mock(), "shine", "hum"
    Lamp(bell)
    bell.ring.connect.assert_any_call("shine")
"""


def make_tree(root: Path, module: str, code: str) -> None:
    """Make a tree of the package with one module."""
    path = root / "safepause" / module
    path.parent.mkdir(parents=True)
    path.write_text(code, encoding="utf-8")
    (root / "safepause" / "__init__.py").touch()


def make_test(root: Path, code: str) -> None:
    """Add a test of ui/, and what else a tree has."""
    (root / "resources").mkdir()
    (root / "pyproject.toml").touch()
    (root / "tests" / "ui").mkdir(parents=True)
    (root / "tests" / "ui" / "test_lamp.py").write_text(code, encoding="utf-8")


def cut(root: Path) -> subprocess.CompletedProcess[str]:
    """Let the tool cut the connections of ui/."""
    command = [sys.executable, str(TOOL), "--jobs", "1", "--root", str(root), "safepause/ui"]
    return subprocess.run(  # noqa: S603  -- our own tool
        command, capture_output=True, text=True, check=False
    )


def test_each_wire_of_app_is_cut(tmp_path: Path) -> None:
    """Calls, callbacks, features, guards and orders are cut, one in each mutant.

    The name of a method counts even if another class has data of that name.
    """
    make_tree(tmp_path, "app/bell.py", APP)
    (tmp_path / "safepause" / "app" / "tower.py").write_text(TOWER, encoding="utf-8")
    found, excluded = runpy.run_path(str(WIRES))["find"](tmp_path, ["safepause/app"])
    assert [mutant.cut for mutant in excluded] == ["service.settings"]
    assert [mutant.cut for mutant in found] == [named for named, _after in CUTS]
    for mutant, (_named, after) in zip(found, CUTS, strict=True):
        changed = set(mutant.source.decode().splitlines()) - set(APP.splitlines())
        assert any(after in line for line in changed), changed
        assert len(changed) == 1


def test_every_exclusion_is_of_use() -> None:
    """Each exclusion stands for an argument in app/ or ui/. The tray's two callbacks are cut."""
    tool = runpy.run_path(str(WIRES))
    found, excluded = tool["find"](TOOL.parents[1], ["safepause/app", "safepause/ui"])
    assert {mutant.cut for mutant in excluded} == set(tool["EXCLUDED"])
    assert {"self.tray.available", "self._tray.message"} <= {mutant.cut for mutant in found}


def test_it_lists_the_cuts_that_no_test_notices(tmp_path: Path) -> None:
    """Of two connections in ui/, the one without a test survives; other calls are not cut."""
    make_tree(tmp_path, "ui/lamp.py", UI)
    make_test(tmp_path, UI_TEST)
    done = cut(tmp_path)
    assert done.stdout.splitlines() == [
        "survived: safepause/ui/lamp.py:5  bell.ring.connect(self.hum)",
        "mutants 2, killed 1, survivors 1, excluded 0",
    ]
    assert done.returncode == 1
    assert not done.stderr


def test_it_cuts_nothing_where_tests_fail_anyway(tmp_path: Path) -> None:
    """A suite that fails without a cut proves nothing, so the tool ends with an error."""
    make_tree(tmp_path, "ui/lamp.py", UI)
    make_test(tmp_path, "def test_lamp():\n    assert False\n")
    done = cut(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("The tests fail without a cut.")
    assert not done.stdout
