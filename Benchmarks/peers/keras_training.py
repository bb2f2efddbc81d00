"""Training steps in Keras, the same work as Training.swift, on the backend that KERAS_BACKEND names.

    keras_training.py NETWORK THREADS

Answers with microseconds a step, as `fit` makes them, and the peak memory in megabytes. For dense networks only.
"""

import os
import sys

threads = int(sys.argv[2])
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["NPROC"] = str(threads)

import keras
import numpy as np

from measuring import answer, now, peak_megabytes

if keras.backend.backend() == "tensorflow":
    import tensorflow

    tensorflow.config.threading.set_intra_op_parallelism_threads(threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(threads)

ROWS, CLASSES, TEMPERATURE, LABEL_SHARE = 1024, 10, 4.0, 0.1
WIDTHS, BATCH = {"textbook": ((100, 64, 32), 32), "mlp256": ((784, 256, 128), 128)}[sys.argv[1]]
random = np.random.default_rng(1)
features = random.random((ROWS, WIDTHS[0]), dtype=np.float32) * 2 - 1
# The teacher's logits, and then the label as one of ten.
targets = np.concatenate(
    [random.random((ROWS, CLASSES), dtype=np.float32) * 2 - 1, np.eye(CLASSES, dtype=np.float32)[np.arange(ROWS) % 10]], 1
)


def distillation(truth, logits):
    soft = keras.ops.softmax(truth[:, :CLASSES] / TEMPERATURE)
    student = keras.ops.log_softmax(logits / TEMPERATURE)
    divergence = keras.ops.sum(soft * (keras.ops.log(soft) - student), axis=1)
    hard = -keras.ops.sum(truth[:, CLASSES:] * keras.ops.log_softmax(logits), axis=1)
    return LABEL_SHARE * hard + (1 - LABEL_SHARE) * TEMPERATURE**2 * divergence


network = keras.Sequential(
    [keras.Input((WIDTHS[0],))] + [keras.layers.Dense(width, "relu") for width in WIDTHS[1:]] + [keras.layers.Dense(CLASSES)]
)
network.compile(optimizer=keras.optimizers.Adam(1e-3), loss=distillation)


def step_time(epochs=10):
    begun = now()
    network.fit(features, targets, batch_size=BATCH, epochs=epochs, verbose=0)
    return (now() - begun) * 1e6 / (epochs * (ROWS // BATCH))


step_time()
answer(lambda: (step_time(), peak_megabytes()))
