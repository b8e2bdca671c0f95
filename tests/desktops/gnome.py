"""GNOME Shell on Wayland, without a screen: 43 and 48. The shell itself is its eyes and hands.

In its unsafe mode, the shell runs JavaScript that it is given over D-Bus. That moves a virtual
pointer and a virtual keyboard, and tells where things are.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress

from tests.desktops.desk import EVDEV, RealDesk
from tests.end2end.bus import CallError
from tests.end2end.waiting import listens, repeat, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack
    from pathlib import Path

_SHELL = DBusAddress("/org/gnome/Shell", "org.gnome.Shell", "org.gnome.Shell")
_CAMERA = DBusAddress(
    "/org/gnome/Shell/Screenshot", "org.gnome.Shell.Screenshot", "org.gnome.Shell.Screenshot"
)
_PLAIN = (False, False)
"""A picture without the pointer, and without a flash."""
_HANDS = """(function () {
  const C = imports.gi.Clutter;
  if (!global._tests) {
    const backend = C.get_default_backend ? C.get_default_backend()
                                          : global.stage.context.get_backend();
    const seat = backend.get_default_seat();
    global._tests = {
      keys: seat.create_virtual_device(C.InputDeviceType.KEYBOARD_DEVICE),
      pointer: seat.create_virtual_device(C.InputDeviceType.POINTER_DEVICE),
    };
  }
  const {keys, pointer} = global._tests, now = imports.gi.GLib.get_monotonic_time();
  const DOWN = C.KeyState.PRESSED, UP = C.KeyState.RELEASED;
  %s;
  return 1;
})()"""
_READY = """(function () {
  if (Main.layoutManager._startingUp) return false;
  if (Main.overview.visible) { Main.overview.hide(); return false; }
  Main.messageTray.getSources().forEach(source => source.destroy());
  return Main.messageTray._notificationState === 0;
})()"""
"""Without the overview, and without what the shell says of root and of the missing gdm."""
LABELLED = """(function () {
  const found = [];
  const visit = actor => {
    if (!actor.mapped) return;
    const text = actor.label || actor.text || actor.accessible_name;
    if (actor.reactive && typeof text === 'string') found.push([text, actor]);
    actor.get_children().forEach(visit);
  };
  visit(%s);
  const hit = found.filter(([text, actor]) => text.includes(%s)).map(([text, actor]) => {
    const [x, y] = actor.get_transformed_position();
    return [Math.round(x + actor.width / 2), Math.round(y + actor.height / 2)];
  });
  return hit.length ? hit[hit.length - 1] : null;
})()"""
_FIRST_LINE = """(function () {
  const menus = Object.values(Main.panel.statusArea).map(each => each.menu);
  const open = menus.find(menu => menu && menu.isOpen && menu._getMenuItems);
  const items = open ? open._getMenuItems() : [];
  const lines = items.map(item => item.actor || item).filter(line => line.visible);
  if (!lines.length) return null;
  const [x, y] = lines[0].get_transformed_position();
  const middle = [x + lines[0].width / 2, y + lines[0].height / 2].map(Math.round);
  return [...middle, lines.every(line => line === lines[0] || line.height < lines[0].height)];
})()"""
_CLEAR = """(function () {
  Main.overview.hide();
  Object.values(Main.panel.statusArea).forEach(each => each.menu?.close?.());
  return 1;
})()"""
_DIALOG = """(function () {
  const windows = global.get_window_actors().map(actor => actor.meta_window);
  const dialog = windows.find(each => each.get_title() === 'Add Keyboard Shortcuts');
  if (!dialog) return null;
  dialog.activate(global.get_current_time());  // as a person finds it below other windows
  const frame = dialog.get_frame_rect();
  return [frame.x, frame.y, frame.width];
})()"""
_BANNER = "Main.messageTray._banner || Main.messageTray"
_GAP = 30_000
"""Microseconds between the two halves of a click, and between two clicks."""
_BUTTONS = {1: "C.BUTTON_PRIMARY", 2: "C.BUTTON_MIDDLE", 3: "C.BUTTON_SECONDARY"}
_MEDIA_KEYS = "org.gnome.settings-daemon.plugins.media-keys"
_BINDING = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/custom0/"
TRAY = "ubuntu-appindicators@ubuntu.com"


class Gnome(RealDesk):
    """GNOME 48. Its icons come from the AppIndicator extension, which Debian has as a package."""

    DESKTOP = "GNOME"
    TYPE = "wayland"
    PANEL = slice(0, 40)
    CLICKS = 2
    MENU_BUTTON = 1
    LETTERS_GO_ON = False

    def _variables(self) -> Mapping[str, str]:
        return {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}

    def _start_desktop(self, stack: ExitStack) -> None:
        self.setting("org.gnome.shell", "welcome-dialog-last-shown-version", "99")
        self.setting("org.gnome.shell", "enabled-extensions", f"['{TRAY}']")
        self.setting("org.gnome.desktop.interface", "enable-animations", "false")
        self.setting("org.gnome.desktop.session", "idle-delay", "0")
        self.setting("org.gnome.desktop.lockdown", "disable-lock-screen", "true")
        told = dict(self.env)
        del self.env["WAYLAND_DISPLAY"]
        screen = ["--headless", "--wayland", "--virtual-monitor", "1280x800"]
        self._start("shell", ["gnome-shell", *screen, "--unsafe-mode"], stack)
        self.env = told
        wait_for(lambda: listens(self.folder / "run/wayland-0"), "the compositor stands", 40)
        self.owned("org.gnome.Shell", 40)
        for name in ("gsd-media-keys", "gsd-xsettings"):
            self._start(name, [f"/usr/libexec/{name}"], stack)
        wait_for(self._answers, "the shell takes scripts", 40)
        self.leave()
        wait_for(lambda: self.ask(_READY), "the shell is ready", 40)

    def ask(self, script: str) -> Any:  # noqa: ANN401 -- whatever the script returns
        """Run JavaScript in the shell, and return its value."""
        done, said = self.caller.call(_SHELL, "Eval", "s", script)
        assert done, f"{said}: {script}"
        return json.loads(said) if said else None

    def save_picture(self, path: Path) -> None:
        """Save a picture of the whole screen, with the pointer left out."""
        done, said = self.caller.call(_CAMERA, "Screenshot", "bbs", *_PLAIN, str(path))
        assert done, said

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._hand(f"pointer.notify_absolute_motion(now, {x}, {y})")
        time.sleep(0.15)

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Click at a place."""
        self.move(x, y)
        states = [f"{_BUTTONS[button]}, C.ButtonState.{each}" for each in ("PRESSED", "RELEASED")]
        moves = [
            f"pointer.notify_button(now + {place * _GAP}, {state})"
            for place, state in enumerate(states * times)
        ]
        self._hand("; ".join(moves))  # at once: a double click on a busy machine is none

    def press(self, keys: str) -> None:
        """Press keys together."""
        numbers = [EVDEV[key] for key in keys.split("+")]
        for number in numbers:
            self._hand(f"keys.notify_key(now, {number}, DOWN)")
        time.sleep(0.05)
        for number in reversed(numbers):
            self._hand(f"keys.notify_key(now, {number}, UP)")
        time.sleep(0.05)

    def bind_keys(self) -> str:
        """Say yes in the dialog of the shell's settings, which asks once."""
        wait_for(lambda: self.ask(_DIALOG), "the shell asks for the keys", 20)
        repeat(self._say_yes, lambda: not self.ask(_DIALOG), "the dialog is closed")
        return "by the portal, after its dialog"

    def _say_yes(self) -> None:
        """Click the button at the upper right of the dialog, wherever the dialog is by now."""
        left, top, width = self.ask(_DIALOG)
        self.click(left + width - 38, top + 24)

    def leave(self) -> None:
        """Close the overview and the menus, and move the pointer to an empty place."""
        self.ask(_CLEAR)
        super().leave()

    def choose_first(self) -> None:
        """Click the first line of the open menu, which must be its largest."""
        x, y, largest = wait_for(lambda: self.ask(_FIRST_LINE), "the menu has a first line")
        assert largest, "the first line of the menu is not its largest"
        self.click(x, y)

    def open_overview(self) -> None:
        """Press the key that opens the overview."""
        self.press("super")
        wait_for(lambda: self.ask("Main.overview.visible"), "the overview is open")
        time.sleep(1)  # its windows have moved to their places

    def make_dark(self) -> str:
        """Choose the dark style of the shell's settings."""
        self.setting("org.gnome.desktop.interface", "color-scheme", "prefer-dark")
        return "the style of the shell's settings"

    def press_notification(self, words: str) -> None:
        """Click a button in the banner. The pointer opens the banner, as a person's does."""
        self.move(640, 60)
        script = LABELLED % (_BANNER, json.dumps(words))
        if (place := self.ask(script)) is not None:
            self._press(*place)

    def _answers(self) -> bool:
        """Tell whether the shell takes scripts. It has its name on the bus before that."""
        try:
            return bool(self.ask("1"))
        except CallError:
            return False

    def _hand(self, move: str) -> None:
        self.ask(_HANDS % move)


class Gnome43(Gnome):
    """GNOME 43. Its portal gives no keys, so the person binds them to a command."""

    KEYS_BY_PROGRAM = False

    def bind_keys(self) -> str:
        """Bind the keys in the settings of the shell, as the guide says."""
        self.setting(_MEDIA_KEYS, "custom-keybindings", f"['{_BINDING}']")
        own = f"{_MEDIA_KEYS}.custom-keybinding:{_BINDING}"
        self.setting(own, "name", "Pause")
        self.setting(own, "command", "safepause pause")
        self.setting(own, "binding", "<Ctrl><Alt>p")
        time.sleep(2)  # the daemon for keys takes the new settings, and has no sign of that
        return "by a custom shortcut in the settings"
