"""A teacher from a scikit-learn model: attar label data.csv --teacher 'command:python3 sklearn_teacher.py model.joblib'

The model is what joblib.dump wrote: a classifier with predict_proba, or a regressor; pipelines, too. Loading a pickle runs what it holds, so
load only your own.
"""

import sys

import joblib
from attar_teacher import file_fingerprint, matrix, serve

path = sys.argv[1]
model = joblib.load(path)
names = getattr(model, "feature_names_in_", None)


def features(rows):
    if names is None:
        return matrix(rows)
    # Fitted on a table with names: columns are found by them, and may hold texts.
    import pandas

    return pandas.DataFrame.from_records(rows)[list(names)]


about = {"name": type(model).__name__, "fingerprint": file_fingerprint(path)}
if hasattr(model, "predict_proba"):
    serve(lambda rows: model.predict_proba(features(rows)), classes=[str(c) for c in model.classes_], **about)
elif hasattr(model, "classes_"):
    serve(lambda rows: [str(c) for c in model.predict(features(rows))], "label", [str(c) for c in model.classes_], **about)
else:
    serve(lambda rows: model.predict(features(rows)), "values", **about)
