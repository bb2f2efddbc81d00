"""One row through a network 64-64-32-10, softmax included, the same work as SinglePrediction.swift, on one thread.

Answers "ready" when warm, then for each line that it reads one of two numbers: microseconds a row of scikit-learn's
MLPClassifier.predict_proba, and of PyTorch without compilation.
"""

import sys
import time
import warnings

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier

torch.set_num_threads(1)
warnings.simplefilter("ignore")
rows = np.random.default_rng(1).random((200, 64), dtype=np.float32)
classifier = MLPClassifier((64, 32), max_iter=1).fit(rows, np.arange(200) % 10)
network = torch.nn.Sequential(
    torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10),
    torch.nn.Softmax(dim=1),
)  # fmt: skip
row, tensor = rows[:1], torch.from_numpy(rows[:1])


def median_time(work, repeats=300):
    """The median microseconds of a call."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1e6)
    return sorted(times)[repeats // 2]


with torch.inference_mode():
    median_time(lambda: network(tensor))
    print("ready", flush=True)
    for _ in sys.stdin:
        print(median_time(lambda: classifier.predict_proba(row)), median_time(lambda: network(tensor)), flush=True)
