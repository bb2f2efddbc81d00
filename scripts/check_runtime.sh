#!/usr/bin/env bash
# Fails where AttarRuntime, which answers rows on small devices, imports a module that it may not, or where a program that only answers
# is linked with more than the C library, Swift's, zlib and OpenBLAS with what that brings along.
#
#   scripts/check_runtime.sh imports              what the sources import
#   scripts/check_runtime.sh links PROGRAM        what a built program is linked with, and its size
set -euo pipefail
cd "$(dirname "$0")/.."

readonly MODULES='Compute|(struct|enum) Compute\.[A-Za-z]+|CKernels|CZlib|Foundation|Synchronization|Dispatch'
readonly LIBRARIES='linux-vdso|ld-linux[a-z0-9-]*|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|z|openblas|blas|lapack|gfortran|quadmath)'
readonly SWIFT='lib(swift[A-Za-z_]*|Foundation[A-Za-z]*|_Foundation[A-Za-z]*|dispatch|BlocksRuntime)'

imports() {
    local found
    found=$(grep -rnE '^ *(@[a-z_A-Z]+ +)*((public|package|internal|private|fileprivate) +)?import ' Sources/AttarRuntime \
        | grep -vE "import ($MODULES) *$" || true)
    [[ -z $found ]] && return
    printf '%s\n' "$found" >&2
    echo "check_runtime: AttarRuntime may not import these" >&2
    exit 1
}

links() {
    [[ $(uname) == Linux ]] || return 0
    local found
    found=$(ldd "$1" | awk '{ sub(/.*\//, "", $1); print $1 }' | grep -vE "^($LIBRARIES|$SWIFT)(\.|-|$)" || true)
    if [[ -n $found ]]; then
        printf '%s\n' "$found" >&2
        echo "check_runtime: '$1' is linked with these, which answering does not take" >&2
        exit 1
    fi
    echo "check_runtime: '$1' has $(du -k "$1" | cut -f1) kB and is linked with $(ldd "$1" | wc -l) libraries"
}

case ${1:-} in
    imports) imports ;;
    links) links "$2" ;;
    *) sed -n '5,6s/^# *//p' "$0" >&2; exit 64 ;;
esac
