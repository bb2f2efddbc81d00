"""Writes reliability.json: answers, and what MAPIE, netcal, scikit-learn, properscoring, SciPy and NumPy make of them.

Made with MAPIE 1.6.0, netcal 1.4.0, scikit-learn 1.9.1, properscoring 0.1, SciPy 1.17.1 and NumPy 2.4.6. Run from this folder: python3 make_reliability.py
"""
import importlib.abc
import importlib.machinery
import json
import sys
import types

import numpy as np
import properscoring
from mapie.classification import SplitConformalClassifier
from mapie.conformity_scores import RAPSConformityScore
from mapie.regression import SplitConformalRegressor
from scipy import stats
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.calibration import calibration_curve



class StandIn(types.ModuleType):
    """In place of PyTorch, which netcal imports and its calibration errors do not use."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {"__init__": lambda self, *a, **k: None, "__call__": lambda self, *a: a[0]})


class StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in ["torch", "gpytorch", "pyro", "tensorboard"]:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.append(StandIns())
from netcal.metrics import ECE  # noqa: E402

sys.meta_path.pop()
for name in [name for name in sys.modules if isinstance(sys.modules[name], StandIn)]:
    del sys.modules[name]

generator = np.random.default_rng(11)
rows, classes = 120, 4
labels = generator.integers(0, classes, rows)
logits = generator.normal(size=(rows, classes)) * 1.2 + 2 * np.eye(classes)[labels]
probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
probabilities = probabilities.astype(np.float32).astype(float)
weights = generator.uniform(0.2, 2, rows).astype(np.float32).astype(float)
calibration, test = np.arange(rows) < 80, np.arange(rows) >= 80
levels = [0.8, 0.9, 0.95]


class Given(ClassifierMixin, BaseEstimator):
    """Answers each row with the probabilities that it consists of."""

    def __init__(self):
        self.classes_ = np.arange(classes)
        self.fitted_ = True

    def fit(self, X, y):
        return self

    def predict(self, X):
        return X.argmax(axis=1)

    def predict_proba(self, X):
        return X / X.sum(axis=1, keepdims=True)


class GivenValues(RegressorMixin, BaseEstimator):
    """Answers each row with its only feature."""

    def __init__(self):
        self.fitted_ = True

    def fit(self, X, y):
        return self

    def predict(self, X):
        return X[:, 0]


probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)


def fitted(score):
    model = SplitConformalClassifier(Given(), confidence_level=levels, conformity_score=score, prefit=True, random_state=3)
    model.conformalize(probabilities[calibration], labels[calibration])
    return model


# LAC: MAPIE's own scores, thresholds and sets.
lac = fitted("lac")
inner = lac._mapie_classifier
lac_sets = lac.predict_set(probabilities[test])[1]  # (rows, classes, levels)

# APS: MAPIE draws u and subtracts u p(y) from the sum that includes y, which is the sum before y plus (1 - u) p(y): the draw here is 1 - u.
aps_model = fitted("aps")
aps_model.predict_set(probabilities[test])
aps = aps_model._mapie_classifier
uniform = np.random.RandomState(3).uniform(size=calibration.sum())
aps_scores = aps.conformity_scores_.ravel()
cutoff = np.array([1 + (p > p[y]).sum() for p, y in zip(probabilities[calibration], labels[calibration])])
raps_scores = RAPSConformityScore._regularize_conformity_score(
    np.array([1]), 0.01, aps_scores.reshape(-1, 1), cutoff).ravel()

# Mondrian: MAPIE's LAC on the rows of each class by itself.
by_class = []
for label in range(classes):
    own = calibration & (labels == label)
    scores = np.sort(1 - probabilities[own, label])
    thresholds = []
    for level in levels:
        place = int(np.ceil((own.sum() + 1) * level - 1e-9))
        thresholds.append(scores[place - 1] if place <= own.sum() else None)
    by_class.append(thresholds)

values = generator.normal(size=rows).astype(np.float32).astype(float) * 3
predicted = (values + generator.normal(size=rows)).astype(np.float32).astype(float)
regressor = SplitConformalRegressor(GivenValues(), confidence_level=levels, prefit=True)
regressor.conformalize(predicted[calibration].reshape(-1, 1), values[calibration])
intervals = regressor.predict_interval(predicted[test].reshape(-1, 1))[1]  # (rows, 2, levels)

deviations = generator.normal(size=25)
crps = properscoring.crps_ensemble(values[:20], predicted[:20, None] + deviations[None, :])

confidence = probabilities.max(axis=1)
wrong = (probabilities.argmax(axis=1) != labels).astype(float)


def area(confidence, errors, weights):
    order = np.argsort(-confidence, kind="stable")
    risk = np.cumsum(weights[order] * errors[order]) / np.cumsum(weights[order])
    return float(np.average(risk, weights=weights[order]))


def adaptive(confidence, correct, weights, bins=15):
    order = np.argsort(confidence, kind="stable")
    total = 0.0
    for bin in range(bins):
        inside = order[np.arange(len(order)) * bins // len(order) == bin]
        total += abs((weights[inside] * (correct[inside] - confidence[inside])).sum())
    return float(total / weights.sum())


curve = calibration_curve(1 - wrong, confidence, n_bins=15)
correct = 1 - wrong
document = {
    "classes": classes,
    "calibrationRows": int(calibration.sum()),
    "labels": labels.tolist(),
    "probabilities": probabilities.ravel().tolist(),
    "weights": weights.tolist(),
    "levels": levels,
    "lac": {"scores": inner.conformity_scores_.ravel().tolist(), "thresholds": inner.quantiles_.ravel().tolist(),
            "sets": [[np.flatnonzero(lac_sets[r, :, k]).tolist() for r in range(test.sum())] for k in range(len(levels))]},
    "aps": {"draws": (1 - uniform).tolist(), "scores": aps_scores.tolist(), "thresholds": aps.quantiles_.ravel().tolist()},
    "raps": {"scores": raps_scores.tolist()},
    "byClass": by_class,
    "values": values.tolist(),
    "predicted": predicted.tolist(),
    "intervals": [intervals[:, :, k].tolist() for k in range(len(levels))],
    "deviations": deviations.tolist(),
    "crps": crps.tolist(),
    "calibrationError": float(ECE(15).measure(probabilities, labels)),
    "diagram": {"accuracy": curve[0].tolist(), "confidence": curve[1].tolist()},
    "adaptiveCalibrationError": adaptive(confidence, correct, weights),
    "area": area(confidence, wrong, weights),
    "tails": [[k, n, p, float(stats.binom.cdf(k, n, p))]
              for k, n, p in [(0, 44, 0.05), (3, 100, 0.1), (12, 1000, 0.02), (40, 100, 0.1), (900, 100000, 0.01)]],
    "wilson": [[k, n, *map(float, stats.binomtest(k, n).proportion_ci(method="wilson"))]
               for k, n in [(0, 10), (7, 10), (50, 50), (450, 500)]],
}
with open("reliability.json", "w") as file:
    json.dump(document, file)
    file.write("\n")
