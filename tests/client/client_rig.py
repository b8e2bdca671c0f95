"""A client for tests, whose app, clock and waiting are fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.client.remote_command import Client
from safepause.system import paths
from safepause.system.ipc import protocol
from safepause.system.ipc.client import NoAnswerError
from safepause.system.ipc.lock import Lock, Locks
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.commands import Reply
    from safepause.system.ipc.handover import FirstRequest

Answer = tuple[int, str, str]
OK: Answer = (0, "as you wish\n", "")


class FakeApp:
    """An app in another process. It may run, start, or have ended."""

    def __init__(self) -> None:
        """Make an app that does not run."""
        self.reply: Answer | None = None
        """Its answer; None while it does not listen."""
        self.heard: list[list[str]] = []
        self.ids: set[str] = set()
        """The ids of the requests."""
        self.starts = 0
        self.became: list[tuple[bool, bool, str]] = []
        self.answers_once_started = True
        self.silent = ""
        """The command that it takes and never answers."""
        self.on_wait: Callable[[], None] = lambda: None
        self.last = "It is broken."

    def ask(self, argv: list[str], timeout: float = 1.0, *, request_id: str = "") -> Answer | None:
        """Take a request if the app runs; check first that the protocol can carry it."""
        assert timeout > 0
        protocol.pack_request(argv, request_id)
        if self.reply is not None:
            self.heard.append(argv)
            self.ids.add(request_id)
        if argv[0] == self.silent:
            raise NoAnswerError(ended=False)
        return self.reply

    def start(self, request: bytes) -> FakeApp:
        """Start with a request."""
        self.starts += 1
        given = protocol.unpack_request(request)
        assert given is not None
        self.heard.append(given[0])
        self.ids.add(given[1])
        return self

    def answer(self, waiting: Callable[[], object]) -> Answer | None:
        """Answer the request it was started with, or end."""
        self.on_wait()
        waiting()
        return OK if self.answers_once_started else None

    def last_words(self) -> str:
        """Return why it ended."""
        return self.last

    def run(self, *, hidden: bool, demo: bool, first: FirstRequest | None) -> int:
        """Run as the app in this process. Carry out a first request."""
        assert not Lock(paths.lock_paths()[0]).acquire(), "the caller holds the lock"
        self.became.append((hidden, demo, paths.home()))
        if first is not None:
            first.answer(self._hear_first(first.argv, first.request_id))
        return 0

    def _hear_first(self, argv: list[str], request_id: str) -> Answer:
        self.heard.append(argv)
        self.ids.add(request_id)
        return OK


class Rig:
    """A client whose app, clock and waiting are fakes; the folder and the lock are real."""

    def __init__(self) -> None:
        """Start without an app."""
        self.app, self.clock = FakeApp(), FakeClock()
        self.lock = Locks([Lock(paths.lock_paths()[0])])

    def run(self, *argv: str) -> Reply:
        """Run a command line."""
        app = self.app
        client = Client(app.run, clock=self.clock, ask=app.ask, start=app.start, wait=self.wait)
        return client.run(list(argv))

    def hold(self) -> bool:
        """Take the lock, as another process would; return whether the lock was free."""
        paths.make_private_home()
        return self.lock.acquire()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.move(seconds=seconds)
        self.app.on_wait()
