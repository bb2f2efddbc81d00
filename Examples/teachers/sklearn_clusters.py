"""Clusters the rows of a table by scikit-learn, and writes them with a column `cluster`, for a student that answers new rows:

    python3 sklearn_clusters.py spectral 10 data.csv clustered.csv
    attar distill clustered.csv --task clustering --teacher column:cluster --student 'mlp[32]'

Neither spectral nor agglomerative clustering can say of a new row where it belongs: the student does. Columns that are no numbers, and those that --leave names, such as
labels, are not clustered by; they are written all the same, but for those that are left out.
"""

import argparse

import pandas
from sklearn.cluster import AgglomerativeClustering, SpectralClustering
from sklearn.preprocessing import StandardScaler

parser = argparse.ArgumentParser(description="Clusters the rows of a table by scikit-learn.")
parser.add_argument("method", choices=["spectral", "agglomerative"])
parser.add_argument("clusters", type=int)
parser.add_argument("data")
parser.add_argument("out")
parser.add_argument("--leave", default="", help="columns that are left out, separated by commas")
parser.add_argument("--scale", action="store_true", help="bring each column to mean 0 and deviation 1")
parser.add_argument("--neighbours", type=int, default=10, help="that spectral clustering joins a row with")
parser.add_argument("--seed", type=int, default=0)
given = parser.parse_args()

table = pandas.read_csv(given.data).drop(columns=[name for name in given.leave.split(",") if name])
rows = table.select_dtypes("number").to_numpy(float)
if given.scale:
    rows = StandardScaler().fit_transform(rows)
if given.method == "spectral":
    model = SpectralClustering(
        given.clusters, affinity="nearest_neighbors", n_neighbors=given.neighbours, random_state=given.seed)
else:
    model = AgglomerativeClustering(given.clusters)
table["cluster"] = model.fit_predict(rows)
table.to_csv(given.out, index=False)
print(table["cluster"].value_counts().sort_index().to_string())
