"""Writes clusters.json: figures of pairs of clusterings by scikit-learn, silhouettes, and what its k-means and its normal mixtures find in made-up rows.

Needs the Python packages numpy and scikit-learn. Run from this folder: python3 make_clusters.py
"""
import json

import numpy as np
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

generator = np.random.default_rng(15)


def pair(first, second):
    first, second = np.asarray(first), np.asarray(second)
    told = first != 0
    return {
        "first": first.tolist(), "second": second.tolist(),
        "adjustedRandIndex": metrics.adjusted_rand_score(first, second),
        "adjustedMutualInformation": metrics.adjusted_mutual_info_score(first, second),
        "vMeasure": metrics.v_measure_score(first, second),
        "expectedInformation": metrics.cluster.expected_mutual_information(
            metrics.cluster.contingency_matrix(first, second), len(first)),
        # Cluster 0 as noise: left out of the one, and told apart by the other.
        "withoutFirst": metrics.adjusted_rand_score(first[told], second[told]),
        "firstF1": metrics.f1_score(first == 0, second == 0),
    }


def drawn(rows, clusters, wrong):
    first = generator.integers(0, clusters, rows)
    second = np.where(generator.random(rows) < wrong, generator.integers(0, clusters, rows), first)
    return pair(first, second)


pairs = [drawn(60, 3, 0.1), drawn(200, 5, 0.4), drawn(300, 8, 1.0), drawn(3000, 12, 0.05), drawn(40, 4, 0.0)]

centres = np.array([[0, 0, 0], [4, 0, 1], [0, 5, -1], [4, 5, 3]], dtype=float)
shapes = [np.diag([1, 0.3, 0.5]), np.array([[0.7, 0.5, 0], [0, 0.6, 0], [0, 0.2, 0.9]]), 0.5 * np.eye(3), 0.8 * np.eye(3)]
sizes = [40, 60, 50, 30]
rows = np.concatenate(
    [centre + generator.normal(size=(size, 3)) @ shape for centre, shape, size in zip(centres, shapes, sizes)])
rows = np.round(rows, 4)
weights = generator.integers(1, 4, len(rows))
# The features as a table's columns are encoded: mean 0 and deviation 1.
features = (rows - rows.mean(0)) / rows.std(0)
plain = KMeans(4, n_init=20, random_state=0, tol=0).fit(features)
weighted = KMeans(4, n_init=20, random_state=0, tol=0).fit(features, sample_weight=weights)
mixtures = {}
for name, kind in [("full", "full"), ("diagonal", "diag")]:
    mixture = GaussianMixture(4, covariance_type=kind, reg_covar=1e-4, tol=1e-7, max_iter=500, n_init=10, random_state=0).fit(features)
    mixtures[name] = {"means": mixture.means_.tolist(), "probabilities": np.round(mixture.predict_proba(features), 7).tolist()}
json.dump(
    {
        "pairs": pairs, "rows": rows.tolist(), "weights": weights.tolist(),
        "kmeans": {
            "centres": plain.cluster_centers_.tolist(), "cost": plain.inertia_, "assignment": plain.labels_.tolist(),
            "silhouettes": metrics.silhouette_samples(features, plain.labels_).tolist()},
        "weighted": {"centres": weighted.cluster_centers_.tolist(), "cost": weighted.inertia_},
        "mixtures": mixtures,
    },
    open("clusters.json", "w"), indent=0)
