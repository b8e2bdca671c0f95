"""The context of a handler: the request, the service, the host, and the forms of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.commands import json_output
from safepause.commands.reply import Exit, Reply, done, problem
from safepause.commands.spec import LEAST_EXTRA, UNTIL
from safepause.core.agreement import next_at
from safepause.core.origin import Origin
from safepause.core.pause import LONGEST, Reason, Refusal, is_open
from safepause.i18n import data_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from safepause.commands.declaration import Option, Request
    from safepause.commands.host import Host, WriteFile
    from safepause.commands.request_memory import RequestMemory
    from safepause.core.pause import Command, Pause
    from safepause.core.requests import When
    from safepause.core.service import Accepted, PauseService

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Context:
    """One command, and what carries it out."""

    request: Request
    service: PauseService
    host: Host
    write_file: WriteFile
    at: datetime
    """When the person gave the command."""
    memory: RequestMemory

    def when(self, minutes: Option[timedelta]) -> When | None:
        """Return the length or the clock time on the command line; None if there is neither."""
        until = self.request.value(UNTIL)
        return self.request.value(minutes) if until is None else until

    def status(self) -> json_output.Document:
        """Return the status, for scripts."""
        return json_output.status(self.service, self.host.version, running=self.host.running)

    def answer(self, sentence: str, document: json_output.Document) -> Reply:
        """Answer with a sentence for a person, or with a document for a script."""
        return done(sentence, document, as_document=self.request.json)

    def done(self, sentence: str) -> Reply:
        """Answer a command that was carried out; a script gets the status."""
        return self.answer(sentence, {**self.status(), "kept": self.service.kept})

    def standing(self, command: Command, sentence: Callable[[Pause], str]) -> Reply:
        """Carry out a command after which a pause stands."""

        def answer(accepted: Accepted) -> Reply:
            said = "" if accepted.pause is None else sentence(accepted.pause)
            return self._accepted(accepted, said, data_words.not_kept)

        return self._apply(command, answer)

    def ended(self, command: Command, sentence: str, *, trace_left: str = "") -> Reply:
        """Carry out a command after which no pause stands.

        If a trace of the pause is left for now, the answer says why. `trace_left` is what it begins
        with then, if that is not `sentence`.
        """

        def answer(accepted: Accepted) -> Reply:
            said = sentence
            if accepted.pause is not None:  # the end of a pause was undone
                said = words.stands_again(accepted.pause, self.service.clock)
                return self._accepted(accepted, said, data_words.not_kept)
            if not accepted.kept:
                said = trace_left or sentence
            elif not self.service.clean:
                said = f"{trace_left or sentence} {data_words.trace_left()}"
            return self._accepted(accepted, said, data_words.may_show_again)

        return self._apply(command, answer)

    def problem(self, reason: str, sentence: str, code: Exit = Exit.REFUSED) -> Reply:
        """Answer a command that was refused; scripts read the reason."""
        return problem(code, reason, sentence, as_document=self.request.json)

    def not_kept(self, detail: str) -> Reply:
        """Answer a command that was refused because the store can't write."""
        sentence = _("That couldn't be saved, so nothing has changed. ({detail})")
        return self.problem("not_kept", sentence.format(detail=detail))

    def _apply(self, command: Command, answer: Callable[[Accepted], Reply]) -> Reply:
        """Have the service carry out a command, and remember the answer in the same commit."""
        remember = self.memory.remembering(answer)
        result = self.service.apply(command, Origin.COMMAND_LINE, remember)
        return self._refused(result) if isinstance(result, Refusal) else answer(result)

    def _accepted(self, result: Accepted, sentence: str, warning: Callable[[str], str]) -> Reply:
        if result.kept:
            return self.done(sentence)
        if not self.host.running:  # this process ends, and its memory with it
            return self.not_kept(self.service.trouble)
        return self.done(f"{sentence}\n{warning(self.service.trouble)}")

    def _refused(self, refusal: Refusal) -> Reply:
        sentence = words.refused(refusal, self.service.clock)
        if refusal.reason is Reason.JUST_PASSED and refusal.limit is not None:
            sentence = self._for_tomorrow(refusal.limit) or sentence
        return self.problem(refusal.reason.value, sentence)

    def _for_tomorrow(self, passed: datetime) -> str:
        """Return the sentence that says how to name the same clock time of tomorrow, if allowed."""
        clock, pause, begin, latest = self.service.clock, self.service.pause, self.at, None
        if pause is not None and is_open(pause, self.at):
            begin, latest = max(pause.return_at, self.at), pause.last_at
        again = next_at(clock.local(passed).time(), clock, self.at)
        count = words.minutes(again - begin)
        if count < LEAST_EXTRA // _MINUTE or again > (latest or begin + LONGEST):
            return ""
        return _("{time} has just passed. For {day_and_time}, write: --minutes {count}").format(
            time=words.clock_time(passed, clock),
            day_and_time=words.return_time(again, clock),
            count=count,
        )
