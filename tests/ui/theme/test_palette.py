"""The colours: they are readable, none is red, and the person or the system chooses."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from safepause.ui.theme.palette import DARK, LIGHT, Palette, palette_for

pytestmark = pytest.mark.usefixtures("qapp")


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_readable(palette: Palette) -> None:
    """Every text has a contrast of at least 4.5 to its background (WCAG AA)."""
    for ink in (palette.ink, palette.soft):
        for ground in (palette.bg1, palette.bg2):
            assert _contrast(ink, ground) >= 4.5
    for ground in (palette.orb1, palette.orb2):
        assert _contrast(palette.ink, ground) >= 4.5
    assert _contrast(palette.prim_ink, palette.prim) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_no_red(palette: Palette) -> None:
    """No colour has a red hue, unless it is almost grey."""
    for name in Palette.__slots__:
        colour = QColor(getattr(palette, name))
        assert colour.hslSaturationF() < 0.1 or 60 < colour.hslHue() < 260, name


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


def _dark_palette() -> QPalette:
    return QPalette(QColor("#222222"))
