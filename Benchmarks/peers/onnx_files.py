"""The inference networks as ONNX models with random weights: what an exporter makes of them, batch normalisation folded."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

SHAPES = {"mlp64": (64,), "cnn16": (1, 28, 28)}


class _Builder:
    """Adds nodes in a row, each reading the result of the one before."""

    def __init__(self):
        self.nodes, self.weights, self.last = [], [], "x"
        self.random = np.random.default_rng(1)

    def weight(self, *shape):
        name = f"weight{len(self.weights)}"
        values = (self.random.random(shape, dtype=np.float32) - 0.5) / np.sqrt(np.prod(shape[1:]) + 1)
        self.weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    def add(self, kind, *inputs, **attributes):
        result = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [self.last, *inputs], [result], **attributes))
        self.last = result

    def dense(self, inputs, outputs):
        self.add("Gemm", self.weight(inputs, outputs), self.weight(outputs))

    def convolution(self, inputs, outputs):
        self.add("Conv", self.weight(outputs, inputs, 3, 3), self.weight(outputs), pads=[1, 1, 1, 1], kernel_shape=[3, 3])
        self.add("Relu")
        self.add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])


def model(name):
    """The model of a name of `SHAPES`: x (rows, …) → y (rows, 10)."""
    b = _Builder()
    if name == "mlp64":
        for inputs, outputs in ((64, 64), (64, 32)):
            b.dense(inputs, outputs)
            b.add("Relu")
        b.dense(32, 10)
    else:
        b.convolution(1, 16)
        b.convolution(16, 32)
        b.add("Flatten")
        b.dense(32 * 7 * 7, 10)
    b.add("Softmax", axis=1)
    b.nodes[-1].output[0] = "y"
    graph = helper.make_graph(
        b.nodes,
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", *SHAPES[name]])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", 10])],
        b.weights,
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    return made
