"""Keeps Qt and GTK away from message buses that don't answer, before both are loaded.

Qt connects to the session bus at the start, to the accessibility bus, and to the bus of the input
method IBus, and waits 25 seconds or longer for each answer. GTK, which Qt loads on some desktops,
does the same. Both take the addresses from the environment, and read them once.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.system.dbus.address import SESSION, session_address
from safepause.system.dbus.probe import Question, Seen, look, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping

AGAIN = "SAFEPAUSE_STARTED_AGAIN"
"""The variable by which a program that has started itself again knows it."""
ACCESSIBILITY = "AT_SPI_BUS_ADDRESS"
A11Y = "org.a11y.Bus"
NOWHERE = "unix:path=/dev/null/no-bus"
PATIENCE = 0.5
"""Seconds for the look at each bus. At a login even a healthy bus is busy."""
PATIENT = 5.0
"""The same for a program that has started again because the bus had answered."""
INPUT_METHODS = ("QT_IM_MODULE", "QT_IM_MODULES")
IBUS_FILE = "IBUS_ADDRESS_FILE"
"""The variable that names the file with the address of IBus. Usually it is not set."""
_IBUS = "ibus"
_BUILT_IN = "compose"
"""Qt's own input method, which needs no other program."""
IBUS_PATIENCE = 3.0
"""Seconds for the look at IBus. Who types with it needs it until the program ends."""
_NO_GTK_ACCESSIBILITY = "NO_AT_BRIDGE"
_ADDRESS = Question(A11Y, "/org/a11y/bus", A11Y, "GetAddress")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QtBuses:
    """Which buses Qt was kept from. `restore` ends that for the programs that are started later."""

    without_session: bool
    """Whether Qt runs without the session bus, because it didn't answer at the start."""
    again: bool
    """Whether the program has started again by itself for a bus that hangs, which it does once."""
    changed: MutableMapping[str, str]
    before: dict[str, str | None]

    def restore(self) -> None:
        """Restore the environment, once Qt has read it."""
        if INPUT_METHODS[0] in self.before:
            log.info("IBus doesn't answer: letters are typed without it until the next start")
        for name, value in self.before.items():
            if value is None:
                self.changed.pop(name, None)
            else:
                self.changed[name] = value


def keep_from_hung_buses(env: MutableMapping[str, str]) -> QtBuses:
    """Look at the buses, and change the environment so that Qt does without those that hang."""
    again = env.pop(AGAIN, "") != ""
    patience = PATIENT if again else PATIENCE
    wanted: dict[str, str] = {}
    address = session_address()
    seen = Seen()
    if sys.platform == "linux" and address:
        seen = look(address, [A11Y], within=patience)
        if not seen.answers:
            wanted[SESSION] = NOWHERE
            wanted[_NO_GTK_ACCESSIBILITY] = "1"
    if _accessibility_hangs(env, address, seen, patience):
        wanted |= {ACCESSIBILITY: NOWHERE, _NO_GTK_ACCESSIBILITY: "1"}
    if _input_method_hangs(env):
        wanted |= dict.fromkeys(INPUT_METHODS, _BUILT_IN)
    before = {name: env.get(name) for name in wanted}
    env.update(wanted)
    return QtBuses(SESSION in wanted, again and (seen.answers or seen.listens), env, before)


def _accessibility_hangs(
    env: MutableMapping[str, str], session: str, seen: Seen, patience: float
) -> bool:
    """Return whether the accessibility bus, or the program that tells its address, hangs."""
    address = env.get(ACCESSIBILITY, "")
    if not address and A11Y in seen.awake:
        told = look(session, [], [_ADDRESS], patience)
        if _ADDRESS not in told.answered:
            return True
        address = text(told.answered[_ADDRESS])
    return A11Y in seen.asleep or (bool(address) and not look(address, [], within=patience).answers)


def _input_method_hangs(env: Mapping[str, str]) -> bool:
    """Return whether Qt is to use IBus, and IBus runs and doesn't answer."""
    asked = any(_IBUS in env.get(name, "") for name in INPUT_METHODS)
    return asked and any(
        look(address, [], within=IBUS_PATIENCE).listens for address in _ibus_addresses(env)
    )


def _ibus_addresses(env: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses that IBus has written, one for each display. Old ones stay for ever."""
    config = env.get("XDG_CONFIG_HOME") or f"{env.get('HOME', '')}/.config"
    named = env.get(IBUS_FILE, "")
    for file in [Path(named)] if named else sorted(Path(config, "ibus/bus").glob("*")):
        try:
            lines = file.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith("IBUS_ADDRESS="):
                yield line.partition("=")[2]
