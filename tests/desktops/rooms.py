"""Every desktop that is tried: in which Debian it runs, and the packages that it needs there."""

from __future__ import annotations

from dataclasses import dataclass

_QT = (
    *("libegl1", "libgl1", "libgl1-mesa-dri", "libfontconfig1", "libglib2.0-0", "libdbus-1-3"),
    *("libwayland-client0", "libwayland-cursor0", "libwayland-egl1", "libxkbcommon-x11-0"),
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-shape0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1"),
    *("libx11-xcb1", "libxrandr2"),
)
"""What Qt needs: the section "run" of tools/packages.txt, and Xrandr for the tests."""
_COMMON = (
    *_QT,
    *("dbus", "dbus-bin", "at-spi2-core", "adwaita-icon-theme", "fonts-dejavu-core", "faketime"),
    *("iproute2", "systemd", "xdg-utils", "librsvg2-common"),
)
_X11 = (*_COMMON, "xvfb", "xdotool", "imagemagick", "x11-utils")
_DUNST = ("dunst", "suckless-tools")
"""Notifications, and the menu of what they offer."""
_GNOME = (
    *(*_COMMON, "gnome-shell", "gnome-settings-daemon", "gnome-shell-extension-appindicator"),
    *("xwayland", "gjs", "dconf-gsettings-backend"),
)


@dataclass(frozen=True)
class Room:
    """A desktop in a Debian."""

    name: str
    """As in the variable DESKTOPS."""
    title: str
    suite: str
    packages: tuple[str, ...]
    asked_for: bool = False
    """Whether it runs only if it is named."""


ROOMS = (
    Room(
        "gnome48",
        "GNOME 48",
        "trixie",
        (*_GNOME, "xdg-desktop-portal-gnome", "gnome-control-center"),
    ),
    Room(
        "plasma6",
        "Plasma 6",
        "trixie",
        (
            *(*_X11, "plasma-workspace", "plasma-desktop", "xdg-desktop-portal-kde"),
            *("kwin-wayland", "xwayland"),
        ),
    ),
    Room(
        "labwc",
        "labwc",
        "trixie",
        (*_COMMON, "labwc", "waybar", "sway-notification-center", "grim"),
    ),
    Room(
        "mate",
        "MATE",
        "trixie",
        (
            *(*_X11, "mate-panel", "marco", "mate-notification-daemon", "mate-settings-daemon"),
            *("mate-indicator-applet", "mate-session-manager"),
        ),
    ),
    Room("i3", "i3", "trixie", (*_X11, *_DUNST, "i3-wm", "dex")),
    Room("icewm", "IceWM", "trixie", (*_X11, *_DUNST, "icewm", "dex")),
    Room(
        "gnome43",
        "GNOME 43",
        "bookworm",
        (*_GNOME, "xdg-desktop-portal-gnome"),
        asked_for=True,
    ),
    Room("cinnamon", "Cinnamon", "trixie", (*_X11, "cinnamon"), asked_for=True),
    Room(
        "lxqt",
        "LXQt",
        "trixie",
        (*_X11, "lxqt-panel", "lxqt-notificationd", "lxqt-session", "openbox"),
        asked_for=True,
    ),
)
_UNIT = (
    *(
        *_X11,
        "dbus-x11",
        "xdg-desktop-portal",
        "python3-dbusmock",
        "x11-xkb-utils",
        "desktop-file-utils",
        "git",
        "make",
        "strace",
        "e2fsprogs",
    ),
)
UNITS = (
    Room("python3.13", "unit tests, Debian 13", "trixie", _UNIT),
    Room("python3.14", "unit tests, Debian 14", "forky", _UNIT),
)
"""The Debians in which the unit tests run."""
KNOWN = {room.name: room for room in (*ROOMS, *UNITS)}
