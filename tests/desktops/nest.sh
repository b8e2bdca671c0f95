#!/usr/bin/env bash
# nest.sh ROOT COMMAND...: runs a command as root in the Debian in the folder ROOT, apart from this
# machine: mounts, processes, IPC and network are its own. Whatever it has started ends with it, and
# it ends with who has called it.
#   BOUND="HERE:THERE ..."  folders and files of this machine that are seen inside
#   ONLINE=yes              the command has this machine's network
set -euo pipefail

if [ "$1" != --inner ]; then
  apart=--net
  [ "${ONLINE:-no}" = no ] || apart=
  exec setpriv --pdeathsig KILL \
    unshare --mount --propagation private --pid --fork --kill-child=KILL --ipc $apart \
    bash "$0" --inner "$@"
fi
root=$2
shift 2

mount --bind "$root" "$root"  # a mount of its own, as programs inside expect of "/"
for name in proc sys dev; do mkdir -p "$root/$name"; done
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs none "$root/dev/shm"
mount -t tmpfs -o mode=1777 none "$root/tmp"
mount -t tmpfs -o mode=755 none "$root/run"
mkdir -m 1777 "$root/tmp/.X11-unix" "$root/tmp/.ICE-unix" "$root/run/lock"
for pair in ${BOUND:-}; do
  from=${pair%%:*} to=$root${pair#*:}
  [ -e "$from" ] || continue
  if [ -d "$from" ]; then mkdir -p "$to"; else mkdir -p "$(dirname "$to")" && touch "$to"; fi
  mount --bind "$from" "$to"
done
exec chroot "$root" "$@"
