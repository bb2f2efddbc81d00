#!/bin/sh
# Distils a network for pictures of clothes (Fashion-MNIST) into one of under 10,000 parameters, and writes the evidence:
#
#   Examples/FashionMNIST/distil.sh          the whole example, 3 seeds: under half an hour on two cores
#   Examples/FashionMNIST/distil.sh quick    shorter training, 1 seed: about five minutes
#
# `make build` comes first. The pictures come from the Debian package dataset-fashion-mnist: where it is not installed, its files
# are unpacked into the user's cache. A run that was interrupted goes on where it was when it is started again.
set -eu
example=$(cd "$(dirname "$0")" && pwd)
cd "$example/../.."
case ${1:-} in
    "") name=full ;;
    quick) name=quick ;;
    *) echo "distil.sh: say nothing for the whole example, or quick" >&2; exit 64 ;;
esac
attar=.build/release/attar
[ -x "$attar" ] || { echo "distil.sh: $attar is not built; run: make build" >&2; exit 1; }

pictures=usr/share/datasets/fashion-mnist
root=
if [ ! -d "/$pictures" ]; then
    root=${XDG_CACHE_HOME:-$HOME/.cache}/attar/fashion-mnist
    if [ ! -d "$root/$pictures" ]; then
        mkdir -p "$root"
        { (cd "$root" && apt-get download -q dataset-fashion-mnist) && dpkg-deb -x "$root"/dataset-fashion-mnist_*.deb "$root"; } || {
            echo "distil.sh: the pictures cannot be fetched; run: apt-get update && apt-get install dataset-fashion-mnist" >&2
            exit 1
        }
    fi
fi
training=$root/$pictures/train-images-idx3-ubyte.gz
test=$root/$pictures/t10k-images-idx3-ubyte.gz

out=out/fashion-$name
mkdir -p "$out"
teacher=$(sed -n 's/^# teacher: //p' "$example/$name.yaml")
if [ ! -f "$out/teacher.attar" ]; then
    "$attar" train "$training" --target label --model "$teacher" --augment "$(sed -n 's/^augment: //p' "$example/$name.yaml")" \
        --test "$test" --checkpoint "$out/teacher-checkpoints" --out "$out/teacher.attar"
fi
"$attar" distill "$training" --recipe "$example/$name.yaml" --teacher "$out/teacher.attar" --test "$test" \
    --checkpoint "$out/student-checkpoints" --out "$out/student.attar" --report "$out/student.html" --json > "$out/student.json"
"$attar" inspect "$out/student.attar" | grep -E '^(family|size) '
