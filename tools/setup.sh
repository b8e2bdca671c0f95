#!/usr/bin/env bash
# Installs what SafePause needs for one purpose: run, demo, test, kwin (test and more), or desktops.
# It says each step, skips steps that are done, and never asks for a password.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:?purpose: run, demo, test, kwin or desktops}

say() { echo "SafePause: $*"; }
stop() { say "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null && as_root true 2>/dev/null
}

# Writes apt's output to a file. Shows the file if apt fails.
apt_install() {
  mkdir -p build
  { as_root apt-get -qq update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "$@"
  } </dev/null >build/apt.log 2>&1 || { cat build/apt.log >&2; return 1; }
}

# Prints the packages of one section of tools/packages.txt.
section() {
  sed -n "/^\[$1\]/,/^\[/{/^[#[]/d;/^$/d;p}" tools/packages.txt
}

wanted_packages() {
  section run
  if [ "$purpose" = desktops ]; then section desktops; return; fi
  if [ "$purpose" != run ]; then section demo; fi
  if [ "$purpose" = test ] || [ "$purpose" = kwin ]; then section test; fi
  if [ "$purpose" = kwin ]; then section kwin; fi
}

installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

system_packages() {
  [ "$(uname -s)" = Linux ] || return 0
  if ! command -v dpkg-query >/dev/null; then
    say "This is not Debian or Ubuntu. If something is missing, install what these Debian packages hold:" $(wanted_packages)
    return 0
  fi
  local missing=()
  for package in $(wanted_packages); do
    # Debian 13 has 64-bit times; the names of some packages there end in t64.
    installed "$package" || installed "${package}t64" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  may_install || stop "These system packages are missing, and I may not install them. Please run:
  sudo apt-get install ${missing[*]}"
  say "Installing system packages: ${missing[*]}."
  apt_install "${missing[@]}" || stop "The system packages could not be installed. Please look at the lines above."
}

# `python3 -m venv` needs ensurepip, which Debian ships in python3-venv.
python_with_venv() {
  if python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return 0; fi
  may_install || stop "Python 3.11 or newer with its venv module is missing. Please run:
  sudo apt-get install python3 python3-venv"
  say "Installing Python's venv module."
  apt_install python3 python3-venv || stop "Python could not be installed. Please look at the lines above."
}

find_uv() {
  if command -v uv >/dev/null; then uv=uv; return; fi
  uv=.tools/bin/uv
  [ -x $uv ] && return
  python_with_venv
  say "Fetching uv, which sets up Python packages, into .tools."
  python3 -m venv --clear .tools
  .tools/bin/pip --quiet --disable-pip-version-check install --require-hashes -r tools/locked-uv.txt ||
    stop "uv could not be fetched. Is there a connection to the internet?"
}

python_packages() {
  local lock=tools/locked-dev.txt stamp=.venv/.ready-dev
  case "$purpose" in run | demo) lock=tools/locked-run.txt stamp=.venv/.ready-run ;; esac
  if [ -x .venv/bin/python ] && [ -e $stamp ] && [ -z "$(
    find $lock pyproject.toml hatch_build.py resources/locale -type f ! -name '*.mo' -newer $stamp
  )" ]; then return; fi
  find_uv
  .venv/bin/python -c '' 2>/dev/null || {
    say "Making a Python environment in .venv."
    $uv venv --quiet --clear .venv || stop "No Python 3.11 or newer was found. Please install python3."
  }
  say "Installing Python packages, as locked in $lock."
  # `install` keeps packages that are not in the lock: `make run` after `make test` keeps the tools.
  $uv pip install --quiet --python .venv --require-hashes -r $lock
  $uv pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
  touch .venv/.ready-run $stamp
}

system_packages
python_packages
