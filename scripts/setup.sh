#!/usr/bin/env bash
# Makes the machine ready to build Attar: checks Swift, then installs the system libraries that are missing.
# When everything is there it changes nothing and needs no network.
set -euo pipefail

readonly NEEDED_SWIFT=6.2
readonly PACKAGES=(libopenblas-dev libxgboost-dev libsvm-dev zlib1g-dev libssl-dev libpng-dev libturbojpeg0-dev
    libcurl4-openssl-dev libsqlite3-dev pkg-config)
readonly FORMULAE=(xgboost libsvm openssl libpng jpeg-turbo curl sqlite pkgconf)

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

check_swift() {
    command -v swift >/dev/null || fail "Swift is not on the PATH; install Swift $NEEDED_SWIFT or newer from https://www.swift.org/install"
    local version
    version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+(\.[0-9]+)*).*/\1/p' | head -n 1)
    [[ -n $version ]] || fail "swift --version names no version; install Swift $NEEDED_SWIFT or newer from https://www.swift.org/install"
    if [[ $(printf '%s\n' "$NEEDED_SWIFT" "$version" | sort -V | head -n 1) != "$NEEDED_SWIFT" ]]; then
        fail "Swift is $version, Attar needs $NEEDED_SWIFT or newer; install it from https://www.swift.org/install"
    fi
}

is_installed() {
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

install_with_apt() {
    local missing=() package as_root=()
    for package in "${PACKAGES[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    if [[ ${#missing[@]} -eq 0 ]]; then return; fi

    if [[ $(id -u) -ne 0 ]]; then
        command -v sudo >/dev/null || fail "installing needs root and there is no sudo; run as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    # A package list that cannot be refreshed is no reason to stop: the one at hand may do.
    "${as_root[@]}" apt-get update --quiet || say "apt-get update failed; going on with the package lists at hand"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet --yes --no-install-recommends "${missing[@]}" \
        || fail "apt-get could not install ${missing[*]}; see its message above"
}

# Elsewhere the package manager is the user's choice, so the names are given and nothing is installed.
check_with_homebrew() {
    local missing=() formula
    for formula in "${FORMULAE[@]}"; do
        brew list --formula "$formula" >/dev/null 2>&1 || missing+=("$formula")
    done
    if [[ ${#missing[@]} -gt 0 ]]; then fail "libraries are missing; run: brew install ${missing[*]}"; fi
}

check_with_pkg_config() {
    local library
    for library in openblas xgboost zlib libcrypto libpng16 libturbojpeg libcurl sqlite3; do
        pkg-config --exists "$library" 2>/dev/null || fail "the library $library was not found; install the development \
packages of OpenBLAS, XGBoost, libsvm, zlib, OpenSSL, libpng, libjpeg-turbo, libcurl and SQLite, and pkg-config (on Debian: ${PACKAGES[*]})"
    done
}

check_swift
if [[ $(uname -s) == Darwin ]]; then
    check_with_homebrew
elif command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_with_apt
else
    check_with_pkg_config
fi
