"""How a window comes up in front of other windows, on Wayland and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
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


def test_a_window_that_is_shifted_goes_back(
    window: Hiding, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """i3 and metacity shift a window that is shown anew. A second call comes before it is back."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    window.move(20, 30)
    place = window.geometry()
    for _call in range(2):
        come_up(window, steal_focus=True, unmanaged=False)
        window.move(window.pos() + QPoint(2, 22))
    qtbot.waitUntil(lambda: window.geometry() == place)


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
    surfaces = Surfaces()
    window.windowHandle().installEventFilter(surfaces)
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


class Manager:
    """A window manager, or the lack of one, that lets go of windows or not."""

    def __init__(self, *, runs: bool = True, lets_go: bool = True) -> None:
        self._runs, self._lets_go = runs, lets_go

    def give_keyboard(self, window: int) -> None:
        """Ignore the request."""

    def wait_for_withdrawal(self, window: int) -> bool:  # noqa: ARG002  -- as the real one
        """Return whether the window manager has let go of the window."""
        return self._lets_go

    def runs(self) -> bool:
        """Return whether there is a window manager."""
        return self._runs


@pytest.mark.parametrize("runs", [True, False])
def test_without_a_window_manager_a_return_is_raised(
    window: Hiding, monkeypatch: pytest.MonkeyPatch, *, runs: bool
) -> None:
    """A window manager puts a new window in front. Without one, nobody else does."""
    raised: list[bool] = []
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    monkeypatch.setattr(window, "raise_", lambda: raised.append(True))
    come_up(window, steal_focus=False, unmanaged=False, manager=Manager(runs=runs))
    assert bool(raised) is not runs


@pytest.mark.parametrize("lets_go", [True, False])
def test_a_window_that_is_not_let_go_of_gets_a_new_native_one(
    window: Hiding, monkeypatch: pytest.MonkeyPatch, *, lets_go: bool
) -> None:
    """A window manager takes a native window that it still has for one that it hides itself."""
    surfaces = Surfaces()
    window.windowHandle().installEventFilter(surfaces)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    come_up(window, steal_focus=False, unmanaged=False, manager=Manager(lets_go=lets_go))
    assert window.isVisible()
    assert surfaces.made == (0 if lets_go else 1)
