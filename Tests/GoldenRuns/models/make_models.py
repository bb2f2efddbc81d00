"""Writes the teachers in other formats that the golden runs ask, into this folder.

    make_models.py

The files are kept, since other versions of these packages would train others; this is how they came to be.
"""

import json
import os
import sys
import tempfile

import lightgbm
import numpy as np
import onnx
import pandas
from onnx import TensorProto, helper, numpy_helper

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(FOLDER))
import data  # noqa: E402

OPSETS = [helper.make_opsetid("", 17)]


def keep(name, nodes, inputs, outputs, constants, properties=None):
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info(*port) for port in inputs],
        [helper.make_tensor_value_info(*port) for port in outputs],
        [numpy_helper.from_array(value, constant) for constant, value in constants.items()])
    model = helper.make_model(graph, opset_imports=OPSETS, ir_version=8)
    if properties:
        helper.set_model_props(model, properties)
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(FOLDER, f"{name}.onnx"))


def plain():
    with tempfile.TemporaryDirectory() as folder:
        data.make(folder)
        return pandas.read_csv(os.path.join(folder, "plain.csv"))


def network():
    """A network of four units for plain.csv: logits of the classes no and yes."""
    draw = np.random.default_rng(1)
    first = (draw.standard_normal((2, 4)) * [[0.05], [0.02]]).astype(np.float32)
    second = np.array([[-1, 1], [1.5, -1], [-0.5, 1], [0.5, -1.5]], np.float32)
    nodes = [
        helper.make_node("Gemm", ["x", "w0", "b0"], ["h"]), helper.make_node("Tanh", ["h"], ["t"]),
        helper.make_node("Gemm", ["t", "w1", "b1"], ["logits"]),
    ]
    keep(
        "network", nodes, [("x", TensorProto.FLOAT, [None, 2])], [("logits", TensorProto.FLOAT, [None, 2])],
        {"w0": first, "b0": -first.T @ np.array([48, 55], np.float32), "w1": second, "b1": np.zeros(2, np.float32)},
        {"names": "{0: 'no', 1: 'yes'}"})


def trees():
    """Ten trees of LightGBM for plain.csv."""
    rows = plain()
    settings = {"objective": "binary", "num_leaves": 4, "verbosity": -1, "seed": 1, "num_threads": 1, "deterministic": True}
    model = lightgbm.train(settings, lightgbm.Dataset(rows[["age", "income"]], rows["left"] == "yes"), 10)
    model.save_model(os.path.join(FOLDER, "trees.txt"))


def text_model():
    """An embedding of sentences in the words of data.py, and its tokenizer: vectors of tokens, mixed with their neighbours', to ten numbers a token."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "."] + data.COMMON + sum(data.WORDS.values(), [])
    draw = np.random.default_rng(2)
    table = draw.standard_normal((len(words), 12)).astype(np.float32)
    for place, kind in enumerate(data.WORDS.values()):
        for word in kind:
            table[words.index(word), 4 * place : 4 * place + 4] += 2
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["vectors"]),
        helper.make_node("Cast", ["attention_mask"], ["m"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["m", "last"], ["mask"]),
        helper.make_node("Mul", ["vectors", "mask"], ["known"]),
        helper.make_node("ReduceMean", ["known"], ["about"], axes=[1], keepdims=1),
        helper.make_node("Add", ["vectors", "about"], ["both"]),
        helper.make_node("MatMul", ["both", "w"], ["mixed"]), helper.make_node("Tanh", ["mixed"], ["last_hidden_state"]),
    ]
    shape = ["batch", "length"]
    keep(
        "sentences", nodes,
        [("input_ids", TensorProto.INT64, shape), ("attention_mask", TensorProto.INT64, shape)],
        [("last_hidden_state", TensorProto.FLOAT, [*shape, 10])],
        {"table": table, "last": np.array([2], np.int64), "w": (0.4 * draw.standard_normal((12, 10))).astype(np.float32)})
    special = [word for word in words if word.startswith("[")]
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": words.index(word), "content": word, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True} for word in special],
        "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}, "decoder": None,
        "model": {"type": "WordLevel", "vocab": {word: place for place, word in enumerate(words)}, "unk_token": "[UNK]"},
    }
    with open(os.path.join(FOLDER, "tokenizer.json"), "w") as stream:
        json.dump(tokenizer, stream, ensure_ascii=False, indent=0)
        stream.write("\n")


if __name__ == "__main__":
    network()
    trees()
    text_model()
