#!/usr/bin/env bash
# Fails when the English and the Chinese README have drifted apart: other headings, code blocks or links to files.
set -euo pipefail
cd "$(dirname "$0")/.."

# The level of each heading in order, and the language of each code block.
outline() {
    awk '/^```/ { if (!inside) print; inside = !inside; next } !inside && /^#+ / { print $1 }' "$1"
}

if [[ ! -f README.md || ! -f README.zh-CN.md ]]; then
    echo "check_readme: README.md and README.zh-CN.md must both exist" >&2
    exit 1
fi
if ! diff <(outline README.md) <(outline README.zh-CN.md) >&2; then
    echo "check_readme: README.md (<) and README.zh-CN.md (>) differ in headings or code blocks; bring them in step" >&2
    exit 1
fi

# The library's example is the program that CI builds and runs.
program() { awk '/^```swift/ { inside = 1; next } /^```/ { inside = 0 } inside' "$1"; }
for readme in README.md README.zh-CN.md; do
    if ! diff <(program "$readme") Examples/Library/Sources/Library/main.swift >&2; then
        echo "check_readme: the Swift example of $readme (<) is not Examples/Library (>); copy it from there" >&2
        exit 1
    fi
done
