"""Clusters of scikit-learn and hdbscan, and what scikit-learn's own classifiers make of them on rows whose clusters were held back: the peers of docs/clustering.md.

    python3 Benchmarks/peers/clustering.py FOLDER

writes the tables that Attar's students are distilled from into FOLDER, and prints a line for each split. Needs scikit-learn, pandas and hdbscan.
"""

import sys
import time
from pathlib import Path

import hdbscan
import numpy as np
import pandas
from sklearn.cluster import KMeans, SpectralClustering
from sklearn.datasets import make_blobs, make_moons
from sklearn.metrics import adjusted_rand_score, f1_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.tree import DecisionTreeClassifier

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
digits = pandas.read_csv(Path(__file__).parents[2] / "Datasets/digits.csv").drop(columns="digit")
digits.to_csv(folder / "digits.csv", index=False)


def split(count, seed):
    order = np.random.RandomState(seed).permutation(count)
    return order[: int(0.7 * count)], order[int(0.7 * count):]


def cost(rows, clusters):
    return sum(((rows[clusters == one] - rows[clusters == one].mean(0)) ** 2).sum() for one in np.unique(clusters))


found = SpectralClustering(10, affinity="nearest_neighbors", n_neighbors=10, random_state=0).fit_predict(digits)
digits.assign(cluster=found).to_csv(folder / "spectral.csv", index=False)
rows = digits.to_numpy(float) / 16
for seed in range(5):
    train, test = split(len(rows), seed)
    for name, model in [("5 nearest neighbours", KNeighborsClassifier(5)), ("MLPClassifier 32", MLPClassifier((32,), max_iter=600, random_state=seed))]:
        answers = model.fit(rows[train], found[train]).predict(rows[test])
        print(f"spectral, split {seed}, {name}: adjusted Rand index {adjusted_rand_score(found[test], answers):.3f}")

for seed in range(5):
    train, test = split(len(rows), seed)
    deviation = rows[train].std(0)
    scaled = (rows - rows[train].mean(0)) / np.where(deviation > 0, deviation, 1)
    model = KMeans(10, n_init=10, random_state=seed).fit(scaled[train])
    own = model.predict(scaled[test])
    for leaves in (40, 80):
        tree = DecisionTreeClassifier(max_leaf_nodes=leaves, random_state=0).fit(scaled[train], model.labels_)
        inside = cost(scaled[train], tree.predict(scaled[train])) / cost(scaled[train], model.labels_)
        outside = cost(scaled[test], tree.predict(scaled[test])) / cost(scaled[test], own)
        print(f"k-means, split {seed}, tree of {leaves} leaves: cost over k-means' {outside:.3f} on test rows, {inside:.3f} on training rows")

for seed in range(3):
    random, count = np.random.RandomState(seed), 6000
    moons, _ = make_moons(count // 3, noise=0.06, random_state=seed)
    centres = [(-1.5, 2.3), (1.0, 2.4), (2.9, 1.8), (2.9, -1.6)]
    blobs, _ = make_blobs(count // 2, centers=centres, cluster_std=[0.2, 0.3, 0.2, 0.3], random_state=seed)
    rows = np.concatenate([moons, blobs, random.uniform([-2.5, -2.6], [4.2, 3.6], (count // 6, 2))])
    rows = rows[random.permutation(len(rows))]
    train, test = rows[:4200], rows[4200:]
    model = hdbscan.HDBSCAN(min_cluster_size=60, min_samples=10, prediction_data=True).fit(train)
    began = time.time()
    own, _ = hdbscan.approximate_predict(model, test)
    together = (time.time() - began) / len(test) * 1e6
    began = time.time()
    for row in test[:50]:
        hdbscan.approximate_predict(model, row[None])
    alone = (time.time() - began) / 50 * 1e6
    for name, part, clusters in [("train", train, model.labels_), ("test", test, own)]:
        pandas.DataFrame(part, columns=["x", "y"]).assign(cluster=clusters).to_csv(folder / f"hdbscan-{seed}-{name}.csv", index=False)
    print(f"hdbscan, set {seed}: {model.labels_.max() + 1} clusters, {(model.labels_ == -1).mean():.1%} noise; {together:.0f} µs a row together, {alone:.0f} alone")
    for name, other in [("5 nearest neighbours", KNeighborsClassifier(5)), ("MLPClassifier 64, 64", MLPClassifier((64, 64), max_iter=500, random_state=0))]:
        answers = other.fit(train, model.labels_).predict(test)
        told = own != -1
        print(f"hdbscan, set {seed}, {name}: adjusted Rand index {adjusted_rand_score(own[told], answers[told]):.3f}, F1 of noise {f1_score(own == -1, answers == -1):.3f}")
