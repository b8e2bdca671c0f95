"""The store of a practice takes everything, and has nothing to tell of afterwards."""

from __future__ import annotations

from safepause.core.settings.catalogue import Settings
from safepause.store.practice_store import PracticeStore


def test_a_practice_knows_no_pause_no_end_and_no_request() -> None:
    """Whatever a practice does, its store answers as an empty one."""
    store = PracticeStore(Settings({}))
    assert store.clean
    assert store.standing() is None
    assert store.reference() is None
    assert list(store.outcomes()) == []
    assert store.unreadable_outcomes() == 0
    assert store.remembered(b"key") is None
    store.forget_all()
    assert store.tidy()


def test_a_setting_lasts_for_the_practice_and_not_longer() -> None:
    """A change of settings stays with the store that was changed."""
    before = Settings({"name1": "Alex"})
    store = PracticeStore(before)
    store.set("name1", "Kim")
    assert store.settings().text("name1") == "Kim"
    assert before.text("name1") == "Alex"
    assert PracticeStore(before).settings().text("name1") == "Alex"
