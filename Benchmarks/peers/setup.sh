#!/bin/sh
# Installs the Python peers that the benchmarks are held against into a folder of their own in the user's cache: PyTorch, ONNX
# Runtime and the table readers in one environment, Keras with TensorFlow and JAX in another, as they want other versions of the
# same packages. A peer that cannot be had is left out, and so are its ratios.
#
#   Benchmarks/peers/setup.sh [torch|keras]
set -eu
folder="${XDG_CACHE_HOME:-$HOME/.cache}/attar/peers"
failed=""

# install ENVIRONMENT PACKAGE…: into a virtual environment that is made where there is none
install() {
    environment="$1"
    shift
    [ -x "$environment/bin/python" ] || python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet "$@"
}

if [ "${1:-torch}" = torch ]; then
    # The build for processors alone is small; where only the general one can be had, that one does as well.
    install "$folder" "torch==2.13.0+cpu" || install "$folder" torch || failed="$failed torch"
    install "$folder" numpy onnx onnxruntime || failed="$failed onnxruntime"
    install "$folder" scikit-learn pandas || failed="$failed scikit-learn"
    install "$folder" "model2vec[distill]" || failed="$failed model2vec"
    install "$folder" xgboost-cpu || install "$folder" xgboost || failed="$failed xgboost"
    install "$folder" lightgbm || failed="$failed lightgbm"
fi
if [ "${1:-keras}" = keras ]; then
    install "$folder/keras" keras "jax[cpu]" || failed="$failed jax"
    install "$folder/keras" tensorflow-cpu || failed="$failed tensorflow-cpu"
fi
[ -z "$failed" ] || echo "These could not be installed:$failed." >&2
echo "The peers are in $folder."
