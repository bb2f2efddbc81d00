#!/usr/bin/env bash
# Runs the tests that were built in release, and says once more at the end what failed: the lines stand far apart among thousands.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
swift test -c release --skip-build --disable-xctest 2>&1 | tee "$log" || status=$?
if [[ $status -ne 0 ]]; then
    printf '\nWhat failed:\n'
    grep -aE 'recorded an issue|Fatal error|Exited with' "$log" || true
    grep -aE '^. Test run with' "$log" || true
fi
exit $status
