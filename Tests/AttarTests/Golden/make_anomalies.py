"""Writes anomalies.json: rows, and what scikit-learn's LocalOutlierFactor, its nearest neighbours and its isolation forest's formula say of them and of others.

Needs the Python packages numpy and scikit-learn. Run from this folder: python3 make_anomalies.py
"""
import json

import numpy as np
from scipy import stats
from sklearn.ensemble._iforest import _average_path_length
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors

generator = np.random.default_rng(7)
one = generator.normal(size=(70, 4))
other = 0.3 * generator.normal(size=(40, 4)) + 3
rows = np.round(np.concatenate([one, other, 8 * generator.normal(size=(6, 4))]), 3)
# Two rows that are equal: each is the other's neighbour, and none is its own.
rows[3] = rows[2]
new = np.round(np.concatenate([generator.normal(size=(20, 4)), 6 * generator.normal(size=(8, 4))]), 3)
neighbours = 7


def distances(asked):
    search = NearestNeighbors(n_neighbors=neighbours, algorithm="brute").fit(rows)
    return search.kneighbors(asked)[0].mean(axis=1).tolist()


seen = LocalOutlierFactor(n_neighbors=neighbours, algorithm="brute").fit(rows)
novelty = LocalOutlierFactor(n_neighbors=neighbours, algorithm="brute", novelty=True).fit(rows)
labels = np.array([0] * 90 + [1] * 26)
labels = labels[generator.permutation(len(labels))]
labels[-6:] = 1
scores = np.round(-seen.negative_outlier_factor_, 2)
teacher = np.round(distances(None), 2)
json.dump(
    {
        "rows": rows.tolist(),
        "new": new.tolist(),
        "neighbours": neighbours,
        "distances": distances(None),
        "newDistances": distances(new),
        "factors": (-seen.negative_outlier_factor_).tolist(),
        "newFactors": (-novelty.score_samples(new)).tolist(),
        "counts": [1, 2, 3, 10, 256],
        "depths": _average_path_length(np.array([1, 2, 3, 10, 256])).tolist(),
        # Figures of rounded scores, which have ties.
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "teacher": teacher.tolist(),
        "auroc": roc_auc_score(labels, scores),
        "averagePrecision": average_precision_score(labels, scores),
        "rankCorrelation": stats.spearmanr(scores, teacher).statistic,
    },
    open("anomalies.json", "w"), indent=0)
