#!/bin/sh
# Installs the Python peers that the benchmarks are held against into a folder of their own in the user's cache.
set -eu
folder="${XDG_CACHE_HOME:-$HOME/.cache}/attar/peers"
[ -x "$folder/bin/python" ] || python3 -m venv "$folder"
# The build for processors alone is small; where only the general one can be had, that one does as well.
"$folder/bin/pip" install --quiet "torch==2.13.0+cpu" || "$folder/bin/pip" install --quiet torch
"$folder/bin/pip" install --quiet numpy scikit-learn pandas
"$folder/bin/pip" install --quiet xgboost-cpu || "$folder/bin/pip" install --quiet xgboost
echo "The peers are in $folder."
