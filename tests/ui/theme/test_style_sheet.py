"""The style sheet of all windows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safepause.ui.theme.palette import LIGHT, PALETTES, Palette
from safepause.ui.theme.style_sheet import style_sheet

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("palette", PALETTES)
def test_sheet_is_whole(palette: Palette) -> None:
    """The style sheet has no placeholder left, and no colour that is not of the palette."""
    sheet = style_sheet(palette)
    assert "%(" not in sheet
    colours = {getattr(palette, name) for name in Palette.__slots__}
    assert palette.prim in set(re.findall(r"#[0-9a-f]+", sheet)) <= colours


@pytest.mark.parametrize("palette", PALETTES)
def test_pictures_are_there(palette: Palette) -> None:
    """Each picture in the style sheet is a file."""
    pictures = re.findall(r'url\("(.+?)"\)', style_sheet(palette))
    assert len(set(pictures)) == 2
    assert all(Path(picture).is_file() for picture in pictures)


def test_no_rule_is_said_twice() -> None:
    """No two rules have the same selector, so none can override another."""
    selectors = re.findall(r"([^{}]+)\{", style_sheet(LIGHT))
    single = [each.strip() for selector in selectors for each in selector.split(",")]
    assert sorted(single) == sorted(set(single))
