# SPDX-License-Identifier: GPL-3.0-or-later
# A Debian 13 root directory below _build, made by debootstrap from the mirror that this machine's own
# apt uses. Sourced by build-aux/debian-13 and tests/flatpak/run, which share the root: needs $top.

trixie=$top/_build/trixie

# The address of the Debian mirror that apt is set up with, whatever form its lists have.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI)' 2>/dev/null |
    grep -E '^(https?|mirror\+https?)://.*/debian/?$' | head -n 1
}

# Runs a command in the root, with mounts and processes of its own that end with it.
# usage: in_trixie COMMAND [ARGUMENT...]   with $bind="HOST_DIRECTORY:DIRECTORY_IN_ROOT ..." mounted
# there, read-only when it ends in ":ro".
in_trixie() {
  unshare --mount --pid --fork --kill-child --propagation private -- bash -c '
    set -e
    root=$1
    shift
    mount --bind "$root" "$root" # as a mount it can be the root of further namespaces
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys" || true
    mkdir -p "$root/dev/shm"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    for pair in $bind; do
      IFS=: read -r from to mode <<<"$pair"
      mkdir -p "$root$to"
      mount --bind "$from" "$root$to"
      [ "$mode" != ro ] || mount -o remount,bind,ro "$root$to"
    done
    exec chroot "$root" "$@"' in_trixie "$trixie/root" "$@"
}

# Makes the root, if it is not there: the base system, set up to be small and quick.
trixie_base() {
  [ ! -f "$trixie/base.done" ] || return 0
  local mirror
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || { echo "apt knows no Debian mirror; see /etc/apt/sources.list." >&2; return 1; }
  rm -rf "$trixie"
  mkdir -p "$trixie"
  if ! debootstrap --variant=minbase trixie "$trixie/root" "$mirror" >"$trixie/log" 2>&1; then
    tail -n 5 "$trixie/log" >&2
    return 1
  fi
  printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/doc/*' 'path-exclude=/usr/share/man/*' \
    'path-exclude=/usr/share/info/*' >"$trixie/root/etc/dpkg/dpkg.cfg.d/small"
  printf '#!/bin/sh\nexit 101\n' >"$trixie/root/usr/sbin/policy-rc.d"
  chmod +x "$trixie/root/usr/sbin/policy-rc.d"
  mkdir -p "$trixie/root/etc/apt/apt.conf.d"
  # The proxy and the like that this machine's apt is set up with.
  apt-config dump Acquire | grep -E '^Acquire::(http|https|Check)' \
    >"$trixie/root/etc/apt/apt.conf.d/90machine" || true
  cp /etc/resolv.conf "$trixie/root/etc/resolv.conf" 2>/dev/null || true
  touch "$trixie/base.done"
}

# Installs packages in the root, when they are not there.
trixie_install() {
  trixie_base || return 1
  local have wanted=""
  have=" $(chroot "$trixie/root" dpkg-query -W -f '${Package} ' 2>/dev/null)"
  for package in "$@"; do
    [[ "$have" == *" $package "* ]] || wanted="$wanted $package"
  done
  [ -n "$wanted" ] || return 0
  # shellcheck disable=SC2086
  in_trixie env DEBIAN_FRONTEND=noninteractive LC_ALL=C sh -c '
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' install $wanted \
    >"$trixie/log" 2>&1 || { tail -n 8 "$trixie/log" >&2; return 1; }
}
