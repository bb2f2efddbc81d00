"""Writes features.json: feature losses and their gradients, from their published formulas, in 64-bit floats.

Gradients are central differences. Needs the Python package numpy. Run from this folder: python3 make_features.py
"""
import json

import numpy as np

generator = np.random.default_rng(11)


def huber(difference):
    size = np.abs(difference)
    return np.where(size <= 1, 0.5 * size**2, size - 0.5)


def hint(s, t, w):
    """Romero et al. 2015, equation 3, as a mean over elements; the projection is applied before."""
    return np.average(((s - t) ** 2).reshape(len(s), -1).mean(axis=1), weights=w)


def attention(s, t, w):
    """Zagoruyko and Komodakis 2017, equation 2, squared; inputs are (rows, height, width, channels)."""
    def maps(x):
        q = (x**2).sum(axis=3).reshape(len(x), -1)
        return q / np.linalg.norm(q, axis=1, keepdims=True)
    return np.average(((maps(s) - maps(t)) ** 2).mean(axis=1), weights=w)


def similarity(s, t, w):
    """Tung and Mori 2019, equations 1 to 4."""
    def matrix(x):
        flat = x.reshape(len(x), -1)
        gram = flat @ flat.T
        return gram / np.linalg.norm(gram, axis=1, keepdims=True)
    return ((matrix(s) - matrix(t)) ** 2).sum() / len(s) ** 2


def distances(x):
    flat = x.reshape(len(x), -1)
    return np.sqrt(((flat[:, None] - flat[None]) ** 2).sum(axis=2))


def distance(s, t, w):
    """Park et al. 2019, equations 5 to 8."""
    def psi(x):
        d = distances(x)
        return d / d[d > 0].mean()
    return huber(psi(s) - psi(t)).mean()


def angle(s, t, w):
    """Park et al. 2019, equations 9 to 11, from the vectors themselves."""
    def cosines(x):
        flat = x.reshape(len(x), -1)
        sides = flat[:, None] - flat[None]                       # [i, j] = x_i - x_j
        lengths = np.linalg.norm(sides, axis=2, keepdims=True)
        units = np.divide(sides, lengths, out=np.zeros_like(sides), where=lengths > 0)
        return np.einsum("ijd,kjd->ijk", units, units)
    return huber(cosines(s) - cosines(t)).mean()


def pkt(s, t, w):
    """Passalis and Tefas 2018, equations 4 to 8, with the cosine kernel, over n² as in the authors' code."""
    def shares(x):
        flat = x.reshape(len(x), -1)
        flat = flat / np.linalg.norm(flat, axis=1, keepdims=True)
        kernel = (flat @ flat.T + 1) / 2
        np.fill_diagonal(kernel, 0)
        return kernel / kernel.sum(axis=1, keepdims=True)
    p, q = shares(s), shares(t)
    others = ~np.eye(len(s), dtype=bool)
    return (q[others] * np.log((q[others] + 1e-7) / (p[others] + 1e-7))).sum() / len(s) ** 2


def gradient(loss, s, t, w, step=1e-5):
    slopes = np.zeros_like(s)
    for index in np.ndindex(s.shape):
        high, low = s.copy(), s.copy()
        high[index] += step
        low[index] -= step
        slopes[index] = (loss(high, t, w) - loss(low, t, w)) / (2 * step)
    return slopes


def case(loss, student, teacher, scale=1.0, repeat=False):
    s = (scale * generator.normal(size=student)).astype(np.float32).astype(float)
    t = generator.normal(size=teacher).astype(np.float32).astype(float)
    if repeat:
        t[1] = t[0]
    w = generator.uniform(0.2, 2, student[0]).astype(np.float32).astype(float)
    return {
        "loss": loss.__name__, "rows": student[0], "studentShape": student[1:], "teacherShape": teacher[1:],
        "student": s.ravel().tolist(), "teacher": t.ravel().tolist(), "weights": w.tolist(),
        "value": float(loss(s, t, w)), "gradient": gradient(loss, s, t, w).ravel().tolist(),
    }


cases = [
    case(hint, (5, 7), (5, 7)), case(hint, (3, 2, 3, 4), (3, 2, 3, 4)),
    case(attention, (4, 3, 2, 5), (4, 3, 2, 3)), case(attention, (2, 4, 4, 1), (2, 4, 4, 8)),
]
for loss in [similarity, distance, angle, pkt]:
    cases += [
        case(loss, (2, 3), (2, 3)), case(loss, (7, 5), (7, 11)), case(loss, (9, 2, 2, 3), (9, 4), scale=3.0),
        case(loss, (6, 4), (6, 4), repeat=True), case(loss, (18, 3), (18, 6)),
    ]
with open("features.json", "w") as file:
    json.dump(cases, file)
