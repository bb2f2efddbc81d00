"""Boosted trees on digits with XGBoost, the same work as BoostedTrees.swift, on one thread.

    boosted_trees.py CSV ROUNDS COPIES

Answers "ready" when warm, then for each line that it reads one of two numbers: milliseconds of training, and rows scored a
millisecond.
"""

import sys
import time

import numpy as np
import xgboost

path, rounds, copies = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
table = np.loadtxt(path, delimiter=",", skiprows=1, dtype=np.float32)
features, labels = table[:, :-1], table[:, -1]
many = np.tile(features, (copies, 1))
settings = {
    "objective": "multi:softprob", "num_class": 10, "tree_method": "hist", "max_depth": 5, "eta": 0.15,
    "subsample": 0.8, "colsample_bynode": 0.5, "lambda": 1, "min_child_weight": 1, "nthread": 1,
}  # fmt: skip


def trained():
    return xgboost.train(settings, xgboost.DMatrix(features, labels, nthread=1), rounds)


model = trained()
print("ready", flush=True)
for _ in sys.stdin:
    begun = time.perf_counter()
    trained()
    training = time.perf_counter() - begun
    begun = time.perf_counter()
    model.inplace_predict(many)
    scoring = time.perf_counter() - begun
    print(training * 1e3, len(many) / scoring / 1e3, flush=True)
