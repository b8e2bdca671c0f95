"""What the documents say of files, commands and versions is true."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import safepause
from safepause.commands.spec import DECLARED
from safepause.core.events import HOOKS, Event, environment
from tests.bench.budgets import BUDGETS

ROOT = Path(__file__).parents[1]
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCUMENTS = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))
METAINFO = ROOT / "resources/linux/io.github.safepause.SafePause.metainfo.xml"
MOST_LINES = 110
"""Of the README: what needs more is a page in docs."""
EXAMPLE = "resources/locale/fr/"
"""The folder of a language that there is not yet."""

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def text(path: Path) -> str:
    """Return a document."""
    return path.read_text(encoding="utf-8")


def map_paths() -> list[str]:
    """Return the paths that the map names, with the folders that the indentation stands for."""
    block = next(block for block in text(CONTRIBUTING).split("```") if "\nsafepause/  " in block)
    folders: dict[int, str] = {}
    found = []
    for line in block.strip().splitlines():
        names = re.split(r"\s{2,}", line.strip())[0].split(", ")
        depth = len(line) - len(line.lstrip())
        above = "".join(part for level, part in sorted(folders.items()) if level < depth)
        found += [above + name for name in names]
        folders = {level: part for level, part in folders.items() if level < depth}
        folders[depth] = names[0]
    return found


def targets() -> set[str]:
    """Return the Makefile's targets that `make help` lists."""
    return set(re.findall(r"^([a-z0-9-]+):.*## ", text(ROOT / "Makefile"), re.MULTILINE))


@each_document
def test_every_link_leads_to_a_file(document: Path) -> None:
    """A link to a file or picture of this project leads to one."""
    links = re.findall(r"\]\(([^)#]+)\)", text(document))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@each_document
def test_every_path_is_there(document: Path) -> None:
    """A path of the source, the tests, the tools or the resources that a document names exists."""
    named = re.findall(r"`((?:safepause|tests|tools|resources|docs)/[\w./-]+)`", text(document))
    wanted = [path for path in named if not path.startswith(EXAMPLE)]
    assert [path for path in wanted if not (ROOT / path).exists()] == []


@each_document
def test_every_make_command_is_a_target(document: Path) -> None:
    """Each `make ...` that a document names is one that `make help` lists."""
    named = set(re.findall(r"(?:`|^)make ([a-z0-9-]+)", text(document), re.MULTILINE))
    assert named <= targets()


def test_contributing_names_every_target() -> None:
    """Each target of `make help` is in CONTRIBUTING.md."""
    assert targets() == set(re.findall(r"`make ([a-z0-9-]+)", text(CONTRIBUTING)))


def test_the_map_shows_every_room() -> None:
    """Each entry of the map exists, and each room of the package is on the map."""
    named = map_paths()
    assert [path for path in named if not (ROOT / path).exists()] == []
    package = ROOT / "safepause"
    rooms = {path.parent.relative_to(ROOT).as_posix() for path in package.rglob("__init__.py")}
    assert {f"{room}/" for room in rooms} <= set(named)


def test_the_map_leaves_no_file_out() -> None:
    """Where the map names files of a room, it names each file of that room, once."""
    named = [path for path in map_paths() if path.endswith(".py")]
    rooms = {path.rpartition("/")[0] for path in named if path.startswith("safepause/")}
    there = [path for room in rooms for path in (ROOT / room).glob("*.py")]
    files = [path for path in there if not path.name.startswith("__")]
    of_rooms = [path for path in named if path.rpartition("/")[0] in rooms]
    assert sorted(of_rooms) == sorted(path.relative_to(ROOT).as_posix() for path in files)


def test_the_readme_is_short() -> None:
    """The README fits on a page or two."""
    assert len(text(ROOT / "README.md").splitlines()) <= MOST_LINES


def test_every_command_and_option_is_explained() -> None:
    """The page about the command line has each command with each of its options."""
    page = text(ROOT / "docs/command-line.md")
    for command in DECLARED:
        (row,) = re.findall(rf"^\| `safepause {command.name}\b.*$", page, re.MULTILINE)
        assert [option.flag for option in command.options if option.flag not in row] == []


def test_every_hook_is_explained() -> None:
    """The page about hooks has each setting, each variable and each event."""
    page = text(ROOT / "docs/hooks.md")
    variables = environment(Event.PAUSED, None)
    events = [event.value for event in Event]
    assert [name for name in (*HOOKS, *variables, *events) if name not in page] == []


def test_the_measurements_name_every_budget() -> None:
    """The page has a line for each budget, in their order, and says what it may take."""
    page = text(ROOT / "docs/measurements.md")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("| ")
    ]
    head, *lines = rows
    column = head.index("at most")
    assert [(row[0], row[column]) for row in lines] == [(each.what, each.words) for each in BUDGETS]


def test_the_version_is_one() -> None:
    """The newest entry of the changelog and of the AppStream data have the program's version."""
    newest = re.search(r"^## (\d\S*) - (\S+)$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    release = ET.parse(METAINFO).find("releases/release")  # noqa: S314  -- our own file
    assert newest is not None
    assert release is not None
    assert newest[1] == release.get("version") == safepause.__version__
    assert newest[2] == release.get("date")
