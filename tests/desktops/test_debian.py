"""Tests of the kept Debians: what is used again is whole, and has what its room names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktops.debian import Debian, alone, furnished
from tests.desktops.machine import MissingError
from tests.desktops.rooms import Room

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROOM = Room("i3", "i3", "trixie", ("dunst", "i3-wm"))


@pytest.fixture(autouse=True)
def _no_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Install nothing: write down what would be there."""

    def install(debian: Debian, packages: Sequence[str]) -> None:
        (debian.folder / "installed.txt").write_text("\n".join(packages), encoding="utf-8")

    monkeypatch.setattr(Debian, "install", install)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return a cache with a bare Debian."""
    (tmp_path / "trixie.bare").mkdir()
    (tmp_path / "trixie.bare/whole").touch()
    return tmp_path


def test_a_kept_room_is_used_again(cache: Path) -> None:
    """The next run finds its files as they were left. A new package is added to them."""
    (furnished(ROOM, cache).folder / "left").touch()
    larger = Room("i3", "i3", "trixie", (*ROOM.packages, "dex"))
    assert (furnished(larger, cache).folder / "left").exists()


def test_a_room_that_needs_less_is_made_anew(cache: Path) -> None:
    """A package that the room names no more is not there by chance."""
    (furnished(ROOM, cache).folder / "left").touch()
    smaller = furnished(Room("i3", "i3", "trixie", ("i3-wm",)), cache)
    assert not (smaller.folder / "left").exists()
    assert smaller.installed() == {"i3-wm"}


def test_a_copy_that_was_broken_off_is_not_used(cache: Path) -> None:
    """The folder has the room's name only once all is in it."""
    (cache / "i3.part").mkdir()
    (cache / "i3.part/whole").touch()
    (cache / "i3.part/left").touch()
    made = furnished(ROOM, cache)
    assert sorted(path.name for path in made.folder.iterdir()) == ["installed.txt", "whole"]
    assert not (cache / "i3.part").exists()


def test_a_debian_that_cannot_be_copied_is_no_room(cache: Path) -> None:
    """The sentence has what `cp` has said, and no half of a room is left."""
    (cache / "i3.part").write_text("in the way", encoding="utf-8")
    with pytest.raises(MissingError, match="could not be copied"):
        furnished(ROOM, cache)
    assert not (cache / "i3").exists()


def test_two_runs_do_not_share_their_debians(tmp_path: Path) -> None:
    """A second run says so, and does nothing. The next one after the first has the folder."""
    for _ in range(2):
        refused = pytest.raises(MissingError, match="Another run uses")
        with alone(tmp_path / "cache"), refused, alone(tmp_path / "cache"):
            pass
