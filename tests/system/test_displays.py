"""Which display a window is on, and whether somebody at another display can see it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from safepause.system.displays import displays, elsewhere

if TYPE_CHECKING:
    from pathlib import Path

BOTH = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}


@pytest.mark.parametrize(
    ("asked", "platform", "environment", "place"),
    [
        (":0", "xcb", {"DISPLAY": ":0"}, ""),
        (":0.0", "xcb", {"DISPLAY": ":0"}, ""),
        ("unix:0", "xcb", {"DISPLAY": ":0.1"}, ""),
        (":1", "xcb", {"DISPLAY": ":0"}, ":0"),
        ("far:0", "xcb", {"DISPLAY": ":0"}, ":0"),
        (":10", "xcb", {"DISPLAY": ":1"}, ":1"),
        ("wayland-1", "xcb", {"DISPLAY": ":0"}, ":0"),
        ("wayland-0", "xcb", BOTH, ""),
        (":0", "wayland", BOTH, ""),
        (":1", "wayland", BOTH, "wayland-0"),
        (":1", "wayland-egl", BOTH, "wayland-0"),
        (":1", "offscreen", BOTH, ""),
        (":1", "windows", {}, ""),
    ],
)
def test_another_display_is_named(
    asked: str, platform: str, environment: dict[str, str], place: str
) -> None:
    """The display of our windows is told to a caller on another one. X11 on Wayland is the same."""
    assert elsewhere(asked, platform, environment) == place


def test_wayland_has_a_usual_display(tmp_path: Path) -> None:
    """If no variable names the Wayland display, its usual socket counts."""
    environment = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert displays(environment)["wayland"] == ""
    with socket.socket(socket.AF_UNIX) as usual:
        usual.bind(str(tmp_path / "wayland-0"))
        assert displays(environment)["wayland"] == "wayland-0"
