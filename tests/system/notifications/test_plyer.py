"""Notifications without D-Bus: plyer beside the GUI thread, then the tray's message."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.system.notifications import Notifications
from safepause.system.notifications.plyer import PlyerNotifications, harmless, with_plyer
from tests.system.notifications.notice_desk import DUE, NEXT, OtherWay

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.mark.usefixtures("qtbot")
def test_a_stale_refusal_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """A way that fails after the notice was withdrawn doesn't bring it back elsewhere."""
    refusals: list[Callable[[str], None]] = []
    tray: list[str] = []
    other = OtherWay(refusals)
    notifications = Notifications(None, lambda title, _body: tray.append(title), fallback=other)
    notifications.show(DUE)
    notifications.withdraw()
    refusals[0]("too late")
    assert tray == []
    notifications.show(NEXT)
    refusals[1]("no")
    assert tray == [NEXT.title]
    assert "too late" in caplog.text


def test_plyer_works_beside_the_gui_thread(qtbot: QtBot) -> None:
    """The GUI thread never waits for plyer, which block; while it is busy it takes no more."""
    go_on = threading.Event()
    told: list[tuple[str, str, str]] = []
    refused: list[str] = []

    def slow(title: str, body: str) -> None:
        go_on.wait(10)
        told.append((threading.current_thread().name, title, body))

    plyer = PlyerNotifications(slow, tells=True)
    plyer.show(DUE, refused.append)
    plyer.show(NEXT, refused.append)
    assert refused == ["plyer is still busy with the last notice"]
    go_on.set()
    qtbot.waitUntil(lambda: not plyer.busy)
    assert told == [("plyer", "It\u2019s 20:40", "Sam + Kim \u20393")]
    plyer.withdraw()


@pytest.mark.parametrize("tells", [True, False])
def test_plyers_outcome(qtbot: QtBot, *, tells: bool) -> None:
    """Where plyer says nothing about failure, nobody can be sure: the next way is taken, too."""
    refused: list[str] = []
    plyer = PlyerNotifications(lambda _title, _body: None, tells=tells)
    assert plyer.capability().available is tells
    plyer.show(DUE, refused.append)
    qtbot.waitUntil(lambda: not plyer.busy)
    assert bool(refused) is not tells


def test_plyer_fails(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever plyer raises leads to the tray's message, and only its kind to the log."""
    tray: list[tuple[str, str]] = []

    def broken(_title: str, _body: str) -> None:
        raise NotImplementedError("Alex, it is time")

    fallback = PlyerNotifications(broken, tells=True)
    notifications = Notifications(
        None, lambda title, body: tray.append((title, body)), fallback=fallback
    )
    notifications.show(DUE)
    qtbot.waitUntil(lambda: tray == [(DUE.title, DUE.body)])
    assert "plyer: NotImplementedError" in caplog.text
    assert "Alex" not in caplog.text


def test_plyer_is_told_who_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What plyer gets is title, text and our name, and nothing that only some systems take."""
    import plyer

    class Recorder:
        def notify(self, **given: object) -> None:
            told.update(given)

    told: dict[str, object] = {}
    monkeypatch.setattr(plyer, "notification", Recorder())
    with_plyer("a", "b")
    assert told == {"title": "a", "message": "b", "app_name": "SafePause", "timeout": 10}


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_harmless_text(text: str, most: int) -> None:
    """No text reaches a tool as an option, as markup, as GVariant text, or too long."""
    result = harmless(text, most)
    assert len(result) <= most
    assert not result.startswith(("-", " "))
    assert not set(result) & set("'\"<>&\\\0\n")
    result.encode()
