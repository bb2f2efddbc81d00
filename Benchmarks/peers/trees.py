"""Answers of trees with the library that trained them, beside TreeScoring.swift.

    trees.py xgboost|lightgbm FOLDER THREADS

Leaves a model of 300 trees of depth 6 in FOLDER, as `xgboost.json` or `lightgbm.txt`, and 10,000 rows of 20 numbers as `rows.npy`, where
they are not there yet. Answers with microseconds for all rows, once without and once with missing values.
"""

import sys
from pathlib import Path

import numpy as np
from measuring import answer, median_time

library, folder, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(1)
rows = rng.normal(size=(10_000, 20)).astype(np.float32)
labels = (rows[:, :5].sum(1) + np.sin(3 * rows[:, 5]) * rows[:, 6] + rng.normal(size=len(rows)) > 0).astype(int)
missing = rows.copy()
missing[rng.random(rows.shape) < 0.05] = np.nan
for name, values in [("rows.npy", rows), ("missing.npy", missing)]:
    if not (folder / name).exists():
        np.save(folder / name, values)

if library == "xgboost":
    import xgboost

    path = folder / "xgboost.json"
    if not path.exists():
        settings = {"objective": "binary:logistic", "max_depth": 6, "eta": 0.1, "seed": 1}
        xgboost.train(settings, xgboost.DMatrix(rows, labels), 300).save_model(path)
    model = xgboost.Booster({"nthread": threads}, model_file=path)
    works = [lambda values=values: model.inplace_predict(values) for values in (rows, missing)]
else:
    import lightgbm

    path = folder / "lightgbm.txt"
    if not path.exists():
        settings = {"objective": "binary", "max_depth": 6, "num_leaves": 64, "seed": 1, "verbosity": -1}
        lightgbm.train(settings, lightgbm.Dataset(rows, labels), 300).save_model(path)
    model = lightgbm.Booster(model_file=path)
    works = [lambda values=values: model.predict(values, num_threads=threads) for values in (rows, missing)]

for work in works:
    work()
answer(lambda: [median_time(work) for work in works])
