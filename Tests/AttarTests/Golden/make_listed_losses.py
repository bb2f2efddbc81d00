"""Writes listed-losses.json: losses to teachers of which few classes are known, and their gradients, in 64-bit floats.

Gradients are central differences. Needs the Python package numpy. Run from this folder: python3 make_listed_losses.py
"""
import json

import numpy as np

generator = np.random.default_rng(7)
rows, width = 5, 9


def log_softmax(z):
    return z - np.logaddexp.reduce(z)


def sparse(z, ids, shares, tail):
    """KL over the listed classes and one bucket for all others."""
    log_p = log_softmax(z)
    value = float(np.sum(shares * (np.log(shares) - log_p[ids])))
    others = np.setdiff1d(np.arange(width), ids)
    if tail > 0:
        value += tail * (np.log(tail) - np.logaddexp.reduce(log_p[others]))
    return value


def sampled(z, ids, weights, tail):
    """Cross-entropy with drawn classes by their weights."""
    return float(-np.sum(weights * log_softmax(z)[ids]))


def gradient(loss, z, step=1e-5):
    slopes = []
    for column in range(width):
        above, below = z.copy(), z.copy()
        above[column] += step
        below[column] -= step
        slopes.append((loss(above) - loss(below)) / (2 * step))
    return slopes


outputs = generator.normal(scale=2, size=(rows, width)).astype(np.float32)
row_weights = np.array([1, 2, 0.5, 1, 3], dtype=np.float32)
cases = []
for name, function in [("sparse", sparse), ("sampled", sampled)]:
    ids, values, tails, value, slopes = [], [], [], 0.0, []
    for row in range(rows):
        teacher = generator.dirichlet(np.full(width, 0.7))
        count = [3, 1, 4, 2, 8][row]
        if name == "sparse":
            chosen = np.sort(np.argsort(-teacher)[:count])
            numbers = teacher[chosen].astype(np.float32)
            tail = np.float32(1 - numbers.sum(dtype=np.float64))
        else:
            chosen = generator.choice(width, size=count, p=teacher)
            numbers = np.full(count, 1 / count, dtype=np.float32)
            tail = np.float32(0)
        share = row_weights[row].astype(np.float64) / row_weights.sum(dtype=np.float64)
        z = outputs[row].astype(np.float64)
        at = lambda z: function(z, chosen, numbers.astype(np.float64), float(tail))
        value += share * at(z)
        slopes += [share * slope for slope in gradient(at, z)]
        ids.append(chosen.tolist())
        values.append([float(number) for number in numbers])
        tails.append(float(tail))
    cases.append({"name": name, "ids": ids, "values": values, "tails": tails, "value": value, "gradient": slopes})

with open("listed-losses.json", "w") as file:
    json.dump(
        {
            "width": width, "outputs": [float(x) for x in outputs.ravel()],
            "weights": [float(x) for x in row_weights], "cases": cases,
        }, file)
    file.write("\n")
