"""Several monitors on one X server, made with libXrandr as xrandr's --setmonitor does."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_ulong, c_void_p

Area = tuple[int, int, int, int]
"""Left, top, width and height, in pixels."""


class _Monitor(ctypes.Structure):
    _fields_ = (
        ("name", c_ulong),
        ("primary", c_int),
        ("automatic", c_int),
        ("outputs", c_int),
        ("area", c_int * 4),
        ("millimetres", c_int * 2),
        ("output", POINTER(c_ulong)),
    )


class _Resources(ctypes.Structure):
    _fields_ = (
        ("times", c_ulong * 2),
        ("crtcs", c_int),
        ("crtc", POINTER(c_ulong)),
        ("outputs", c_int),
        ("output", POINTER(c_ulong)),
    )


def set_monitors(display: str, areas: dict[str, Area]) -> None:
    """Divide the screen of `display` into monitors, by name. The first one is the primary one."""
    x11, randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = c_void_p, (c_char_p,)
    x11.XDefaultRootWindow.restype, x11.XDefaultRootWindow.argtypes = c_ulong, (c_void_p,)
    x11.XInternAtom.restype, x11.XInternAtom.argtypes = c_ulong, (c_void_p, c_char_p, c_int)
    x11.XCloseDisplay.argtypes = (c_void_p,)
    randr.XRRGetScreenResources.restype = POINTER(_Resources)
    randr.XRRGetScreenResources.argtypes = (c_void_p, c_ulong)
    randr.XRRSetMonitor.argtypes = (c_void_p, c_ulong, POINTER(_Monitor))
    link = x11.XOpenDisplay(display.encode())
    root = x11.XDefaultRootWindow(link)
    # The first monitor takes the server's only output. Otherwise the existing monitor would stay.
    output = randr.XRRGetScreenResources(link, root).contents.output
    for place, (name, area) in enumerate(areas.items()):
        first = place == 0
        monitor = _Monitor(
            name=x11.XInternAtom(link, name.encode(), 0),
            primary=first,
            outputs=int(first),
            area=(c_int * 4)(*area),
            output=output,
        )
        randr.XRRSetMonitor(link, root, byref(monitor))
    x11.XCloseDisplay(link)
