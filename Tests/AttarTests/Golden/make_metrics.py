"""Writes metrics.json: predictions and the metrics that scikit-learn and NumPy compute for them.

Needs the Python packages numpy, scipy and scikit-learn. Run from this folder: python3 make_metrics.py
"""
import json

import numpy as np
from scipy import stats
from sklearn import metrics

generator = np.random.default_rng(7)


def softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def calibration_error(probabilities, labels, weights, bins=15):
    """Weighted expected calibration error over bins (0, 1/15], ..., (14/15, 1]."""
    confidence = probabilities.max(axis=1)
    correct = (probabilities.argmax(axis=1) == labels).astype(float)
    edges = np.linspace(0, 1, bins + 1)
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            share = weights[inside].sum() / weights.sum()
            gap = np.average(correct[inside], weights=weights[inside]) - np.average(
                confidence[inside], weights=weights[inside])
            total += share * abs(gap)
    return total


def adaptive_calibration_error(probabilities, labels, weights, bins=15):
    """The same over bins of equally many rows, by ascending confidence."""
    confidence = probabilities.max(axis=1)
    correct = (probabilities.argmax(axis=1) == labels).astype(float)
    order, places = np.argsort(confidence, kind="stable"), np.arange(len(labels)) * bins // len(labels)
    groups = [order[places == group] for group in range(bins)]
    return sum(abs((weights[group] * (correct[group] - confidence[group])).sum()) for group in groups) / weights.sum()


def rank_correlation(one, other, weights):
    """Weighted correlation of mean ranks, mean over the columns."""
    def column(a, b):
        a, b = stats.rankdata(a), stats.rankdata(b)
        return np.cov(a, b, aweights=weights)[0, 1] / np.sqrt(np.cov(a, aweights=weights) * np.cov(b, aweights=weights))
    if np.all(weights == 1):
        assert np.isclose(column(one[:, 0], other[:, 0]), stats.spearmanr(one[:, 0], other[:, 0]).statistic)
    return np.mean([column(one[:, index], other[:, index]) for index in range(one.shape[1])])


def average_precision(labels, probabilities, weights):
    """Of two classes that of the rarer one, of more the mean over the classes."""
    if probabilities.shape[1] == 2:
        shares = np.bincount(labels, weights=weights, minlength=2)
        rare = 0 if shares[0] < shares[1] else 1
        return metrics.average_precision_score(labels == rare, probabilities[:, rare], sample_weight=weights)
    return metrics.average_precision_score(
        np.eye(probabilities.shape[1])[labels], probabilities, average="macro", sample_weight=weights)


def classification_metrics(labels, student, teacher, weights):
    weights = weights.astype(float)
    student, teacher = student.astype(float), teacher.astype(float)
    answers, teacher_answers = student.argmax(axis=1), teacher.argmax(axis=1)
    normalised = student / student.sum(axis=1, keepdims=True)
    kl = (teacher * (np.log(teacher) - np.log(student))).sum(axis=1)
    agreement = metrics.accuracy_score(teacher_answers, answers, sample_weight=weights)
    binary = student.shape[1] == 2
    return {
        "accuracy": metrics.accuracy_score(labels, answers, sample_weight=weights),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, answers, sample_weight=weights),
        "macroF1": metrics.f1_score(labels, answers, average="macro", sample_weight=weights),
        "auroc": metrics.roc_auc_score(
            labels, normalised[:, 1] if binary else normalised, multi_class="ovr", sample_weight=weights),
        "matthews": metrics.matthews_corrcoef(labels, answers, sample_weight=weights),
        "averagePrecision": average_precision(labels, normalised, weights),
        "logLoss": metrics.log_loss(labels, normalised, sample_weight=weights),
        "brier": np.average(((student - np.eye(student.shape[1])[labels]) ** 2).sum(axis=1), weights=weights),
        "expectedCalibrationError": calibration_error(student, labels, weights),
        "adaptiveCalibrationError": adaptive_calibration_error(student, labels, weights),
        "agreement": agreement,
        "churn": 1 - agreement,
        "rankCorrelation": rank_correlation(student, teacher, weights),
        "klToTeacher": np.average(kl, weights=weights),
        "negativeFlips": np.average((teacher_answers == labels) & (answers != labels), weights=weights),
    }


rows, classes = 80, 4
labels = generator.integers(0, classes, rows)
student_logits = generator.normal(size=(rows, classes)) + 1.5 * np.eye(classes)[labels]
teacher_logits = student_logits + generator.normal(size=(rows, classes)) * 0.7 + 1.0 * np.eye(classes)[labels]
student = softmax(student_logits).astype(np.float32)
teacher = softmax(teacher_logits).astype(np.float32)
weights = generator.uniform(0.2, 2, rows).astype(np.float32)
values = generator.normal(size=(rows, 2)).astype(np.float32) * [3, 20] + [100, -5]
predicted = (values + generator.normal(size=(rows, 2)) * [1, 9]).astype(np.float32)
taught = (values + generator.normal(size=(rows, 2)) * [0.5, 5]).astype(np.float32)
values = values.astype(np.float32)

document = {
    "classification": {
        "labels": labels.tolist(),
        "weights": weights.tolist(),
        "student": student.ravel().tolist(),
        "teacher": teacher.ravel().tolist(),
        "classes": classes,
        "metrics": classification_metrics(labels, student, teacher, weights),
    },
    "regression": {
        "values": values.ravel().tolist(),
        "weights": weights.tolist(),
        "student": predicted.ravel().tolist(),
        "teacher": taught.ravel().tolist(),
        "outputs": 2,
        "metrics": {
            "r2": metrics.r2_score(values, predicted, sample_weight=weights),
            "mse": metrics.mean_squared_error(values, predicted, sample_weight=weights),
            "mae": metrics.mean_absolute_error(values, predicted, sample_weight=weights),
            "r2ToTeacher": metrics.r2_score(taught, predicted, sample_weight=weights),
            "rankCorrelation": rank_correlation(predicted, taught, weights),
        },
    },
}
# Two classes, many ties, and no weights.
labels = generator.integers(0, 2, 203)
positive = np.round(np.clip(generator.normal(0.35 + 0.3 * labels, 0.2), 0.1, 0.9), 1).astype(np.float32)
taught = np.round(np.clip(positive + generator.normal(0, 0.1, 203), 0.1, 0.9), 1).astype(np.float32)
student = np.stack([1 - positive, positive], axis=1)
teacher = np.stack([1 - taught, taught], axis=1)
document["binary"] = {
    "labels": labels.tolist(),
    "weights": [1.0] * 203,
    "student": student.ravel().tolist(),
    "teacher": teacher.ravel().tolist(),
    "classes": 2,
    "metrics": classification_metrics(labels, student, teacher, np.ones(203)),
}
with open("metrics.json", "w") as file:
    json.dump(document, file)
