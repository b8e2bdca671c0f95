"""The Python of a Debian: an environment with SafePause's wheel, and one for the tests.

All rooms of a suite share both. uv installs them inside the Debian, with this machine's settings
for packages and its certificates.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktops.debian import last_words
from tests.desktops.machine import MissingError

if TYPE_CHECKING:
    from tests.desktops.debian import Debian

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build/desktops"
PROGRAM, TESTS, SOURCE, OUT = "/opt/safepause", "/opt/tests", "/src", "/out"
"""Inside: the environment of the wheel, that of the tests, the source, and what is taken out."""
_TRUST = ("/etc/ssl/certs", "/etc/resolv.conf", "/etc/hosts", "/etc/uv")
_INSTALL = f"""set -e
cd {SOURCE}
for env in {PROGRAM} {TESTS}; do
  [ -x $env/bin/python ] || uv venv --quiet --python /usr/bin/python3 $env
done
uv pip sync --quiet --python {TESTS} --require-hashes tools/locked-dev.txt
uv pip sync --quiet --python {PROGRAM} --require-hashes tools/locked-run.txt
uv pip install --quiet --python {PROGRAM} --no-deps /wheel/*.whl
{PROGRAM}/bin/safepause --version
"""


def build_wheel() -> Path:
    """Build SafePause's wheel, and return its folder."""
    folder = BUILD / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    command = ["uv", "build", "--quiet", "--wheel", "--no-build-isolation"]
    where = ["--python", ".venv/bin/python", "--out-dir", str(folder)]
    subprocess.run([*command, *where], check=True, cwd=ROOT)
    return folder


def copy_source() -> Path:
    """Copy the source, as git lists it, and return the folder. Tests may write there."""
    folder = BUILD / "source"
    shutil.rmtree(folder, ignore_errors=True)
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    compiled = [str(path.relative_to(ROOT)) for path in ROOT.glob("resources/**/*.mo")]
    for name in (*os.fsdecode(told.stdout).split("\0"), *compiled):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def bound(debian: Debian, suite: str, out: Path) -> dict[Path, str]:
    """Return what the programs inside see of this machine."""
    out.mkdir(parents=True, exist_ok=True)
    shared = debian.folder.parent / f"{suite}.opt"
    shared.mkdir(exist_ok=True)
    return {shared: "/opt", BUILD / "source": SOURCE, BUILD / "wheel": "/wheel", out: OUT}


def install(debian: Debian, seen: dict[Path, str]) -> None:
    """Install the wheel and the tests' packages, as locked.

    Raises:
        MissingError: uv has refused.

    """
    uv = shutil.which("uv")
    if uv is None:
        raise MissingError("uv is missing: `make setup` brings it.")
    cache = debian.folder.parent / "uv-cache"
    cache.mkdir(exist_ok=True)
    trust = {Path(path): path for path in _TRUST if Path(path).exists()}
    inside = {**seen, **trust, Path(uv).resolve(): "/usr/local/bin/uv", cache: "/root/.cache/uv"}
    env = {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_LINK_MODE": "copy",
        "UV_CACHE_DIR": "/root/.cache/uv",
    }
    if debian.run("sh", "-c", _INSTALL, bound=inside, online=True, env=env):
        raise MissingError(f"Python packages were not installed. {last_words(debian.log)}")
