"""What the commands do and answer, in the app and without it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from safepause.commands import Exit
from safepause.core.origin import Origin
from safepause.i18n.words import return_time
from tests import fakes
from tests.commands.command_rig import Rig
from tests.fakes import EVENING, at


@pytest.fixture
def rig() -> Rig:
    """Return an idle rig."""
    return Rig()


def test_a_pause_says_its_return_time(rig: Rig) -> None:
    """A call without arguments lasts as long as agreed and answers with the clock time."""
    assert rig.run("pause") == (0, f"Pause until {at(30)}.\n", "")


def test_a_command_counts_from_when_it_was_given(rig: Rig) -> None:
    """A command that waited for the app counts from when it was given: calls, ends, and an undo."""
    assert rig.run("pause", "--ago", "2.5").code == Exit.DONE
    pause = rig.service.pause
    assert pause is not None
    assert pause.started_at == rig.clock.now() - timedelta(seconds=2.5)
    rig.clock.move(seconds=20)
    assert rig.run("undo").code == Exit.REFUSED
    assert rig.run("undo", "--ago", "15").code == Exit.DONE
    rig.run("pause", "--minutes", "30")
    rig.clock.sleep_until(EVENING + timedelta(minutes=41, seconds=5))
    assert rig.run("extend", "--minutes", "10", "--ago=10").code == Exit.DONE
    assert rig.service.pause is not None
    assert rig.service.pause.return_at == EVENING + timedelta(minutes=51)
    assert rig.run("return", "--ago", "20").code == Exit.DONE
    (outcome,) = rig.service.outcomes()
    assert outcome.ended_at == rig.clock.now() - timedelta(seconds=20)


def test_a_clock_time_counts_from_when_it_was_given(rig: Rig) -> None:
    """A clock time means the next one after the command was given, also if that has passed since.

    If it had passed when the command was given, the answer says so.
    """
    rig.run("pause")
    rig.clock.move(minutes=40, seconds=5)
    said = rig.run("extend", "--until", at(40), "--ago", "10")
    late = f"The new time must be later than {at(40)}.\n"
    assert (said.code, said.err) == (Exit.REFUSED, late)
    passed = f"{at(40)} has just passed. Please choose a later time.\n"
    assert rig.run("extend", "--until", at(40)).err == passed


def test_how_long_ago_is_counted_by_the_clock_that_was_put_right(rig: Rig) -> None:
    """A late command after a step counts from its instant by the right clock: an undo, and an end.

    An undo may arrive as late as without a step, and no later.
    """
    for wait, ago, code in ((29, 20, Exit.DONE), (12, 1, Exit.REFUSED), (31, 20, Exit.REFUSED)):
        rig.clock.set(EVENING + timedelta(days=365))
        assert rig.run("pause").code == Exit.DONE
        rig.clock.move(seconds=wait)
        rig.clock.set(EVENING)
        assert rig.run("undo", "--ago", str(ago)).code == code
        rig.service.forget_all(EVENING, Origin.COMMAND_LINE)
    rig.run("pause")
    rig.clock.move(minutes=31)
    rig.clock.set(rig.clock.now() - timedelta(hours=2))
    rig.run("return", "--ago", "20")
    (outcome,) = rig.service.outcomes()
    assert outcome.ended_at == rig.clock.now() - timedelta(seconds=20)
    assert outcome.ended_at - outcome.promised_at == timedelta(seconds=40)


def tomorrow(ago: int) -> datetime:
    """Return tomorrow's instant with the clock time of `ago` minutes before `EVENING`.

    Clocks may change until then.
    """
    local = (EVENING - timedelta(minutes=ago)).astimezone(fakes.ZONE)
    day = local.date() + timedelta(days=1)
    return datetime.combine(day, local.time(), fakes.ZONE).astimezone(UTC)


def comes_again(ago: int) -> bool:
    """Tell whether the time of `ago` minutes before comes again tonight, as clocks go back."""
    instant = EVENING - timedelta(minutes=ago)
    return instant.astimezone(fakes.ZONE).replace(fold=1).astimezone(UTC) > instant


@pytest.mark.parametrize("ago", [0, 1, 45, 170])
def test_a_clock_time_that_has_just_passed_is_no_day(rig: Rig, ago: int) -> None:
    """At 20:11 "until 20:10" is refused. The answer has the way that means tomorrow, and it works.

    Where clocks go back, tomorrow's time may be more than a day away. Then there is no such way.
    After three hours the clock time means tomorrow.
    """
    said = rig.run("pause", "--until", at(-ago))
    if comes_again(ago):
        assert said.code == Exit.DONE
        return
    again = tomorrow(ago)
    count = (again - EVENING) // timedelta(minutes=1)
    way = f"For {return_time(again, rig.clock)}, write: --minutes {count}\n"
    if count > 1440:
        way = "Please choose a later time.\n"
    assert (said.code, said.err) == (Exit.REFUSED, f"{at(-ago)} has just passed. {way}")
    assert '"just_passed"' in "".join(map(str, rig.run("pause", "--until", at(-ago), "--json")))
    assert rig.document("status")["state"] == "idle"
    if count <= 1440:
        assert rig.run("pause", "--minutes", str(count)).code == Exit.DONE
        assert rig.service.pause is not None
        assert rig.service.pause.return_at == again
        rig.run("return")
    late = return_time(tomorrow(181), rig.clock)
    assert late in rig.run("pause", "--until", at(-181)).out


def test_more_time_until_a_clock_time_that_has_just_passed(rig: Rig) -> None:
    """`extend` refuses it, too. It has a way to tomorrow only if the pause may last until then."""
    rig.run("pause")
    rig.clock.move(minutes=5)
    for ago in (-4, 10):
        said = rig.run("extend", "--until", at(-ago))
        if comes_again(ago):
            assert said.code == Exit.DONE
            return
        again = tomorrow(ago)
        more = (again - EVENING - timedelta(minutes=30)) // timedelta(minutes=1)
        if again - EVENING > timedelta(days=1):
            assert said.err == f"{at(-ago)} has just passed. Please choose a later time.\n"
        else:
            assert said.err.endswith(f", write: --minutes {more}\n")
    if again - EVENING <= timedelta(days=1):
        assert rig.run("extend", "--minutes", str(more)).code == Exit.DONE
        assert rig.service.pause is not None
        assert rig.service.pause.return_at == again


def test_a_standing_pause_answers_a_clock_time_that_has_passed(rig: Rig) -> None:
    """A call while a pause stands prints its return time, whatever clock time it names."""
    rig.run("pause")
    rig.clock.move(minutes=5)
    said = rig.run("pause", "--until", at(4))
    assert (said.code, at(30) in said.out) == (Exit.DONE, True)


def test_a_command_about_an_earlier_pause_is_refused(rig: Rig) -> None:
    """A command that was given before an earlier pause ended is refused: the sentence says why."""
    rig.run("pause")
    assert rig.run("return", "--ago", "5").code == Exit.DONE
    rig.clock.move(seconds=1)
    rig.run("pause")
    rig.clock.move(seconds=4)
    said = rig.run("return", "--ago", "5")
    assert (said.code, said.err) == (
        Exit.REFUSED,
        "That came too late: it was about an earlier pause.\n",
    )


def test_real_seconds_are_longer_on_a_fast_clock(rig: Rig) -> None:
    """In the demo, a command that waited for a second was given a minute ago."""
    rig.clock.speed = 60
    rig.run("pause", "--ago", "1")
    assert rig.service.pause is not None
    assert rig.service.pause.started_at == rig.clock.now() - timedelta(minutes=1)


def test_a_standing_pause_answers_a_second_call(rig: Rig) -> None:
    """A second call changes nothing and says the standing time."""
    rig.run("pause", "--by", "Alex")
    standing = rig.service.pause
    rig.clock.move(minutes=4)
    reply = rig.run("pause", "--by", "Sam", "--minutes", "60")
    assert reply == (0, f"There is a pause already. Back at {at(30)} - 26 min.\n", "")
    assert rig.service.pause == standing


def test_a_pause_that_is_not_kept_says_so_on_a_second_line(rig: Rig) -> None:
    """A full disk does not stop a pause; the answer says that the pause can't be saved."""
    rig.store.full = True
    reply = rig.run("pause")
    assert reply.code == Exit.DONE
    assert reply.out.startswith(f"Pause until {at(30)}.\nThe pause runs, but can't be saved")


@pytest.mark.parametrize(
    ("argv", "until"),
    [
        (("--until", at(50)), at(50)),
        (("--until=9:05",), "tomorrow at 09:05"),
        (("--minutes", "20"), "20:30"),
        (("--minutes=1440",), f"tomorrow at {at(1440)}"),
    ],
)
def test_a_pause_takes_a_length_or_a_time(rig: Rig, argv: tuple[str, ...], until: str) -> None:
    """Minutes count from now; a clock time is the next one."""
    assert rig.run("pause", *argv).out == f"Pause until {until}.\n"


def test_a_time_too_near_is_refused(rig: Rig) -> None:
    """A time within the next 20 minutes is refused; the answer has the earliest time."""
    reply = rig.run("pause", "--until", "20:20")
    assert reply == (1, "", "A pause needs 20 minutes or more: from 20:30 on.\n")


@pytest.mark.parametrize("seconds", [0, 1, 30, 59])
def test_the_earliest_time_that_is_named_is_allowed(rig: Rig, seconds: int) -> None:
    """A person who writes the time that the refusal names has a pause, at any second."""
    rig.clock.move(seconds=seconds)
    earliest = at(20 if seconds == 0 else 21)
    reply = rig.run("pause", "--until", at(19))
    assert reply.err == f"A pause needs 20 minutes or more: from {earliest} on.\n"
    assert rig.run("pause", "--until", earliest).out == f"Pause until {earliest}.\n"


def test_status_names_time_and_caller(rig: Rig) -> None:
    """Status is one line: until when, how long, who asked."""
    assert rig.run("status").out == "No pause right now.\n"
    rig.run("pause", "--by", "Alex")
    rig.clock.move(minutes=4)
    assert rig.run("status").out == f"Back at {at(30)} - 26 min. Alex asked.\n"


def test_status_for_scripts_has_the_agreed_form(rig: Rig) -> None:
    """The document has exactly the keys of the contract, instants in UTC."""
    assert rig.document("status") == {
        "running": True,
        "version": "9.9",
        "state": "idle",
        "pause": None,
    }
    rig.run("pause", "--by", "Alex")
    rig.clock.move(seconds=60)
    assert rig.service.pause is not None
    assert rig.document("status")["pause"] == {
        "id": str(rig.service.pause.id),
        "called_by": "Alex",
        "started_at": "2026-03-10T20:10:00Z",
        "return_at": "2026-03-10T20:40:00Z",
        "seconds_left": 29 * 60,
        "extensions": 0,
        "extensions_left": 2,
    }


def test_a_due_pause_has_no_seconds_left(rig: Rig) -> None:
    """Once due, the state says so and the seconds stay at 0."""
    rig.run("pause")
    rig.clock.move(hours=1)
    assert rig.run("status").out == f"Time to come back, since {at(30)}.\n"
    document = rig.document("status")
    assert (document["state"], document["pause"]["seconds_left"]) == ("due", 0)


def test_undo_return_and_let_go_end_a_pause(rig: Rig) -> None:
    """Each ends the pause and says so; without a pause, each is refused."""
    for command, said in (
        ("undo", "Undone, without a trace.\n"),
        (
            "return",
            "The pause has ended. Say hello first.\nIt's early. If it heats up, pause again.\n",
        ),
        ("let-go", "The reminders stop. It may rest now.\n"),
    ):
        assert rig.run(command) == (1, "", "There is no pause right now.\n")
        rig.run("pause")
        assert rig.run(command).out == said
        assert rig.service.pause is None


def test_a_return_in_time_has_no_note(rig: Rig) -> None:
    """Only an early return has the note."""
    rig.run("pause")
    rig.clock.move(minutes=31)
    assert rig.run("return").out == "The pause has ended. Say hello first.\n"


def test_more_time_counts_from_the_return_and_then_from_now(rig: Rig) -> None:
    """Extra minutes count from the promised return, or from now once the pause is due."""
    rig.run("pause")
    assert rig.run("extend", "--minutes", "10").out == f"We come back at {at(40)}.\n"
    rig.clock.move(hours=1)
    assert rig.run("extend", "--until", at(110)).out == f"We come back at {at(110)}.\n"
    assert rig.run("extend", "--minutes", "10").err.startswith(
        "You agreed: a new time, twice. This was the second."
    )


def test_an_unkept_end_tells_that_the_pause_may_show_again(rig: Rig) -> None:
    """In the app, the pause ends; the answer says that it may show once more."""
    rig.run("pause")
    rig.store.full = True
    assert "may show once more" in rig.run("return").out


def test_an_undo_that_is_not_kept_may_leave_a_trace(rig: Rig) -> None:
    """The answer has either "without a trace", or that the pause may show once more."""
    rig.run("pause")
    rig.store.full = True
    reply = rig.run("undo")
    assert reply.out.startswith("Undone.\nIt can't be saved, so the pause may show once more.")


def test_without_an_app_what_is_not_kept_is_not_done(rig: Rig) -> None:
    """Without the app, a command whose result can't be written is refused."""
    rig.run("pause")
    rig.store.full, rig.host.running = True, False
    for command in (("extend", "--minutes", "20"), ("return",)):
        reply = rig.run(*command)
        assert reply.code == Exit.REFUSED
        assert "nothing has changed" in reply.err


def test_the_app_is_asked_to_show_breathe_and_quit(rig: Rig) -> None:
    """The host does these three; the answer to `quit` says whether the pause is kept."""
    for command in ("show", "breathe", "quit"):
        assert rig.run(command).code == Exit.DONE
    assert rig.host.asked == ["show", "breathe", "quit"]
    rig.run("pause")
    assert "next start" in rig.run("quit").out
    rig.store.full = True
    rig.run("extend", "--minutes", "20")
    assert "couldn't be saved" in rig.run("quit").out


def test_actions_answer_scripts_with_the_status(rig: Rig) -> None:
    """The document of a command has the new status, and whether the pause is kept."""
    document = rig.document("pause")
    assert document["state"] == "paused"
    assert document["kept"] is True


def test_refusals_are_documents_too(rig: Rig) -> None:
    """With --json, a refusal is a document; its sentence goes to standard error."""
    reply = rig.run("undo", "--json")
    sentence = "There is no pause right now."
    assert json.loads(reply.out) == {
        "error": {"code": 1, "reason": "not_paused", "message": sentence}
    }
    assert reply.err == f"{sentence}\n"


def test_a_name_keeps_its_direction_to_itself(rig: Rig) -> None:
    """A right-to-left name gets direction marks; markup and emoji are shown as they are."""
    rig.run("pause", "--by", "דנה")
    assert "\u2068דנה\u2069 asked." in rig.run("status").out
    rig.run("undo")
    rig.run("pause", "--by", "<b>Alex</b> 😀")
    assert "<b>Alex</b>" in rig.run("status").out


def test_what_the_command_line_does_itself_is_not_done_in_the_app(rig: Rig) -> None:
    """A request over the socket can't make the app write files for the desktop."""
    refused = rig.run("install-desktop", "--remove")
    assert refused.code == Exit.REFUSED
    assert "install-desktop" in refused.err
