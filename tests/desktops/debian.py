"""Debians of our own: a bare one for each suite, and a copy of it with the packages of each room.

They are made once. They lie in the folder that `make test-desktops` names, and a change of a room's
packages installs what is new.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktops.machine import NEST, MissingError, mirror, size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.desktops.rooms import Room

_BARE = "ca-certificates,python3,iproute2"
_SCRIPTS = Path("/usr/share/debootstrap/scripts")
_SETTINGS = {
    "etc/apt/apt.conf.d/99tests": (
        'APT::Install-Recommends "false";\nAcquire::Check-Valid-Until "false";\n'
        'Dpkg::Use-Pty "0";\n'
    ),
    "etc/dpkg/dpkg.cfg.d/99tests": "force-unsafe-io\n",
    "usr/sbin/policy-rc.d": "#!/bin/sh\nexit 101\n",  # start no services
}
_INSTALL = (
    "dpkg --configure -a && "  # an earlier run was ended while it installed
    'apt-get -qq update && apt-get -qq install -y "$@" && apt-get clean'
)


def say(sentence: str) -> None:
    """Tell the person what happens."""
    print(f"SafePause: {sentence}", flush=True)


@dataclass(frozen=True)
class Debian:
    """A Debian in a folder."""

    folder: Path
    log: Path
    """Where the output of its commands goes."""

    def run(
        self,
        *command: str,
        bound: Mapping[Path, str] | None = None,
        online: bool = False,
        env: Mapping[str, str] | None = None,
    ) -> int:
        """Run a command inside, and return its exit code. `bound` says what it sees from here."""
        pairs = " ".join(f"{here}:{there}" for here, there in (bound or {}).items())
        told = {**os.environ, "BOUND": pairs, "ONLINE": "yes" if online else "no", **(env or {})}
        told |= {"HOME": "/root", "PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        with self.log.open("ab") as log:
            done = subprocess.run(
                ["bash", str(NEST), str(self.folder), *command],
                env=told,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
        return done.returncode

    @property
    def _stamp(self) -> Path:
        return self.folder / "installed.txt"

    def installed(self) -> set[str]:
        """Return the packages that were asked for when it was last installed."""
        known = self._stamp.exists()
        return set(self._stamp.read_text(encoding="utf-8").split()) if known else set()

    def install(self, packages: Sequence[str]) -> None:
        """Install packages, unless exactly these are installed already.

        Raises:
            MissingError: apt has refused.

        """
        if self.installed() == set(packages):
            return
        for name, text in _SETTINGS.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        (self.folder / "usr/sbin/policy-rc.d").chmod(0o755)
        resolver = {Path("/etc/resolv.conf"): "/etc/resolv.conf", Path("/etc/hosts"): "/etc/hosts"}
        env = {"DEBIAN_FRONTEND": "noninteractive"}
        command = ("sh", "-c", _INSTALL, "apt", *packages)
        if self.run(*command, bound=resolver, online=True, env=env):
            raise MissingError(f"apt could not install packages. {last_words(self.log)}")
        self._stamp.write_text("\n".join(sorted(packages)), encoding="utf-8")


@contextmanager
def alone(cache: Path) -> Iterator[None]:
    """Make the cache, and keep other runs away from it: they would change what runs here.

    Raises:
        MissingError: another run has it.

    """
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MissingError(
                f"Another run uses {cache}. Wait for its end, or name another folder in the "
                "variable DESKTOPS_CACHE."
            ) from None
        yield


def bare(suite: str, cache: Path) -> Path:
    """Return the folder of a bare Debian. Make it if there is none."""
    folder, log = cache / f"{suite}.bare", cache / f"{suite}.log"
    if (folder / "whole").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    say(f"Making a bare Debian, {suite}. This takes a minute or two.")
    script = suite if (_SCRIPTS / suite).exists() else "sid"  # an older debootstrap
    options = ("--variant=minbase", f"--include={_BARE}")
    command = ["debootstrap", *options, suite, str(folder), mirror(), str(_SCRIPTS / script)]
    with log.open("wb") as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise MissingError(f"debootstrap could not make {suite}. {last_words(log)}")
    (folder / "whole").touch()
    say(f"Made {suite}: {size(folder)}.")
    return folder


def furnished(room: Room, cache: Path) -> Debian:
    """Return the Debian of a room, with all its packages."""
    made = Debian(cache / room.name, cache / f"{room.name}.log")
    if made.installed() - set(room.packages):
        say(f"{room.title} has packages that it needs no more. It is made anew.")
        shutil.rmtree(made.folder)
    if not (made.folder / "whole").exists():
        _copy(bare(room.suite, cache), made.folder)
    if not (made.folder / "installed.txt").exists():
        say(f"Installing {room.title} on {room.suite}. This takes some minutes.")
    made.install(room.packages)
    say(f"{room.title}: {size(made.folder)} in {made.folder}.")
    return made


def last_words(log: Path) -> str:
    """Return the end of a log in one line, and where the whole log is."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    said = "; ".join([line.strip() for line in lines if line.strip()][-3:])
    return f"The log ends: {said[-400:] or 'it is empty'} (all of it: {log})"


def _copy(bare_debian: Path, folder: Path) -> None:
    """Copy a bare Debian. The copy has its name only once it is whole.

    Raises:
        MissingError: it could not be copied, as on a full disk.

    """
    part = folder.with_name(f"{folder.name}.part")
    for old in (folder, part):
        shutil.rmtree(old, ignore_errors=True)
    copy = ["cp", "-a", "--reflink=auto", str(bare_debian), str(part)]
    done = subprocess.run(copy, check=False, capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise MissingError(f"{bare_debian} could not be copied. {done.stderr.strip()[-400:]}")
    part.rename(folder)
