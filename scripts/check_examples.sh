#!/usr/bin/env bash
# Builds and runs the packages that depend on this one as a user's would: the README's example, and a task, a family and a teacher kind from outside.
set -euo pipefail
cd "$(dirname "$0")/.."

run() {
    local package=$1
    swift run -c release --package-path "Examples/$package" --scratch-path .build-examples "$package"
}

mkdir -p out
lines=$(run Library)
echo "$lines"
grep -q '^accuracy: 0\.9' <<<"$lines" || { echo "check_examples: Library does not say how accurate its student is" >&2; exit 1; }
lines=$(run OwnTask)
echo "$lines"
for expected in '^right grade: ' '^eight hours of learning: ' "no model family 'step'"; do
    grep -q "$expected" <<<"$lines" || { echo "check_examples: OwnTask does not print '$expected'" >&2; exit 1; }
done
