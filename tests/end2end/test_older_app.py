"""An app of version 0.2.0 runs while the command line is newer, as after an update."""

from __future__ import annotations

import fcntl
import socket
import threading
from typing import TYPE_CHECKING, Self

import pytest

from tests.end2end.bare import Bare
from tests.end2end.waiting import patience, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

pytestmark = pytest.mark.end2end
DISPLAY = {"DISPLAY": ":7", "WAYLAND_DISPLAY": ""}
"""A display that nobody looks at: Qt draws nothing here."""
MAGIC = "safepause1 "


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session without a display, whose commands know a display."""
    with Bare() as session:
        session.env |= DISPLAY
        yield session


class OldApp:
    """Answers as version 0.2.0 does: it knows no ids, no --display and no --asked-at."""

    def __init__(self, bare: Bare) -> None:
        """Take the lock beside the data, and do not listen yet."""
        data = bare.folder / ".local/share/safepause"
        data.mkdir(parents=True)
        self._lock = (data / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._socket = socket.socket(socket.AF_UNIX)
        self._path = str(data / "socket")
        self._thread = threading.Thread(target=self._serve)
        self.done: list[list[str]] = []
        """The commands that it has carried out."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""
        self._lock.close()
        if self._thread.is_alive():
            self._socket.shutdown(socket.SHUT_RDWR)
            self._thread.join()
        self._socket.close()

    def listen(self) -> None:
        """Answer from now on."""
        self._socket.bind(self._path)
        self._socket.listen()
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                wire, _address = self._socket.accept()
            except OSError:  # the end
                return
            with wire:
                wire.settimeout(patience(10))
                wire.sendall(self._answer(wire.recv(1000).decode()))

    def _answer(self, request: str) -> bytes:
        head, *argv = request.removesuffix("\0").split("\0")
        if not head.startswith(MAGIC):
            return b"2\0\0SafePause did not understand that.\n\0"
        for option in ("--display", "--asked-at"):
            if any(word.startswith(option) for word in argv):
                return f"2\0\0{option} is not known.\n\0".encode()
        self.done.append(argv)
        return b"0\0As you wish.\n\0\0"


@pytest.mark.parametrize("argv", [[], ["show"], ["pause", "--minutes=30"], ["breathe"], ["return"]])
def test_it_carries_commands_out(bare: Bare, argv: list[str]) -> None:
    """Each command that shows a window, also the program alone, is done once, and no app starts."""
    with OldApp(bare) as app:
        app.listen()
        done = bare.run(*argv)
        assert (done.returncode, done.stdout, done.stderr) == (0, "As you wish.\n", "")
        assert app.done == [argv or ["show"]]
        assert bare.run("--hidden").returncode == 0
        assert bare.apps() == []


@pytest.mark.parametrize(
    "argv", [["pause", "--minutes=30"], ["extend", "--minutes=30"], ["show"]], ids=" ".join
)
def test_it_carries_out_what_waited_for_its_start(bare: Bare, argv: list[str]) -> None:
    """The request that was handed over while it started is understood, too."""
    with OldApp(bare) as app:
        command = bare.begin(*argv)
        wait_for(bare.apps, "the request is handed over")
        app.listen()
        done = command.result()
        assert (done.returncode, done.stdout) == (0, "As you wish.\n")
        assert "known" not in done.stderr
        assert app.done == [argv]


def test_a_start_that_waited_for_its_start_shows_its_window(bare: Bare) -> None:
    """The program alone waits for an app that is starting, and asks that one for its window."""
    with OldApp(bare) as app:
        command = bare.begin()
        assert stays(lambda: command.process.poll() is None, 1)
        app.listen()
        assert command.result().returncode == 0
        assert app.done == [["show"]]
