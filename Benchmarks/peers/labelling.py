"""Answers of a model to many rows, the same work as Labelling.swift: questions of so many rows, one after the other, kept in one array.

    labelling.py FILE COLUMNS ROWS BATCH THREADS
    labelling.py --write NETWORK FILE

Answers with microseconds a row. The second form writes a network of onnx_files.py where there is no such file.
"""

import os
import sys

import numpy as np

if sys.argv[1] == "--write":
    from onnx_files import model

    name, file = sys.argv[2:4]
    if not os.path.exists(file):
        with open(file, "wb") as stream:
            stream.write(model(name).SerializeToString())
    sys.exit()

import onnxruntime

from measuring import answer, now

file, columns, rows, batch, threads = sys.argv[1], *map(int, sys.argv[2:6])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
# Whole numbers from 0 to 16, as in Labelling.swift.
data = np.random.default_rng(2).integers(0, 17, (rows, columns)).astype(np.float32)
given, wanted = session.get_inputs()[0].name, session.get_outputs()[-1].name


def label():
    begun = now()
    parts = [session.run([wanted], {given: data[start : start + batch]})[0] for start in range(0, rows, batch)]
    answers = np.concatenate(parts)
    return (now() - begun) * 1e6 / len(answers)


label()
answer(lambda: [sorted(label() for _ in range(3))[1]])
