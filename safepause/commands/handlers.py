"""The handlers: each carries out one command with a call of the service or the host, and answers.

The app runs them for the command lines from its socket. If no app runs, the process of the command
line runs them. Each gives its own `Host`.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.commands import csv_output, json_output, spec, text_output
from safepause.commands.arguments import Action
from safepause.commands.context import Context
from safepause.commands.declaration import STANDARD_STREAM, Process
from safepause.commands.parser import parse
from safepause.commands.reply import Exit, Reply
from safepause.commands.request_memory import RequestMemory
from safepause.core import requests
from safepause.core.clock import since_boot
from safepause.core.origin import Origin
from safepause.core.pause import LetGo, Return, State, Undo, state_of
from safepause.core.ports import NotAllForgotten, NotKept
from safepause.core.settings.catalogue import AUTOSTART, Settings, named
from safepause.core.settings.declaration import SettingError, Value
from safepause.i18n import data_words, setting_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepause.commands.declaration import Request
    from safepause.commands.host import Host, WriteFile
    from safepause.core.clock import Clock
    from safepause.core.service import PauseService

    Handler = Callable[[Context], Reply]

OWNER_READS = 0o600
"""The permissions of an export: only the person reads it."""
PATH_SHOWN = 200
"""How many characters of a path a sentence quotes."""
NEED_OUTCOMES = {"history", "export"}
NEED_DATA = {*NEED_OUTCOMES, "settings"}
NEED_A_PAUSE = {"status", "undo", "extend", "return", "let-go"}
"""The commands that tell nothing true of saved data which can't be read: these, if no other pause
was called meanwhile."""
HANDLERS: dict[str, Handler] = {}
"""The function that carries out each command, by the command's name."""


def run(
    argv: Sequence[str],
    service: PauseService,
    host: Host,
    write_file: WriteFile,
    request_id: str = "",
) -> Reply:
    """Carry out a command line, without the program's name, and return the whole answer.

    A request whose id is known is not carried out again. It gets its first answer.
    """
    request = parse(argv)
    if isinstance(request, Reply):
        return request
    memory = RequestMemory(service, "" if spec.is_question(request) else request_id, request)
    reply = memory.answer() or memory.keep(_carry_out(request, memory, service, host, write_file))
    return _with_place(reply, request, host)


def _carry_out(
    request: Request,
    memory: RequestMemory,
    service: PauseService,
    host: Host,
    write_file: WriteFile,
) -> Reply:
    service.follow_clock()
    at = service.clock.now() - _age(request, service.clock) * service.clock.speed
    command, context = request.command, Context(request, service, host, write_file, at, memory)
    if command.process is Process.COMMAND_LINE:
        sentence = _("Please use the command: safepause {command}").format(command=command.name)
        return context.problem("not_here", sentence)
    if command.confirmation and not request.confirmed:
        return context.problem("not_confirmed", _(command.confirmation.refusal))
    needs_data = command.name in NEED_DATA or (
        command.name in NEED_A_PAUSE and service.pause is None
    )
    hidden = host.unread_data if command.name in NEED_OUTCOMES else host.hidden_data
    if needs_data and hidden:
        return context.problem("data_hidden", hidden, Exit.UNREACHABLE)
    return HANDLERS[command.name](context)


def _age(request: Request, clock: Clock) -> timedelta:
    """Return how long ago a command was given, which may have waited in two programs."""
    ago = request.value(spec.AGO) or timedelta(0)
    asked_at = request.value(spec.ASKED_AT)
    if asked_at is None:
        return ago
    return ago + timedelta(seconds=max(0.0, since_boot(clock) - asked_at))


def _with_place(reply: Reply, request: Request, host: Host) -> Reply:
    """Return the answer, with the display of the window if the caller can't see it."""
    display = request.value(spec.DISPLAY)
    place = host.elsewhere(display) if display is not None and reply.code == Exit.DONE else ""
    if not place:
        return reply
    said = _("The window is on display {display}.").format(display=place) + "\n"
    return (
        reply._replace(err=reply.err + said)
        if request.json
        else reply._replace(out=reply.out + said)
    )


def carries_out(name: str) -> Callable[[Handler], Handler]:
    """Return a decorator that binds a function to the declaration of the command `name`.

    Raises:
        KeyError: no command is declared under this name.
        ValueError: the command has a function already.

    """
    command = spec.COMMANDS[name]

    def bind(handler: Handler) -> Handler:
        if HANDLERS.setdefault(command.name, handler) is not handler:
            raise ValueError(f"{name} is carried out already")
        return handler

    return bind


@carries_out("pause")
def _pause(context: Context) -> Reply:
    service, by = context.service, context.request.value(spec.BY)
    when = context.when(spec.PAUSE_MINUTES)
    command = requests.start(service.settings, service.clock, when, by=by, at=context.at)
    return context.standing(
        command,
        lambda pause: text_output.called(pause, service, fresh=pause.id == command.id),
    )


@carries_out("undo")
def _undo(context: Context) -> Reply:
    undone = _("Undone, without a trace.")
    return context.ended(Undo(context.at), undone, trace_left=_("Undone."))


@carries_out("extend")
def _extend(context: Context) -> Reply:
    service = context.service
    when = context.when(spec.MORE_MINUTES) or timedelta(0)
    command = requests.extend(service.pause, service.clock, when, at=context.at)
    return context.standing(command, lambda pause: words.come_back_line(pause, service.clock))


@carries_out("return")
def _return(context: Context) -> Reply:
    early = state_of(context.service.pause, context.at) is State.PAUSED
    return context.ended(Return(context.at), text_output.came_back(early=early))


@carries_out("let-go")
def _let_go(context: Context) -> Reply:
    return context.ended(LetGo(context.at), _("The reminders stop. It may rest now."))


@carries_out("status")
def _status(context: Context) -> Reply:
    return context.answer(text_output.status(context.service), context.status())


@carries_out("show")
def _show(context: Context) -> Reply:
    context.host.show()
    return context.done("")


@carries_out("breathe")
def _breathe(context: Context) -> Reply:
    context.host.breathe()
    return context.done("")


@carries_out("history")
def _history(context: Context) -> Reply:
    service = context.service
    outcomes, unreadable = service.outcomes(), service.unreadable_outcomes()
    if context.request.json:
        return context.answer("", json_output.history(outcomes, unreadable))
    return context.answer(text_output.history(outcomes, unreadable, service.clock), {})


@carries_out("export")
def _export(context: Context) -> Reply:
    file = context.request.read(spec.FILE)
    content = csv_output.export_for(file, context.service, context.host.version)
    if file == STANDARD_STREAM:
        return Reply(Exit.DONE, content, "")
    shown = words.shortened(file, PATH_SHOWN)
    try:
        replace = context.request.has(spec.FORCE)
        context.write_file(Path(file), content.encode(), OWNER_READS, replace=replace)
    except FileExistsError:
        sentence = _("There is a file '{file}' already. To replace it, add --force.")
        return context.problem("file_exists", sentence.format(file=shown))
    except OSError as error:
        sentence = _("'{file}' can't be written. ({detail})")
        told = sentence.format(file=shown, detail=error.strerror)
        return context.problem("not_written", told)
    return context.answer(_("Written to {file}.").format(file=shown), {"file": file})


@carries_out("forget")
def _forget(context: Context) -> Reply:
    try:
        context.service.forget_all(context.at, Origin.COMMAND_LINE)
    except NotKept as error:
        reason = "not_all_forgotten" if isinstance(error, NotAllForgotten) else "not_kept"
        return context.problem(reason, data_words.not_forgotten(error))
    return context.done(_("Everything is deleted."))


@carries_out("settings")
def _settings(context: Context) -> Reply:
    asked = context.request.read(spec.SETTING)
    if asked.action is Action.SET:
        return _set(context, asked.key, asked.value)
    starts = context.service.autostart.enabled()
    current = Settings({**context.service.settings.values, AUTOSTART.key: starts})
    if asked.action is Action.LIST:
        return context.answer(text_output.settings(current), json_output.settings(current))
    value = current.values[asked.key]
    shown = named(asked.key).write(value)
    return context.answer(shown, json_output.setting(asked.key, value))


def _set(context: Context, key: str, value: Value) -> Reply:
    now, before = _is_now(context, key, value), context.service.settings.values.get(key)
    try:
        context.service.set(key, value, context.memory.of(now))
    except NotKept as error:
        return context.not_kept(error.detail)
    except SettingError as error:
        return context.problem(error.wrong.value, setting_words.wrong_setting(error))
    if key == AUTOSTART.key and context.service.autostart.enabled() != value:
        sentence = _("The desktop is asked. To look again: safepause settings get {setting}")
        return context.answer(sentence.format(setting=key), json_output.setting(key, not value))
    written = isinstance(before, str) and before and not named(key).choices
    left = written and not context.service.clean
    return _is_now(context, key, value, data_words.trace_left()) if left else now


def _is_now(context: Context, key: str, value: Value, more: str = "") -> Reply:
    sentence = _("{setting} is now: {value}").format(
        setting=setting_words.label(key), value=named(key).write(value) or "-"
    )
    sentence = f"{sentence}\n{more}" if more else sentence
    return context.answer(sentence, json_output.setting(key, value))


@carries_out("doctor")
def _doctor(context: Context) -> Reply:
    host = context.host
    if context.request.has(spec.LOG):
        tail = host.log_tail()
        lines = "\n".join((tail.path, *tail.lines))
        return context.answer(lines, {"path": tail.path, "lines": list(tail.lines)})
    found = host.capabilities()
    document = json_output.capabilities(found, host.version, running=host.running)
    return context.answer(text_output.doctor(found), document)


@carries_out("quit")
def _quit(context: Context) -> Reply:
    context.host.quit()
    if not context.host.running:
        return context.done(_("SafePause isn't running."))
    if context.service.pause is None:
        return context.done(_("SafePause ends."))
    if not context.service.kept:
        return context.done(_("SafePause ends, and the pause that couldn't be saved with it."))
    return context.done(_("SafePause ends. The pause is kept for its next start."))
