"""A teacher from a detector of PyOD: attar distill data.csv --task anomaly --teacher 'command:python3 pyod_teacher.py model.joblib' --student 'mlp[32]'

The model is what joblib.dump wrote of a fitted detector; its decision_function says how strange a row is, a higher number for a stranger one. Detectors of scikit-learn, of
which a lower number is stranger, are turned around. Loading a pickle runs what it holds, so load only your own.
"""

import sys

import joblib
from attar_teacher import file_fingerprint, matrix, serve

path = sys.argv[1]
model = joblib.load(path)
names = getattr(model, "feature_names_in_", None)
# Detectors of PyOD keep the scores of the rows that they learned from.
sign = 1 if hasattr(model, "decision_scores_") else -1


def features(rows):
    if names is None:
        return matrix(rows)
    import pandas

    return pandas.DataFrame.from_records(rows)[list(names)]


def scores(rows):
    if sign < 0:
        return -model.score_samples(features(rows))
    return model.decision_function(features(rows))


serve(scores, "values", name=type(model).__name__, fingerprint=file_fingerprint(path))
