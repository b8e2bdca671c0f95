"""Autostart: whether the desktop starts SafePause at login.

The desktop's own record is read each time; there is no copy of it. No module here imports Qt,
because the command line uses them, too.
"""

from safepause.system.autostart.factory import autostart_of
from safepause.system.autostart.null import NoAutostart

__all__ = ["NoAutostart", "autostart_of"]
