# What the scripts share; sourced, never run. Leaves the caller in the repository's root.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# C libraries and their tools (Package.swift), a font for the text in chart files and documents, make, under which a
# test runs the gate, and poppler, with which tests read documents back.
readonly PACKAGES=(libpango1.0-dev zlib1g-dev libssl-dev pkg-config fonts-dejavu-core make poppler-utils)
readonly SWIFT_NEEDED=6.2

say() { printf '==> %s\n' "$*" >&2; }

die() {
  printf 'error: %s\n' "$1" >&2
  shift
  if (($# > 0)); then printf '       %s\n' "$@" >&2; fi
  exit 1
}

# Installs the Debian packages that are missing, and says which.
need_packages() {
  local missing=() name
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "not a Debian system: take care yourself that it has what Debian calls $*"
    return
  fi
  for name in "$@"; do
    # shellcheck disable=SC2016
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null)" == installed ]] ||
      missing+=("$name")
  done
  if ((${#missing[@]} == 0)); then return; fi

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "Debian packages are missing: ${missing[*]}" \
        "and there is no sudo. As root, run: apt-get update && apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing Debian packages that are missing: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq </dev/null >&2 || die "apt-get update failed" "is there a network?"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2 ||
    die "apt-get could not install ${missing[*]}"
}

# Finds the Swift toolchain, on PATH or where it is usually unpacked.
need_swift() {
  local folder version
  if ! command -v swift >/dev/null; then
    for folder in /opt/swift/usr/bin /usr/local/swift/usr/bin /usr/share/swift/usr/bin \
      "${SWIFTLY_BIN_DIR:-${HOME:-/root}/.local/share/swiftly/bin}"; do
      if [[ -x $folder/swift ]]; then
        PATH=$folder:$PATH
        say "swift is not on PATH; using $folder"
        break
      fi
    done
  fi
  command -v swift >/dev/null ||
    die "there is no Swift toolchain (no 'swift' on PATH)" \
      "Install Swift $SWIFT_NEEDED or later for Debian 12: https://www.swift.org/install/linux/" \
      "then open a new shell, or put the toolchain's usr/bin on PATH, and run this again."
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  [[ -n $version ]] || die "'swift --version' does not run" "Its own message:" "$(swift --version 2>&1 | tail -n 3)"
  [[ "$(printf '%s\n' "$SWIFT_NEEDED" "$version" | sort -V | head -n 1)" == "$SWIFT_NEEDED" ]] ||
    die "Swift $version is too old: fairslice needs $SWIFT_NEEDED or later" "https://www.swift.org/install/linux/"
}

# The release build of the command line tool; prints its path.
build_release() {
  swift build -c release --product fairslice >&2 || die "the release build failed"
  printf '%s/fairslice\n' "$(swift build -c release --show-bin-path)"
}
