"""A teacher from a Keras model: attar label data.csv --teacher 'command:python3 keras_teacher.py model.keras'

The model is what model.save wrote. It takes (rows, columns), or (rows, shape…) where the only column holds arrays, and gives probabilities, or
with a second argument `logits` or `values`.
"""

import sys

import keras
from attar_teacher import file_fingerprint, matrix, serve

path = sys.argv[1]
kind = sys.argv[2] if len(sys.argv) > 2 else "probabilities"
model = keras.models.load_model(path, compile=False)
serve(lambda rows: model.predict_on_batch(matrix(rows)), kind, name=model.name, fingerprint=file_fingerprint(path))
