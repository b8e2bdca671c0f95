"""The connection to the X server, and its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.system.x11 import xlib
from safepause.system.x11.display import Display, NoDisplay
from safepause.system.x11.keyboard import Grab, Keyboard

if TYPE_CHECKING:
    from tests.system.xserver import XServer

NO_KEY = Grab(1, 0)
"""X11 has no key with a code below 8."""


def test_without_libx11_there_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without libX11 raises NoDisplay with the system's reason."""

    def missing() -> None:
        raise OSError("libX11.so.6: cannot open shared object file")

    monkeypatch.setattr(xlib, "load", missing)
    with pytest.raises(NoDisplay, match="cannot open"):
        Display()


def test_an_error_reaches_the_handler_of_its_connection(server: XServer) -> None:
    """An error of one connection passes the handler that another connection has set later."""
    assert server.display
    first, second = Keyboard(), Keyboard()
    with first._errors() as ours, second._errors() as others:  # noqa: SLF001  -- no other door
        first._x.XUngrabKey(first._display, NO_KEY.keycode, NO_KEY.mask, first._root)  # noqa: SLF001
        first._x.XSync(first._display, 0)  # noqa: SLF001
    assert len(ours) == 1
    assert others == set()
    first.close()
    second.close()


def test_a_refused_grab_is_returned(server: XServer) -> None:
    """A grab that the server refuses is returned, and the program goes on."""
    assert server.display
    keyboard = Keyboard()
    assert keyboard.grab([NO_KEY]) == {NO_KEY}
    assert keyboard.keycode("a")
    keyboard.close()
