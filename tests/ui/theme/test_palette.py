"""The colours: they are readable, none is red, and the person or the system chooses."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from safepause.ui.theme.palette import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    PALETTES,
    Palette,
    palette_for,
    palette_of_ink,
)

pytestmark = pytest.mark.usefixtures("qapp")


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _over(colour: str, ground: str) -> QColor:
    """Return how a colour, which may be seen through, looks on a ground."""
    top, below = QColor(colour), QColor(ground)
    seen = top.alphaF()
    return QColor.fromRgbF(
        top.redF() * seen + below.redF() * (1 - seen),
        top.greenF() * seen + below.greenF() * (1 - seen),
        top.blueF() * seen + below.blueF() * (1 - seen),
    )


def _contrast(one: str, other: str, ground: str) -> float:
    luminances = (_luminance(_over(each, ground)) for each in (one, other))
    light, dark = sorted(luminances, reverse=True)
    return (light + 0.05) / (dark + 0.05)


_TEXTS = [
    *((ink, ground) for ink in ("ink", "soft") for ground in ("bg1", "bg2", "card", "warm")),
    ("prim", "bg1"),
    ("prim", "bg2"),
    ("prim", "card"),
    ("prim_ink", "prim"),
    ("ink", "orb1"),
    ("ink", "orb2"),
]
"""Letters, and what is behind them."""
_EDGES = [
    *(
        (edge, ground)
        for edge in ("edge", "prim", "ink")
        for ground in ("bg1", "bg2", "card", "warm")
    ),
    ("orb3", "bg1"),
    ("orb3", "bg2"),
    ("edge", "card"),
]
"""Borders, marks and the ring of the focus, and what is beside them."""


def _all_pairs(least: float, most: Palette, pairs: list[tuple[str, str]]) -> list[str]:
    """Return the pairs of a palette that have less contrast than `least`, on both grounds."""
    return [
        f"{one} on {other}"
        for one, other in pairs
        for ground in (most.bg1, most.bg2)
        if _contrast(getattr(most, one), getattr(most, other), ground) < least
    ]


@pytest.mark.parametrize("palette", PALETTES)
def test_readable(palette: Palette) -> None:
    """Every text has a contrast of at least 4.5 to its background (WCAG AA)."""
    assert _all_pairs(4.5, palette, _TEXTS) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_edges_are_seen(palette: Palette) -> None:
    """Every border and mark has a contrast of at least 3 to what is beside it."""
    assert _all_pairs(3.0, palette, _EDGES) == []


@pytest.mark.parametrize("palette", [LIGHT_CONTRAST, DARK_CONTRAST])
def test_high_contrast(palette: Palette) -> None:
    """With more contrast, each text has at least 7 (WCAG AAA), and each edge at least 4.5."""
    assert _all_pairs(7.0, palette, _TEXTS) == []
    assert _all_pairs(4.5, palette, _EDGES) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_no_red(palette: Palette) -> None:
    """No colour has a red hue, unless it is almost grey. Sand is yellow rather than red."""
    for name in Palette.__slots__:
        colour = QColor(getattr(palette, name))
        lowest = 30 if name in ("sand", "warm") else 60
        assert colour.hslSaturationF() < 0.1 or lowest < colour.hslHue() < 260, name


def test_choice() -> None:
    """A person's choice of colours is followed."""
    assert (palette_for("light"), palette_for("dark")) == (LIGHT, DARK)


def test_system_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's colour scheme is followed, or its window colour if it has no scheme."""
    said = [Qt.ColorScheme.Unknown, Qt.ColorScheme.Light, Qt.ColorScheme.Dark]
    hints = SimpleNamespace(colorScheme=said.pop)
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    assert palette_for("system") is DARK
    assert palette_for("system") is LIGHT
    monkeypatch.setattr(QGuiApplication, "palette", _dark_palette)
    assert palette_for("system") is DARK


def test_more_contrast(monkeypatch: pytest.MonkeyPatch) -> None:
    """More contrast comes with the setting, or when the system asks; not against a choice."""
    wish = SimpleNamespace(contrastPreference=lambda: SimpleNamespace(name="HighContrast"))
    hints = SimpleNamespace(colorScheme=lambda: Qt.ColorScheme.Dark, accessibility=lambda: wish)
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    assert palette_for("system") is DARK_CONTRAST
    assert palette_for("light") is LIGHT
    hints.accessibility = lambda: None
    hints.colorScheme = lambda: Qt.ColorScheme.Light
    assert (palette_for("system"), palette_for("contrast")) == (LIGHT, LIGHT_CONTRAST)


def _dark_palette() -> QPalette:
    return QPalette(QColor("#222222"))


@pytest.mark.parametrize("palette", PALETTES)
def test_letters_tell_the_palette(palette: Palette) -> None:
    """A widget finds its palette by the colour of its letters."""
    assert palette_of_ink(QColor(palette.ink)) is palette


@pytest.mark.parametrize(("ink", "palette"), [("#123456", LIGHT), ("#eeddcc", DARK)])
def test_other_letters_tell_light_from_dark(ink: str, palette: Palette) -> None:
    """Letters of another colour are on a light ground if they are dark, and the reverse."""
    assert palette_of_ink(QColor(ink)) is palette
