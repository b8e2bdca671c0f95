"""Damaged catalogues: the words are in the next language, and at last in English."""

from __future__ import annotations

import functools
import gettext
import shutil
from typing import TYPE_CHECKING

import pytest

from safepause.assets import resource
from safepause.i18n import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_find = gettext.find
FILE = "de/LC_MESSAGES/safepause.mo"


def cut(file: Path) -> None:
    """Keep the first half of a file."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    """Keep nothing, as after a crash."""
    file.write_bytes(b"")


def noise(file: Path) -> None:
    """Write what is no catalogue."""
    file.write_bytes(b"<html>not found</html>")


def no_text(file: Path) -> None:
    """Write letters that are none."""
    content = file.read_bytes()
    file.write_bytes(content.replace("ü".encode(), b"\xff\xff"))


def no_charset(file: Path) -> None:
    """Name a set of letters that nobody knows."""
    file.write_bytes(file.read_bytes().replace(b"charset=utf-8", b"charset=nobod"))


def no_plural(file: Path) -> None:
    """Spoil the rule for numbers of things."""
    file.write_bytes(file.read_bytes().replace(b"plural=(n != 1)", b"plural=(n != !)"))


def folder(file: Path) -> None:
    """Put a folder there."""
    file.unlink()
    file.mkdir()


def speak(monkeypatch: pytest.MonkeyPatch, *languages: str) -> None:
    """Set a person's languages for Python alone.

    The C library reads the variable LANGUAGE, too, and keeps its words for the tests that follow.
    """
    monkeypatch.setattr(gettext, "find", functools.partial(_find, languages=languages))


DAMAGES = (cut, emptied, noise, no_text, no_charset, no_plural, folder)


@pytest.fixture(autouse=True)
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have the catalogues read anew from a copy, for a person who speaks German. Return it."""
    shutil.copytree(resource("locale"), tmp_path / "locale")
    monkeypatch.setattr(language, "resource", tmp_path.joinpath)
    speak(monkeypatch, "de")
    language._read.cache_clear()  # noqa: SLF001
    yield tmp_path / "locale"
    language._read.cache_clear()  # noqa: SLF001


def test_a_whole_catalogue(copy: Path) -> None:
    """The words are German."""
    assert (copy / FILE).exists()
    assert language.language() == "de"
    assert language.is_whole()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_catalogue(copy: Path, damage: Callable[[Path], None]) -> None:
    """The words are English, and the damage is known."""
    before = (copy / FILE).read_bytes()
    damage(copy / FILE)
    assert (copy / FILE).is_dir() or (copy / FILE).read_bytes() != before
    assert language.language() == ""
    assert language._("Pause now") == "Pause now"
    assert language.ngettext("{count} file", "{count} files", 2) == "{count} files"
    assert not language.is_whole()


def test_the_next_language(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who knows two languages gets the one that can be read."""
    shutil.copytree(copy / "de", copy / "nl")
    emptied(copy / FILE)
    speak(monkeypatch, "de", "nl")
    assert language.language() == "de"  # the copy says that it is German
    assert language._("Pause now") != "Pause now"
    assert not language.is_whole()
