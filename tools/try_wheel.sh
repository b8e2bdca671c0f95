#!/usr/bin/env bash
# Builds the wheel, installs it in an environment of its own, and tries what a checkout can't show:
# that the resources are inside and the command starts.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf build/wheel
uv build --quiet --wheel --no-build-isolation --python .venv/bin/python --out-dir build/wheel
uv venv --quiet --python .venv/bin/python build/wheel/env
uv pip install --quiet --python build/wheel/env --require-hashes -r tools/locked-run.txt
uv pip install --quiet --python build/wheel/env --no-deps build/wheel/*.whl

cd build/wheel  # Away from the source, so that only the wheel is found.
env/bin/python - <<'PYTHON'
from pathlib import Path

import safepause

package = Path(safepause.__file__).parent
assert "build" in package.parts, f"{package} is not the wheel's"
for needed in (
    "icons/safepause.svg",
    "icons/hicolor/16x16/apps/io.github.safepause.SafePause.png",
    "linux/io.github.safepause.SafePause.desktop",
):
    assert (package / "resources" / needed).is_file(), f"the wheel lacks resources/{needed}"
for source in package.glob("resources/locale/**/*.po"):
    assert source.with_suffix(".mo").is_file(), f"{source} was not compiled"
PYTHON
env/bin/safepause --version

# The menu entry names this very install, and nothing is left of it afterwards.
export XDG_DATA_HOME=$PWD/share
env/bin/safepause install-desktop
desktop-file-validate share/applications/*.desktop
grep -qx "Exec=\"\?$PWD/env/bin/safepause\"\? pause" share/applications/*.desktop
env/bin/safepause install-desktop --remove
if [ -n "$(find share -mindepth 1)" ]; then
  find share
  exit 1
fi
