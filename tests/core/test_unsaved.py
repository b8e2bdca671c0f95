"""What a full disk, or another program, keeps from being written is written later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.core import requests
from safepause.core.origin import Origin
from safepause.core.ports import Remembered
from safepause.core.service import Accepted, PauseService
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.pause import Pause, Transition
    from safepause.core.reference import Reference

LENGTH = 30


class Noting(MemoryStore):
    """Also notes each pause that is written; None where no pause stands."""

    def __init__(self) -> None:
        """Make an empty store."""
        super().__init__()
        self.written: list[Pause | None] = []
        self.broken = False

    def commit(
        self,
        step: Transition,
        request: Remembered | None = None,
        reference: Reference | None = None,
    ) -> None:
        """Keep a transition, or fail as no store should."""
        if self.broken:
            raise OverflowError
        super().commit(step, request, reference)
        self.written.append(step.pause)


@pytest.fixture
def store() -> Noting:
    """Return a store in memory."""
    return Noting()


def test_what_was_not_kept_is_written_later(store: Noting, clock: FakeClock) -> None:
    """The pause that stands now, and the outcome of an earlier one, are written, and that once."""
    service = PauseService(clock, store)
    Couple(service).call()
    clock.move(minutes=LENGTH)
    store.full = True
    Couple(service).come_back()
    Couple(service).call(by="Alex")
    service.save()
    assert (service.kept, store.ended) == (False, [])
    store.full = False
    service.save()
    assert (service.kept, service.trouble) == (True, "")
    assert store.pause == service.pause
    assert store.referred is not None
    assert len(store.ended) == 1
    count = len(store.written)
    service.save()
    Couple(service).come_back()
    assert len(store.written) == count + 1


def test_a_name_that_is_not_needed_is_never_written(store: Noting, clock: FakeClock) -> None:
    """A call that was undone, or forgotten, before it could be written leaves no trace later."""
    service = PauseService(clock, store)
    store.full = True
    Couple(service).call(by="Alex")
    Couple(service).undo()
    store.full = False
    service.save()
    assert store.written == [None]
    store.full = True
    Couple(service).call(by="Alex")
    store.full = False
    Couple(service).forget_all()
    service.save()
    assert store.written == [None]


def remembering(key: bytes) -> Callable[[Accepted], Remembered]:
    """Return what makes the memory of a request with this key."""
    return lambda _accepted: Remembered(key, b"x")


def test_requests_are_written_with_what_they_asked_for(store: Noting, clock: FakeClock) -> None:
    """A request that is sent again after a crash is known, as its pause is."""
    service = PauseService(clock, store)
    store.full = True
    Couple(service).call()
    keys = [bytes([number]) * 16 for number in (1, 2)]
    for number, key in enumerate(keys):
        more = timedelta(minutes=10 * (number + 1))
        extend = requests.extend(service.pause, clock, more)
        service.apply(extend, Origin.COMMAND_LINE, remembering(key))
    store.full = False
    service.save()
    assert [store.remembered(key) for key in keys] == [b"x", b"x"]
    assert store.pause == service.pause


@pytest.mark.usefixtures("caplog")
def test_what_no_store_can_write_holds_nothing_up(store: Noting, clock: FakeClock) -> None:
    """A fault of ours in one command is not tried again. The next one is written."""
    service = PauseService(clock, store)
    store.broken = True
    Couple(service).call()
    store.broken = False
    service.save()
    kept = [service.kept]
    Couple(service).come_back()
    kept.append(service.kept)
    assert kept == [False, True]
    assert len(store.ended) == 1
