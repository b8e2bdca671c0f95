"""Every command and option, declared once: the parser, the help and the usage lines derive.

Names, option names and the names of values are a contract with scripts and are never translated;
the summaries are messages for the catalogue. Nothing is carried out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safepause.core.message import N_


class Name(Enum):
    """The commands."""

    PAUSE = "pause"
    UNDO = "undo"
    EXTEND = "extend"
    RETURN = "return"
    LET_GO = "let-go"
    STATUS = "status"
    SHOW = "show"
    BREATHE = "breathe"
    HISTORY = "history"
    EXPORT = "export"
    FORGET = "forget"
    SETTINGS = "settings"
    DOCTOR = "doctor"
    INSTALL_DESKTOP = "install-desktop"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Option:
    """One option; `value` names what it takes, and is empty for a switch."""

    flag: str
    summary: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command: what may follow it, and what it does."""

    name: Name
    summary: str
    usage: str = ""
    options: tuple[Option, ...] = ()
    operands: int = 0
    """How many words without a dash may follow, at most."""
    notes: tuple[str, ...] = ()


HELP = Option("--help", N_("shows this help"))
VERSION = Option("--version", N_("shows the version"))
JSON = Option("--json", N_("answers with JSON, for scripts"))
HIDDEN = Option("--hidden", N_("starts without a window"))
DEMO = Option("--demo", N_("tries it out: nothing is kept, a minute is a second"))
BY = Option("--by", N_("who needs the pause"), "NAME")
UNTIL = Option("--until", N_("when to come back, such as 20:40"), "HH:MM")
PAUSE_MINUTES = Option("--minutes", N_("how long, from 20 to 1440"), "N")
MORE_MINUTES = Option("--minutes", N_("how much longer, from 10 to 1440"), "N")
ALL = Option("--all", N_("says that everything is meant"))
YES = Option("--yes", N_("asks no question"))
REMOVE = Option("--remove", N_("takes them away again"))
LOG = Option("--log", N_("shows where the log is, and its last lines"))
FORCE = Option("--force", N_("replaces a file of that name"))

DECLARED = (
    CommandSpec(
        Name.PAUSE,
        N_("calls a pause, or says when the standing one ends"),
        "[--by NAME] [--minutes N | --until HH:MM]",
        (BY, PAUSE_MINUTES, UNTIL),
        notes=(N_("Starts the app if it isn't running."),),
    ),
    CommandSpec(Name.UNDO, N_("takes a pause back in its first 10 seconds")),
    CommandSpec(
        Name.EXTEND,
        N_("names a new, later time to come back"),
        "--minutes N | --until HH:MM",
        (MORE_MINUTES, UNTIL),
        notes=(N_("Minutes count from the return, or from now once it is due."),),
    ),
    CommandSpec(Name.RETURN, N_("says that you are both back")),
    CommandSpec(Name.LET_GO, N_("stops the reminders and lets it rest")),
    CommandSpec(Name.STATUS, N_("says whether there is a pause, and until when")),
    CommandSpec(Name.SHOW, N_("shows the window")),
    CommandSpec(Name.BREATHE, N_("guides breathing, without a pause")),
    CommandSpec(Name.HISTORY, N_("lists how past pauses ended")),
    CommandSpec(
        Name.EXPORT,
        N_("writes everything that is kept to a file"),
        "FILE [--force]",
        (FORCE,),
        operands=1,
        notes=(
            N_("The file is JSON, and only you can read it."),
            N_("A file that is there already stays, unless you add --force."),
            N_("With - for FILE, it goes to standard output."),
        ),
    ),
    CommandSpec(
        Name.FORGET,
        N_("deletes everything that is kept, after a question"),
        "--all [--yes]",
        (ALL, YES),
        notes=(N_("A pause that stands is deleted too."),),
    ),
    CommandSpec(
        Name.SETTINGS,
        N_("lists, shows or changes settings"),
        "[list | get NAME | set NAME VALUE]",
        operands=3,
    ),
    CommandSpec(
        Name.DOCTOR,
        N_("says what works on this computer"),
        "[--log]",
        (LOG,),
        notes=(N_("The log holds no names, and nothing that you typed."),),
    ),
    CommandSpec(
        Name.INSTALL_DESKTOP,
        N_("puts SafePause into the menu of a Linux desktop"),
        "[--remove]",
        (REMOVE,),
        notes=(
            N_("For an install with pip: menu entry and icons, for you alone."),
            N_("Only what was put there is taken away."),
        ),
    ),
    CommandSpec(
        Name.QUIT,
        N_("ends the app"),
        notes=(N_("A standing pause is taken up at the next start."),),
    ),
)
COMMANDS = {command.name.value: command for command in DECLARED}
