"""Clusters the rows of a table by hdbscan, and writes a file of predictions, for a student that answers new rows fast and without Python:

    python3 hdbscan_clusters.py data.csv clusters.csv --least 15
    attar distill data.csv --task clustering --teacher predictions:clusters.csv --student 'mlp[32]'

Rows that belong to no cluster are -1, which Attar knows as noise. With --soft the file says how much of each row belongs to each cluster, and of what is left that it is noise: by the larger part more rows are noise then than hdbscan calls so.
Columns that are no numbers, and those that --leave names, such as labels, are not clustered by.
"""

import argparse

import hdbscan
import numpy
import pandas
from sklearn.preprocessing import StandardScaler

parser = argparse.ArgumentParser(description="Clusters the rows of a table by hdbscan.")
parser.add_argument("data")
parser.add_argument("out")
parser.add_argument("--least", type=int, default=15, help="rows that a cluster has at least")
parser.add_argument("--leave", default="", help="columns that are left out, separated by commas")
parser.add_argument("--scale", action="store_true", help="bring each column to mean 0 and deviation 1")
parser.add_argument("--soft", action="store_true", help="write how much of each row belongs to each cluster")
given = parser.parse_args()

table = pandas.read_csv(given.data).drop(columns=[name for name in given.leave.split(",") if name])
rows = table.select_dtypes("number").to_numpy(float)
if given.scale:
    rows = StandardScaler().fit_transform(rows)
model = hdbscan.HDBSCAN(min_cluster_size=given.least, prediction_data=given.soft).fit(rows)
found = pandas.DataFrame({"row": numpy.arange(len(rows)), "prediction": model.labels_})
if given.soft:
    shares = numpy.atleast_2d(hdbscan.all_points_membership_vectors(model))
    # What belongs to no cluster is noise.
    shares = numpy.column_stack([numpy.clip(1 - shares.sum(1), 0, 1), shares])
    shares /= shares.sum(1, keepdims=True)
    for place, share in enumerate(shares.T):
        found[f"probability:{place - 1}"] = share
    found["prediction"] = shares.argmax(1) - 1
found.to_csv(given.out, index=False)
print(found["prediction"].value_counts().sort_index().to_string())
