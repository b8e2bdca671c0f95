"""The app's server for commands, and the choice of its kind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from safepause.system.ipc.dispatch import Execute


class Server(Protocol):
    """Executes commands of other processes of the same user. The process must hold the lock."""

    trouble: str
    """The system's message if there is no socket at the path; otherwise empty."""

    def listen(self) -> None:
        """Execute commands from now on.

        Raises:
            OSError: the system can't listen there.

        """
        ...

    def close(self) -> None:
        """Stop for good. Clients that wait get no answer."""
        ...


def make_server(
    path: str,
    execute: Execute,
    parent: QObject | None = None,
    *,
    name: str = "",
    locks: Sequence[str] = (),
) -> Server:
    """Return the server of this system. `path` is the socket, or gives the pipe its name.

    `name` is a second address, which needs no file. It is empty where there is none. `locks` are
    the lock files of this process, which the server makes again if somebody deletes them.
    """
    # Each kind is imported where it is chosen: only Windows pays for QtNetwork.
    if sys.platform == "win32":
        from safepause.system.ipc.windows_pipe import PipeServer

        server: Server = PipeServer(path, execute, parent)
    else:
        from safepause.system.ipc.unix_socket import SocketServer

        server = SocketServer(path, execute, parent, name=name, locks=locks)
    return server
