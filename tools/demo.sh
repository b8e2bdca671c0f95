#!/usr/bin/env bash
# Plays a whole pause on a virtual display, in about a minute: tray click, breathing, return.
# Pictures of every state, light and dark, are left in build/demo. Then takes pictures of every
# window in every look, in about another minute, unless the demo was given a time of day to start
# at. Exits 1 if a state did not come, or if a window is empty or in no picture.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=.

.venv/bin/python tools/demo.py "$@"
[ $# -gt 0 ] || exec .venv/bin/python tools/every_window.py
