"""Whether the desktop's menu has an entry for SafePause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause import APP_ID
from safepause.system.desktop.install import install
from safepause.system.desktop.menu import is_listed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("key", ["XDG_DATA_HOME", "XDG_DATA_DIRS"])
def test_an_installed_entry_is_found(tmp_path: Path, key: str) -> None:
    """What `install-desktop` writes counts, and so does the entry of a package."""
    own, shared = tmp_path / "own", tmp_path / "shared"
    env = {"XDG_DATA_HOME": str(own), "XDG_DATA_DIRS": f"{tmp_path}/nothing:{shared}"}
    assert not is_listed(env)
    folder = own if key == "XDG_DATA_HOME" else shared
    install(folder, ["/usr/bin/safepause"])
    assert is_listed(env)


def test_without_variables_the_home_folder_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without variables the specification's own folders are searched."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".local" / "share" / "applications"
    folder.mkdir(parents=True)
    (folder / f"{APP_ID}.desktop").touch()
    assert is_listed({})
