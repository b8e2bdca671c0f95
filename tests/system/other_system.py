"""Runs the program as on macOS: with its system name, and without the functions of Linux alone."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys

import PySide6.QtWidgets  # noqa: F401  -- Qt itself must know the real system

MISSING = {
    os: ("pipe2", "pidfd_open", "O_PATH", "O_TMPFILE", "memfd_create", "eventfd"),
    socket: ("SOCK_NONBLOCK", "SOCK_CLOEXEC", "SO_PEERCRED"),
    select: ("epoll",),
    signal: ("signalfd", "pidfd_send_signal"),
}


def become(platform: str) -> None:
    """Change the name of the system, and remove what it doesn't have."""
    sys.platform = platform
    sys.modules["jeepney"] = None  # type: ignore[assignment]  # so that its import fails
    for module, names in MISSING.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)


def main() -> int:
    """Run the app, and print a line when it listens to commands."""
    become("darwin")
    from safepause import cli
    from safepause.system.ipc.unix_socket import SocketServer
    from safepause.system.shortcut import macos
    from tests.system.shortcut.test_macos_keys import FakeCarbon

    class Announcing(SocketServer):
        def listen(self) -> None:
            super().listen()
            print("listening", flush=True)  # noqa: T201

    macos._system = FakeCarbon  # type: ignore[assignment]  # noqa: SLF001
    sys.modules["safepause.system.ipc.unix_socket"].SocketServer = Announcing  # type: ignore[attr-defined]
    sys.argv = ["safepause", "--hidden"]
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
