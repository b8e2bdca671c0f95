"""Fixtures of the shortcut's tests."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.system.shortcut.xserver import XServer, missing

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def _shared_server() -> Iterator[XServer]:
    if sys.platform != "linux" or missing():
        reason = f"not here: {missing()}" if sys.platform == "linux" else "X11 is for Linux"
        pytest.skip(reason)
    server = XServer()
    yield server
    server.kill()


@pytest.fixture
def server(_shared_server: XServer, monkeypatch: pytest.MonkeyPatch) -> XServer:
    """Return an X server of the tests' own, with a US keyboard, as the display of this process."""
    monkeypatch.setenv("DISPLAY", _shared_server.display)
    _shared_server.layout("us", "-option", "")
    return _shared_server
