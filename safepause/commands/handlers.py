"""Carries out each command: one call of the service or of the host, and its answer.

The app does so for command lines that come over its socket; the command line does so itself if no
app runs. Each gives its `Host`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.commands import json_output, spec, text_output
from safepause.commands.arguments import Action
from safepause.commands.context import Context
from safepause.commands.declaration import STANDARD_STREAM, Process
from safepause.commands.parser import parse
from safepause.commands.reply import Exit, Reply
from safepause.core.pause import State
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import AUTOSTART, Settings, named
from safepause.core.settings.declaration import SettingError, Value
from safepause.i18n import setting_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepause.commands.host import Host
    from safepause.core.service import PauseService

    Handler = Callable[[Context], Reply]

PATH_SHOWN = 200
"""How many characters of a path a sentence quotes."""
HANDLERS: dict[str, Handler] = {}
"""The function that carries out each command, by the command's name."""


def run(argv: Sequence[str], service: PauseService, host: Host) -> Reply:
    """Carry out a command line, without the program's name, and return the whole answer."""
    request = parse(argv)
    if isinstance(request, Reply):
        return request
    command, context = request.command, Context(request, service, host)
    if command.process is Process.COMMAND_LINE:
        sentence = _("Please use the command: safepause {command}").format(command=command.name)
        return context.problem("not_here", sentence)
    if command.confirmation and not request.confirmed:
        return context.problem("not_confirmed", _(command.confirmation.refusal))
    return HANDLERS[command.name](context)


def carries_out(name: str) -> Callable[[Handler], Handler]:
    """Return a decorator that binds a function to the declaration of the command `name`."""
    command = spec.COMMANDS[name]

    def bind(handler: Handler) -> Handler:
        HANDLERS[command.name] = handler
        return handler

    return bind


@carries_out("pause")
def _pause(context: Context) -> Reply:
    request, service = context.request, context.service
    before = service.pause
    result = service.call(
        request.value(spec.BY),
        length=request.value(spec.PAUSE_MINUTES),
        until=context.until(),
    )
    return context.standing(
        result, lambda pause: text_output.called(pause, service, fresh=pause != before)
    )


@carries_out("undo")
def _undo(context: Context) -> Reply:
    return context.ended(context.service.undo(), _("Undone, without a trace."))


@carries_out("extend")
def _extend(context: Context) -> Reply:
    service = context.service
    extra = context.request.value(spec.MORE_MINUTES)
    result = service.extend(extra=extra, until=context.until())
    return context.standing(result, lambda pause: words.come_back_line(pause, service.clock))


@carries_out("return")
def _return(context: Context) -> Reply:
    early = context.service.state is State.PAUSED
    return context.ended(context.service.come_back(), text_output.came_back(early=early))


@carries_out("let-go")
def _let_go(context: Context) -> Reply:
    return context.ended(context.service.let_go(), _("The reminders stop. It may rest now."))


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
    outcomes = context.service.outcomes()
    if context.request.json:
        return context.answer("", json_output.history(outcomes))
    return context.answer(text_output.history(outcomes, context.service.clock), {})


@carries_out("export")
def _export(context: Context) -> Reply:
    file = context.request.read(spec.FILE)
    content = json_output.export_text(context.service, context.host.version)
    if file == STANDARD_STREAM:
        return Reply(Exit.DONE, content, "")
    shown = words.shortened(file, PATH_SHOWN)
    try:
        context.host.write_file(file, content, replace=context.request.has(spec.FORCE))
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
        context.service.forget_all()
    except NotKept as error:
        sentence = _("Nothing was deleted. ({detail})").format(detail=error.detail)
        return context.problem("not_kept", sentence)
    return context.done(_("Everything is deleted."))


@carries_out("settings")
def _settings(context: Context) -> Reply:
    asked = context.request.read(spec.SETTING)
    if asked.action is Action.SET:
        return _set(context, asked.key, asked.value)
    starts = context.host.autostart.enabled()
    current = Settings({**context.service.settings.values, AUTOSTART.key: starts})
    if asked.action is Action.LIST:
        return context.answer(text_output.settings(current), json_output.settings(current))
    value = current.values[asked.key]
    shown = named(asked.key).write(value)
    return context.answer(shown, json_output.setting(asked.key, value))


def _set(context: Context, key: str, value: Value) -> Reply:
    try:
        if key == AUTOSTART.key:
            return _set_autostart(context, wanted=bool(value))
        context.service.set(key, value)
    except NotKept as error:
        return context.not_kept(error.detail)
    except SettingError as error:
        return context.problem(error.wrong.value, setting_words.wrong_setting(error))
    return _is_now(context, key, value)


def _set_autostart(context: Context, *, wanted: bool) -> Reply:
    """Change the computer's record, and say what it says then."""
    autostart = context.host.autostart
    (autostart.enable if wanted else autostart.disable)()
    found = autostart.enabled()
    if found == wanted:
        return _is_now(context, AUTOSTART.key, found)
    sentence = _("The desktop is asked. To look again: safepause settings get {setting}")
    told = sentence.format(setting=AUTOSTART.key)
    return context.answer(told, json_output.setting(AUTOSTART.key, found))


def _is_now(context: Context, key: str, value: Value) -> Reply:
    sentence = _("{setting} is now: {value}").format(
        setting=setting_words.label(key), value=named(key).write(value) or "-"
    )
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
