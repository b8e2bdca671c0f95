"""Every command, declared once. Parser, help, client and `client.instant` use the declarations.

To add a command, add an entry to `DECLARED`, and a function for it to `handlers`.
"""

from __future__ import annotations

from datetime import timedelta

from safepause.commands import arguments
from safepause.commands.declaration import (
    CommandSpec,
    Confirmation,
    Memory,
    Operands,
    Option,
    Process,
    Request,
    Rule,
    Switch,
)
from safepause.core.pause import SHORTEST
from safepause.i18n.language import N_

LEAST_EXTRA = timedelta(minutes=10)
"""The least that a new time may add."""

VERSION = Switch("--version", N_("shows the version"))
HIDDEN = Switch("--hidden", N_("starts without a window"))
DEMO = Switch("--demo", N_("tries it out: nothing is kept, a minute is a second"))
ALONE = (VERSION, HIDDEN, DEMO)
"""The options that go without a command."""

BY = Option("--by", N_("who needs the pause"), "NAME", arguments.person)
UNTIL = Option("--until", N_("when to come back, such as 20:40"), "HH:MM", arguments.clock_time)
PAUSE_MINUTES = Option(
    "--minutes", N_("how long, from 20 to 1440"), "N", arguments.minutes(SHORTEST)
)
MORE_MINUTES = Option(
    "--minutes", N_("how much longer, from 10 to 1440"), "N", arguments.minutes(LEAST_EXTRA)
)
AGO = Option("--ago", "how long ago it was given", "SECONDS", arguments.seconds)
"""The option of a command that may arrive late. It is for programs that pass a command on."""
ASKED_AT = Option("--asked-at", "when it was given", "SECONDS", arguments.since_boot)
"""The instant of a command that had to wait for the app, in seconds since the computer's start.

Our own command line adds it. An app may take any time to start, and counts from this instant.
"""
LATE = (AGO, ASKED_AT)
DISPLAY = Option("--display", "where it was called", "NAME", str)
"""The display that our own command line was called on, for a command that shows a window.

It is empty if there is none. A second word is the display on Wayland.
"""
ALL = Switch("--all", N_("says that everything is meant"))
YES = Switch("--yes", N_("asks no question"))
REMOVE = Switch("--remove", N_("takes them away again"))
LOG = Switch("--log", N_("shows where the log is, and its last lines"))
FORCE = Switch("--force", N_("replaces a file of that name"))

FILE = Operands(1, arguments.file, paths=True)
SETTING = Operands(3, arguments.setting)

_NOT_BOTH = N_("Please give --minutes or --until, not both.")
_UNTIL_WHEN = N_("Please say until when: --minutes N or --until HH:MM")

DECLARED = (
    CommandSpec(
        "pause",
        N_("calls a pause, or says when the standing one ends"),
        "[--by NAME] [--minutes N | --until HH:MM]",
        (BY, PAUSE_MINUTES, UNTIL),
        hidden=(*LATE, DISPLAY),
        notes=(
            N_("Starts the app if it isn't running."),
            N_("With - for NAME, the name is read from standard input."),
        ),
        rules=(Rule((PAUSE_MINUTES, UNTIL), _NOT_BOTH),),
        process=Process.APP,
    ),
    CommandSpec("undo", N_("takes a pause, or its end, back for 10 seconds"), hidden=LATE),
    CommandSpec(
        "extend",
        N_("names a new, later time to come back"),
        "--minutes N | --until HH:MM",
        (MORE_MINUTES, UNTIL),
        hidden=LATE,
        notes=(N_("Minutes count from the return, or from now once it is due."),),
        rules=(
            Rule((MORE_MINUTES, UNTIL), _NOT_BOTH),
            Rule((MORE_MINUTES, UNTIL), _UNTIL_WHEN, least=1),
        ),
        process=Process.APP,
    ),
    CommandSpec("return", N_("says that you are both back"), hidden=(*LATE, DISPLAY)),
    CommandSpec("let-go", N_("stops the reminders and lets it rest"), hidden=LATE),
    CommandSpec("status", N_("says whether there is a pause, and until when"), memory=Memory.NONE),
    CommandSpec(
        "show",
        N_("shows the window"),
        hidden=(DISPLAY,),
        process=Process.APP,
        memory=Memory.RUN,
    ),
    CommandSpec(
        "breathe",
        N_("guides breathing, without a pause"),
        hidden=(DISPLAY,),
        process=Process.APP,
        memory=Memory.RUN,
    ),
    CommandSpec(
        "history",
        N_("lists how past pauses ended"),
        process=Process.READER,
        memory=Memory.NONE,
    ),
    CommandSpec(
        "export",
        N_("writes everything that is kept to a file"),
        "FILE [--force]",
        (FORCE,),
        operands=FILE,
        notes=(
            N_("The file is JSON, and only you can read it."),
            N_("A name that ends in .csv: the past pauses as a table."),
            N_("A file that is there already stays, unless you add --force."),
            N_("With - for FILE, it goes to standard output."),
        ),
        process=Process.READER,
        memory=Memory.RUN,
    ),
    CommandSpec(
        "forget",
        N_("deletes everything that is kept, after a question"),
        "--all [--yes]",
        (ALL, YES),
        notes=(
            N_("A pause that stands is deleted too."),
            N_("SafePause then no longer starts with the computer."),
        ),
        rules=(Rule((ALL,), N_("To delete everything: safepause forget --all"), least=1),),
        confirmation=Confirmation(
            YES,
            N_("Delete everything that SafePause keeps? Type '{yes}': "),
            N_("Nothing was deleted. To delete without a question, add --yes."),
        ),
    ),
    CommandSpec(
        "settings",
        N_("lists, shows or changes settings"),
        arguments.SETTINGS_USAGE,
        operands=SETTING,
        memory=Memory.RUN,
    ),
    CommandSpec(
        "doctor",
        N_("says what works on this computer"),
        "[--log]",
        (LOG,),
        notes=(N_("The log holds no names, and nothing that you typed."),),
        memory=Memory.NONE,
        look=1.5,
    ),
    CommandSpec(
        "install-desktop",
        N_("puts SafePause into the menu of a Linux desktop"),
        "[--remove]",
        (REMOVE,),
        notes=(
            N_("For an install with pip: menu entry and icons, for you alone."),
            N_("Only what was put there is taken away."),
        ),
        process=Process.COMMAND_LINE,
    ),
    CommandSpec(
        "quit",
        N_("ends the app"),
        notes=(N_("A standing pause is taken up at the next start."),),
    ),
)
COMMANDS = {command.name: command for command in DECLARED}


def is_question(request: Request) -> bool:
    """Tell whether a request changes nothing."""
    command = request.command
    if command.operands is SETTING:
        return request.read(SETTING).action is not arguments.Action.SET
    return command.memory is Memory.NONE
