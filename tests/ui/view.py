"""A window in one of its states: how it is shown in a size, a language and a size of letters."""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from safepause.assets import resource
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.i18n import language
from safepause.ui.pause.window import PauseWindow
from safepause.ui.windows.base import Window
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepause.core.settings.declaration import Value

    Made = Callable[[FakeClock, Settings], QWidget]
    Acted = Callable[[FakeClock, QWidget], None]

COUPLE: dict[str, Value] = {"name1": "Alex", "name2": "Sam", "motion": "full", "theme": "light"}
"""The settings of every window, unless others are asked for."""


@dataclass(frozen=True)
class View:
    """A window in one of its states."""

    name: str
    """The name of its pictures, such as "pause-still"."""
    make: Made
    """Makes the window, hidden."""
    after: Acted | None = None
    """Brings the shown window into its state, as a click does, or the time."""
    values: tuple[tuple[str, Value], ...] = ()
    """The settings of this state."""


@contextmanager
def shown(view: View, size: QSize | None = None, **values: Value) -> Iterator[QWidget]:
    """Show a window in its state, and remove it afterwards. `values` are settings.

    Without a size, the window has the size in which it comes up.
    """
    clock = FakeClock()
    window = view.make(
        clock, Settings({**DEFAULTS.values, **COUPLE, **dict(view.values), **values})
    )
    _show(window, size)
    if view.after is not None:
        view.after(clock, window)
        settle()
    if size is not None:
        window.resize(size)
    settle()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _show(window: QWidget, size: QSize | None) -> None:
    if size is not None:
        window.resize(size)
        window.show()
    elif isinstance(window, PauseWindow):
        window.bring_up(steal_focus=True)
    elif isinstance(window, Window):
        window.bring_up()
    else:
        window.show()
    settle()


def settle() -> None:
    """Let Qt finish the layouts that are due: one may lead to the next."""
    for _round in range(10):
        QApplication.sendPostedEvents()
    QApplication.processEvents()


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Have the windows that are made meanwhile speak a language: "en" or "de"."""
    before = language._read  # noqa: SLF001  -- it reads the catalogue only once
    catalogue = gettext.NullTranslations()
    if code != "en":
        with (resource("locale") / code / "LC_MESSAGES" / "safepause.mo").open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
    setattr(language, "_read", lambda: (catalogue, True))  # noqa: B010
    try:
        yield
    finally:
        setattr(language, "_read", before)  # noqa: B010


@contextmanager
def letters(points: int) -> Iterator[None]:
    """Have the system's letters be this large, in points."""
    before = QApplication.font()
    font = QApplication.font()
    font.setPointSize(points)
    QApplication.setFont(font)
    settle()
    try:
        yield
    finally:
        QApplication.setFont(before)
        settle()


def press(window: QWidget, name: str) -> None:
    """Press the visible button with the English name `name`, in the language of the window."""
    sought = language._(name)
    found = [each for each in window.findChildren(QPushButton) if each.isVisible()]
    named = [each for each in found if sought in (each.accessibleName(), each.text())]
    assert named, (sought, [each.accessibleName() for each in found])
    named[0].click()
    settle()


def pressing(*names: str) -> Acted:
    """Return what presses these buttons, one after the other."""

    def act(_clock: FakeClock, window: QWidget) -> None:
        for name in names:
            press(window, name)

    return act


def waiting(seconds: float, *names: str) -> Acted:
    """Return what lets time pass, and then presses these buttons."""

    def act(clock: FakeClock, window: QWidget) -> None:
        assert isinstance(window, PauseWindow)
        clock.move(seconds=seconds)
        window.refresh()
        settle()
        pressing(*names)(clock, window)

    return act
