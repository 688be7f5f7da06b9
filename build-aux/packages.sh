# SPDX-License-Identifier: GPL-3.0-or-later
# The packages that building, running and testing need, and how they come onto the machine.
# Sourced by run and check.

build_packages="gcc meson ninja-build pkg-config gettext libglib2.0-bin libglib2.0-dev-bin
  libgtk-4-dev libadwaita-1-dev libjson-glib-dev libcairo2-dev libpango1.0-dev libpng-dev libxlsxwriter-dev
  adwaita-icon-theme librsvg2-common libxml2-utils fonts-cantarell fonts-dejavu-core"
test_packages="xvfb xauth dbus dbus-x11 at-spi2-core openbox xdotool x11-xserver-utils xclip imagemagick clang-format python3
  python3-gi gir1.2-atspi-2.0 python3-jsonschema python3-openpyxl librsvg2-bin poppler-utils desktop-file-utils appstream
  libasan8 libubsan1 locales-all shared-mime-info mandoc util-linux bash zsh fish"
# What the trial of the Flatpak and the build on Debian 13 need beside those; the manifest's other modules
# are built with $module_packages.
root_packages="debootstrap"
module_packages="cmake g++ zlib1g-dev"
flatpak_packages="flatpak flatpak-builder ostree elfutils bubblewrap xdg-desktop-portal fuse3"

missing_packages() {
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s ' "$package"
  done
}

# What building cannot do without and is not there, on a system whose packages have other names.
missing_parts() {
  for tool in cc meson ninja pkg-config msgfmt glib-compile-resources; do
    command -v "$tool" >/dev/null 2>&1 || printf '%s ' "$tool"
  done
  for library in gtk4 libadwaita-1 json-glib-1.0 libpng; do
    pkg-config --exists "$library" 2>/dev/null || printf '%s ' "$library"
  done
}

# Installs what is missing of the named Debian packages; elsewhere says what is needed, or goes on when
# that is there.
ensure_packages() {
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
    missing=$(missing_parts)
    [ -n "$missing" ] || return 0
    name=$(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-}")
    echo "${name:-This system} has no apt-get, and these are missing: $missing" >&2
    echo "Please install its counterparts of these Debian packages:" >&2
    echo "  $*" >&2
    exit 1
  fi
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  sudo=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "Please install, as root: apt-get install $missing" >&2
      exit 1
    fi
    sudo="sudo"
  fi
  echo "Installing: $missing" >&2
  $sudo apt-get update -qq >&2
  # shellcheck disable=SC2086
  if ! $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $missing >&2; then
    echo "These packages could not be installed: $missing" >&2
    exit 1
  fi
}
