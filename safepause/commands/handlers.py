"""Carries out each command: one call of the service or of the host, and its answer.

It runs inside the app, for arguments that came over its socket, and inside the command line while
no app runs. Both give it a `Host`; it knows no Qt and no files but the export's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from safepause.commands import export_file, json_output, text_output
from safepause.commands.parser import Action, Request, parse
from safepause.commands.reply import Exit, Reply, done, problem
from safepause.commands.spec import Name
from safepause.core import requests
from safepause.core.agreement import next_at
from safepause.core.origin import Origin
from safepause.core.pause import Command, LetGo, Pause, Refusal, Return, State, Undo
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import AUTOSTART, Settings, named
from safepause.core.settings.declaration import SettingError, Value
from safepause.i18n import setting_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepause.core.capability import Capability, LogTail
    from safepause.core.service import PauseService, Result

PATH_SHOWN = 200
"""How many characters of a path a sentence quotes."""


class Host(Protocol):
    """The program that carries out a command: the app, or the command line without one."""

    @property
    def running(self) -> bool:
        """Whether this is the app; if not, what can't be kept is not done."""
        ...

    @property
    def version(self) -> str:
        """The program's version."""
        ...

    def show(self) -> None:
        """Show the window that matters now."""
        ...

    def breathe(self) -> None:
        """Guide breathing without a pause."""
        ...

    def quit(self) -> None:
        """End the program, once the answer is sent."""
        ...

    def capabilities(self) -> list[Capability]:
        """Return what works on this computer."""
        ...

    def log_tail(self) -> LogTail:
        """Return where the log is, and its last lines."""
        ...


def run(argv: Sequence[str], service: PauseService, host: Host) -> Reply:
    """Carry out a command line, the program's name left out, and return the whole answer."""
    request = parse(argv)
    return request if isinstance(request, Reply) else _Run(request, service, host).reply()


def parse_only(argv: Sequence[str]) -> Reply | None:
    """Return the answer that needs nobody: help, version, wrong arguments; None for a command."""
    request = parse(argv)
    return request if isinstance(request, Reply) else None


class _Run:
    """One request on its way."""

    def __init__(self, request: Request, service: PauseService, host: Host) -> None:
        self._request = request
        self._service = service
        self._host = host

    def reply(self) -> Reply:
        """Carry it out."""
        commands: dict[Name, Callable[[], Reply]] = {
            Name.PAUSE: self._pause,
            Name.UNDO: self._undo,
            Name.EXTEND: self._extend,
            Name.RETURN: self._return,
            Name.LET_GO: self._let_go,
            Name.STATUS: lambda: self._done(text_output.status(self._service)),
            Name.SHOW: lambda: self._asked(self._host.show),
            Name.BREATHE: lambda: self._asked(self._host.breathe),
            Name.HISTORY: self._history,
            Name.EXPORT: self._export,
            Name.FORGET: self._forget,
            Name.SETTINGS: self._settings,
            Name.DOCTOR: self._doctor,
            Name.QUIT: self._quit,
            Name.INSTALL_DESKTOP: self._not_here,
        }
        return commands[self._request.command]()

    def _pause(self) -> Reply:
        request, service = self._request, self._service
        command = requests.start(service.settings, service.clock, self._when(), by=request.by)
        return self._answered(
            self._apply(command),
            lambda pause: text_output.called(pause, service, fresh=pause.id == command.id),
        )

    def _undo(self) -> Reply:
        return self._ended(self._apply(Undo()), _("Undone, without a trace."))

    def _extend(self) -> Reply:
        service = self._service
        command = requests.extend(service.pause, service.clock, self._when() or timedelta(0))
        return self._answered(
            self._apply(command), lambda pause: words.come_back_line(pause, service.clock)
        )

    def _return(self) -> Reply:
        early = self._service.state is State.PAUSED
        return self._ended(self._apply(Return()), text_output.came_back(early=early))

    def _let_go(self) -> Reply:
        return self._ended(self._apply(LetGo()), _("The reminders stop. It may rest now."))

    def _history(self) -> Reply:
        outcomes = self._service.outcomes()
        if self._request.json:
            return done("", json_output.history(outcomes), as_document=True)
        return self._said(text_output.history(outcomes, self._service.clock))

    def _export(self) -> Reply:
        request = self._request
        content = export_file.text(json_output.export(self._service, self._host.version))
        if request.file == export_file.STANDARD_OUTPUT:
            return Reply(Exit.DONE, content, "")
        shown = words.shortened(request.file, PATH_SHOWN)
        try:
            export_file.write(Path(request.file), content, replace=request.force)
        except FileExistsError:
            sentence = _("There is a file '{file}' already. To replace it, add --force.")
            return self._problem("file_exists", sentence.format(file=shown))
        except OSError as error:
            sentence = _("'{file}' can't be written. ({detail})")
            told = sentence.format(file=shown, detail=error.strerror)
            return self._problem("not_written", told)
        sentence = _("Written to {file}.").format(file=shown)
        return done(sentence, {"file": request.file}, as_document=request.json)

    def _forget(self) -> Reply:
        if not self._request.confirmed:
            sentence = _("Nothing was deleted. To delete without a question, add --yes.")
            return self._problem("not_confirmed", sentence)
        try:
            self._service.forget_all(Origin.COMMAND_LINE)
        except NotKept as error:
            sentence = _("Nothing was deleted. ({detail})").format(detail=error.detail)
            return self._problem("not_kept", sentence)
        return self._done(_("Everything is deleted."))

    def _settings(self) -> Reply:
        request = self._request
        if request.action is Action.SET:
            return self._set()
        starts = self._service.autostart.enabled()
        current = Settings({**self._service.settings.values, AUTOSTART.key: starts})
        if request.action is Action.GET:
            value = current.values[request.key]
            shown = named(request.key).write(value)
            document = json_output.setting(request.key, value)
            return done(shown, document, as_document=request.json)
        if request.json:
            return done("", json_output.settings(current), as_document=True)
        return self._said(text_output.settings(current))

    def _set(self) -> Reply:
        request = self._request
        try:
            if request.key == AUTOSTART.key:
                return self._set_autostart()
            self._service.set(request.key, request.value)
        except NotKept as error:
            return self._not_kept(error.detail)
        except SettingError as error:
            return self._problem(error.wrong.value, setting_words.wrong_setting(error))
        return self._is_now(request.value)

    def _set_autostart(self) -> Reply:
        """Change the computer's record, and say what it says then."""
        wanted = bool(self._request.value)
        self._service.set(AUTOSTART.key, wanted)
        found = self._service.autostart.enabled()
        if found == wanted:
            return self._is_now(found)
        sentence = _("The desktop is asked. To look again: safepause settings get {setting}")
        document = json_output.setting(AUTOSTART.key, found)
        told = sentence.format(setting=AUTOSTART.key)
        return done(told, document, as_document=self._request.json)

    def _is_now(self, value: Value) -> Reply:
        setting = named(self._request.key)
        sentence = _("{setting} is now: {value}").format(
            setting=_(setting.label), value=setting.write(value) or "-"
        )
        document = json_output.setting(setting.key, value)
        return done(sentence, document, as_document=self._request.json)

    def _doctor(self) -> Reply:
        if self._request.log:
            tail = self._host.log_tail()
            lines = "\n".join((tail.path, *tail.lines))
            written = {"path": tail.path, "lines": list(tail.lines)}
            return done(lines, written, as_document=self._request.json)
        found = self._host.capabilities()
        document = json_output.capabilities(found, self._host.version, running=self._host.running)
        return done(text_output.doctor(found), document, as_document=self._request.json)

    def _not_here(self) -> Reply:
        """Refuse what the command line does itself: only a message of somebody's own comes here."""
        return self._problem("not_here", _("Please use the command: safepause install-desktop"))

    def _quit(self) -> Reply:
        self._host.quit()
        if not self._host.running:
            return self._done(_("SafePause isn't running."))
        if self._service.pause is None:
            return self._done(_("SafePause ends."))
        if not self._service.kept:
            return self._done(_("SafePause ends, and the pause that couldn't be saved with it."))
        return self._done(_("SafePause ends. The pause is kept for its next start."))

    def _when(self) -> timedelta | datetime | None:
        """Return the length or the instant that the request names, if it names one."""
        if self._request.until is not None:
            return next_at(self._request.until, self._service.clock)
        return self._request.length

    def _apply(self, command: Command) -> Result:
        return self._service.apply(command, Origin.COMMAND_LINE)

    def _asked(self, of_host: Callable[[], None]) -> Reply:
        of_host()
        return self._done("")

    def _answered(self, answer: Result, sentence: Callable[[Pause], str]) -> Reply:
        """Answer a command after which a pause stands."""
        if isinstance(answer, Refusal):
            return self._refused(answer)
        if not answer.kept and not self._host.running:
            return self._not_kept(self._service.trouble)
        said = "" if answer.pause is None else sentence(answer.pause)
        if not answer.kept:
            said = f"{said}\n{words.not_kept(self._service.trouble)}"
        return self._done(said)

    def _ended(self, answer: Result, sentence: str) -> Reply:
        """Answer a command after which no pause stands."""
        if isinstance(answer, Refusal):
            return self._refused(answer)
        if not answer.kept and not self._host.running:
            return self._not_kept(self._service.trouble)
        if not answer.kept:
            return self._done(f"{sentence}\n{words.may_show_again(self._service.trouble)}")
        return self._done(sentence)

    def _refused(self, refusal: Refusal) -> Reply:
        sentence = words.refused(refusal, self._service.clock)
        return self._problem(refusal.reason.value, sentence)

    def _not_kept(self, detail: str) -> Reply:
        sentence = _("That couldn't be saved, so nothing has changed. ({detail})")
        return self._problem("not_kept", sentence.format(detail=detail))

    def _problem(self, reason: str, sentence: str) -> Reply:
        return problem(Exit.REFUSED, reason, sentence, as_document=self._request.json)

    def _said(self, sentence: str) -> Reply:
        return done(sentence, {}, as_document=False)

    def _done(self, sentence: str) -> Reply:
        """Answer with a sentence, or with the status that a script goes on with."""
        service, host = self._service, self._host
        document = json_output.status(service, host.version, running=host.running)
        if self._request.command is not Name.STATUS:
            document = {**document, "kept": service.kept}
        return done(sentence, document, as_document=self._request.json)
