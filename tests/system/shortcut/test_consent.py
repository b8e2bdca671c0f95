"""When the desktop asks a person about shortcuts, and when it binds them without a question.

The real xdg-desktop-portal has a fake backend that asks as GNOME's and Plasma's do.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.shortcut.base import NAME1, PAUSE, BindFailure, Consent

if TYPE_CHECKING:
    from pathlib import Path

    from safepause.system.shortcut.portal import PortalShortcuts
    from tests.system.shortcut.portal_desk import PortalDesk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")

LOGIN = Consent(ask=False)
"""A start without a person, and without a memory of an earlier one."""
KEYS = "Ctrl+Alt+P"
SLOW_MS = 30_000
"""How long the real portal may take on a busy computer."""


@pytest.fixture(autouse=True)
def _same_menu(desk: PortalDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process see the menu that the portal sees."""
    assert desk.portal is None  # it needs the real folders
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "nothing"))


def wait_asked(desk: PortalDesk) -> None:
    """Wait until the desktop shows its question."""
    desk.qtbot.waitUntil(lambda: desk.questions() == 1, timeout=SLOW_MS)


def remembered(*actions: str) -> Consent:
    """Return the memory of a start at which the desktop has bound these actions."""
    return Consent(ask=False, given=frozenset(actions))


def wait_bound(desk: PortalDesk, shortcuts: PortalShortcuts) -> None:
    """Wait until the keys of a pause work."""
    desk.qtbot.waitUntil(lambda: bool(shortcuts.shown(PAUSE)), timeout=SLOW_MS)


def test_gnome_48_binds_though_it_responds_with_2(desk: PortalDesk) -> None:
    """A shortcut in the list works, whatever the response's code. Its keys are readable."""
    desk.start("gnome")
    shortcuts = desk.shortcuts(pause=KEYS)
    wait_asked(desk)
    desk.say("answer")
    wait_bound(desk, shortcuts)
    assert shortcuts.shown(PAUSE) == KEYS
    assert shortcuts.problem(PAUSE) == ""
    assert shortcuts.capability().available
    assert desk.answers == [remembered(PAUSE)]
    shortcuts.close()


@pytest.mark.parametrize("desktop", ["gnome", "plasma"])
def test_a_cancelled_question_is_a_refusal(desk: PortalDesk, desktop: str) -> None:
    """An empty list is a no, which the next start must know."""
    desk.start(desktop)
    shortcuts = desk.shortcuts(pause=KEYS)
    wait_asked(desk)
    desk.say("cancel")
    desk.qtbot.waitUntil(lambda: bool(desk.answers))
    assert "said no" in shortcuts.problem(PAUSE)
    assert desk.answers == [Consent(ask=False, refused=True)]
    shortcuts.close()


@pytest.mark.parametrize("desktop", ["gnome", "plasma"])
def test_a_start_without_a_person_asks_nothing(desk: PortalDesk, desktop: str) -> None:
    """At a login nothing is asked. A sentence says how the desktop is asked."""
    desk.start(desktop)
    shortcuts = desk.shortcuts_with(LOGIN, pause=KEYS)
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert "not been asked" in shortcuts.problem(PAUSE)
    assert "settings" in shortcuts.capability().advice
    assert desk.questions() == 0
    assert desk.answers == []
    shortcuts.close()


@pytest.mark.parametrize("desktop", ["gnome", "plasma"])
def test_once_a_person_is_here_the_desktop_is_asked(desk: PortalDesk, desktop: str) -> None:
    """The same shortcuts are asked for when the person has acted, once."""
    desk.start(desktop)
    shortcuts = desk.shortcuts_with(LOGIN, pause=KEYS)
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    shortcuts.bind({PAUSE: KEYS})
    wait_asked(desk)
    shortcuts.bind({PAUSE: KEYS})
    desk.say("answer")
    wait_bound(desk, shortcuts)
    assert desk.questions() == 0
    shortcuts.close()


@pytest.mark.parametrize(
    ("desktop", "memory"), [("gnome", remembered(PAUSE)), ("plasma", LOGIN)], ids=lambda each: each
)
def test_bound_before_works_at_each_login(desk: PortalDesk, desktop: str, memory: Consent) -> None:
    """What the desktop knows is bound without a question. GNOME lists it to nobody beforehand."""
    desk.start(desktop, "pause")
    shortcuts = desk.shortcuts_with(memory, pause=KEYS)
    wait_bound(desk, shortcuts)
    desk.say("Activated pause")
    desk.qtbot.waitUntil(lambda: desk.told == [PAUSE])
    assert desk.questions() == 0
    shortcuts.close()


@pytest.mark.parametrize(
    ("desktop", "memory"), [("gnome", remembered(PAUSE)), ("plasma", LOGIN)], ids=lambda each: each
)
def test_a_new_shortcut_beside_known_ones_waits_for_a_person(
    desk: PortalDesk, desktop: str, memory: Consent
) -> None:
    """At a login the known shortcut is bound, and the new one is not asked for."""
    desk.start(desktop, "pause")
    shortcuts = desk.shortcuts_with(memory, pause=KEYS, name1="Ctrl+Alt+O")
    wait_bound(desk, shortcuts)
    assert "not been asked" in shortcuts.problem(NAME1)
    assert desk.questions() == 0
    assert shortcuts.has(BindFailure.UNASKED)
    shortcuts.close()


def test_plasma_s_own_list_counts_more_than_our_memory(desk: PortalDesk) -> None:
    """If Plasma lists another shortcut but not this one, it would ask. So it is not asked."""
    desk.start("plasma", "name1")
    shortcuts = desk.shortcuts_with(remembered(PAUSE, NAME1), pause=KEYS, name1="Ctrl+Alt+O")
    desk.qtbot.waitUntil(lambda: bool(shortcuts.shown(NAME1)))
    assert "not been asked" in shortcuts.problem(PAUSE)
    assert desk.questions() == 0
    shortcuts.close()


def test_a_refusal_is_still_said_after_a_login(desk: PortalDesk) -> None:
    """At a login after a refusal nothing is asked, and the sentence is that of the refusal."""
    desk.start("gnome")
    shortcuts = desk.shortcuts_with(Consent(ask=False, refused=True), pause=KEYS)
    desk.qtbot.waitUntil(lambda: "said no" in shortcuts.problem(PAUSE))
    assert desk.questions() == 0
    assert shortcuts.by_hand
    shortcuts.close()


def test_a_restarted_portal_asks_nobody(desk: PortalDesk) -> None:
    """After a restart of the portal, the bound shortcut is bound again without a question."""
    desk.start("gnome")
    shortcuts = desk.shortcuts(pause=KEYS)
    wait_asked(desk)
    desk.say("answer")
    wait_bound(desk, shortcuts)
    assert desk.portal is not None
    desk.portal.kill()
    desk.qtbot.waitUntil(lambda: shortcuts.shown(PAUSE) == "")
    desk.start_portal()
    wait_bound(desk, shortcuts)
    assert desk.questions() == 0
    shortcuts.close()


@pytest.mark.parametrize("desktop", ["gnome", "plasma"])
def test_a_question_that_went_with_the_portal_waits_for_a_person(
    desk: PortalDesk, desktop: str
) -> None:
    """A portal that is restarted while it asks does not ask again by itself. A person does."""
    desk.start(desktop)
    shortcuts = desk.shortcuts(pause=KEYS)
    wait_asked(desk)
    for _restart in range(2):
        assert desk.portal is not None
        desk.portal.kill()
        desk.qtbot.waitUntil(lambda: not shortcuts.has(BindFailure.WAITING))
        desk.start_portal()
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert desk.questions() == 0
    assert desk.answers == [], "nobody has answered"
    shortcuts.bind({PAUSE: KEYS})
    wait_asked(desk)
    desk.say("answer")
    wait_bound(desk, shortcuts)
    shortcuts.close()


def test_known_keys_come_back_though_a_question_went_with_the_portal(desk: PortalDesk) -> None:
    """The question was about a second shortcut. The first one works again, and nobody is asked."""
    desk.start("plasma", "pause")
    shortcuts = desk.shortcuts(pause=KEYS, name1="Ctrl+Alt+O")
    wait_asked(desk)
    assert desk.portal is not None
    desk.portal.kill()
    desk.qtbot.waitUntil(lambda: not shortcuts.has(BindFailure.WAITING))
    desk.start_portal()
    wait_bound(desk, shortcuts)
    assert shortcuts.has(BindFailure.UNASKED)
    assert desk.questions() == 0
    shortcuts.close()


def test_a_portal_that_dies_of_the_question_asks_nobody_later(desk: PortalDesk) -> None:
    """A portal that crashes between the call and its answer may have shown the question."""
    desk.start_version("1.22", "dies")
    shortcuts = desk.shortcuts(pause=KEYS)
    wait_asked(desk)
    desk.qtbot.waitUntil(lambda: not shortcuts.has(BindFailure.WAITING))
    desk.start_version("1.22", "dies")
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert desk.questions() == 0
    shortcuts.close()


def test_a_person_who_acts_as_the_portal_ends_is_asked_by_the_next_one(desk: PortalDesk) -> None:
    """The one that has ended has not asked for this act yet."""
    desk.start("gnome")
    shortcuts = desk.shortcuts_with(LOGIN, pause=KEYS)
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert desk.portal is not None
    desk.portal.kill()
    desk.portal.wait()
    shortcuts.bind({PAUSE: KEYS})
    desk.start_portal()
    wait_asked(desk)
    desk.say("answer")
    wait_bound(desk, shortcuts)
    shortcuts.close()


def test_a_person_who_acts_before_a_slow_portal_has_answered_is_asked(desk: PortalDesk) -> None:
    """At a login nobody is asked. The person's act counts though that answer isn't there yet."""
    desk.start("gnome")
    shortcuts = desk.shortcuts_with(LOGIN, pause=KEYS)
    assert shortcuts.has(BindFailure.WAITING)
    shortcuts.bind({PAUSE: KEYS})
    wait_asked(desk)
    shortcuts.close()


def test_a_portal_gets_no_session_that_was_begun_with_the_last_one(desk: PortalDesk) -> None:
    """That session would keep its name, so that no other could be opened."""
    desk.start_version("1.22", "brief")
    shortcuts = desk.shortcuts()
    desk.wait_for_owner()
    shortcuts.bind({PAUSE: KEYS})
    desk.wait_for_end()
    desk.start_version("1.22")
    wait_bound(desk, shortcuts)
    shortcuts.close()


@pytest.mark.parametrize("desktop", ["gnome", "plasma"])
def test_a_late_portal_asks_for_the_person_who_has_acted(desk: PortalDesk, desktop: str) -> None:
    """A portal that starts after the person's act has asked nothing yet, so it asks then."""
    shortcuts = desk.shortcuts(pause=KEYS)
    desk.qtbot.waitUntil(lambda: not shortcuts.possible)
    desk.start(desktop)
    wait_asked(desk)
    shortcuts.close()


def test_a_late_portal_asks_nobody_after_a_login(desk: PortalDesk) -> None:
    """Nobody has acted, so a portal that starts late asks nothing."""
    shortcuts = desk.shortcuts_with(LOGIN, pause=KEYS)
    desk.qtbot.waitUntil(lambda: not shortcuts.possible)
    desk.start("gnome")
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert desk.questions() == 0
    shortcuts.close()


def test_a_late_portal_asks_nobody_in_a_pause(desk: PortalDesk) -> None:
    """Meanwhile a pause may have begun. Then the question waits for the next act of a person."""
    shortcuts = desk.shortcuts(pause=KEYS)
    desk.qtbot.waitUntil(lambda: not shortcuts.possible)
    shortcuts.may_ask = lambda: False
    desk.start("gnome")
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert desk.questions() == 0
    shortcuts.close()


def test_shortcuts_that_the_person_has_removed_are_not_bound_again(desk: PortalDesk) -> None:
    """GNOME's "Remove All Shortcuts" ends them. The next start must not bind: GNOME would ask."""
    desk.start("gnome", "pause")
    shortcuts = desk.shortcuts_with(remembered(PAUSE), pause=KEYS)
    wait_bound(desk, shortcuts)
    desk.say("remove")
    desk.qtbot.waitUntil(lambda: shortcuts.shown(PAUSE) == "")
    assert "taken the shortcut back" in shortcuts.problem(PAUSE)
    assert desk.answers[-1] == LOGIN
    shortcuts.close()


def test_gnome_keeps_its_keys_when_ours_change(desk: PortalDesk) -> None:
    """The desktop's keys are shown, not those that were asked for."""
    desk.start("gnome", "pause")
    shortcuts = desk.shortcuts(pause="Ctrl+Alt+O")
    wait_bound(desk, shortcuts)
    assert shortcuts.shown(PAUSE) == KEYS
    assert desk.questions() == 0
    shortcuts.close()


def test_a_desktop_that_shows_nothing_to_an_app_outside_its_menu(desk: PortalDesk) -> None:
    """GNOME 48 drops the wish then, and a portal from 1.21 on refuses. A sentence says what helps.

    That is no answer of a person.
    """
    desk.leave_menu()
    desk.start("strict")
    shortcuts = desk.shortcuts(pause=KEYS)
    desk.qtbot.waitUntil(lambda: "safepause install-desktop" in shortcuts.problem(PAUSE))
    assert desk.questions() == 0
    assert desk.answers == []
    shortcuts.close()


def test_one_question_at_a_time(desk: PortalDesk) -> None:
    """Keys that are changed while GNOME asks lead to no second question.

    After the answer GNOME keeps its keys, which its own settings change.
    """
    desk.start("gnome")
    shortcuts = desk.shortcuts(pause=KEYS)
    wait_asked(desk)
    shortcuts.bind({PAUSE: "Ctrl+Alt+O"})
    desk.say("answer")
    wait_bound(desk, shortcuts)
    assert desk.questions() == 0
    desk.qtbot.waitUntil(lambda: shortcuts.shown(PAUSE) == KEYS)
    shortcuts.close()


def test_no_keys_end_a_question(desk: PortalDesk) -> None:
    """If the person chooses no keys while the desktop asks, its answer binds nothing."""
    desk.start("gnome")
    shortcuts = desk.shortcuts(pause=KEYS)
    wait_asked(desk)
    shortcuts.bind({PAUSE: ""})
    desk.say("answer")
    shortcuts.bind({PAUSE: KEYS}, LOGIN)
    desk.qtbot.waitUntil(lambda: shortcuts.has(BindFailure.UNASKED))
    assert shortcuts.shown(PAUSE) == ""
    shortcuts.close()
