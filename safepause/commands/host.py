"""What a command needs of the program that carries it out: the app, or the command line alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from safepause.core.capability import Capability, LogTail
    from safepause.core.ports import Autostart


class Host(Protocol):
    """The program that carries out a command."""

    @property
    def running(self) -> bool:
        """Whether this is the app. Without the app, a command that can't be saved is refused."""
        ...

    @property
    def version(self) -> str:
        """The program's version."""
        ...

    @property
    def autostart(self) -> Autostart:
        """The computer's own record of whether it starts the program."""
        ...

    def show(self) -> None:
        """Show the window that matters now."""
        ...

    def breathe(self) -> None:
        """Guide breathing without a pause."""
        ...

    def quit(self) -> None:
        """End the program after its answer is sent."""
        ...

    def capabilities(self) -> list[Capability]:
        """Return what works on this computer."""
        ...

    def log_tail(self) -> LogTail:
        """Return where the log is, and its last lines."""
        ...

    def write_file(self, path: str, content: str, *, replace: bool) -> None:
        """Write a file that only the person can read, whole or not at all.

        Raises:
            FileExistsError: the file exists, and `replace` is false.
            OSError: the file can't be written.

        """
        ...
