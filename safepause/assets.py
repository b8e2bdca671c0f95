"""Finds the files of resources/. A wheel has them inside the package, a checkout beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOMES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")
_HOME = next((home for home in _HOMES if home.is_dir()), _HOMES[0])


def is_whole() -> bool:
    """Return whether the folders of resources/ are there."""
    return all(resource(part).is_dir() for part in ("icons", "linux", "locale"))


def resource(*parts: str) -> Path:
    """Return the path of a resource, such as `resource("icons", "safepause.svg")`."""
    return _HOME.joinpath(*parts)
