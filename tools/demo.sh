#!/usr/bin/env bash
# Plays a whole pause on a virtual display, in about a minute: tray click, breathing, return.
# Pictures of every state, light and dark, are left in build/demo. Exits 1 if a state did not come.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHONPATH=. exec .venv/bin/python tools/demo.py "$@"
