"""Whether animations run, as the person or the system asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.ui.theme import motion
from safepause.ui.theme.motion import less_motion

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("file", "text", "still"),
    [
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=1\n", False),
        ("kdeglobals", "[Other]\nAnimationDurationFactor=0\n", False),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations = false\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", True),
        ("gtk-4.0/settings.ini", "\ufffe\udc80", False),
    ],
)
def test_system_motion(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    text: str,
    *,
    still: bool,
) -> None:
    """The settings of KDE and GTK are followed, and unreadable files are ignored."""
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(motion, "_qt_says_still", lambda: None)
    assert less_motion("system") is still
    assert less_motion("less")
    assert not less_motion("full")


@pytest.mark.parametrize("answer", [True, False])
def test_qt_knows(monkeypatch: pytest.MonkeyPatch, *, answer: bool) -> None:
    """If Qt knows the system's preference, that is followed."""
    monkeypatch.setattr(motion, "_qt_says_still", lambda: answer)
    assert less_motion("system") is answer
