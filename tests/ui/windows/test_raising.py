"""How a window comes up in front of other windows, on Wayland and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QHideEvent, QPlatformSurfaceEvent
from PySide6.QtWidgets import QWidget

from safepause.ui.windows.placed import Placed
from safepause.ui.windows.raising import come_up, front_capability

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


_CREATED = QPlatformSurfaceEvent.SurfaceEventType.SurfaceCreated


class Hiding(Placed):
    """A window that counts how often it was hidden."""

    hidden = 0

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  -- Qt's
        """Count."""
        super().hideEvent(event)
        self.hidden += 1


@pytest.fixture
def window(qtbot: QtBot) -> Hiding:
    """Return a visible window that is not active."""
    first, other = Hiding(), QWidget()
    shown: tuple[QWidget, ...] = (first, other)
    for each in shown:
        qtbot.addWidget(each)
        each.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not first.isActiveWindow())
    return first


@pytest.mark.parametrize(
    ("platform", "times"), [("wayland", 1), ("wayland-egl", 1), ("xcb", 1), ("windows", 0)]
)
def test_window_not_in_use_comes_anew(
    window: Hiding, platform: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Wayland and X11, a window that is not active is hidden and shown again."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    come_up(window, steal_focus=True, unmanaged=False)
    assert window.isVisible()
    assert window.hidden == times


class Surfaces(QObject):
    """Counts the native windows that a window gets."""

    made = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  -- Qt's
        """Count."""
        if isinstance(event, QPlatformSurfaceEvent):
            self.made += event.surfaceEventType() is _CREATED
        return False


@pytest.mark.parametrize(("platform", "made"), [("wayland", 1), ("xcb", 0)])
def test_window_that_comes_anew_has_a_new_surface_on_wayland(
    window: Hiding, platform: str, made: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutter 43 would not paint the old surface. On X11 the native window stays the same."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    surfaces = Surfaces(window)
    window.windowHandle().installEventFilter(surfaces)
    come_up(window, steal_focus=True, unmanaged=False)
    assert window.isVisible()
    assert surfaces.made == made


def test_window_in_use_stays(window: Hiding, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """An active window is not hidden."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    come_up(window, steal_focus=True, unmanaged=False)
    assert window.hidden == 0


@pytest.mark.parametrize(("platform", "stays"), [("wayland", False), ("xcb", True)])
def test_doctor_does_not_promise_what_wayland_forbids(
    platform: str, monkeypatch: pytest.MonkeyPatch, *, stays: bool
) -> None:
    """On Wayland, the doctor says that others can cover the window, and what helps."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    found = front_capability()
    assert found.available is stays
    assert bool(found.advice) is not stays
