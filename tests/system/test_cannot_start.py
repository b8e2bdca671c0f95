"""The sentence for a program that can't start, from what Qt or the loader says."""

from __future__ import annotations

import sys

import pytest

from safepause.system import cannot_start

GONE = "{}: cannot open shared object file: No such file or directory"
NO_DESKTOP = "SafePause needs a desktop to appear on. There is none here."


@pytest.mark.parametrize(
    ("said", "package"),
    [
        (GONE.format("libxcb-cursor.so.0"), "libxcb-cursor0 (libxcb-cursor.so.0)"),
        (GONE.format("libxkbcommon-x11.so.0"), "libxkbcommon-x11-0 (libxkbcommon-x11.so.0)"),
        (GONE.format("libEGL.so.1"), "libegl1 (libEGL.so.1)"),
        ("/usr/lib/libxcb-icccm.so.4.0.0: file too short", "libxcb-icccm4 (libxcb-icccm.so.4)"),
    ],
)
def test_a_library_is_named_as_its_package(said: str, package: str) -> None:
    """A library that is missing or broken is named as a file, and as a package of Debian."""
    sentence = f"A library is missing or broken: {package}. Please install it."
    assert cannot_start.why(said) == sentence
    assert cannot_start.why_not_imported(said) == sentence


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("qt.qpa.xcb: could not connect to display :77", "SafePause can't reach the screen :77."),
        ("qt.qpa.xcb: could not connect to display ", NO_DESKTOP),
        ("Failed to create wl_display (Refused)", "SafePause can't reach the screen wayland-5."),
        ("something else", "SafePause can't start here."),
    ],
)
def test_a_screen_that_is_not_reached_is_named(said: str, sentence: str) -> None:
    """The sentence names the screen, or says that there is no desktop."""
    assert cannot_start.why(said, "wayland-5") == sentence


def test_a_broken_part_is_told() -> None:
    """If a part of the program can't be imported, it has to be installed again."""
    sentence = "A part of SafePause is missing or broken. Please install SafePause again."
    assert cannot_start.why_not_imported("No module named 'PySide6'") == sentence


def test_the_sentence_is_the_last_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said goes to standard error, line by line. A missing stream is no error."""
    cannot_start.say("detail", "sentence")
    assert capsys.readouterr().err == "detail\nsentence\n"
    monkeypatch.setattr(sys, "stderr", None)
    cannot_start.say("nobody hears it")
