"""sway without a screen, with its own bar as the tray, on a bus and settings of its own.

sway does not run as root. If the tests run as root, sway runs in a user namespace, in which root
has another number. The programs that sway starts are in that namespace, too, and the bus refuses
them. Nothing here depends on SafePause.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import struct
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.end2end.bus import WATCHER
from tests.end2end.session import Session
from tests.end2end.waiting import listens, patience, wait_for
from tests.end2end.wayland.hands import WlrootsHands
from tests.end2end.wayland.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from tests.end2end.place import Place

SIZE = (1280, 720)
BAR = 24
"""Pixels at the upper edge that surely hold the bar."""
TOOLS = ("sway", "swaybar", "grim", "dbus-daemon")
_DISPLAY = "wayland-1"
_HEAD = struct.Struct("=6sII")
"""What is before each message: magic, length, kind."""
_MAGIC, _GET_TREE = b"i3-ipc", 4
_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
_CONFIG = """output HEADLESS-1 resolution {0}x{1} position 0 0 bg #335577 solid_color
xwayland disable
bar {{
  position top
  font pango:DejaVu Sans 10
  swaybar_command true
}}
{2}
"""


@cache
def missing() -> str:
    """Return what this machine lacks for sway, or an empty text."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    if os.geteuid() == 0 and subprocess.run([*_NAMESPACE, "true"], check=False).returncode:
        return "sway does not run as root, and there are no user namespaces here"
    return ""


class Sway(Session):
    """A desktop that runs during its `with` block."""

    def __init__(
        self, lines: str, told: Callable[[Path], Mapping[str, str]], place: Place | None = None
    ) -> None:
        """Add `lines` to the configuration, and the variables of `told` to the environment."""
        super().__init__(place)
        self._lines = lines
        self._told = told

    def _build(self, stack: ExitStack) -> None:
        self._lay_out(
            {
                "XDG_SESSION_TYPE": "wayland",
                "XDG_CURRENT_DESKTOP": "sway",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            }
        )
        self.env |= {"SWAYSOCK": f"{self.folder}/run/sway", **self._told(self.folder)}
        self._start_bus(stack, ["org.a11y.Bus"])
        self._start_sway(stack)
        self.env["WAYLAND_DISPLAY"] = _DISPLAY
        self.hands = WlrootsHands(self.folder / "run" / _DISPLAY, SIZE)
        stack.callback(self.hands.close)
        self._watch_bus(stack)
        self._start("bar", ["swaybar", "-b", "bar-0"], stack)
        wait_for(lambda: self.caller.has_owner(WATCHER), "the tray stands", 20)

    def windows(self) -> list[Seen]:
        """Return the visible windows, the uppermost last."""
        tree = self._tree()
        return [_seen(node) for node in _nodes(tree) if node.get("pid") and node["visible"]]

    def picture(self, path: Path) -> Path:
        """Save a picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._out("grim", str(path))
        return path

    def colours(self, left: int, top: int, width: int, height: int) -> int:
        """Return the number of colours in a part of the screen."""
        data = self._out("grim", "-t", "ppm", "-g", f"{left},{top} {width}x{height}", "-")
        pixels = data[-3 * width * height :]
        return len({pixels[at : at + 3] for at in range(0, len(pixels), 3)})

    def _start_sway(self, stack: ExitStack) -> None:
        config = self.folder / "config/sway.conf"
        config.write_text(_CONFIG.format(*SIZE, self._lines), encoding="utf-8")
        headless = {
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
        }
        plain = dict(self.env)
        self.env |= headless
        namespace = _NAMESPACE if os.geteuid() == 0 else ()
        self._start("sway", [*namespace, "sway", "-c", str(config)], stack)
        self.env = plain
        wait_for(lambda: listens(self.folder / "run" / _DISPLAY), "the compositor stands", 20)
        wait_for(lambda: listens(self.folder / "run/sway"), "the compositor takes questions")

    def _tree(self) -> dict[str, Any]:
        """Return what sway knows of all windows: sway-ipc(7). Starting swaymsg takes longer."""
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(patience(20))
            link.connect(str(self.folder / "run/sway"))
            link.sendall(_HEAD.pack(_MAGIC, 0, _GET_TREE))
            with link.makefile("rb") as answer:
                _magic, length, _kind = _HEAD.unpack(answer.read(_HEAD.size))
                tree: dict[str, Any] = json.loads(answer.read(length))
        return tree

    def _out(self, *command: str) -> bytes:
        limit = patience(20)
        done = subprocess.run(command, env=self.env, check=True, capture_output=True, timeout=limit)
        return done.stdout


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a node and all its children, floating ones last."""
    yield node
    for child in (*node["nodes"], *node["floating_nodes"]):
        yield from _nodes(child)


def _seen(node: dict[str, Any]) -> Seen:
    rect = node["rect"]
    return Seen(
        app_id=node["app_id"] or "",
        title=node["name"] or "",
        place=(rect["x"], rect["y"], rect["width"], rect["height"]),
        has_keyboard=node["focused"],
        floats=node["type"] == "floating_con",
    )
