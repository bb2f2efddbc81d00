"""Answers of a network, softmax included, the same work as Inference.swift.

    inference.py torch|onnxruntime NETWORK BATCH THREADS

Answers with microseconds a batch and the peak memory in megabytes. ONNX Runtime is given the network as Attar answers with it:
batch normalisation folded into the convolutions; its inputs and outputs are bound once, so that little Python is measured.
"""

import sys

import numpy as np

from measuring import answer, median_time, peak_megabytes

runtime, name, batch, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def random_rows(shape):
    return np.random.default_rng(2).random((batch, *shape), dtype=np.float32)


def with_torch():
    import torch
    from networks import NETWORKS

    torch.set_num_threads(threads)
    build, shape, _ = NETWORKS[name]
    network = torch.nn.Sequential(build(), torch.nn.Softmax(dim=1)).eval()
    rows, note = torch.from_numpy(random_rows(shape)), ""
    with torch.inference_mode():
        if len(shape) == 3:
            first = min(median_time(lambda: network(rows)) for _ in range(2))
            last_network = network.to(memory_format=torch.channels_last)
            last_rows = rows.contiguous(memory_format=torch.channels_last)
            last = min(median_time(lambda: last_network(last_rows)) for _ in range(2))
            note = "channels last" if last < first else "channels first"
            if last < first:
                network, rows = last_network, last_rows
            else:
                network = network.to(memory_format=torch.contiguous_format)
        answer(lambda: (median_time(lambda: network(rows)), peak_megabytes()), note)


def with_onnxruntime():
    import onnxruntime
    from onnx_files import SHAPES, model

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model(name).SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    rows = random_rows(SHAPES[name])
    binding = session.io_binding()
    binding.bind_cpu_input("x", rows)
    binding.bind_output("y", "cpu")
    answer(lambda: (median_time(lambda: session.run_with_iobinding(binding)), peak_megabytes()))


with_torch() if runtime == "torch" else with_onnxruntime()
