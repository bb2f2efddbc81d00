"""A teacher from a PyTorch model: attar label data.csv --teacher 'command:python3 pytorch_teacher.py model.pt2'

The model is what torch.export.save wrote (.pt2), or a whole module that torch.save wrote (.pt; its class has to be importable, and loading it
runs what it holds, so load only your own). It takes (rows, columns), or (rows, shape…) where the only column holds arrays, and gives logits, or
with a second argument `probabilities` or `values`.
"""

import sys

import torch
from attar_teacher import file_fingerprint, matrix, serve

path = sys.argv[1]
kind = sys.argv[2] if len(sys.argv) > 2 else "logits"
if path.endswith(".pt2"):
    model = torch.export.load(path).module()
else:
    model = torch.load(path, weights_only=False).eval()


def answer(rows):
    with torch.inference_mode():
        return model(torch.from_numpy(matrix(rows))).float().numpy()


serve(answer, kind, name=type(model).__name__, fingerprint=file_fingerprint(path))
