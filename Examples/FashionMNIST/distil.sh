#!/bin/sh
# Distils networks for pictures of clothes (Fashion-MNIST) into one of under 10,000 parameters, and writes the evidence:
#
#   Examples/FashionMNIST/distil.sh          the whole example, 3 seeds: under half an hour on two cores
#   Examples/FashionMNIST/distil.sh quick    one teacher, fewer epochs, 1 seed: about five minutes
#
# `make build` comes first. The pictures come from the Debian package dataset-fashion-mnist: where it is not installed, its files
# are unpacked into the user's cache. A run that was interrupted goes on where it was when it is started again.
set -eu
example=$(cd "$(dirname "$0")" && pwd)
cd "$example/../.."
case ${1:-full} in
    full) name=full seeds='1 2' epochs=10 ;;
    quick) name=quick seeds=1 epochs=6 ;;
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
        { (cd "$root" && apt-get download dataset-fashion-mnist) && dpkg-deb -x "$root"/dataset-fashion-mnist_*.deb "$root"; } || {
            echo "distil.sh: the pictures cannot be fetched; run: apt-get update && apt-get install dataset-fashion-mnist" >&2
            exit 1
        }
    fi
fi
training=$root/$pictures/train-images-idx3-ubyte.gz
test=$root/$pictures/t10k-images-idx3-ubyte.gz

out=out/fashion-$name
mkdir -p "$out"
# The teachers see another view of each picture in each epoch: moved by a pixel, turned over.
teachers=
for seed in $seeds; do
    [ -f "$out/teacher$seed.attar" ] || "$attar" train "$training" --target label --test "$test" --seed $seed \
        --model "cnn[16,32,64,convolutions=2,dropout=0.3,epochs=$epochs]" --augment shift=1,flip \
        --checkpoint "$out/teacher$seed-checkpoints" --out "$out/teacher$seed.attar"
    teachers="$teachers --teacher $out/teacher$seed.attar"
done
# The paths of the teachers hold no spaces, so they may be split.
# shellcheck disable=SC2086
"$attar" distill "$training" --recipe "$example/$name.yaml" --test "$test" \
    $teachers --checkpoint "$out/student-checkpoints" \
    --out "$out/student.attar" --report "$out/student.html" --json > "$out/student.json"
"$attar" inspect "$out/student.attar" | grep -E '^(family|size) '
