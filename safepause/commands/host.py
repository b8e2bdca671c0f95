"""The protocol of the program that carries a command out: the app, or the command line alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from safepause.core.capability import Capability, LogTail


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
    def hidden_data(self) -> str:
        """Why saved data can't be read; empty if it can, or there is none."""
        ...

    @property
    def unread_data(self) -> str:
        """Why past pauses can't be read; empty if they can, or there are none.

        The app may have pauses of its own where it can't read those of the saved data.
        """
        ...

    def show(self) -> None:
        """Show the window that matters now."""
        ...

    def breathe(self) -> None:
        """Guide breathing without a pause."""
        ...

    def elsewhere(self, display: str) -> str:
        """Return the display of the windows, if nobody at `display` can see them; else nothing.

        `display` is that on X11, which may be empty, and after a space that on Wayland.
        """
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


class WriteFile(Protocol):
    """Writes a file whole or not at all, as `system.atomic_file.write_through_link` does."""

    def __call__(self, path: Path, content: bytes, mode: int, *, replace: bool) -> None:
        """Write the file, and give it the permissions `mode`.

        Raises:
            FileExistsError: the file exists, and `replace` is false.
            OSError: the file can't be written; what was there is as it was.

        """
        ...
