"""Writes shift.json: what SciPy and scikit-learn compute for slices, shift and strange rows.

Needs the Python packages numpy, scipy and scikit-learn. Run from this folder: python3 make_shift.py
"""
import json

import numpy as np
from scipy import stats
from sklearn import metrics

generator = np.random.default_rng(11)


def net_tail(rows, plus, minus, drawn, net):
    """P(marked +1 minus marked -1 >= net) where `drawn` of `rows` are drawn without putting back."""
    distribution = stats.multivariate_hypergeom([plus, minus, rows - plus - minus], drawn)
    return float(sum(
        distribution.pmf([a, b, drawn - a - b])
        for a in range(min(plus, drawn) + 1) for b in range(min(minus, drawn - a) + 1)
        if a - b >= net and drawn - a - b <= rows - plus - minus))


tails = [
    dict(rows=rows, plus=plus, minus=minus, drawn=drawn, net=net, tail=net_tail(rows, plus, minus, drawn, net))
    for rows, plus, minus, drawn, net in [
        (540, 11, 3, 54, 6), (540, 11, 3, 54, 1), (540, 11, 3, 54, -2), (300, 40, 35, 120, 9), (300, 40, 0, 299, 40),
        (50, 20, 25, 30, 3), (50, 30, 20, 25, 10), (1000, 5, 5, 3, 3)]
]

codes = generator.integers(0, 4, 200)
labels = (codes + generator.integers(0, 3, 200)) % 5
table = np.zeros((4, 5), dtype=int)
np.add.at(table, (codes, labels), 1)
values = codes * 1.5 + generator.normal(size=200)
groups = [values[codes == code] for code in range(4)]
between = sum(len(group) * (group.mean() - values.mean()) ** 2 for group in groups)
association = dict(
    codes=codes.tolist(), labels=labels.tolist(), values=values.astype(np.float32).tolist(),
    cramer=stats.contingency.association(table, method="cramer"),
    eta=float(np.sqrt(between / ((values - values.mean()) ** 2).sum())))

wilson = [
    dict(right=right, rows=rows, low=interval.low, high=interval.high)
    for right, rows in [(45, 50), (50, 50), (0, 30), (730, 1000)]
    for interval in [stats.binomtest(right, rows).proportion_ci(0.95, method="wilson")]
]

usual = np.round(generator.normal(size=150), 1).astype(np.float32)
strange = np.round(generator.normal(loc=1, size=120), 1).astype(np.float32)
truth = np.r_[np.zeros(150), np.ones(120)]
scores = np.r_[usual, strange]
# The threshold that at least 95 % of the strange rows reach.
threshold = np.sort(strange)[::-1][int(np.ceil(0.95 * 120)) - 1]
false_positive, true_positive, _ = metrics.roc_curve(truth, scores, drop_intermediate=False)
roc = dict(
    usual=usual.tolist(), strange=strange.tolist(), auroc=metrics.roc_auc_score(truth, scores),
    falsePositiveRateAt95=float(false_positive[np.argmax(true_positive >= 0.95)]))
assert np.isclose(roc["falsePositiveRateAt95"], np.mean(usual >= threshold))

points = generator.normal(size=(90, 3)) @ np.array([[2, 0.5, 0], [0, 1, 0.3], [0, 0, 0.1]])
kinds = generator.integers(0, 2, 90)
points = (points + 3 * kinds[:, None]).astype(np.float32)
asked = (generator.normal(size=(12, 3)) * 4).astype(np.float32)
means = np.stack([points[kinds == kind].astype(float).mean(axis=0) for kind in range(2)])
centred = points.astype(float) - means[kinds]
covariance = centred.T @ centred / len(centred)
shrunk = 0.95 * covariance + 0.05 * np.trace(covariance) / 3 * np.eye(3)
inverse = np.linalg.inv(shrunk)
distance = np.min([np.einsum("ij,jk,ik->i", asked - mean, inverse, asked - mean) for mean in means], axis=0)
mahalanobis = dict(
    points=points.ravel().tolist(), labels=kinds.tolist(), asked=asked.ravel().tolist(), squared=distance.tolist())

logits = (generator.normal(size=(20, 4)) * 5).astype(np.float32)
energy = dict(
    logits=logits.ravel().tolist(), classes=4,
    energy=(-np.logaddexp.reduce(logits.astype(float), axis=1)).tolist())

with open("shift.json", "w") as file:
    json.dump(
        dict(tails=tails, association=association, wilson=wilson, roc=roc, mahalanobis=mahalanobis, energy=energy), file)
