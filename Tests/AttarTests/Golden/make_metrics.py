"""Writes metrics.json: predictions and the metrics that scikit-learn and NumPy compute for them.

Needs the Python packages numpy and scikit-learn. Run from this folder: python3 make_metrics.py
"""
import json

import numpy as np
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


rows, classes = 80, 4
labels = generator.integers(0, classes, rows)
student_logits = generator.normal(size=(rows, classes)) + 1.5 * np.eye(classes)[labels]
teacher_logits = student_logits + generator.normal(size=(rows, classes)) * 0.7 + 1.0 * np.eye(classes)[labels]
student = softmax(student_logits).astype(np.float32)
teacher = softmax(teacher_logits).astype(np.float32)
weights = generator.uniform(0.2, 2, rows).astype(np.float32)
student64, teacher64 = student.astype(float), teacher.astype(float)
answers, teacher_answers = student.argmax(axis=1), teacher.argmax(axis=1)
onehot = np.eye(classes)[labels]
kl = (teacher64 * (np.log(teacher64) - np.log(student64))).sum(axis=1)

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
        "metrics": {
            "accuracy": metrics.accuracy_score(labels, answers, sample_weight=weights),
            "logLoss": metrics.log_loss(labels, student64 / student64.sum(axis=1, keepdims=True), sample_weight=weights),
            "brier": np.average(((student64 - onehot) ** 2).sum(axis=1), weights=weights),
            "expectedCalibrationError": calibration_error(student64, labels, weights.astype(float)),
            "agreement": metrics.accuracy_score(teacher_answers, answers, sample_weight=weights),
            "klToTeacher": np.average(kl, weights=weights),
            "negativeFlips": np.average((teacher_answers == labels) & (answers != labels), weights=weights),
        },
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
        },
    },
}
with open("metrics.json", "w") as file:
    json.dump(document, file)
