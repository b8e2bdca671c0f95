"""No file of the program's memory after a crash: the memory has names, and words of the restart."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource


def forbid_core_dumps() -> None:
    """Have the system write no memory of this process, or of those that it starts, to the disk.

    systemd and most other systems that collect crashes follow this limit. A program that is started
    by this one can raise the limit again.
    """
    if sys.platform != "win32":
        _soft, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
