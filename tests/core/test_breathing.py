"""Breathing: every session ends with a whole breath, and every moment has its phase."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepause.core import breathing
from safepause.core.breathing import (
    EASIER,
    FOUR_SEVEN_EIGHT,
    LONGEST_MINUTES,
    NOTICE,
    SHORTEST_MINUTES,
    SIGHING,
    SOFT,
    TECHNIQUES,
    Phase,
    Session,
)

sessions = st.builds(
    Session,
    technique=st.sampled_from(list(TECHNIQUES.values())),
    minutes=st.integers(SHORTEST_MINUTES, LONGEST_MINUTES),
    gentle_start=st.booleans(),
)
paced = sessions.filter(lambda session: session.technique is not NOTICE)


@given(paced)
def test_a_session_ends_on_a_whole_breath(session: Session) -> None:
    """The length is a whole number of breaths: first easier ones, then those of the technique."""
    own = session.seconds - session.lead_breaths * EASIER.breath
    assert own % session.technique.breath == 0
    assert own / session.technique.breath == session.breaths - session.lead_breaths
    assert session.breaths >= 1


@given(sessions)
def test_a_session_lasts_about_as_long_as_asked(session: Session) -> None:
    """A session is as long as asked, within half a breath, unless it has few breaths."""
    limited = session.technique.most_breaths is not None
    slack = max(session.technique.breath / 2, EASIER.breath / 2)
    assert session.seconds <= session.minutes * 60 + slack
    if not limited:
        assert session.seconds >= session.minutes * 60 - slack


@given(sessions, st.floats(0, 1, exclude_max=True))
def test_every_moment_has_its_phase(session: Session, share: float) -> None:
    """Every moment of a session has a phase, and figures between 0 and 1."""
    elapsed = min(share * session.seconds, math.nextafter(session.seconds, 0))
    position = session.at(elapsed)
    assert position is not None
    assert 0 <= position.progress <= 1
    assert 0 <= position.fullness <= 1
    assert 0 <= position.breath < max(1, session.breaths)


@given(sessions)
def test_outside_of_the_session_there_is_no_phase(session: Session) -> None:
    """Before the start and after the end there is no position."""
    assert session.at(-0.001) is None
    assert session.at(session.seconds) is None


@settings(max_examples=20)
@given(paced)
def test_phases_follow_each_other_without_a_jump(session: Session) -> None:
    """A session begins with breathing in. Breath, progress and fullness change without a jump."""
    steps = [number / 4 for number in range(int(session.seconds * 4))]
    positions = [position for position in map(session.at, steps) if position is not None]
    assert len(positions) == len(steps)
    assert positions[0].phase is Phase.IN
    assert positions[0].fullness == 0
    for before, after in pairwise(positions):
        assert after.breath - before.breath in {0, 1}
        assert abs(after.fullness - before.fullness) < 0.3
        if before.phase is after.phase and before.breath == after.breath:
            assert after.progress > before.progress


@pytest.mark.parametrize("technique", TECHNIQUES.values(), ids=TECHNIQUES)
def test_a_breath_is_its_phases(technique: breathing.Technique) -> None:
    """A breath is as long as its phases together, and begins with breathing in."""
    assert technique.breath == sum(seconds for _, seconds in technique.phases)
    assert [phase for phase, _ in technique.phases][:1] in ([Phase.IN], [])
    assert TECHNIQUES[technique.key] is technique


def test_holds_are_marked() -> None:
    """`has_holds` is true for the techniques with a hold, and for no others."""
    held = {key for key, technique in TECHNIQUES.items() if technique.has_holds}
    assert held == {"box", "four_seven_eight"}


@given(st.integers(SHORTEST_MINUTES, LONGEST_MINUTES), st.booleans())
def test_four_seven_eight_has_four_breaths_at_most(minutes: int, gentle: bool) -> None:  # noqa: FBT001
    """4-7-8 has at most four breaths, whatever length is asked."""
    session = Session(FOUR_SEVEN_EIGHT, minutes, gentle)
    assert session.breaths - session.lead_breaths <= 4


def test_a_gentle_start_takes_about_a_minute() -> None:
    """A gentle start has whole breaths of the easier rhythm for about a minute."""
    session = Session(SOFT, 5, gentle_start=True)
    assert session.lead_breaths == 9
    lead = session.lead_breaths * EASIER.breath
    at_the_seam = session.at(lead)
    assert at_the_seam is not None
    assert (at_the_seam.breath, at_the_seam.phase, at_the_seam.progress) == (9, Phase.IN, 0)
    before = session.at(lead - 0.5)
    assert before is not None
    assert (before.breath, before.phase) == (8, Phase.OUT)


def test_just_noticing_has_no_rhythm() -> None:
    """An unpaced session lasts exactly as long as asked, in one phase and with one fullness."""
    session = Session(NOTICE, 3, gentle_start=True)
    assert (session.breaths, session.lead_breaths, session.seconds) == (0, 0, 180)
    assert session.at(90) == breathing.Position(Phase.NOTICE, 0.5, 0.5, 0)
    assert NOTICE.breath == 0


def test_a_sigh_tops_up_a_breath_that_is_nearly_full() -> None:
    """The second breath in of a sigh begins nearly full, and ends full."""
    session = Session(SIGHING)
    nearly, full = session.at(3.0), session.at(4.0)
    assert nearly is not None
    assert full is not None
    assert (nearly.phase, full.phase) == (Phase.TOP_UP, Phase.OUT)
    assert 0.8 < nearly.fullness < 0.9
    assert full.fullness == 1


def test_a_box_rests_full_and_empty() -> None:
    """After breathing in, a hold is full. After breathing out, a hold is empty."""
    session = Session(breathing.BOX)
    held, resting = session.at(6), session.at(14)
    assert held is not None
    assert resting is not None
    assert (held.phase, held.fullness) == (Phase.HOLD_FULL, 1)
    assert (resting.phase, resting.fullness) == (Phase.HOLD_EMPTY, 0)
