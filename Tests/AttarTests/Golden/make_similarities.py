"""Writes similarities.json: two models' embeddings of the same rows, SciPy's Spearman correlation of their cosines of all pairs, and each row's jackknife influence.

Needs the Python packages numpy and scipy. Run from this folder: python3 make_similarities.py
"""
import json

import numpy as np
from scipy import stats

generator = np.random.default_rng(11)


def cosines(rows):
    unit = rows.astype(np.float32)
    unit = unit / np.linalg.norm(unit, axis=1, keepdims=True)
    return (unit @ unit.T)[np.tril_indices(len(rows), -1)]


def spearman(one, other):
    return stats.spearmanr(cosines(one), cosines(other)).statistic


count = 60
meaning = generator.normal(size=(count, 5))
one = np.round(meaning @ generator.normal(size=(5, 8)) + 0.7 * generator.normal(size=(count, 8)), 4)
other = np.round(meaning @ generator.normal(size=(5, 6)) + 0.7 * generator.normal(size=(count, 6)), 4)
value = spearman(one, other)
rows = np.arange(count)
jackknife = [(count - 1) * (value - spearman(one[rows != row], other[rows != row])) for row in rows]
json.dump(
    {"one": one.tolist(), "other": other.tolist(), "spearman": value, "jackknife": jackknife},
    open("similarities.json", "w"), indent=0)
