"""What a command is: its declaration, and the request that a command line makes of it.

`spec` lists all commands; `arguments` reads their options and operands; `handlers` carries them
out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from safepause.i18n.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T_co = TypeVar("T_co", covariant=True)
STANDARD_STREAM = "-"
"""The operand that names standard output instead of a file."""


class UsageError(Exception):
    """The arguments make no sense; the text is the sentence that says why."""


class Process(Enum):
    """The process that carries a command out."""

    APP = "app"
    """The app. The command line starts the app first if the app does not run."""
    EITHER = "either"
    """The running app; without one, the command line, on the data itself."""
    READER = "reader"
    """The command line, which reads the file of the data. The app, which may run, is not held up.
    If the file can't be read so, as `EITHER`."""
    COMMAND_LINE = "command_line"
    """The command line, whether or not the app runs."""


class Memory(Enum):
    """How long a request is remembered, so that it is carried out once if it arrives twice."""

    NONE = "none"
    """Not at all: the command changes nothing."""
    RUN = "run"
    """As long as the process runs, because the data can't tell or must not tell of the command."""
    DATA = "data"
    """With the data, across a restart."""


@dataclass(frozen=True, slots=True)
class Switch:
    """An option without a value."""

    flag: str
    summary: str

    @property
    def usage(self) -> str:
        """How the switch is typed."""
        return self.flag


@dataclass(frozen=True, slots=True)
class Option(Generic[T_co]):
    """An option with a value. `read` gives the value, or raises `UsageError`."""

    flag: str
    summary: str
    value: str
    """The name of the value, for the help."""
    read: Callable[[str], T_co]

    @property
    def usage(self) -> str:
        """How the option is typed."""
        return f"{self.flag} {self.value}"


AnyOption = Switch | Option[object]


@dataclass(frozen=True, slots=True)
class Operands(Generic[T_co]):
    """The words after a command that are no options. `read` gives their meaning."""

    most: int
    read: Callable[[Sequence[str]], T_co]
    paths: bool = False
    """Whether the words are paths. The app has another working folder than the command line."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How many of some options one command line may have, and the sentence if it has others."""

    options: tuple[AnyOption, ...]
    sentence: str
    least: int = 0
    most: int = 1


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A command that a person confirms: with a switch, or with a word typed on the terminal."""

    switch: Switch
    question: str
    """The question on the terminal; it names the word as `{yes}`."""
    refusal: str
    """The sentence for a command that nobody confirmed."""


JSON = Switch("--json", N_("answers with JSON, for scripts"))
HELP = Switch("--help", N_("shows this help"))
EVERYWHERE = (JSON, HELP)
"""The options that every command takes."""
NO_OPERANDS: Operands[object] = Operands(0, tuple)


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command: what may follow its name, what it does, and which process carries it out.

    Summaries, notes and sentences are messages for the catalogue. Names and usage are a contract
    with scripts: no language translates them.
    """

    name: str
    summary: str
    usage: str = ""
    options: tuple[AnyOption, ...] = ()
    hidden: tuple[AnyOption, ...] = ()
    """Options that no help shows. They are for other programs."""
    operands: Operands[object] = NO_OPERANDS
    notes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    process: Process = Process.EITHER
    memory: Memory = Memory.DATA
    confirmation: Confirmation | None = None
    look: float = 0.0
    """Seconds that the app has for a look at the desktop, parts of which may hang."""

    @property
    def instant(self) -> bool:
        """Whether the running app takes the command line as a person typed it."""
        ready = self.confirmation is None and not self.operands.paths
        return ready and self.process not in {Process.READER, Process.COMMAND_LINE}


@dataclass(frozen=True, slots=True)
class Request:
    """A command line that makes sense: every value in it can be read."""

    command: CommandSpec
    switches: frozenset[str] = frozenset()
    """The flags of the switches on the command line."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The text of each option with a value, by its flag."""
    words: tuple[str, ...] = ()
    """The operands."""

    @property
    def json(self) -> bool:
        """Whether a script reads the answer."""
        return self.has(JSON)

    @property
    def confirmed(self) -> bool:
        """Whether the command needs no confirmation, or has it."""
        asked = self.command.confirmation
        return asked is None or self.has(asked.switch)

    def confirm(self) -> Request:
        """Return the same request with its confirmation."""
        asked = self.command.confirmation
        given = {asked.switch.flag} if asked else set()
        return replace(self, switches=self.switches | given)

    def has(self, option: AnyOption) -> bool:
        """Tell whether an option is on the command line."""
        return option.flag in self.switches or option.flag in self.values

    def value(self, option: Option[T_co]) -> T_co | None:
        """Return an option's value; None if the option is not on the command line."""
        text = self.values.get(option.flag)
        return None if text is None else option.read(text)

    def read(self, operands: Operands[T_co]) -> T_co:
        """Return what the operands mean."""
        return operands.read(self.words)

    def check(self) -> None:
        """Check that the request follows the rules of its command, and that every value is valid.

        Raises:
            UsageError: the request breaks a rule, or has a value that can't be read.

        """
        for rule in self.command.rules:
            if not rule.least <= sum(map(self.has, rule.options)) <= rule.most:
                raise UsageError(_(rule.sentence))
        for option in (*self.command.options, *self.command.hidden):
            if isinstance(option, Option):
                self.value(option)
        self.read(self.command.operands)

    def argv(self) -> list[str]:
        """Return a command line that makes the same request."""
        values = (f"{flag}={text}" for flag, text in self.values.items())
        words = ["--", *self.words] if self.words else []
        return [self.command.name, *sorted(self.switches), *values, *words]
