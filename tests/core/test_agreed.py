"""Whether both people have said yes to the agreement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from safepause.core.agreed import KEY, TERMS, agreed_on, yes
from safepause.core.settings.catalogue import DEFAULTS, Settings, declared

if TYPE_CHECKING:
    from safepause.core.settings.declaration import Value

DAY = date(2026, 11, 29)


def settings(**values: Value) -> Settings:
    """Return the default settings with some changed."""
    return Settings({**DEFAULTS.values, **values})


def test_nobody_has_agreed_at_first() -> None:
    """Without a yes there is no agreement."""
    assert agreed_on(DEFAULTS) is None


def test_both_have_agreed() -> None:
    """The day of the yes is kept, and can be stored."""
    kept = declared(KEY).parse(yes(DEFAULTS, DAY))
    assert agreed_on(settings(**{KEY: kept})) == DAY


@pytest.mark.parametrize("key", TERMS)
def test_a_changed_term_takes_the_yes_back(key: str) -> None:
    """A yes is for the terms that both have read. With the old term, it holds again."""
    said = yes(DEFAULTS, DAY)
    other = "Other" if isinstance(DEFAULTS.values[key], str) else DEFAULTS.number(key) + 1
    assert agreed_on(settings(**{KEY: said, key: other})) is None
    assert agreed_on(settings(**{KEY: said})) == DAY


def test_another_setting_changes_no_term() -> None:
    """The colours are nothing to agree on."""
    assert agreed_on(settings(**{KEY: yes(DEFAULTS, DAY)}, theme="dark")) == DAY


def test_a_broken_day_is_no_agreement() -> None:
    """What is no day counts as no yes."""
    checksum = yes(DEFAULTS, DAY).partition(" ")[2]
    assert agreed_on(settings(**{KEY: f"soon {checksum}"})) is None
