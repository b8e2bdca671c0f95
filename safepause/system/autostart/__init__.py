"""Starting with the computer: the desktop's own record of it, looked at each time.

Nothing here remembers anything, and nothing imports Qt: the command line may ask as well.
"""

from safepause.system.autostart.factory import autostart_of
from safepause.system.autostart.null import NoAutostart

__all__ = ["NoAutostart", "autostart_of"]
