"""Where the message buses are: the addresses of this session's bus and of this computer's bus.

Nothing here needs jeepney or Qt: the start of the program asks before the tray icon stands.
"""

from __future__ import annotations

import os
from pathlib import Path

SESSION = "DBUS_SESSION_BUS_ADDRESS"
SYSTEM = "DBUS_SYSTEM_BUS_ADDRESS"
SYSTEM_ADDRESS = "unix:path=/run/dbus/system_bus_socket"


def session_address() -> str:
    """Return the address of the session bus. It is empty if this session can have none."""
    address = os.environ.get(SESSION, "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return address or (f"unix:path={folder}/bus" if folder else "")


def system_address() -> str:
    """Return the address of the computer's bus."""
    return os.environ.get(SYSTEM) or SYSTEM_ADDRESS


def sockets(address: str) -> list[str]:
    """Return the sockets of an address, as `socket.connect` takes them. Other kinds are left out.

    The name of an abstract socket begins with NUL.
    """
    found = []
    for option in address.split(";"):
        kind, _colon, text = option.partition(":")
        parts = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
        if kind == "unix" and "path" in parts:
            found.append(_unescaped(parts["path"]))
        elif kind == "unix" and "abstract" in parts:
            found.append("\0" + _unescaped(parts["abstract"]))
    return found


def socket_file(address: str) -> Path | None:
    """Return the file of the bus's socket, or None if the socket has no file."""
    return next((Path(path) for path in sockets(address) if path.startswith("/")), None)


def _unescaped(value: str) -> str:
    """Return a value without the escapes of the D-Bus specification, such as "%20"."""
    first, *rest = value.split("%")
    try:
        return first + "".join(chr(int(part[:2], 16)) + part[2:] for part in rest)
    except ValueError:  # no escape: the address is used as it stands
        return value
