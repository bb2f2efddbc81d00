"""Distils detectors of anomalies on public data sets with known anomalies, and prints what students keep: python3 anomalies.py ../../.build/release/attar [mlbench's data folder]

Breast cancer (benign, and 30 malignant tumours) and digits (80 zeros among the others) come with scikit-learn; Satellite and Shuttle are those of R's package mlbench, read
with the Python package rdata where its folder is named: cotton crop, 71 rows of it, among other soils; all classes but Rad Flow and High among 7,000 rows. Planted anomalies
are drawn evenly from the box of three normal clouds, or with each column from another row. Needs numpy, scikit-learn and rdata.
"""

import json
import subprocess
import sys
import tempfile

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits

TEACHER, STUDENT, SEEDS = "ensemble[iforest,knn,lof]", "mlp[32]", (1, 2, 3)


def among(usual, strange, count, generator):
    strange = strange[generator.permutation(len(strange))[:count]]
    order = generator.permutation(len(usual) + len(strange))
    labels = np.r_[np.zeros(len(usual)), np.ones(len(strange))]
    return np.concatenate([usual, strange])[order], labels[order]


def planted(generator, rows=6860, anomalies=140):
    spreads = [0.5 * generator.normal(size=(8, 8)) for _ in range(3)]
    centres = [3 * generator.normal(size=8) for _ in range(3)]
    usual = np.array([centres[k] + spreads[k] @ generator.normal(size=8) for k in generator.integers(0, 3, rows)])
    box = generator.uniform(usual.min(0), usual.max(0), size=(anomalies // 2, 8))
    mixed = np.stack([generator.permutation(column)[: anomalies // 2] for column in usual.T], 1)
    return among(usual, np.concatenate([box, mixed]), anomalies, generator)


def sets(folder):
    generator = np.random.default_rng(1)
    cancer, digits = load_breast_cancer(), load_digits()
    yield "breast cancer", *among(cancer.data[cancer.target == 1], cancer.data[cancer.target == 0], 30, generator)
    yield "digits", *among(digits.data[digits.target != 0], digits.data[digits.target == 0], 80, generator)
    if folder:
        import rdata

        table = rdata.read_rda(f"{folder}/Satellite.rda")["Satellite"]
        names, values = table["classes"].astype(str).values, table.drop(columns="classes").values.astype(float)
        cotton = names == "cotton crop"
        yield "satellite", *among(values[~cotton], values[cotton], 71, generator)
        table = rdata.read_rda(f"{folder}/Shuttle.rda")["Shuttle"]
        names, values = table["Class"].astype(str).values, table.drop(columns="Class").values.astype(float)
        chosen = generator.permutation(np.flatnonzero(names != "High"))[:7000]
        yield "shuttle", values[chosen], (names[chosen] != "Rad.Flow").astype(float)
    yield "planted", *planted(generator)


def run(attar, path, seed, *more):
    command = [attar, "distill", path, "--task", "anomaly", "--target", "anomaly", "--teacher", TEACHER, "--student", STUDENT]
    command += ["--seed", str(seed), "--seeds", "1", "--json", "--quiet", "--out", f"{path}.attar", *more]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main():
    attar, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    more = sys.argv[3:]
    for name, values, labels in sets(folder):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            header = ",".join([f"x{column}" for column in range(values.shape[1])] + ["anomaly"])
            np.savetxt(file, np.c_[values, labels], "%.6g", ",", header=header, comments="")
            file.flush()
            for seed in SEEDS:
                made = run(attar, file.name, seed, *more)
                student, difference = made["student"], made["differenceToTeacher"]
                figures = [f"{name}, seed {seed}: {made['trainingRows']} rows"]
                for key in ["rankCorrelation", "overlapAtTop5", "auroc", "averagePrecision"]:
                    figures.append(f"{key} {student[key]['value']:.3f}")
                for key in ["auroc", "averagePrecision"]:
                    one = difference[key]
                    figures.append(f"{key} − teacher {one['value']:+.3f} ({one['low']:+.3f} to {one['high']:+.3f})")
                for level in (made.get("evidence") or {}).get("alarms", {}).get("levels", []):
                    seen = level["raised"]["student"]
                    figures.append(f"{level['promised']:.0%}: {seen['value']:.2%} ± {level['tolerance']:.2%}")
                times = [side["latencyMicroseconds"]["value"] for side in (student, made["teacher"])]
                figures.append(f"{student['bytes']['value'] / 1000:.0f} KB, {times[0]:.1f} and {times[1]:.0f} µs")
                print("; ".join(figures), flush=True)


main()
