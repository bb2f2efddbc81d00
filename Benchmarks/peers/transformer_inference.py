"""Answers of `transformer-tiny`, softmax included, by ONNX Runtime: the same work as TransformerInference.swift.

    transformer_inference.py BATCH THREADS

Answers with microseconds a batch and the peak memory in megabytes. The network is given twice, with attention out of ONNX's own operators and
as ONNX Runtime's fused one; the faster one counts, and is named.
"""

import sys

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from measuring import answer, median_time, peak_megabytes

LENGTH, VOCABULARY, WIDTH, LAYERS, HEADS, INNER, CLASSES = 64, 1000, 64, 2, 4, 128, 10


class Builder:
    """Adds nodes and random weights to a graph."""

    def __init__(self):
        self.nodes, self.weights = [], []
        self.random = np.random.default_rng(1)

    def constant(self, values):
        name = f"constant{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def weight(self, *shape):
        values = (self.random.random(shape, dtype=np.float32) - 0.5) * 2 / np.sqrt(shape[0])
        return self.constant(values.astype(np.float32))

    def add(self, kind, *inputs, **attributes):
        result = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [result], **attributes))
        return result

    def dense(self, x, inputs, outputs):
        return self.add("Add", self.add("MatMul", x, self.weight(inputs, outputs)), self.weight(outputs))

    def norm(self, x):
        return self.add("LayerNormalization", x, self.weight(WIDTH), self.weight(WIDTH), axis=-1, epsilon=1e-5)

    def attention(self, x, counted, is_fused):
        query, key, value = (self.dense(x, WIDTH, WIDTH) for _ in range(3))
        if is_fused:
            mask = self.add("Cast", counted, to=TensorProto.INT32)
            return self.add("MultiHeadAttention", query, key, value, "", mask, num_heads=HEADS, domain="com.microsoft")
        split, joined = self.constant([0, LENGTH, HEADS, WIDTH // HEADS]), self.constant([0, LENGTH, WIDTH])
        parts = [
            self.add("Transpose", self.add("Reshape", part, split), perm=perm)
            for part, perm in ((query, (0, 2, 1, 3)), (key, (0, 2, 3, 1)), (value, (0, 2, 1, 3)))
        ]
        scale = self.constant(np.float32((WIDTH // HEADS) ** -0.5))
        scores = self.add("Mul", self.add("MatMul", parts[0], parts[1]), scale)
        unseen = self.add("Mul", self.add("Sub", self.constant(np.float32(1)), counted), self.constant(np.float32(-1e9)))
        unseen = self.add("Unsqueeze", unseen, self.constant([1, 2]))
        shares = self.add("Softmax", self.add("Add", scores, unseen), axis=-1)
        heads = self.add("Transpose", self.add("MatMul", shares, parts[2]), perm=(0, 2, 1, 3))
        return self.add("Reshape", heads, joined)


def model(is_fused):
    """ids (rows, 64) → probabilities (rows, 10)."""
    b = Builder()
    counted = b.add("Cast", b.add("Not", b.add("Equal", "ids", b.constant(np.int64(0)))), to=TensorProto.FLOAT)
    x = b.add("Add", b.add("Gather", b.weight(VOCABULARY, WIDTH), "ids"), b.weight(LENGTH, WIDTH))
    for _ in range(LAYERS):
        x = b.add("Add", x, b.dense(b.attention(b.norm(x), counted, is_fused), WIDTH, WIDTH))
        hidden = b.add("Gelu", b.dense(b.norm(x), WIDTH, INNER))
        x = b.add("Add", x, b.dense(hidden, INNER, WIDTH))
    weighted = b.add("Mul", b.norm(x), b.add("Unsqueeze", counted, b.constant([2])))
    count = b.add("ReduceSum", counted, b.constant([1]), keepdims=1)
    mean = b.add("Div", b.add("ReduceSum", weighted, b.constant([1]), keepdims=0), count)
    b.add("Softmax", b.dense(mean, WIDTH, CLASSES), axis=1)
    b.nodes[-1].output[0] = "y"
    graph = helper.make_graph(
        b.nodes,
        "transformer-tiny",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["rows", LENGTH])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", CLASSES])],
        b.weights,
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    made = helper.make_model(graph, opset_imports=opsets)
    made.ir_version = 9
    return made.SerializeToString()


batch, threads = int(sys.argv[1]), int(sys.argv[2])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
options.inter_op_num_threads = 1
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
# Texts of 32 to 64 tokens, as in TransformerInference.swift.
random = np.random.default_rng(2)
ids = random.integers(1, VOCABULARY, (batch, LENGTH))
ids[np.arange(LENGTH)[None, :] >= random.integers(LENGTH // 2, LENGTH + 1, (batch, 1))] = 0


def bound(is_fused):
    """A session with its inputs and outputs bound once, so that little Python is measured."""
    session = onnxruntime.InferenceSession(model(is_fused), options, providers=["CPUExecutionProvider"])
    binding = session.io_binding()
    binding.bind_cpu_input("ids", ids)
    binding.bind_output("y", "cpu")
    return lambda: session.run_with_iobinding(binding)


variants = {"its own operators": bound(False), "its fused attention": bound(True)}
times = {name: min(median_time(work) for _ in range(2)) for name, work in variants.items()}
note = min(times, key=times.get)
work = variants[note]
del variants
answer(lambda: (median_time(work), peak_megabytes()), f"with {note}")
