"""The platforms on which Qt tries to start."""

from __future__ import annotations

import sys

import pytest

from safepause.app.qt_start import platforms

X11, WAYLAND = {"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}


@pytest.mark.parametrize(
    ("asked", "environment", "tried"),
    [
        ("", X11 | WAYLAND, ""),
        ("wayland", X11, "wayland;xcb"),
        ("xcb", WAYLAND, "xcb;wayland"),
        ("xcb", X11, "xcb"),
        ("xcb", X11 | WAYLAND, "xcb;wayland"),
        ("wayland-egl", X11 | WAYLAND, "wayland-egl;xcb"),
        ("wayland;xcb", X11 | WAYLAND, "wayland;xcb"),
        ("gnome", X11 | WAYLAND, "gnome;xcb;wayland"),
        ("offscreen", {}, "offscreen"),
    ],
)
def test_other_platforms_follow_the_one_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: str, environment: dict[str, str], tried: str
) -> None:
    """After the platform that is asked for come those whose display is here."""
    monkeypatch.setattr(sys, "platform", "linux")
    assert platforms({"QT_QPA_PLATFORM": asked, **environment}) == tried


def test_other_systems_have_one_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows and macOS nothing is added."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert platforms({"QT_QPA_PLATFORM": "cocoa", **X11}) == "cocoa"
