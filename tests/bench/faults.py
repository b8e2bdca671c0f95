"""The longest `status` while something is broken: the desktop, the app, or what it keeps.

A fault is a generator. It breaks something, and yields before each `status`. At its end it mends
what it has broken.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import ExitStack, closing
from itertools import repeat
from typing import TYPE_CHECKING

from tests.bench.appearing import COMMAND
from tests.bench.budgets import FAULTS
from tests.bench.result import median
from tests.end2end.desktop import Desktop, Parts
from tests.end2end.rig import Rig
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from tests.bench.result import Line
    from tests.bench.trees import Tree

    Fault = Callable[[Rig], Generator[None, None, None]]

ROUNDS = 30
IDLE_CLIENTS = 64
STATUSES_IN_A_START = 5
LIVES = (0.05, 0.8)
"""Seconds between which an app lives that is killed and started in turn."""


def longest_status(measured: Sequence[Tree]) -> list[list[Line]]:
    """Measure each fault on a desktop of its own. Return the lines of each tree."""
    return [[_under(fault, name, tree) for name, fault in _FAULTS.items()] for tree in measured]


def _under(fault: Fault, name: str, tree: Tree) -> Line:
    with Desktop(Parts(reader=False)) as desktop:
        desktop.env |= tree.env
        with Rig(desktop, "program") as rig, closing(fault(rig)) as broken:
            samples = []
            for _round in range(ROUNDS):
                next(broken)
                samples.append(_milliseconds(rig))
    most = max(samples)
    return FAULTS[name].line(f"{most:.0f} ms, median {median(samples):.0f} ms", most)


def _milliseconds(rig: Rig) -> float:
    command = [str(COMMAND), "status"]
    started = time.perf_counter()
    subprocess.run(command, env=rig.program.env, check=False, capture_output=True)
    return 1000 * (time.perf_counter() - started)


def _start(rig: Rig) -> int:
    """Start the app, call a pause, and return the process."""
    running = rig.start()
    rig.program.ask("pause")
    rig.window()
    return running.pid


def _part_stopped(name: str) -> Fault:
    """Return the fault of a part of the desktop that is stopped. Another program asks doctor."""

    def fault(rig: Rig) -> Generator[None, None, None]:
        _start(rig)
        part = rig.desktop.processes[name].pid
        os.kill(part, signal.SIGSTOP)
        try:
            while True:
                rig.program.start("doctor")
                yield
        finally:
            os.kill(part, signal.SIGCONT)

    return fault


def _bus_gone(rig: Rig) -> Generator[None, None, None]:
    _start(rig)
    rig.desktop.lose_bus()
    try:
        yield from repeat(None)
    finally:
        rig.desktop.bring_bus_back()


def _app_stopped(rig: Rig) -> Generator[None, None, None]:
    os.kill(_start(rig), signal.SIGSTOP)
    yield from repeat(None)


def _idle_clients(rig: Rig) -> Generator[None, None, None]:
    """Connect clients of which every other one sends half of a request."""
    _start(rig)
    with ExitStack() as stack:
        for number in range(IDLE_CLIENTS):
            idle = stack.enter_context(socket.socket(socket.AF_UNIX))
            idle.connect(str(rig.program.home / "socket"))
            idle.sendall(b"safepause1 " * (number % 2))
        yield from repeat(None)


def _app_starting(rig: Rig) -> Generator[None, None, None]:
    while True:
        app = rig.program.start("--hidden")
        yield from repeat(None, STATUSES_IN_A_START)
        app.kill()


def _killed_in_turn(rig: Rig) -> Generator[None, None, None]:
    _start(rig)
    ended = threading.Event()

    def kill_in_turn() -> None:
        while not ended.wait(random.uniform(*LIVES)):  # noqa: S311  -- no secret
            for process in rig.program.processes():
                os.kill(process, signal.SIGKILL)
            rig.program.start("--hidden")

    killer = threading.Thread(target=kill_in_turn)
    killer.start()
    try:
        yield from repeat(None)
    finally:
        ended.set()
        killer.join()


def _locked(mode: str) -> Fault:
    """Return the fault of another program that has the database for itself.

    An app that runs has read the data before. Without one, the other program lets nobody read.
    """

    def fault(rig: Rig) -> Generator[None, None, None]:
        _start(rig)
        if mode == "EXCLUSIVE":
            rig.program.ask("quit")
            wait_for(lambda: not rig.program.processes(), "SafePause ends")
        path = rig.program.home / "safepause.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute(f"PRAGMA locking_mode = {mode}")
            other.execute("BEGIN EXCLUSIVE")
            yield from repeat(None)

    return fault


def _socket_deleted(rig: Rig) -> Generator[None, None, None]:
    _start(rig)
    while True:
        (rig.program.home / "socket").unlink(missing_ok=True)
        yield


def _home_deleted(rig: Rig) -> Generator[None, None, None]:
    _start(rig)
    while True:
        shutil.rmtree(rig.program.home, ignore_errors=True)
        yield


_FAULTS: dict[str, Fault] = {
    "the session bus hangs": _part_stopped("bus"),
    "the session bus is gone": _bus_gone,
    "the panel hangs": _part_stopped("panel"),
    "the notification daemon hangs": _part_stopped("notifyd"),
    "the app is stopped": _app_stopped,
    "64 half-open clients": _idle_clients,
    "the app starts": _app_starting,
    "the app is killed and started in turn": _killed_in_turn,
    "another program writes the data": _locked("NORMAL"),
    "another program locks the data, no app": _locked("EXCLUSIVE"),
    "the socket is deleted": _socket_deleted,
    "the data folder is deleted": _home_deleted,
}
