"""What this machine needs for Debians of its own, and what it has: root, tools, a mirror."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NEST = Path(__file__).parent / "nest.sh"
_TOOLS = ("debootstrap", "unshare", "setpriv", "chroot", "mount", "apt-get")
_APART = ("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--ipc", "--net")
_TARGETS = ("apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN) $(LABEL)")


class MissingError(Exception):
    """Something is missing on this machine. The text is a sentence for the person."""


def check() -> None:
    """Check that Debians can be made and entered here.

    Raises:
        MissingError: this machine can't do it.

    """
    if os.geteuid() != 0:
        raise MissingError("It makes and enters Debians, which needs root: run it as root.")
    absent = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if absent:
        raise MissingError(f"Not installed: {', '.join(absent)}.")
    done = subprocess.run([*_APART, "true"], check=False, capture_output=True, text=True)
    if done.returncode:
        raise MissingError(f"This machine allows no namespaces of one's own: {done.stderr.strip()}")


def mirror() -> str:
    """Return the Debian mirror that this machine's apt uses, or the one in the variable MIRROR.

    Raises:
        MissingError: apt has no mirror of Debian.

    """
    if os.environ.get("MIRROR"):
        return os.environ["MIRROR"]
    told = subprocess.run(
        [*_TARGETS, "Created-By: Packages"], check=True, capture_output=True, text=True
    )
    for line in told.stdout.splitlines():
        if line.split()[1:] == ["Debian", "Debian"]:
            return line.split()[0]
    raise MissingError("This machine's apt has no Debian mirror: name one in the variable MIRROR.")


def size(folder: Path) -> str:
    """Return the size of a folder for people: "740 MB"."""
    told = subprocess.run(
        ["du", "-sxm", str(folder)], check=False, capture_output=True, text=True
    ).stdout
    return f"{told.split()[0]} MB" if told else "0 MB"
