"""The help texts, made from the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.commands.declaration import EVERYWHERE, HELP
from safepause.commands.spec import ALONE, DECLARED, DEMO, HIDDEN
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.commands.declaration import AnyOption, CommandSpec


def overview() -> str:
    """Return the answer to `safepause --help`."""
    return "\n".join(
        (
            _("Call a pause in an argument, breathe, and really come back."),
            "",
            _("Without a command, SafePause starts, or shows its window:"),
            f"  safepause [{HIDDEN.usage}] [{DEMO.usage}]",
            "",
            _("Commands:"),
            *_columns((command.name, _(command.summary)) for command in DECLARED),
            "",
            _("Options:"),
            *_options((HELP, *ALONE)),
            "",
            _("More about a command: safepause COMMAND --help"),
            _("Every command takes --json."),
            _("Exit codes: 0 done, 1 refused, 2 wrong arguments, 3 no answer from the app."),
            _("SAFEPAUSE_HOME names another folder to keep everything in."),
            "",
        )
    )


def page(command: CommandSpec) -> str:
    """Return the answer to `safepause COMMAND --help`."""
    usage = " ".join(filter(None, ("safepause", command.name, command.usage, "[--json]")))
    about = _("safepause {command}: {summary}.").format(
        command=command.name, summary=_(command.summary)
    )
    notes = (_(note) for note in command.notes)
    options = _options((*command.options, *EVERYWHERE))
    return "\n".join((about, *notes, "", "  " + usage, "", *options, ""))


def _options(options: Iterable[AnyOption]) -> list[str]:
    return _columns((option.usage, _(option.summary)) for option in options)


def _columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    table = list(rows)
    widest = max(len(left) for left, _right in table)
    return [f"  {left:<{widest}}  {right}" for left, right in table]
