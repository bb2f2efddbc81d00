"""Writes intervals.json: intervals of shares, paired differences, means and areas, by other ways than Attar's.

Made with SciPy 1.17.1 and NumPy 2.4.6. The score interval of paired shares finds the likeliest shares by maximising the likelihood itself, where Attar solves
the quadratic equation that Tango (1998) gives. Run from this folder: python3 make_intervals.py
"""
import json

import numpy as np
from scipy import optimize, stats


def likeliest(won, lost, rows, difference):
    """The share that only the second has, given the difference of the shares."""
    least = max(0.0, -difference)
    most = (1 - difference) / 2

    def loss(share):
        terms = [(won, share + difference), (lost, share), (rows - won - lost, 1 - 2 * share - difference)]
        return -sum(count * np.log(max(p, 1e-300)) for count, p in terms if count > 0)

    found = optimize.minimize_scalar(loss, bounds=(least, most), method="bounded", options={"xatol": 1e-14})
    return min([found.x, least, most], key=loss)


def tango(won, lost, rows, tail, correction):
    deviate = stats.norm.ppf(1 - tail)

    def deviation(difference, shift):
        share = likeliest(won, lost, rows, difference)
        variance = rows * (2 * share + difference - difference**2)
        return (won - lost - rows * difference - shift) / np.sqrt(max(variance, 1e-300))

    value = (won - lost) / rows
    edge = 1 - 1e-9
    low = optimize.brentq(lambda d: deviation(d, correction) - deviate, -edge, value - 1e-12) if value > -edge else -1
    high = optimize.brentq(lambda d: deviation(d, -correction) + deviate, value + 1e-12, edge) if value < edge else 1
    return [low, high]


def clopper_pearson(hits, rows):
    low = stats.beta.ppf(0.025, hits, rows - hits + 1) if hits > 0 else 0
    high = stats.beta.ppf(0.975, hits + 1, rows - hits) if hits < rows else 1
    return [low, high]


def newcombe(area, positive, negative):
    deviate = stats.norm.ppf(0.975)
    middle = (positive + negative) / 2 - 1

    def off(other):
        variance = other * (1 - other) * (1 + middle * (1 - other) / (2 - other) + middle * other / (1 + other))
        return (area - other) ** 2 - deviate**2 * variance / (positive * negative)

    low = optimize.brentq(off, 1e-12, area - 1e-12) if area > 0 else 0
    high = optimize.brentq(off, area + 1e-12, 1 - 1e-12) if area < 1 else 1
    return [low, high]


def mean(values):
    """The wider ends of Student's interval and of the one whose statistic is freed of skewness, inverted numerically."""
    n, centre = len(values), np.mean(values)
    error = np.std(values, ddof=1) / np.sqrt(n)
    skewness = stats.skew(values) / np.sqrt(n)
    quantile = stats.t.ppf(0.975, n - 1)

    def transformed(t):
        return t + skewness * t**2 / 3 + skewness**2 * t**3 / 27 + skewness / 6

    ends = [optimize.brentq(lambda t: transformed(t) - q, -1e3, 1e3) for q in (quantile, -quantile)]
    return [centre - error * max(quantile, ends[0]), centre + error * max(quantile, -ends[1])]


pairs = [(0, 0, 100), (0, 0, 30), (3, 1, 100), (0, 5, 100), (12, 30, 500), (1, 0, 30), (40, 2, 60), (2.5, 7.25, 83.5)]
shares = [(0, 30), (3, 30), (29.5, 30), (97, 100), (12.25, 41.5)]
areas = [(1.0, 4, 96), (0.5, 10, 10), (0.83, 20, 480), (0.97, 3, 27.5)]
samples = [[0.1, 0.2, 0.15, 3.0, 0.4, 0.05, 0.9, 0.3], [1.0, -1.0, 2.0, -2.0, 0.5, -0.5], [5.0, 4.0, 4.5, 0.0, 4.75]]
golden = {
    "pairs": [
        {"won": w, "lost": l, "rows": n, "twoSided": tango(w, l, n, 0.025, 0), "oneSided": tango(w, l, n, 0.05, 0.5)}
        for w, l, n in pairs
    ],
    "shares": [{"hits": h, "rows": n, "ends": clopper_pearson(h, n)} for h, n in shares],
    "areas": [{"area": a, "positive": p, "negative": n, "ends": newcombe(a, p, n)} for a, p, n in areas],
    "means": [{"values": v, "ends": mean(v)} for v in samples],
    "student": [{"degrees": d, "quantile": stats.t.ppf(0.975, d)} for d in (1, 2.5, 7, 29, 499)],
}
with open("intervals.json", "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
