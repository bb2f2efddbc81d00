"""Makes a function a teacher: speaks the protocol of docs/teacher-protocol.md, so that a script is a function and one call.

    from attar_teacher import matrix, serve

    serve(lambda rows: model.predict_proba(matrix(rows)), classes=["no", "yes"])

Needs nothing but Python; numpy only for `matrix`.
"""

import hashlib
import json
import os
import sys


def serve(answer, kind="probabilities", classes=None, name=None, fingerprint=None):
    """Answers rows until there are no more.

    answer       is called with some rows, each a dictionary of its columns' values (None where missing), and returns as many answers: lists or
                 an array of numbers, or with kind="label" a class each.
    kind         "probabilities", "logits", "values" or "label".
    classes      the classes, in the order of the numbers.
    name         what the model is called, such as its name and version.
    fingerprint  a text that changes when the answers do; `file_fingerprint` makes one of the model's files.
    """
    # Whatever libraries print goes to standard error: standard output belongs to the answers.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    hello = {"attar": 1, "classes": classes, "name": name, "fingerprint": fingerprint}
    if kind != "label":
        hello["kind"] = kind
    output.write(_line({key: value for key, value in hello.items() if value is not None}))

    waiting = []
    for line in sys.stdin.buffer:
        if line.startswith(b'{"id"'):
            waiting.append(line)
        elif b'"flush"' in line and waiting:
            # One text of all rows is parsed faster than each by itself.
            asked = json.loads(b"[" + b",".join(waiting) + b"]")
            answers = answer([row["row"] for row in asked])
            answers = answers.tolist() if hasattr(answers, "tolist") else list(answers)
            if len(answers) != len(asked):
                sys.exit(f"{len(answers)} answers to {len(asked)} rows")
            output.write("".join(_line({"id": row["id"], kind: _plain(a)}) for row, a in zip(asked, answers)))
            output.flush()
            waiting = []


def matrix(rows, dtype="float32"):
    """The rows' values as an array, (rows, columns), or (rows, shape…) where the only column holds arrays; NaN where missing."""
    import numpy

    if rows and len(rows[0]) == 1:
        (column,) = rows[0]
        if isinstance(rows[0][column], list):
            return numpy.array([row[column] for row in rows], dtype=dtype)
    return numpy.array([list(row.values()) for row in rows], dtype=dtype)


def file_fingerprint(*paths):
    """A text that changes when one of the files does."""
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
    return digest.hexdigest()


def _line(value):
    return json.dumps(value, separators=(",", ":")) + "\n"


def _plain(value):
    return value.tolist() if hasattr(value, "tolist") else value
