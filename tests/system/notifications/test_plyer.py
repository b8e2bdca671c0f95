"""Notifications without D-Bus: plyer in a thread, then the message of the tray icon."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.system.notifications import Notifications, fallback
from safepause.system.notifications import plyer as module
from safepause.system.notifications.factory import make_fallback
from safepause.system.notifications.plyer import PlyerNotifications, harmless, with_plyer
from tests.system.notifications.notice_desk import DUE, NEXT, OtherWay

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

NOWHERE = Path("/nonexistent")
"""Without D-Bus no notification is written down."""


@pytest.mark.usefixtures("qtbot")
def test_a_stale_refusal_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """If a channel fails after the notice was withdrawn, no other channel shows the notice."""
    refusals: list[Callable[[str], None]] = []
    tray: list[str] = []
    other = OtherWay(refusals)
    notifications = Notifications(
        None, lambda title, _body: tray.append(title), NOWHERE, fallback=other
    )
    notifications.show(DUE)
    notifications.withdraw()
    refusals[0]("too late")
    assert tray == []
    notifications.show(NEXT)
    refusals[1]("no")
    assert tray == [NEXT.title]
    assert "too late" in caplog.text


@pytest.mark.usefixtures("qapp")
def test_without_plyer_s_files_the_tray_shows_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where plyer can't be imported, the notice is the tray icon's message, and doctor says so."""

    def gone(_parent: object) -> OtherWay:
        raise ImportError("no such file")

    monkeypatch.setattr(fallback, "make_fallback", gone)
    tray: list[str] = []
    notifications = Notifications(None, lambda title, _body: tray.append(title), NOWHERE)
    notifications.show(DUE)
    assert tray == [DUE.title]
    assert not notifications.capability().available
    assert "plyer can't be loaded" in caplog.text


@pytest.mark.usefixtures("qapp")
def test_plyer_is_made_when_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a bus the first notice makes the channel of plyer, and the next one uses it."""
    made: list[OtherWay] = []

    def make(_parent: object) -> OtherWay:
        made.append(OtherWay())
        return made[-1]

    monkeypatch.setattr(fallback, "make_fallback", make)
    notifications = Notifications(None, lambda _title, _body: None, NOWHERE)
    assert made == []
    notifications.show(DUE)
    notifications.show(NEXT)
    assert [other.shown for other in made] == [[DUE, NEXT]]
    assert not notifications.capability().available


def test_the_fallback_is_plyer(qapp: QApplication) -> None:
    """The factory makes the channel of plyer."""
    assert isinstance(make_fallback(qapp), PlyerNotifications)


def test_plyer_runs_in_a_thread(qtbot: QtBot) -> None:
    """The GUI thread doesn't wait for plyer. While a call runs, the next notice is refused."""
    go_on = threading.Event()
    told: list[tuple[str, str, str]] = []
    refused: list[str] = []

    def slow(title: str, body: str) -> None:
        go_on.wait(10)
        told.append((threading.current_thread().name, title, body))

    plyer = PlyerNotifications(slow, reports=True)
    plyer.show(DUE, refused.append)
    plyer.show(NEXT, refused.append)
    assert refused == ["plyer is still busy with the last notice"]
    go_on.set()
    qtbot.waitUntil(lambda: not plyer.busy)
    assert told == [("plyer", "It\u2019s 20:40", "Sam + Kim \u20393")]
    plyer.withdraw()


@pytest.mark.parametrize("reports", [True, False])
def test_without_a_report_the_next_channel_is_tried(qtbot: QtBot, *, reports: bool) -> None:
    """If plyer can't report a failure, a notice is always refused, and nothing is available."""
    refused: list[str] = []
    plyer = PlyerNotifications(lambda _title, _body: None, reports=reports)
    assert plyer.capability().available is reports
    plyer.show(DUE, refused.append)
    qtbot.waitUntil(lambda: not plyer.busy)
    assert bool(refused) is not reports


def test_plyer_fails(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """An exception of plyer leads to the message of the tray. Only its kind is logged."""
    tray: list[tuple[str, str]] = []

    def broken(_title: str, _body: str) -> None:
        raise NotImplementedError("Alex, it is time")

    other = PlyerNotifications(broken, reports=True)
    notifications = Notifications(
        None, lambda title, body: tray.append((title, body)), NOWHERE, fallback=other
    )
    notifications.show(DUE)
    qtbot.waitUntil(lambda: tray == [(DUE.title, DUE.body)])
    assert "plyer: NotImplementedError" in caplog.text
    assert "Alex" not in caplog.text


def test_the_arguments_of_plyer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plyer gets the title, the text, our name and a timeout."""

    class Recorder:
        def notify(self, **given: object) -> None:
            told.update(given)

    told: dict[str, object] = {}
    monkeypatch.setattr(module, "notification", Recorder())
    with_plyer("a", "b")
    assert told == {"title": "a", "message": "b", "app_name": "SafePause", "timeout": 10}


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_harmless_text(text: str, most: int) -> None:
    """No text is an option, has quotes, markup or control characters, or is too long."""
    result = harmless(text, most)
    assert len(result) <= most
    assert not result.startswith(("-", " "))
    assert not set(result) & set("'\"<>&\\\0\n")
    result.encode()
